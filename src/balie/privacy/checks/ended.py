"""Does everything end when the register says so, and do its clocks tell the same as the tickets and accounts it hangs on?"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice

from balie import register, vault
from balie.desk import holders
from balie.kernel import Sentence, Stop, sentence
from balie.privacy import destroying
from balie.privacy.proof import Check
from balie.vault import clock

GRACE = timedelta(days=1)  # in which the worker may be down
SLICE = 2000
AGAIN = 1000  # so many suspects are looked at a second time, since the desk works on meanwhile

Kept = vault.Clock | vault.Described
Suspect = tuple[Kept, Sentence]
Look = Callable[[str, Sequence[Kept]], Iterable[Suspect]]


def erased_in_time(desk: str, now: datetime) -> Check:
    """Nothing is overdue by more than a day; what is held or may not be destroyed yet is not due (invariant 3)."""
    check = Check("in-time", sentence("What was due has been erased."))
    for handle, term, _version in vault.due(desk, now - GRACE):
        say = sentence("This should have been erased under the term «{term}» more than a day ago.", term=term)
        check.fail(handle, say)
    _approved_in_time(check, desk, now)
    return check


def _approved_in_time(check: Check, desk: str, now: datetime) -> None:
    """What waits for a person's approval is approved within the time that its term names, and then destroyed."""
    for one in destroying.waiting(desk, now):
        if one.late:
            say = sentence("This was to be approved for destruction by {day}, and was not.", day=one.by)
            check.fail(f"/register/{desk}#terms/{one.term}", say, times=one.count)
    for made in destroying.approved_at(desk):
        if made.carried_out_at is None and made.approved_at is not None and made.approved_at < now - GRACE:
            check.fail(made.handle, sentence("This list was approved more than a day ago, and is not carried out."))


def ending(desk: str) -> list[Check]:
    """Every record ends, no later than declared; it hangs on something that is there, and tells the same time as that."""
    looks: list[tuple[Check, Look]] = [
        (
            Check("ends", sentence("Everything has a day, an event or a review that ends it, no later than declared.")),
            _Ends(desk),
        ),
        (Check("hangs", sentence("Everything hangs on a ticket, an account or a message that is there.")), _hanging),
        (Check("clocks", sentence("What runs from a ticket's closing or last contact runs from then.")), _telling),
    ]
    suspects: list[list[Suspect]] = [[] for _ in looks]
    for some in _slices(vault.clocks(desk)):
        for (_, look), found in zip(looks, suspects, strict=True):
            found += look(desk, some)
    for (check, look), found in zip(looks, suspects, strict=True):
        _note(check, desk, found, look)
    return [check for check, _ in looks]


def _note(check: Check, desk: str, found: list[Suspect], look: Look) -> None:
    """Look again at what seemed wrong: a ticket may have been closed between two looks."""
    if found:
        for record, wrong in look(desk, vault.describe(desk, handles=[record.handle for record, _ in found[:AGAIN]])):
            check.fail(record.handle, wrong)
        check.failed += len(found[AGAIN:])


class _Ends:
    """Whether records end no later than their version declares; what is asked of the register once is remembered."""

    def __init__(self, desk: str) -> None:
        self.desk = desk
        self.rules: dict[tuple[int, str, str, str, str], register.EraseRule | None] = {}
        self.days: dict[tuple[int, str, str, str, str, bool, date], datetime | None] = {}

    def __call__(self, desk: str, some: Sequence[Kept]) -> Iterator[Suspect]:
        for one in some:
            wrong = self._wrong(one)
            if wrong is not None:
                yield one, wrong

    def _wrong(self, one: Kept) -> Sentence | None:
        rule = self._rule(one)
        if rule is None:
            return None  # not declared at all: another check says so
        if rule.event is None:
            unended = one.review is None and one.erase_at is None
            return sentence("This is kept permanently and nobody will ask why.") if unended else None
        at_last = self._at_last(one, rule)
        if at_last is not None and (one.erase_at is None or one.erase_at > at_last):
            return sentence(
                "The register ends this on {day} at the latest, but it would be kept longer.", day=at_last.date()
            )
        return None

    def _rule(self, one: Kept) -> register.EraseRule | None:
        key = (one.term_version, one.activity, one.people, one.item, one.holder)
        if key not in self.rules:
            try:
                version = register.version(self.desk, one.term_version)
                self.rules[key] = register.erase_rule(version, *key[1:4], holder=key[4])  # type: ignore[arg-type]
            except Stop:
                self.rules[key] = None
        return self.rules[key]

    def _at_last(self, one: Kept, rule: register.EraseRule) -> datetime | None:
        """The moment at which it goes at the latest. Terms in hours and «when» run to the second, others to the day."""
        if one.happened_at is not None and (rule.offset or "").startswith(("PT", "P0D")):
            return clock.moment(rule, one.happened_at)
        happened = one.happened_at is not None
        day = (one.happened_at or one.collected_at).date()
        key = (one.term_version, one.activity, one.people, one.item, one.holder, happened, day)
        if key not in self.days:
            moment = one.happened_at or one.collected_at
            self.days[key] = clock.moment(rule, moment) if happened else clock.latest(rule, moment)
        return self.days[key]


def _hanging(desk: str, some: Sequence[Kept]) -> Iterator[Suspect]:
    standing = holders.standing(desk, {one.held_by for one in some})
    for one in some:
        if one.held_by not in standing:
            yield one, sentence("What this hangs on is not there, so that no event will ever end it.")


def _telling(desk: str, some: Sequence[Kept]) -> Iterator[Suspect]:
    times = holders.times(
        desk, {one.held_by for one in some if one.trigger in ("ticket.closed", "ticket.last-contact")}
    )
    for one in some:
        if one.held_by not in times:
            continue
        ticket = times[one.held_by]
        happened = ticket.closed if one.trigger == "ticket.closed" else ticket.last_contact
        if one.trigger in ("ticket.closed", "ticket.last-contact") and one.happened_at != happened:
            yield one, sentence("This does not run from the event «{event}» of its ticket.", event=one.trigger)


def _slices(clocks: Iterable[vault.Clock]) -> Iterator[list[vault.Clock]]:
    walk = iter(clocks)
    while some := list(islice(walk, SLICE)):
        yield some
