"""The page of a mail: paragraphs and links, escaped, and nothing that is fetched from anywhere."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balie.channels.mail.dressing import dressed


class Page(HTMLParser):
    """What a page holds: its tags, where they lead, and what there is to read."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.leads: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.leads += [value or "" for name, value in attrs if name == "href"]
        assert {name for name, _ in attrs} <= {"href", "lang", "charset", "name", "content", "style"}

    def handle_data(self, data: str) -> None:
        self.text += data


def page(text: str, **more: str) -> Page:
    return Page(dressed(text, **{"subject": "Re: Locked out", "language": "", **more}))


def test_blank_lines_part_paragraphs_and_lines_stay_lines() -> None:
    made = page("Hello,\n\nfirst\nsecond\n\n\nBye")
    assert (made.tags.count("p"), made.tags.count("br")) == (3, 1)


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("See https://example.org/a?b=1&c=2.", ["https://example.org/a?b=1&c=2"]),
        ("(https://example.org/a_(b))", ["https://example.org/a_(b)"]),
        ("Write to desk@example.org, please", ["mailto:desk@example.org"]),
        ("javascript:alert(1) and example.org", []),
        ("«https://example.org»", ["https://example.org"]),
    ],
)
def test_addresses_are_links_and_nothing_else_is(text: str, leads: list[str]) -> None:
    made = page(text)
    assert made.leads == leads
    assert text in made.text


def test_a_language_that_is_known_is_named_for_who_listens() -> None:
    assert '<html lang="fi">' in dressed("Hei", subject="x", language="fi")
    assert "<html>" in dressed("Hei", subject="x", language="")


@given(st.text(max_size=300))
def test_whatever_is_written_is_read_and_never_carried_out(text: str) -> None:
    html = dressed(text, subject=text, language="")
    made = Page(html)
    assert set(made.tags) <= {"html", "head", "meta", "title", "body", "p", "br", "a"}
    assert not re.search(r"\b(src|background|url\(|@import|<link|<script|<img)", re.sub(r">[^<]*<", "><", html))
    assert all(re.match(r"https?://|mailto:", one) for one in made.leads)
