"""Reading texts in screenshots: seconds for one of 1280 × 800, and the share of planted texts that is read exactly."""

import statistics
import time

from balie.recognition.reading import read_texts
from benchmarks.figure import Figure, run
from benchmarks.screenshots import screenshots

ALLOWED = 20.0  # seconds, of which a picture may take all
SHARE = 95  # of a hundred texts


def measure(size: int) -> list[Figure]:
    """Seconds for a screenshot, and the share of its texts that is read, spaces and case aside."""
    shots = screenshots()
    read_texts(b"the child is started", media_type="")
    seconds, read = [], {one.language: _read(one.picture)[0] for one in shots}
    for _ in range(size):
        seconds += [_read(one.picture)[1] for one in shots]
    planted = [(one.language, value) for one in shots for value in one.planted]
    share = 100 * sum(_squeezed(value) in read[language] for language, value in planted) / len(planted)
    middle = statistics.median(seconds)
    about = f"{len(seconds)} times, in nl, fi and en"
    return [
        Figure("screenshot read", middle, "s", "under 20", middle < ALLOWED, about, "2"),
        Figure(
            "texts in screenshots read exactly", share, "%", f"{SHARE}", share >= SHARE, f"of {len(planted)} planted"
        ),
    ]


def _read(picture: bytes) -> tuple[str, float]:
    start = time.perf_counter()
    found = read_texts(picture, media_type="image/png")
    return _squeezed("\n".join(piece.text for piece in found.pieces)), time.perf_counter() - start


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


if __name__ == "__main__":
    run(measure, size=5, what="times that each screenshot is read")
