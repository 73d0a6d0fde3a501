"""When what is looked at again: the register, its answered doubts, what is kept permanently, and holds; the earliest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from balie import register, vault


@dataclass(frozen=True)
class Review:
    """Something that is looked at again on a day.

    kind: the register itself, a term of it, something kept permanently, the answer to a doubt, a hold. name: the term, the item, the
    rule of the doubt, the reason of the hold. at: the activity, or the place in the file. count: so many records.
    """

    day: date
    kind: Literal["register", "term", "permanent", "doubt", "hold"]
    name: str = ""
    at: str = ""
    count: int = 0


def reviews(desk: str) -> list[Review]:
    """Everything of a desk that has a day on which it is looked at again, by that day (GDPR 5(1)(e), 24(1))."""
    return sorted(_all(register.in_force(desk)), key=lambda one: (one.day, one.kind, one.name, one.at))


def _all(version: register.Version) -> Iterator[Review]:
    if day := version.data.get("review"):
        yield Review(date.fromisoformat(str(day)), "register")
    for term, block in version.data["terms"].items():
        if day := block.get("review"):
            yield Review(date.fromisoformat(str(day)), "term", term)
    for answer in version.answers:
        yield Review(answer.review, "doubt", answer.rule, answer.at)
    for kept in vault.permanent(version.desk):
        yield Review(kept.review, "permanent", kept.item, kept.activity, kept.count)
    for hold in vault.on_hold(version.desk):
        if hold.until is not None:
            yield Review(hold.until, "hold", hold.reason, count=hold.count)
