"""A version that is approved for a day to come, on its pages: the officer's, and what the public reads of it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from balie import register
from balie.channels.console.tests.test_proposing import LONGER, SHORTER, URL, typed

REGISTER, NOTICE = "/citizens-advice/register", "/citizens-advice/notice"


def iso(days: int) -> str:
    return (timezone.now().date() + timedelta(days=days)).isoformat()


def approve(advice: Any, browse: Any, **change: str) -> int:
    """Ada writes it for thirty days from now, Dora approves; its number."""
    ada, dora = browse(advice.ada), browse(advice.dora)
    before = register.in_force(advice.desk).number
    assert ada.post(URL, {**typed(ada, **(change or SHORTER)), "valid_from": iso(30)}).status_code == 303
    assert "Approve it for" in dora.get(URL).content.decode()
    assert dora.post(f"{URL}/approval", {"told_on": iso(0) if change else ""}).status_code == 303
    assert register.in_force(advice.desk).number == before
    return before + 1


def main_of(page: Any) -> str:
    return str(page.content.decode().partition("<main")[2])


def test_the_day_is_typed_shown_and_kept_when_a_box_is_changed_later(advice: Any, browse: Any) -> None:
    ada = browse(advice.ada)
    ada.post(URL, {**typed(ada, **SHORTER), "valid_from": iso(30)})
    assert f'value="{iso(30)}"' in ada.get(URL).content.decode()
    ada.post(f"{REGISTER}/editor", {"terms/two-years/keep": "3 months after ticket.last-contact"})
    assert f'value="{iso(30)}"' in ada.get(URL).content.decode()
    refused = ada.post(URL, {**typed(ada), "valid_from": iso(-1)})
    assert refused.status_code == 422
    assert "on a day to come within two years" in refused.content.decode()


def test_it_stands_on_the_registers_page_and_beside_the_proposal(advice: Any, browse: Any) -> None:
    number = approve(advice, browse)
    for url in (REGISTER, URL):
        page = main_of(browse(advice.dora).get(url))
        assert f"Version {number} comes in force on" in page
        assert "Withdraw it before that day" in page
    page = main_of(browse(advice.bob).get(REGISTER))
    assert f"Version {number} comes in force on" in page
    assert "Withdraw it before that day" not in page
    compared = browse(advice.bob).get(f"{REGISTER}/versions/{number}").content.decode()
    assert "6 months" in compared


def test_it_is_withdrawn_with_a_reason_by_who_writes_the_register(advice: Any, browse: Any) -> None:
    number = approve(advice, browse)
    url = f"{REGISTER}/versions/{number}/withdrawal"
    assert browse(advice.bob).post(url, {"reason": "mistake"}).status_code == 403
    assert browse(advice.dora).post(url, {"reason": "because"}).status_code == 422
    assert browse(advice.dora).post(url, {"reason": "mistake"}).status_code == 303
    assert browse(advice.dora).post(url, {"reason": "mistake"}).status_code == 409
    page = main_of(browse(advice.dora).get(REGISTER))
    assert "comes in force on" not in page
    assert "withdrawn" in page
    assert "There is a mistake in it" in page
    assert browse().get(f"{NOTICE}/versions/{number}").status_code == 404
    assert browse().get(f"/register/{advice.desk}/advice/versions/{number}").status_code == 404


def test_the_public_reads_from_when_what_is_different(advice: Any, browse: Any) -> None:
    number = approve(advice, browse, **LONGER)
    says = {"fi": "alkaen tämä muuttuu", "sv": "blir detta annorlunda", "en": "this will be different"}
    for language, words in says.items():
        page = browse().get(NOTICE, {"language": language}).content.decode()
        assert words in page
        assert f"{NOTICE}/versions/{number}" in page
    assert "4 years after" in page.partition("What will be different")[2].partition("</details>")[0]
    coming = browse().get(f"{NOTICE}/versions/{number}", {"language": "en"}).content.decode()
    assert "This version comes in force on" in coming
    assert "no longer in force" not in coming
    assert "in force since" not in main_of(browse().get(f"{NOTICE}/versions/{number}", {"language": "en"}))
    activity = browse(language="en").get(f"/register/{advice.desk}/advice/versions/{number}").content.decode()
    assert "in force from" in activity


def test_without_one_nothing_is_said(advice: Any, browse: Any) -> None:
    assert "will be different" not in browse(language="en").get(NOTICE).content.decode()
