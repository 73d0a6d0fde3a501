"""How long: terms that can begin, that end, and that nobody waits for in vain."""

from balie.kernel import sentence
from balie.register.linting.book import Book, Noticed, Rule
from balie.register.places import AVOIDED

# Which holder can ever see which event happen; an event that is not here can happen to all.
STARTS = {
    "ticket.closed": frozenset({"ticket"}),
    "ticket.last-contact": frozenset({"ticket"}),
    "account.last-active": frozenset({"account"}),
    "account.closed": frozenset({"account"}),
    "person.left": frozenset({"profile", "account", "contact-list"}),
    "contact.removed": frozenset({"contact-list"}),
    "organisation.left": frozenset({"profile", "account", "contact-list", "ticket", "asset"}),
    "contract.ended": frozenset({"profile", "account", "contact-list", "ticket", "asset", "system"}),
}
ONE_PURPOSE = frozenset({"bank-card-copy", "iban", "trade-register-extract"})
_NEVER_FOR_SOME = frozenset({"account.last-active", "person.left"})


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
    """A term waits for an event that can happen to what holds the item."""
    for line in book.lines():
        event = book.keep(line).split()[-1]
        if event in STARTS and line.holders.isdisjoint(STARTS[event]):
            say = sentence(
                "«{item}» is held in {holders}, where {event} never happens",
                item=line.item,
                holders=sorted(line.holders),
                event=event,
            )
            yield line.at, say


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
    """A declined request has no account, an outsider never leaves an organisation: say what holds for them."""
    for name, term in book.terms.items():
        event = term["keep"].split()[-1]
        if event in _NEVER_FOR_SOME and "if-never" not in term:
            yield ("terms", name), sentence("say what holds where {event} never happens (`if-never`)", event=event)
        if term.get("if-never") == "permanent":
            yield ("terms", name, "if-never"), sentence("a back-stop ends; write a length of time")


RULES = (
    Rule("R19", "fault", "5(1)(e)", permanent_has_a_reason_and_a_review),
    Rule("R20", "doubt", "5(1)(e), 30(1)(f)", permanent_is_noticed),
    Rule("R21", "fault", "5(1)(c), 5(1)(e)", what_is_avoided_is_not_permanent),
    Rule("R22", "fault", "30(1)(f)", a_term_can_begin),
    Rule("R23", "fault", "5(1)(e)", a_term_ends_in_erasure),
    Rule("R24", "fault", "5(1)(c), 5(1)(e)", papers_for_one_purpose_go_when_it_is_done),
    Rule("R32", "doubt", "5(1)(e)", no_term_waits_for_ever),
)
