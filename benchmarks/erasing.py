"""Erasing one person wholly: rows, index, files, keys and the ledger, for someone with many tickets among many others'."""

import time

from benchmarks import house

# isort: split
from balie import vault
from balie.config import worker
from balie.kernel import Actor
from benchmarks.figure import Figure, run

OTHERS = 1000
SENDER = "somebody.with.many.tickets@example.org"


def measure(size: int) -> list[Figure]:
    """Milliseconds to erase everything about a person with so many tickets."""
    house.set_up()
    house.take_in(house.deliveries(OTHERS))
    house.take_in(house.deliveries(size, seed=2, sender=SENDER))
    worker.work_all()
    while vault.merge():  # as the worker does every few seconds
        pass
    found = vault.find(house.door(), "email", SENDER, limit=1)
    (person,) = vault.about(house.DESK, [one.handle for one in found])
    records = [one.handle for one in vault.of_person(house.DESK, person)]
    start = time.perf_counter()
    done = vault.erase(records, actor=Actor.system("retain", house.DESK), why="asked-for")
    took = time.perf_counter() - start
    assert done == len(records) >= size
    assert not vault.of_person(house.DESK, person)
    about = f"{size} tickets, {done} records, among {OTHERS:,} other tickets"
    return [Figure("erasing a person wholly", took * 1000, "ms", "under 100", took < 0.1, about)]


if __name__ == "__main__":
    run(measure, size=20, what="tickets of the person")
