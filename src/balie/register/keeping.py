"""Until when: the term of each item, the day of erasure, the days of warning (GDPR 5(1)(e), 30(1)(f)). Pure arithmetic of days."""

from dataclasses import replace
from datetime import date

from balie.register.collecting import place_of
from balie.register.places import latest
from balie.register.terms import HAPPENS_TO, PASSING, about_days, iso, next_month, parse, shifted
from balie.register.types import EraseRule, Holder, Id
from balie.register.versions import Version


def erase_rule(v: Version, activity: Id, people: Id, item: Id, *, holder: Holder | None = None) -> EraseRule:
    """The term of an item: its own, else its group's, else its activity's.

    holder: what it hangs on, where that is known. Where the event can never happen to that, the term's `if-never` holds: a ticket
    has no account that could fall out of use, and is tied to no customer yet that could leave. Total: every declared item has
    exactly one. Raises Refused for an undeclared item. GDPR 5(1)(e), 30(1)(f).
    """
    rule = place_of(v, activity, people, item).rule
    if rule.if_never is None or holder is None or _happens(rule.event, holder):
        return rule
    other = if_never(rule) or rule
    return replace(other, latest=latest(v.data)) if other.event in PASSING else other


def shorter(one: EraseRule, other: EraseRule) -> bool:
    """Whether one of two terms that run from the same event is the shorter; no answer for `each January after`."""
    if one.event != other.event or one.offset is None or other.offset is None:
        return False
    return about_days(one.offset) < about_days(other.offset)


def erase_on(rule: EraseRule, happened: date | None) -> date | None:
    """The day of erasure once the event has happened; None: not yet, or permanent.

    Months end on the same day or the last one. `each January after`: the first of the next January that begins after the event.
    Hours count as begun days, so that nothing goes too early.
    """
    if rule.event is None or happened is None:
        return None
    if rule.month:
        return next_month(happened, rule.month)
    return shifted(happened, rule.offset or "P0D")


def latest_on(rule: EraseRule, collected: date) -> date | None:
    """The day on which an item goes even if its event never comes; None where waiting is the point, or permanent."""
    return shifted(collected, rule.latest) if rule.latest else None


def not_before_on(rule: EraseRule, collected: date) -> date | None:
    """The day before which a law forbids to destroy an item, whatever happens; None where none does. GDPR 17(3)(b)."""
    return shifted(collected, rule.not_before) if rule.not_before else None


def approval_due(v: Version, term: Id, due: date) -> date | None:
    """The day by which a person has approved the destruction of what fell due under a term; None where nobody is asked. 5(1)(e)."""
    within = v.data["terms"].get(term, {}).get("approve-within")
    return shifted(due, iso(within)) if within else None


def if_never(rule: EraseRule) -> EraseRule | None:
    """The rule that holds where the event can never happen to the holder (a declined request has no account)."""
    if not rule.if_never:
        return None
    keep = parse(rule.if_never)
    at_last = rule.latest if keep.event in PASSING else None
    return replace(
        rule, event=keep.event, offset=keep.offset, month=keep.month, warn=(), at_once=(), if_never=None, latest=at_last
    )


def warnings_on(rule: EraseRule, due: date) -> tuple[date, ...]:
    """The days on which the person is warned. An act of use in between sets the event anew."""
    return tuple(shifted(due, length, back=True) for length in rule.warn)


_OF_CUSTOMERS = frozenset({"organisation.left", "contract.ended"})


def _happens(event: str | None, holder: str) -> bool:
    """Can this holder see the event? No ticket is a customer's yet: what ends with a customer would wait for ever."""
    if holder == "ticket" and event in _OF_CUSTOMERS:
        return False
    return event is None or holder in HAPPENS_TO.get(event, (holder,))
