"""From accepted to readable and searchable in the queue: one worker parses, recognises, seals and indexes."""

import time

from benchmarks import house
from benchmarks.figure import Figure, run


def measure(size: int) -> list[Figure]:
    """Mails a second that one worker makes readable and searchable."""
    with house.empty():
        from balie.config import worker
        from balie.desk import arrivals
        from balie.desk.models import Ticket
        from balie.kernel import Actor

        door, waiting = Actor.system("receive", house.DESK), house.deliveries(size + 50)
        _take_in(arrivals, waiting[:50], door)
        worker.work_all()  # the reading process is up, caches are warm
        _take_in(arrivals, waiting[50:], door)
        start = time.perf_counter()
        worker.work_all()
        rate = size / (time.perf_counter() - start)
        assert Ticket.objects.visible_to(door).count() >= size
    return [
        Figure("readable and searchable", rate, "mails/s", "120", rate >= 120, f"{size:,} mails, one worker", "250")
    ]


def _take_in(arrivals: object, waiting: list[object], door: object) -> None:
    for start in range(0, len(waiting), 64):
        arrivals.take_in(waiting[start : start + 64], actor=door)  # type: ignore[attr-defined]


if __name__ == "__main__":
    run(measure, size=1000, what="mails")
