"""The words of templates: what people wrote is never HTML, what is covered is never guessable."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from balie.channels import clock, tags
from balie.kernel import Wording, sentence
from balie.recognition import Masked

NASTY = '<img src=x onerror="alert(1)">\n\n& \'"</p><script>'


@pytest.mark.parametrize("tag", [tags.prose, tags.gist])
def test_what_people_wrote_is_never_html(tag: object) -> None:
    html = str(tag([NASTY, Masked("BSN", 1), NASTY]))  # type: ignore[operator]
    assert "<img" not in html
    assert "<script" not in html
    assert "&lt;img" in html


def test_paragraphs_and_lines_stay_as_they_were_written() -> None:
    assert tags.prose(["een\ntwee\r\n\r\n  drie"]) == "<p>een<br>twee</p><p>drie</p>"


def test_what_is_covered_says_its_kind_and_nothing_of_its_length() -> None:
    short, long = tags.prose([Masked("IBAN", 1)]), tags.prose([Masked("NEW_KIND", 2)])
    assert short == '<p><span class="blot">IBAN 1</span></p>'
    assert long == '<p><span class="blot">covered 2</span></p>'


def test_the_beginning_of_a_text_is_one_short_line() -> None:
    shown = tags.gist(["woord " * 100])
    assert "\n" not in shown
    assert len(shown) <= 140


def test_words_of_another_language_are_marked_as_such() -> None:
    word = Wording({"nl": "Bekendmakingen", "fi": "Kuulutukset"}, "nl")
    with translation.override("en"):
        assert tags.words(word) == '<span lang="nl">Bekendmakingen</span>'
    with translation.override("fi"):
        assert tags.words(word) == "Kuulutukset"
        assert tags.said(sentence("{what}!", what=word)) == "Kuulutukset!"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Noor Haverkamp", "NH"),
        ("melding", "M"),
        ("els@quispel.example.org", "E"),
        ("els.de-wit@example.org", "E"),
        ("112@example.org", ""),
        ("+31 20", ""),
        ("", ""),
    ],
)
def test_a_name_has_two_letters_an_address_one_and_nothing_none(name: str, letters: str) -> None:
    assert tags.initials(name) == letters


def test_where_there_are_no_letters_stands_a_drawing() -> None:
    assert tags.avatar("Noor Haverkamp", "us") == '<b class="avatar tiny us" aria-hidden="true">NH</b>'
    assert "#i-user" in tags.avatar("")
    assert "?" not in tags.avatar("")


@pytest.mark.parametrize(
    ("language", "same_day", "same_year", "older"),
    [
        ("nl", "09:14", "3 feb", "3 feb 2025"),
        ("fi", "9.14", "3.2.", "3.2.2025"),
        ("en", "09:14", "3 Feb", "3 Feb 2025"),
    ],
)
def test_times_are_as_short_as_stays_clear(language: str, same_day: str, same_year: str, older: str) -> None:
    at = datetime(2026, 2, 3, 9, 14, tzinfo=UTC)
    with translation.override(language):
        assert clock.brief(at, at) == same_day
        assert clock.brief(at, datetime(2026, 11, 1, tzinfo=UTC)) == same_year
        assert clock.brief(at.replace(year=2025), at) == older
