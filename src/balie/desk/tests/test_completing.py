"""What may stand next in a question: codes, in the reader's words as well, and names that one may see; never an address."""

import dataclasses
from typing import Any

import pytest

from balie import vault
from balie.desk import completing, reporter
from balie.desk.tests.coming_in import ticket
from balie.evidence.models import Entry
from balie.people import accounts

WORDS = {("status", "waiting"): "Wacht op melder", ("status", ""): "Stand"}


def say(key: str, value: str) -> str:
    return WORDS.get((key, value), value or key)


def offered(actor: Any, text: str) -> list[str]:
    """What is offered where `|` stands, as it would stand in the field."""
    cursor, plain = text.index("|"), text.replace("|", "")
    found = completing.completions(plain, cursor, say=say, reading=vault.Reading(actor, "names.looked-at"))
    return [plain[: one.start] + one.text + plain[one.end :] for one in found]


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("sta|", ["status:"]),
        ("stan|", ["status:"]),
        ("status:wa|", ["status:waiting"]),
        ("status:wacht|", ["status:waiting"]),
        ("status:open,wa| word", ["status:open,waiting word"]),
        ("status:wa|,open", ["status:waiting,open"]),
        ("word kind:inc|", ["word kind:incident"]),
        ("assignee:m|", ["assignee:me"]),
        ("zzz|", []),
        ("note:x|", []),
        ('"sta|', []),
    ],
)
def test_codes_are_offered_where_one_types(advice: Any, text: str, result: list[str]) -> None:
    assert offered(advice.bob, text) == result


def test_with_nothing_typed_the_keys_are_offered(advice: Any) -> None:
    assert offered(advice.bob, "|")[:2] == ["status:", "service:"]
    assert offered(advice.bob, "word |")[:1] == ["word status:"]
    assert offered(advice.bob, "status:|")[:2] == ["status:new", "status:open"]


def test_a_colleague_is_offered_by_the_beginning_of_the_name(advice: Any) -> None:
    vera, _ = accounts.appoint(
        name="Vera Voorbeeld", email="vera@example.org", roles=["agent"], teams=[], actor=advice.ada
    )
    assert offered(advice.bob, "assignee:ver|") == [f"assignee:{vera.handle.hex}"]
    assert offered(advice.bob, "assignee:ve|") == []
    assert offered(advice.charlie, "assignee:ver|") == []
    assert offered(advice.bob, "ver|") == []  # as a requester she is nobody


def test_names_of_requesters_are_offered_to_whoever_may_see_them_and_the_look_is_evidence(publications: Any) -> None:
    one = ticket(publications)
    reporter.write(one, item="family-name", value="Van den Voorbeeld", actor=publications.bob)
    assert offered(publications.bob, "voor|") == ['"Van den Voorbeeld"']
    assert offered(publications.bob, "ali|") == []  # an address is found, and told by nothing
    blind = dataclasses.replace(publications.bob, covers=frozenset({"agents/work"}))
    assert offered(blind, "voor|") == offered(publications.charlie, "voor|") == []
    reading = vault.Reading(publications.bob, "names.looked-at")
    completing.completions("voor", 4, say=say, reading=reading)
    reading.record()
    look = Entry.objects.get(act="names.looked-at")
    assert (look.kind, len(look.about)) == ("look", 1)
