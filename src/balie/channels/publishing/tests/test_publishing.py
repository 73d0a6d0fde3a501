"""A document stands on its own: it asks nothing of any server, says what the register says, and can be read aloud."""

import builtins
import re
import socket
import subprocess
import sys
import zlib
from typing import Any

import pytest

from balie import register
from balie.channels import publishing
from balie.channels.publishing import apart
from balie.kernel import Refused
from balie.register.tests.desks_read import draft_of

DESKS = {"publications": "nl", "citizens-advice": "fi"}


def told(desk: str, language: str = "", audience: str = "public") -> tuple[register.Notice, str]:
    v = draft_of(desk)
    language = language or v.languages[0]
    organisation = v.wording(v.data["organisation"]).read(language)
    return register.notice_for(v, audience=audience, language=language), organisation  # type: ignore[arg-type]


@pytest.mark.parametrize("desk", DESKS)
def test_a_page_asks_nothing_of_any_server(desk: str) -> None:
    page = publishing.html(*told(desk))
    style, _, body = page.partition("</style>")
    assert not re.search(r"<(?:script|img|link|iframe|form)\b", page)
    assert all(one.startswith("data:") for one in re.findall(r'url\("?([^")]*)', style))
    assert "@import" not in style
    assert " src=" not in body
    assert all(one.startswith("#") for one in re.findall(r'href="([^"]*)"', body))
    assert "static/" not in page


@pytest.mark.parametrize(
    ("desk", "language"), [("publications", "en"), *(("citizens-advice", one) for one in ("fi", "sv", "en"))]
)
def test_a_page_is_in_its_language_and_says_all_of_the_notice(desk: str, language: str) -> None:
    notice, organisation = told(desk, language)
    page = publishing.html(notice, organisation)
    assert f'<html lang="{language}">' in page
    for section in notice.sections:
        assert f'id="{section.id}"' in page
    text = publishing.markdown(notice, organisation)
    for word in re.findall(r"\w{5,}", notice.text()):
        assert word in text


def test_large_type_is_a_choice() -> None:
    notice = told("publications")
    assert 'class="large"' in publishing.html(*notice, large=True)
    assert 'class="large"' not in publishing.html(*notice)


def test_the_record_says_which_parts_are_not_in_the_notice() -> None:
    page = publishing.html(*told("publications", "en", "staff"))
    assert page.count("in the record only") == 2


def test_signs_of_markdown_are_read_as_they_are() -> None:
    notice, _ = told("publications")
    text = publishing.markdown(notice, "Office *of* [examples] | and <b>")
    assert "Office \\*of\\* \\[examples\\] \\| and \\<b\\>" in text
    assert text.startswith("# Servicedesk van het publicatiebureau\n")
    assert "> U kunt bezwaar maken" in text


def test_words_of_a_register_are_no_html() -> None:
    notice, _ = told("publications")
    assert "<b>Office</b>" not in publishing.html(notice, "<b>Office</b>")


def unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a document asks nothing of any host")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("no_network")
def test_a_pdf_is_tagged_with_title_and_language_and_asks_no_host(capfd: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("weasyprint", exc_type=OSError, reason="needs Pango")
    made = publishing.pdf(*told("citizens-advice"))
    assert made.startswith(b"%PDF-")
    made = b"".join([made, *map(unpacked, re.findall(rb"stream\n(.*?)\nendstream", made, re.DOTALL))])
    for mark in (
        b"/Lang (fi",
        b"/MarkInfo",
        b"/StructTreeRoot",
        b"pdfuaid:part",
        b"asiakasrekisteri</rdf:li>",
    ):
        assert mark in made, mark
    assert capfd.readouterr().err == ""


def test_what_stands_outside_the_page_is_not_fetched() -> None:
    pytest.importorskip("weasyprint", exc_type=OSError, reason="needs Pango")
    from weasyprint.urls import FatalURLFetchingError

    weasyprint, closed = apart._maker()
    for address in ("https://example.org/x.png", "file:///etc/passwd", "http://127.0.0.1/x"):
        page = weasyprint.HTML(string=f'<img src="{address}">', url_fetcher=closed)
        with pytest.raises(FatalURLFetchingError, match="asks nothing of"):
            page.write_pdf()


def test_without_pango_one_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    genuine = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith("weasyprint"):
            raise OSError("cannot load library 'libpango-1.0-0'")
        return genuine(name, *rest)

    apart._maker.cache_clear()
    for name in [one for one in sys.modules if one.startswith("weasyprint")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(Refused, match="apt-get install libpango"):
        publishing.pdf(*told("citizens-advice"))
    apart._maker.cache_clear()


def test_the_maker_of_pdfs_is_loaded_only_for_a_pdf() -> None:
    code = (
        "import django, sys; django.setup(); from balie.channels import publishing; print('weasyprint' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
