"""Pages of PDFs drawn by Poppler, a program of its own, so that what is a picture on them can be read."""

import re
import shutil

from PIL import Image

from balie.kernel import confined
from balie.recognition.reading import bounds

_HEAD = re.compile(rb"P5\s+(\d{1,5})\s+(\d{1,5})\s+255\s")


def installed() -> bool:
    """Whether pages can be drawn."""
    return shutil.which("pdftoppm") is not None


def draw(pdf: bytes, page: int, *, deadline: float) -> Image.Image:
    """One page, from 1, as grey pixels, its longer side `bounds.PAGE_SIDE` of them. deadline: by the monotonic clock.
    Raises TimeoutError, or OSError or ValueError when it cannot be drawn.
    """
    side, number = str(bounds.PAGE_SIDE), str(page)
    command = [shutil.which("pdftoppm") or "", "-gray", "-scale-to", side, "-f", number, "-l", number, "-"]
    most = bounds.PAGE_SIDE * bounds.PAGE_SIDE + 100
    drawn = confined.run(command, pdf, seconds=confined.left(deadline), memory=bounds.MEMORY, most=most)
    head = _HEAD.match(drawn)
    if head is None:
        raise ValueError("no page")
    size = int(head[1]), int(head[2])
    return Image.frombytes("L", size, drawn[head.end() :][: size[0] * size[1]])
