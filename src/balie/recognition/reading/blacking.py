"""Areas of a picture made black: the pixels are gone, and everything beside the pixels with them."""

import io
from collections.abc import Iterable
from dataclasses import dataclass

from PIL import Image, ImageDraw

from balie.recognition.reading.outcome import Box
from balie.recognition.reading.pictures import FORMATS, on_white, opened, upright_of

MARGIN = 3  # pixels around an area: the edges of letters, and what a lossy format smeared beyond them
_QUALITY = 90


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a file."""

    content: bytes
    media_type: str


def blacked(content: bytes, areas: Iterable[Box]) -> Picture:
    """The picture's first frame, upright as it is shown, with the areas black. JPEG stays JPEG, anything else becomes
    PNG. Nothing but the pixels is carried over: no metadata, no thumbnail, no colour profile, nothing beneath what
    could be seen through. Raises ValueError or OSError for what is no picture or is damaged, Over for one that is
    too large.
    """
    with opened(content) as image:
        image.load()
        kind = "JPEG" if image.format == "JPEG" else "PNG"
        shown = _plain(upright_of(image))
    pen = ImageDraw.Draw(shown)
    for one in areas:
        corners = (one.left - MARGIN, one.top - MARGIN, one.left + one.width + MARGIN, one.top + one.height + MARGIN)
        pen.rectangle(corners, fill="black")
    kept = io.BytesIO()
    if kind == "JPEG":
        shown.save(kept, kind, quality=_QUALITY)
    else:
        shown.save(kept, kind)
    return Picture(kept.getvalue(), f"image/{kind.lower()}")


def load() -> None:
    """Load what opens and writes pictures now: a confined process can open no file later."""
    Image.init()
    assert set(FORMATS) <= set(Image.OPEN)


def _plain(image: Image.Image) -> Image.Image:
    """A new picture of the same pixels, that knows nothing of where they come from."""
    seen_through = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    pixels = on_white(image.convert("RGBA")) if seen_through else _coloured(image)
    fresh = Image.new("RGB", pixels.size)
    fresh.paste(pixels)
    return fresh


def _coloured(image: Image.Image) -> Image.Image:
    return image if image.mode == "RGB" else image.convert("RGB")
