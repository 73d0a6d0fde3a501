"""Pictures: taken apart to grey pixels for the program that reads them, and what is written beside the pixels."""

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from PIL import ExifTags, Image, ImageFile, ImageOps, ImageSequence, UnidentifiedImageError

from balie.recognition.reading import bounds
from balie.recognition.reading.findings import Findings, Over, Raster
from balie.recognition.reading.outcome import Place, Reason

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "TIFF")
_TRANSPARENT = frozenset({"RGBA", "LA", "PA", "RGBa", "La"})

Image.MAX_IMAGE_PIXELS = None  # our own bound is asked before anything is unpacked
ImageFile.LOAD_TRUNCATED_IMAGES = False


def read_picture(found: Findings, content: bytes, place: Place) -> None:
    """The first frame, or each page of a TIFF, and the texts written beside the pixels."""
    with opened(content) as image:
        found.text("\n".join(_written(image)), replace(place, part="metadata"))
        frames = getattr(image, "n_frames", 1)
        looked_at = min(frames, bounds.FRAMES) if image.format == "TIFF" else 1
        for number, frame in zip(range(looked_at), ImageSequence.Iterator(image), strict=False):
            where = replace(place, page=number + 1) if looked_at > 1 else place
            for grey in _grey(frame):
                found.picture(grey.width * grey.height)
                found.rasters.append(Raster(where, grey.width, grey.height, grey.tobytes()))
        if frames > looked_at:
            raise Over(Reason.TOO_MANY_PAGES if image.format == "TIFF" else Reason.FURTHER_FRAMES)


def opened(content: bytes) -> Image.Image:
    """The picture, not yet unpacked. Raises Over for one with too many pixels, ValueError for what is none."""
    try:
        image = Image.open(io.BytesIO(content), formats=FORMATS)
    except UnidentifiedImageError:
        raise ValueError("no picture") from None
    too_many(image)
    return image


def too_many(image: Image.Image) -> None:
    """Raises Over for a frame with more pixels than are unpacked."""
    if image.width * image.height > bounds.PIXELS:
        raise Over(Reason.TOO_MANY_PIXELS)


def _grey(frame: Image.Image) -> Iterator[Image.Image]:
    """The frame as it is shown; where parts can be seen through, also without that, since the pixels are sent."""
    too_many(frame)
    frame.load()
    upright = upright_of(frame)
    if upright.mode not in _TRANSPARENT and "transparency" not in upright.info:
        yield _as_grey(upright)
        return
    coloured = upright if upright.mode == "RGBA" else upright.convert("RGBA")
    yield on_white(coloured).convert("L")
    lowest, _ = coloured.getchannel("A").getextrema()
    if isinstance(lowest, int | float) and lowest < 255:
        yield coloured.convert("RGB").convert("L")


def upright_of(image: Image.Image) -> Image.Image:
    """The picture turned as it is shown; itself where it stands already, since a copy of a large one takes much."""
    ImageOps.exif_transpose(image, in_place=True)
    return image


def on_white(image: Image.Image) -> Image.Image:
    """The picture as it looks on paper, with nothing beneath what can be seen through."""
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _as_grey(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I") or image.mode == "F":  # sixteen bits and more: brought to the range of eight
        lowest, highest = image.convert("F").getextrema()
        assert isinstance(lowest, float)  # of one band
        assert isinstance(highest, float)
        scale = 255 / (highest - lowest or 1)
        return image.convert("F").point(lambda value: value * scale - lowest * scale).convert("L")
    return image.convert("L")


def _written(image: Image.Image) -> Iterator[str]:
    """Every text beside the pixels: comments, descriptions, names of makers, where it was taken."""
    for name, value in image.info.items():
        if name != "compression" and (isinstance(value, str) or name in ("comment", "xmp")):
            yield _text(value)
    exif = image.getexif()
    for directory in (exif, exif.get_ifd(ExifTags.IFD.Exif)):
        yield from (_text(value) for value in directory.values() if isinstance(value, str | bytes))
    position = exif.get_ifd(ExifTags.IFD.GPSInfo)
    if position:
        yield "GPS " + " ".join(_text(value) for value in position.values())


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return "".join(sign for sign in value.decode("utf-8", "replace") if sign.isprintable() and sign != "\ufffd")
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)
