"""Erasing one person wholly: rows, index, files, keys and the ledger, for someone with many tickets."""

import time

from benchmarks import house
from benchmarks.figure import Figure, run


def measure(size: int) -> list[Figure]:
    """Milliseconds to erase everything about a person with so many tickets."""
    with house.empty():
        from balie import vault
        from balie.config import worker
        from balie.desk import arrivals
        from balie.kernel import Actor

        door = Actor.system("receive", house.DESK)
        for senders in (1, 100):
            arrivals.take_in(
                house.deliveries(size * 5 if senders > 1 else size, seed=senders, senders=senders), actor=door
            )
        worker.work_all()
        (found, *_) = vault.find(door, "email", "sender0@example.org", limit=1) or _first_sender(door)
        (person,) = vault.about(house.DESK, [found.handle])
        records = [one.handle for one in vault.of_person(house.DESK, person)]
        start = time.perf_counter()
        done = vault.erase(records, actor=Actor.system("retain", house.DESK), why="asked-for")
        took = time.perf_counter() - start
        assert done == len(records)
        assert not vault.holds_about(house.DESK, person)
    about = f"{size} tickets, {done} records"
    return [Figure("erasing a person wholly", took * 1000, "ms", "under 100", took < 0.1, about)]


def _first_sender(door: object) -> list[object]:
    raise SystemExit("the corpus names other senders than the envelope")


if __name__ == "__main__":
    run(measure, size=20, what="tickets of the person")
