"""The sweep: what it costs when nothing is due among a million items, and how fast it takes what is due."""

import time
from datetime import UTC, datetime, timedelta

from benchmarks import house
from benchmarks.figure import Figure, run

DUE = 20_000


def measure(size: int) -> list[Figure]:
    """An idle sweep among so many items, and items a second that a full one erases."""
    with house.empty():
        _fill(size)
        now = datetime.now(UTC)
        idle = min(_seconds(now) for _ in range(5))
        handles = _put(DUE)
        later = now + timedelta(days=4)
        took = _seconds(later)
        _check(handles)
    rate = DUE / took
    return [
        Figure("sweep, nothing due", idle * 1000, "ms", "under 10", idle < 0.010, f"{size:,} items kept"),
        Figure("sweep, due items", rate, "items/s", "5,000", rate >= 5000, f"{DUE:,} due of {size + DUE:,}"),
    ]


def _seconds(now: datetime) -> float:
    from balie.privacy import retention

    start = time.perf_counter()
    retention.run(house.DESK, now=now)
    return time.perf_counter() - start


def _fill(size: int) -> None:
    """Rows as of a large desk, due in two years; sealed under no key, since nobody opens them."""
    from django.db import connection, transaction

    from balie import register
    from balie.kernel import handles

    version, now = register.in_force(house.DESK), datetime.now(UTC)
    later = now + timedelta(days=730)
    row = (
        *(house.DESK, version.number, "service-desk", "reporter", "message", "ticket"),
        *("person", now.isoformat(" "), "handled", "ticket.closed", later.isoformat(" ")),
    )
    with transaction.atomic(), connection.cursor() as cursor:
        for start in range(0, size, 50_000):
            cursor.executemany(
                "INSERT INTO vault_record (handle, held_by, key, sealed, size, on_hold, desk, version, activity, people, item,"
                " holder, source, collected_at, term, trigger, erase_at, happened_at)"
                " VALUES (%s, %s, %s, zeroblob(200), 200, 0, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, NULL)",
                [
                    (handles.new().hex, handles.new().hex, -1 - number, *row)
                    for number in range(start, min(start + 50_000, size))
                ],
            )


def _put(count: int) -> list[object]:
    """Items that are due in three days, as raw mail is: really sealed, really indexed nowhere."""
    from django.db import transaction

    from balie import vault
    from balie.kernel import Actor, handles

    done: list[object] = []
    for _ in range(0, count, 500):
        items = [
            vault.Item("service-desk", "reporter", "raw-message", b"x" * 200, "ticket", handles.new())
            for _ in range(500)
        ]
        with transaction.atomic():
            done += vault.put(items, actor=Actor.system("receive", house.DESK))
    return done


def _check(handles: list[object]) -> None:
    from balie import vault

    assert not vault.describe(house.DESK, handles=handles[:500])
    assert not vault.unfinished(datetime.now(UTC))


if __name__ == "__main__":
    run(measure, size=1_000_000, what="items that are kept")
