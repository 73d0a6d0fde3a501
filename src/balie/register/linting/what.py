"""What is held: conditions where they are needed, consequences told, intrusive data shut, and staff counted as people."""

from collections.abc import Mapping
from typing import Any

from balie.kernel import sentence
from balie.register.linting.book import Book, Noticed, Rule
from balie.register.reading import Path
from balie.register.shape import schema

INTRUSIVE = frozenset(
    (
        *("location", "trips", "driving-behaviour", "video", "audio", "call-log", "call-recording", "voicemail"),
        *("text-message", "alarm-activation", "customer-content", "photo", "sound-recording", "phone-book"),
    )
)


_ALL: frozenset[str] = frozenset(schema("schema.json")["$defs"]["operation"]["enum"])


def when_necessary_says_when(book: Book) -> Noticed:
    """What is kept only when necessary says when that is."""
    for line in book.lines():
        if line.need == "when-necessary" and "when" not in line.detail:
            yield line.at, sentence("say when «{item}» is necessary (`details: {item}: when`)", item=line.item)


def who_must_provide_knows_what_follows(book: Book) -> Noticed:
    """Where providing is not voluntary, the consequence of not providing is told."""
    for activity, act, people, block in book.blocks():
        providing = block.get("providing", act.get("providing", "voluntary"))
        if providing != "voluntary" and not (block.get("without") or act.get("without")):
            say = sentence("providing is not voluntary: say what follows `without`")
            yield ("activities", activity, "people", people), say


def intrusive_data_stay_shut(book: Book) -> Noticed:
    """What reaches deep into a life is opened on a condition only."""
    shut = [(at[1], line) for at, _, line in book.looks()]
    for line in book.lines():
        if line.item not in INTRUSIVE:
            continue
        if not any(
            activity == line.activity and line.item in look["at"] and line.people in look.get("of", (line.people,))
            for activity, look in shut
        ):
            yield line.at, sentence("«{item}» can be seen without condition (`look`)", item=line.item)


def staff_are_people_too(book: Book) -> Noticed:
    """The desk must be able to show who handles a ticket."""
    if not any(people == "staff" for _, _, people, _ in book.blocks()):
        yield ("activities",), sentence("no group `staff`: the desk cannot show who handles a ticket")


def a_nearer_list_is_a_shorter_one(book: Book) -> Noticed:
    """What an activity, a group or an item may be done with is among what stands farther off: lists only narrow."""
    allowed = frozenset(book.data.get("operations") or _ALL)
    for activity, act in book.activities.items():
        of_activity = frozenset(act.get("operations") or allowed)
        yield from _beyond(("activities", activity), act, allowed)
        for people, block in act["people"].items():
            of_group = frozenset(block.get("operations") or of_activity)
            yield from _beyond(("activities", activity, "people", people), block, of_activity)
            for item, detail in block.get("details", {}).items():
                yield from _beyond(("activities", activity, "people", people, "details", item), detail, of_group)


def _beyond(at: Path, block: Mapping[str, Any], allowed: frozenset[str]) -> Noticed:
    for operation in block.get("operations", ()):
        if operation not in allowed:
            yield (
                (*at, "operations"),
                sentence("«{operation}» is not among the operations above it", operation=operation),
            )


RULES = (
    Rule("R15", "fault", "5(1)(c)", when_necessary_says_when),
    Rule("R16", "fault", "13(2)(e)", who_must_provide_knows_what_follows),
    Rule("R17", "doubt", "5(1)(f), 25(2)", intrusive_data_stay_shut),
    Rule("R18", "doubt", "13, 30(1)(c)", staff_are_people_too),
    Rule("R39", "fault", "4(2), 28(3)(a)", a_nearer_list_is_a_shorter_one),
)
