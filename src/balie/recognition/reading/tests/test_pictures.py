"""Pictures: what stands in them is read, with the box of each word, and what is uncertain is told."""

import pytest
from benchmarks.screenshots import font, screenshots
from PIL import Image, ImageDraw

from balie.recognition.reading import Piece, Read, Reason, letters, read_texts
from balie.recognition.reading.tests.made import saved, written
from balie.recognition.reading.tests.programs import reads_pictures

pytestmark = reads_pictures
SENTENCE = "Account of Charlotte Whitfield"


def read(content: bytes) -> Read:
    return read_texts(content, media_type="image/png", name_hint=None)


def squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


def test_nineteen_of_twenty_texts_in_screenshots_are_read_exactly() -> None:
    planted, missed = 0, []
    for one in screenshots():
        found = read(one.picture)
        assert found.whole
        text = squeezed("\n".join(piece.text for piece in found.pieces))
        planted += len(one.planted)
        missed += [value for value in one.planted if squeezed(value) not in text]
    assert planted >= 55
    assert len(missed) * 20 <= planted, missed


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "TIFF"])
def test_each_kind_of_picture_is_read(kind: str) -> None:
    found = read(saved(written(SENTENCE), kind))
    assert found.whole
    assert SENTENCE in found.pieces[0].text


def area(piece: Piece, word: str) -> tuple[int, int, int, int]:
    at = piece.text.index(word)
    (mark,) = piece.marks_of(at, at + len(word))
    assert mark.box is not None
    return mark.box.left, mark.box.top, mark.box.left + mark.box.width, mark.box.top + mark.box.height


def test_the_box_of_a_word_covers_its_pixels_and_little_more() -> None:
    picture = written(SENTENCE, "020 7946 0958")
    (piece,) = read(saved(picture, "PNG")).pieces
    assert piece.size == picture.size
    left, top, right, bottom = area(piece, "Charlotte")
    drawn = picture.crop((left, top, right, bottom)).convert("L").point(lambda value: 255 if value < 128 else 0)
    inked = drawn.getbbox()
    assert inked is not None
    around = picture.crop((left - 2, top - 4, right + 2, bottom + 4)).convert("L")
    assert inked[2] - inked[0] > 0.9 * (right - left - 4)
    assert around.crop((0, 0, around.width, 1)).getextrema()[0] > 200


def test_an_upright_picture_is_read_from_one_that_lies() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = written(SENTENCE).transpose(Image.Transpose.ROTATE_90)
    (piece,) = read(saved(lying, "JPEG", exif=exif, quality=95)).pieces
    assert SENTENCE in piece.text
    assert piece.size == (900, 500)


def test_light_letters_on_dark_in_bubbles_are_read() -> None:
    picture = written(SENTENCE, ground="#1e1e1e", ink="white")
    assert SENTENCE in read(saved(picture, "PNG")).pieces[0].text


def test_light_letters_in_a_dark_table_with_bright_frames_are_read() -> None:
    picture = Image.new("RGB", (900, 500), "#1b1d22")
    pen = ImageDraw.Draw(picture)
    values = ("Daniël Wijngaarden", "06 2345 6789", "bram@example.org", "123456782")
    for number, value in enumerate(values):
        pen.rectangle((40, 40 + 34 * number, 400, 70 + 34 * number), outline="#bbbbbb")
        pen.text((56, 48 + 34 * number), value, "#dddddd", font(15))
    found = read(saved(picture, "PNG"))
    assert found.whole
    assert found.pieces[0].text.split("\n")[:4] == list(values)


def test_what_hides_where_one_sees_through_is_read() -> None:
    picture = written(SENTENCE).convert("RGBA")
    picture.putalpha(0)
    assert SENTENCE in "".join(piece.text for piece in read(saved(picture, "PNG")).pieces)


def test_what_stands_beside_the_pixels_is_read() -> None:
    exif = Image.Exif()
    exif[0x013B] = "Joris Kuipers"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 22.0, 12.0)})
    (words, _) = read(saved(written(SENTENCE), "JPEG", exif=exif)).pieces
    assert words.place.told() == "metadata"
    assert "Joris Kuipers" in words.text
    assert "52.0 22.0" in words.text


def test_each_page_of_a_fax_is_read_and_of_a_moving_picture_the_first_frame() -> None:
    frames = [written(SENTENCE), written("Liam Whitfield")]
    fax = read(saved(frames[0], "TIFF", save_all=True, append_images=frames[1:]))
    assert fax.whole
    assert [piece.place.page for piece in fax.pieces] == [1, 2]
    moving = read(saved(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert [one.reason for one in moving.unread] == [Reason.FURTHER_FRAMES]
    assert [piece.text.strip() for piece in moving.pieces] == [SENTENCE]


def test_a_picture_without_letters_is_read_and_says_nothing() -> None:
    image = Image.linear_gradient("L").resize((400, 300)).convert("RGB")
    assert read(saved(image, "PNG")) == Read()


def test_a_picture_of_which_too_much_is_uncertain_is_told() -> None:
    words = ["Charlotte Whitfield lives in the third house", "Gwendolyn Achterberg lives in the second one"] * 3
    small = written(*words, letters=9).resize((500, 278)).resize((900, 500))
    assert Reason.HARD_TO_READ in {one.reason for one in read(saved(small, "PNG")).unread}


def test_without_tesseract_a_picture_is_held_back_and_nothing_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    assert letters.language() == ""
    assert [one.reason for one in read(saved(written(SENTENCE), "PNG")).unread] == [Reason.NO_READER]


@pytest.mark.parametrize("cut", [20, 60, 500])
def test_a_picture_that_is_cut_off_is_damaged(cut: int) -> None:
    assert [one.reason for one in read(saved(written(SENTENCE), "PNG")[:cut]).unread] == [Reason.DAMAGED]
