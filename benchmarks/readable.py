"""From accepted to readable and searchable in the queue: one worker parses, recognises, seals and indexes."""

import time

from benchmarks import house

# isort: split
from balie.config import worker
from balie.desk.models import Ticket
from benchmarks.figure import Figure, run

WARM = 50


def measure(size: int) -> list[Figure]:
    """Mails a second that one worker makes readable and searchable."""
    house.set_up()
    waiting = house.deliveries(size + WARM)
    house.take_in(waiting[:WARM])
    worker.work_all()  # the reading process is up, caches are warm
    house.take_in(waiting[WARM:])
    start = time.perf_counter()
    worker.work_all()
    rate = size / (time.perf_counter() - start)
    assert Ticket.objects.visible_to(house.door()).count() >= size
    return [
        Figure("readable and searchable", rate, "mails/s", "120", rate >= 120, f"{size:,} mails, one worker", "250")
    ]


if __name__ == "__main__":
    run(measure, size=1000, what="mails")
