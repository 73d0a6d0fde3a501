"""Whatever the bytes, there is an answer within the bounds, and a file that was bent is never silently half read."""

import random
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balie.recognition.reading import Read, Reason, letters
from balie.recognition.reading.findings import Findings
from balie.recognition.reading.opening import look_into
from balie.recognition.reading.outcome import Place, piece_from, to_plain, unread_from, unread_to_plain
from balie.recognition.reading.reading import Looker
from balie.recognition.reading.tests.made import (
    comments,
    document,
    gzipped,
    mail,
    paragraph,
    pdf,
    pdf_with_file,
    saved,
    tarred,
    workbook,
    written,
    zipped,
)

BEGINNINGS = [
    *(b"PK\x03\x04", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\x00", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a"),
    *(b"II*\x00", b"RIFF0000WEBP", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>", b"<?xml ?>", b""),
]
TYPES = ["", "text/plain", "text/html", "text/csv", "message/rfc822", "application/pdf", "image/png"]


@cache
def sound() -> list[bytes]:
    """One small file of each kind."""
    picture = written("Charlotte", size=(200, 100))
    return [
        pdf("Sanne", "Joris", title="x"),
        pdf_with_file("a.txt", b"hallo"),
        document(paragraph("Sanne"), {"word/comments.xml": comments("Dora", "zie")}),
        workbook('<sheetData><row><c r="A1" t="s"><v>0</v></c></row></sheetData>', ["Sanne"]),
        zipped({"a.txt": b"hallo", "b.csv": b"a;b\n1;2"}),
        tarred({"a.txt": b"hallo"}),
        gzipped(b"hallo daar"),
        mail("hallo", files={"a.txt": b"hallo"}),
        "<html><p>Väinö</p></html>".encode(),
        *(saved(picture, kind) for kind in ("PNG", "JPEG", "GIF", "WEBP", "TIFF")),
    ]


@pytest.fixture(scope="module")
def looker() -> Iterator[Looker]:
    with Looker(timeout=10) as one:
        yield one


@pytest.fixture(autouse=True)
def no_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in pixels is not read here: only pixels ever reach the program that does."""
    monkeypatch.setattr(letters, "language", lambda: "")


bent = st.tuples(
    st.integers(0, 13), st.integers(0, 2**32), st.integers(1, 8), st.sampled_from(["set", "cut", "double"])
)


def bend(which: int, seed: int, times: int, how: str) -> bytes:
    """A sound file with some bytes changed, left out or said twice."""
    chance, content = random.Random(seed), bytearray(sound()[which])
    for _ in range(times):
        at = chance.randrange(len(content))
        if how == "set":
            content[at] = chance.randrange(256)
        elif how == "cut":
            del content[at : at + chance.randrange(1, 40)]
        else:
            content[at:at] = content[at : at + chance.randrange(1, 40)]
        if not content:
            break
    return bytes(content)


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(BEGINNINGS), st.binary(max_size=400), st.sampled_from(TYPES))
def test_any_bytes_have_an_answer(looker: Looker, beginning: bytes, rest: bytes, media_type: str) -> None:
    found = looker.read(beginning + rest, media_type, "")
    assert isinstance(found, Read)
    assert {one.reason for one in found.unread}.isdisjoint({Reason.READER_DIED, Reason.TOOK_TOO_LONG})


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bent)
def test_a_bent_file_has_an_answer(looker: Looker, how: tuple[int, int, int, str]) -> None:
    found = looker.read(bend(*how), "", "")
    assert isinstance(found, Read)
    assert {one.reason for one in found.unread}.isdisjoint({Reason.READER_DIED, Reason.TOOK_TOO_LONG})


@pytest.mark.torture
@settings(max_examples=5000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bent)
def test_many_bent_files_have_an_answer(looker: Looker, how: tuple[int, int, int, str]) -> None:
    assert isinstance(looker.read(bend(*how), "", ""), Read)


@pytest.mark.parametrize("which", range(14))
def test_what_was_found_survives_its_way_to_the_parent(which: int) -> None:
    found = Findings()
    look_into(found, sound()[which], Place(), media_type="", name="")
    assert [piece_from(to_plain(one)) for one in found.pieces] == found.pieces
    assert [unread_from(unread_to_plain(one)) for one in found.unread] == found.unread


_plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


@given(_plain)
def test_what_is_no_finding_is_refused_and_nothing_else_is_raised(plain: object) -> None:
    for again in (piece_from, unread_from):
        with pytest.raises((ValueError, TypeError)):
            again(plain)
    for at in range(3):
        whole: list[object] = ["text", [[], "", 0, ""], [[0, 4, "A1"]]]
        whole[at] = plain
        try:
            piece_from(whole)
        except (ValueError, TypeError):
            continue
