"""How long: terms that can begin, that end, and that nobody waits for in vain."""

from collections.abc import Mapping
from typing import Any

from balie.kernel import sentence
from balie.register.linting.book import Book, Line, Noticed, Rule
from balie.register.places import AVOIDED, DEFAULT_LATEST
from balie.register.terms import HAPPENS_TO, PASSING, about_days, iso, parse

ONE_PURPOSE = frozenset({"bank-card-copy", "iban", "trade-register-extract"})
_NEVER_FOR_SOME = frozenset({"account.last-active", "person.left"})
_NEVER_FOR_OUTSIDERS = frozenset({"organisation.left", "contract.ended"})


def permanent_has_a_reason_and_a_review(book: Book) -> Noticed:
    """Nothing stays for ever without a reason and a day on which it is asked again."""
    for name, term in book.terms.items():
        if term["keep"] == "permanent" and not {"why", "review"} <= term.keys():
            yield ("terms", name), sentence("permanent needs `why` and `review`")


def permanent_is_noticed(book: Book) -> Noticed:
    """What stays for ever is looked at by a person at adoption."""
    for name, term in book.terms.items():
        if term["keep"] == "permanent":
            say = sentence("kept permanently; looked at again on {review}", review=term.get("review", "?"))
            yield ("terms", name), say


def what_is_avoided_is_not_permanent(book: Book) -> Noticed:
    """What should not be there at all does not stay for ever."""
    for line in book.lines():
        if line.need == AVOIDED and line.term in book.terms and book.keep(line) == "permanent":
            say = sentence(
                "«{item}» is avoided and yet kept permanently: give it another term in `details`", item=line.item
            )
            yield line.at, say


def a_term_can_begin(book: Book) -> Noticed:
    """A term waits for an event that can happen to what holds the item, or its `if-never` does."""
    for line in book.lines():
        event = book.keep(line).split()[-1]
        if_never = str(book.terms.get(line.term, {}).get("if-never", event)).split()[-1]
        if not (_begins(line, event) or _begins(line, if_never)):
            say = sentence(
                "«{item}» is held in {holders}, where {event} never happens",
                item=line.item,
                holders=sorted(line.holders),
                event=event,
            )
            yield line.at, say


def _begins(line: Line, event: str) -> bool:
    return event not in HAPPENS_TO or not line.holders.isdisjoint(HAPPENS_TO[event])


def a_term_ends_in_erasure(book: Book) -> Noticed:
    """The last step of every term is to erase, and only a term that runs can warn."""
    for name, term in book.terms.items():
        if "then" in term and term["then"][-1] != "erase":
            yield ("terms", name, "then"), sentence("the last step is `erase`")
        if "warn" in term and " after " not in term["keep"]:
            yield ("terms", name, "warn"), sentence("warnings need a term that runs (`… after …`)")


def papers_for_one_purpose_go_when_it_is_done(book: Book) -> Noticed:
    """Copies of cards and extracts serve one act and go with it."""
    for line in book.lines():
        if line.item in ONE_PURPOSE and book.keep(line).split()[-1] != "purpose.done":
            yield line.at, sentence("«{item}» serves one purpose: keep it `when purpose.done`", item=line.item)


def no_term_waits_for_ever(book: Book) -> Noticed:
    """A declined request has no account, an outsider is of no organisation: say what holds for them."""
    on_tickets = {line.term for line in book.lines() if "ticket" in line.holders}
    for name, term in book.terms.items():
        event = term["keep"].split()[-1]
        never = event in _NEVER_FOR_SOME or (event in _NEVER_FOR_OUTSIDERS and name in on_tickets)
        if never and "if-never" not in term:
            yield ("terms", name), sentence("say what holds where {event} never happens (`if-never`)", event=event)
        if term.get("if-never") == "permanent":
            yield ("terms", name, "if-never"), sentence("a back-stop ends; write a length of time")


def what_must_stay_says_which_law(book: Book) -> Noticed:
    """A day before which nothing may be destroyed rests on a law, and is no later than the day on which it goes at last."""
    for name, term in book.terms.items():
        length = term.get("not-before")
        if length is None:
            continue
        if "why" not in term:
            yield ("terms", name), sentence("`not-before` needs `why`: which law forbids to destroy it sooner")
        if _goes_before(book, term, about_days(iso(length))):
            yield (
                ("terms", name, "not-before"),
                sentence("this goes at last before it may be destroyed: one of the two is wrong"),
            )


def _goes_before(book: Book, term: Mapping[str, Any], days: float) -> bool:
    keep = parse(term["keep"])
    if keep.event == "item.collected" and keep.offset:
        return about_days(keep.offset) < days
    return keep.event in PASSING and about_days(iso(book.data.get("latest", DEFAULT_LATEST))) < days


def what_waits_for_approval_may_wait(book: Book) -> Noticed:
    """A list to approve needs a term that runs; what the desk itself must let go, and what a person took back, waits for nobody."""
    for name, term in book.terms.items():
        if "approve-within" not in term:
            continue
        if " after " not in term["keep"] or term["keep"].endswith("consent.withdrawn"):
            yield (
                ("terms", name, "approve-within"),
                sentence("only what goes after a term that runs waits for approval"),
            )
        for line in book.lines():
            if line.term == name and line.item in _WAITS_FOR_NOBODY:
                say = sentence("«{item}» waits for nobody: give it a term without `approve-within`", item=line.item)
                yield line.at, say


_WAITS_FOR_NOBODY = frozenset({"raw-message", "act-record", "look-record", "sign-in-secret", "network-address"})


RULES = (
    Rule("R19", "fault", "5(1)(e)", permanent_has_a_reason_and_a_review),
    Rule("R20", "doubt", "5(1)(e), 30(1)(f)", permanent_is_noticed),
    Rule("R21", "fault", "5(1)(c), 5(1)(e)", what_is_avoided_is_not_permanent),
    Rule("R22", "fault", "30(1)(f)", a_term_can_begin),
    Rule("R23", "fault", "5(1)(e)", a_term_ends_in_erasure),
    Rule("R24", "fault", "5(1)(c), 5(1)(e)", papers_for_one_purpose_go_when_it_is_done),
    Rule("R32", "doubt", "5(1)(e)", no_term_waits_for_ever),
    Rule("R36", "fault", "17(3)(b), 5(1)(e)", what_must_stay_says_which_law),
    Rule("R40", "fault", "5(1)(e)", what_waits_for_approval_may_wait),
)
