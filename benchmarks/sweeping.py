"""The sweep: what it costs when nothing is due among a million items, and how fast it takes what is due."""

import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

from benchmarks import house

# isort: split
from django.db import connection, transaction

from balie import register, vault
from balie.channels.mail import parsing
from balie.kernel import handles
from balie.privacy import retention
from benchmarks.figure import Figure, run

DUE = 20_000
ITEMS_A_MAIL = 5


def measure(size: int) -> list[Figure]:
    """An idle sweep among so many items, and items a second that a full one erases."""
    house.set_up()
    _fill(size)
    idle = min(_seconds() for _ in range(5))
    due = _put(DUE)
    rate = len(due) / _seconds()
    assert not vault.describe(house.DESK, handles=due[:500])
    assert not vault.unfinished(datetime.now(UTC))
    about = f"{len(due):,} due of {size + len(due):,}: texts, subjects, addresses, ids, raw mails"
    return [
        Figure("sweep, nothing due", idle * 1000, "ms", "under 10", idle < 0.010, f"{size:,} items kept"),
        Figure("sweep, due items", rate, "items/s", "5,000", rate >= 5000, about),
    ]


def _seconds() -> float:
    start = time.perf_counter()
    retention.run(house.DESK, now=datetime.now(UTC))
    return time.perf_counter() - start


def _fill(size: int) -> None:
    """Rows as of a large desk, due in two years; sealed under no key, since nobody opens them."""
    version, now = register.in_force(house.DESK), datetime.now(UTC)
    later = now + timedelta(days=730)
    row = (
        *(house.DESK, version.number, "service-desk", "reporter", "message", "ticket"),
        *("person", now.isoformat(" "), "handled", "ticket.closed", later.isoformat(" ")),
    )
    with transaction.atomic(), connection.cursor() as cursor:
        for start in range(0, size, 50_000):
            cursor.executemany(
                "INSERT INTO vault_record (handle, held_by, key, sealed, size, on_hold, unsearched, desk, version, activity,"
                " people, item, holder, source, collected_at, term, trigger, erase_at, happened_at)"
                " VALUES (%s, %s, %s, zeroblob(200), 200, 0, '[]', %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, NULL)",
                [
                    (handles.new().hex, handles.new().hex, -1 - number, *row)
                    for number in range(start, min(start + 50_000, size))
                ],
            )


def _put(count: int) -> list[UUID]:
    """What mails leave on tickets that were closed two years ago, all of it due: really sealed, really indexed."""
    done: list[UUID] = []
    past = datetime.now(UTC) - timedelta(days=730)
    for some in house.batches(house.deliveries(count // ITEMS_A_MAIL), 100):
        items = [item for one in some for item in _items(one.raw, one.sender)]
        with transaction.atomic():
            done += vault.put(items, actor=house.door(), at=past, happened={"ticket.closed": past})
    return done


def _items(raw: bytes, sender: str) -> list[vault.Item]:
    ticket, mail = handles.new(), parsing.read(raw)
    values: tuple[tuple[str, str | bytes], ...] = (
        ("message", mail.text),
        ("message", mail.subject),
        ("email", sender),
        ("message", b"ids"),
        ("raw-message", raw),
    )
    return [vault.Item("service-desk", "reporter", word, value, "ticket", ticket) for word, value in values]


if __name__ == "__main__":
    run(measure, size=1_000_000, what="items that are kept")
