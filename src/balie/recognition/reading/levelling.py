"""A picture made easy to read: dark letters on white, whatever the ground was, and without ruled lines."""

import math

from PIL import Image, ImageChops, ImageFilter

LARGEST = 16_000_000  # pixels that are given to be read
ENLARGED = 2.5  # times: letters on a screen are smaller than those that the reader learnt from

_GROUND = 4  # one pixel in so many, each way, tells the ground
_WINDOW = 9  # of these around: letters cover less than half of it
_DARK = 20  # of 255: what differs from the ground by more is drawn on it
_RULED = 64  # pixels in a row, all drawn: a line, and no letter


def levelled(grey: Image.Image, enlarged: float = ENLARGED) -> tuple[Image.Image, float]:
    """The picture to be read, and how many times larger it is than `grey`. Frames of fields are taken away, since the
    reader takes what stands in them for a drawing.
    """
    drawn = ImageChops.difference(grey, _ground(grey))
    drawn.paste(0, mask=_ruled(drawn))
    scale = min(enlarged, math.sqrt(LARGEST / (grey.width * grey.height)))
    size = (max(1, round(grey.width * scale)), max(1, round(grey.height * scale)))
    return ImageChops.invert(drawn).resize(size, Image.Resampling.LANCZOS), scale


def _ground(grey: Image.Image) -> Image.Image:
    small = (max(1, grey.width // _GROUND), max(1, grey.height // _GROUND))
    middle = grey.resize(small, Image.Resampling.NEAREST).filter(ImageFilter.MedianFilter(_WINDOW))
    return middle.resize(grey.size, Image.Resampling.BILINEAR)


def _ruled(drawn: Image.Image) -> Image.Image:
    """Where a row of pixels is drawn without a gap."""
    dark = drawn.point([0] * (_DARK + 1) + [255] * (255 - _DARK))
    rows = dark.resize((max(1, drawn.width // _RULED), drawn.height), Image.Resampling.BOX)
    return rows.point([0] * 250 + [255] * 6).resize(drawn.size, Image.Resampling.NEAREST)
