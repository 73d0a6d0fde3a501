"""A picture made easy to read: dark letters on white, whatever the ground was, and without ruled lines."""

import math

from PIL import Image, ImageChops, ImageFilter

LARGEST = 16_000_000  # pixels that are given to be read
ENLARGED = 2.5  # times: letters on a screen are smaller than those that the reader learnt from

_GROUND = 4  # one pixel in so many, each way, tells the ground
_WINDOW = 9  # of these around: letters cover less than half of it
_DARK = 20  # of 255: what differs from the ground by more is drawn on it
_RULED = 48  # pixels from left to right, all drawn: a line, and no letter
_UPRIGHT = 22  # pixels from top to bottom, all drawn
_THIN = 3  # pixels; a line is thinner, the stem of a letter that is so tall is not


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
    """Where lines are: long from left to right, or from top to bottom and thinner than a letter of that height."""
    dark = drawn.point([0] * (_DARK + 1) + [255] * (255 - _DARK))
    thick = dark.filter(ImageFilter.MinFilter(_THIN)).filter(ImageFilter.MaxFilter(_THIN))
    thin = ImageChops.subtract(dark, thick)
    return ImageChops.lighter(_runs(dark, _RULED, across=True), _runs(thin, _UPRIGHT, across=False))


def _runs(dark: Image.Image, length: int, *, across: bool) -> Image.Image:
    """What is part of a row, or else a column, of so many dark pixels without a gap."""
    for combined, way in ((ImageChops.darker, 1), (ImageChops.lighter, -1)):
        so_far = 1
        while so_far < length:
            step = min(so_far, length - so_far)
            moved = way * step
            dark = combined(dark, ImageChops.offset(dark, moved if across else 0, 0 if across else moved))
            so_far += step
    return dark
