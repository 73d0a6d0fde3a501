"""What every desk holds to be able to work at all: sign-in secrets, its own evidence, mail as it came in. Declared like the rest."""

from balie.kernel import sentence
from balie.register.linting.book import Book, Line, Noticed, Rule
from balie.register.terms import about_days, parse
from balie.register.types import NEEDS

LONGEST_RAW_MAIL = 7  # days
_EVIDENCE = ("act-record", "look-record")


def accounts_have_secrets(book: Book) -> Noticed:
    """Staff sign in, so an activity holds their secrets, on an account (mission S0.6)."""
    if not any(line.item == "sign-in-secret" and "account" in line.holders for line in book.lines()):
        yield ("activities",), sentence("no activity holds `sign-in-secret` in an account: nobody could sign in")


def evidence_is_declared(book: Book) -> Noticed:
    """One activity holds the records of acts and of looks, under terms that run from their collecting (mission, Beyond 5)."""
    lines = [line for line in book.lines() if line.item in _EVIDENCE]
    if not any(set(_EVIDENCE) <= _held(book, activity) for activity in book.activities):
        yield (
            ("activities",),
            sentence("no activity holds both `act-record` and `look-record`: the evidence is undeclared"),
        )
    for line in lines:
        if not book.keep(line).endswith(" after item.collected"):
            say = sentence(
                "«{item}» needs a term that runs from item.collected (`2 years after item.collected`)", item=line.item
            )
            yield line.at, say
    for item in _EVIDENCE:
        own = [line for line in lines if line.item == item]
        if len({book.keep(line) for line in own}) > 1:
            yield own[-1].at, sentence("«{item}» has two terms; an entry is one row and can have only one", item=item)


def mail_as_it_came_in_goes_soon(book: Book) -> Noticed:
    """A desk with a mail address keeps mail as it came in for some days, and says so to those who write."""
    for line in book.lines():
        if line.item == "raw-message" and not _soon(book.keep(line)):
            say = sentence(
                "`raw-message` needs a term `… after item.collected` of {most} days at most", most=LONGEST_RAW_MAIL
            )
            yield line.at, say
    if "mail" not in book.settings:
        return
    for activity in dict.fromkeys(one["activity"] for one in book.settings.get("services", {}).values()):
        group = next((line for line in book.lines() if line.activity == activity and _asks(line)), None)
        if group and not any("raw-message" in group.block.get(need, ()) for need in NEEDS):
            say = sentence(
                "people write to «{people}» by mail: declare `raw-message` with a term as `72 hours after item.collected`",
                people=group.people,
            )
            yield ("activities", activity, "people", group.people), say


def _held(book: Book, activity: str) -> set[str]:
    return {line.item for line in book.lines() if line.activity == activity}


def _soon(keep: str) -> bool:
    found = parse(keep)
    return found.event == "item.collected" and found.offset is not None and about_days(found.offset) <= LONGEST_RAW_MAIL


def _asks(line: Line) -> bool:
    return line.item == "message" and "ticket" in line.holders and line.block.get("kind") != "employee"


RULES = (
    Rule("R33", "fault", "32(1), 30(1)(c)", accounts_have_secrets),
    Rule("R34", "fault", "5(2), 30(1)(f)", evidence_is_declared),
    Rule("R35", "fault", "5(1)(e), 30(1)(f)", mail_as_it_came_in_goes_soon),
)
