"""Areas made black: nobody and nothing reads there again, and the picture knows nothing of where it comes from."""

import io

import pytest
from PIL import Image, ImageChops, PngImagePlugin

from balie.recognition.reading import Box, Picture, blacken, read_texts
from balie.recognition.reading.blacking import MARGIN, blacked
from balie.recognition.reading.findings import Over
from balie.recognition.reading.tests.made import large_picture, saved, written
from balie.recognition.reading.tests.programs import reads_pictures

SECRET = "Charlotte Whitfield"
LINES = (f"Account of {SECRET} is locked", "call 020 7946 0958 today", "This line is nobody's and stays")


def areas(content: bytes, *values: str) -> list[Box]:
    """Where these stand, as they were read."""
    boxes = []
    for piece in read_texts(content, media_type="image/png").pieces:
        for value in values:
            at = piece.text.find(value)
            boxes += [one.box for one in piece.marks_of(at, at + len(value)) if at >= 0 and one.box]
    assert boxes
    return boxes


def text_in(picture: Picture) -> str:
    found = read_texts(picture.content, media_type=picture.media_type)
    return "\n".join(piece.text for piece in found.pieces)


def marked(kind: str) -> bytes:
    """The picture with everything beside the pixels that a file can carry."""
    exif = Image.Exif()
    exif[0x013B] = SECRET
    how: dict[str, object] = {"exif": exif, "icc_profile": b"profile of " + SECRET.encode()}
    if kind == "PNG":
        how["pnginfo"] = PngImagePlugin.PngInfo()
        how["pnginfo"].add_text("Comment", SECRET)  # type: ignore[attr-defined]
    else:
        how |= {"comment": SECRET.encode(), "quality": 92}
    return saved(written(*LINES), kind, **how)


@reads_pictures
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_what_was_there_is_gone_and_the_rest_can_be_read(kind: str) -> None:
    content = marked(kind)
    assert SECRET.encode() in content
    picture = blacked(content, areas(content, SECRET, "020 7946 0958"))
    assert picture.media_type == f"image/{kind.lower()}"
    assert Image.open(io.BytesIO(picture.content)).format == kind
    text = text_in(picture)
    assert LINES[2] in text
    for word in ("Charlotte", "Whitfield", "7946"):
        assert word not in text


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_nothing_but_pixels_is_carried_over(kind: str) -> None:
    picture = blacked(marked(kind), [])
    assert b"Charlotte" not in picture.content
    with Image.open(io.BytesIO(picture.content)) as again:
        assert dict(again.getexif()) == {}
        assert {"icc_profile", "exif", "comment", "xmp", "Comment"}.isdisjoint(again.info)


def test_the_pixels_of_an_area_are_all_black_and_the_others_as_they_were() -> None:
    original = written(*LINES)
    area = Box(100, 30, 200, 40)
    shown = Image.open(io.BytesIO(blacked(saved(original, "PNG"), [area]).content))
    around = (100 - MARGIN, 30 - MARGIN, 300 + MARGIN, 70 + MARGIN)
    assert shown.crop(around).getextrema() == ((0, 0),) * 3
    changed = ImageChops.difference(original, shown).getbbox()
    assert changed is not None
    assert changed[0] >= around[0]
    assert changed[1] >= around[1]
    assert changed[2] <= around[2] + 1
    assert changed[3] <= around[3] + 1


def test_of_a_jpeg_nothing_shines_through() -> None:
    content = saved(written(*LINES), "JPEG", quality=60)
    (left, top, width, height) = (150, 35, 250, 30)
    shown = Image.open(io.BytesIO(blacked(content, [Box(left, top, width, height)]).content)).convert("L")
    assert shown.crop((left, top, left + width, top + height)).getextrema()[1] <= 12


def test_nothing_hides_beneath_what_can_be_seen_through() -> None:
    picture = written(*LINES).convert("RGBA")
    picture.putalpha(0)
    shown = Image.open(io.BytesIO(blacked(saved(picture, "PNG"), []).content))
    assert shown.mode == "RGB"
    assert shown.getextrema() == ((255, 255),) * 3


def test_of_a_moving_picture_one_frame_is_left() -> None:
    frames = [written("Liam"), written(SECRET)]
    picture = blacked(saved(frames[0], "GIF", save_all=True, append_images=frames[1:]), [])
    assert picture.media_type == "image/png"
    assert getattr(Image.open(io.BytesIO(picture.content)), "n_frames", 1) == 1


@reads_pictures
def test_it_stands_upright_as_it_was_read() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    content = saved(written(*LINES).transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif, quality=95)
    picture = blacked(content, areas(content, SECRET))
    assert Image.open(io.BytesIO(picture.content)).size == (900, 500)
    assert "Whitfield" not in text_in(picture)


def test_in_the_confined_child_the_same_is_done() -> None:
    content = saved(written(*LINES), "PNG")
    area = Box(100, 30, 200, 40)
    assert blacken(content, [area]) == blacked(content, [area])


@pytest.mark.parametrize("content", [b"", b"no picture", saved(written(*LINES), "PNG")[:300]])
def test_of_what_cannot_be_done_nothing_may_be_shown(content: bytes) -> None:
    assert blacken(content, [Box(0, 0, 9, 9)]) is None


def test_one_that_is_too_large_is_refused() -> None:
    with pytest.raises(Over):
        blacked(large_picture(), [])
    assert blacken(large_picture(), []) is None
