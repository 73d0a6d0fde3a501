"""Following what is done at a desk as it happens, before any seal: acts only, by their places in the order of recording."""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from balie.evidence.models import Entry
from balie.kernel.prepared import prepared

MOST = 1_000  # entries that are read at once; whoever is further behind reads the page anew


class Deed(NamedTuple):
    """One act. ticket: the number that its facts name, if they do."""

    act: str
    actor: str
    ref: UUID | None
    ticket: int | None


class News(NamedTuple):
    """What was done since a place. place: where to go on. much: more than is told here, so that all may have changed."""

    place: int
    deeds: list[Deed]
    much: bool = False


def place() -> int:
    """Where the evidence stands now: what is recorded from here on is news to whoever begins to follow."""
    with connection.cursor() as cursor:  # by hand: every open page asks this every few seconds
        cursor.execute(f'SELECT max("id") FROM "{Entry._meta.db_table}"')  # noqa: S608 - our own name
        return cursor.fetchone()[0] or 0


def acted(desk: str, begin: int) -> bool:
    """Whether anything was done at a desk since a place; a look is no act."""
    return bool(_acts(begin, desk))


@prepared
def _acts(begin: int, desk: str) -> QuerySet[Entry, int]:
    return Entry.objects.filter(pk__gt=begin, desk=desk, kind="act").order_by("pk").values_list("pk", flat=True)[:1]


def since(desk: str, begin: int, *, passing: Collection[str] = ()) -> News:
    """The acts of a desk that were recorded after `begin`, in order; looks and the acts in `passing` are passed over.

    One transaction writes at a time, so that whatever is recorded later has a later place. A place that was never reached (a
    backup was put back) is as good as none. What is found is as new as this moment, and is read by the primary key alone.
    """
    now = place()
    if begin == now:
        return News(now, [])
    if not 0 <= now - begin <= MOST:
        return News(now, [], much=True)
    rows = Entry.objects.filter(pk__gt=begin, pk__lte=now).order_by("pk")
    told = rows.values_list("desk", "kind", "act", "actor", "ref", "facts")
    deeds = [
        Deed(act, actor, ref, _number(facts.get("ticket")))
        for at, kind, act, actor, ref, facts in told
        if at == desk and kind == "act" and act not in passing
    ]
    return News(now, deeds)


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
