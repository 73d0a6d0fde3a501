"""The next version on its page: written by one, put in force by another; what it changes, and what is in its way."""

import html
import re
from typing import Any

from balie import register

URL = "/citizens-advice/register/proposal"


def typed(client: Any, *, was: str = "", now: str = "") -> dict[str, str]:
    """What stands in the boxes, with one place typed over."""
    page = client.get(URL).content.decode()
    names = ("register", "settings", "answers")
    found = {one: re.search(rf'name="{one}"[^>]*>(.*?)</textarea>', page, re.DOTALL) for one in names}
    boxes = {one: html.unescape(text[1]) for one, text in found.items() if text}
    assert was in boxes["register"]
    return {**boxes, "register": boxes["register"].replace(was, now)}


SHORTER = {"was": "2 years after ticket.last-contact", "now": "6 months after ticket.last-contact"}
LONGER = {"was": "2 years after ticket.last-contact", "now": "4 years after ticket.last-contact"}


def test_one_writes_and_another_puts_in_force(advice: Any, browse: Any, mail_in: Any) -> None:
    mail_in(advice, "kysymys")
    ada, dora = browse(advice.ada), browse(advice.dora)
    assert ada.post(URL, typed(ada, **SHORTER)).status_code == 303
    assert "You wrote this" in ada.get(URL).content.decode()
    assert ada.post(f"{URL}/approval").status_code == 403
    seen = dora.get(URL).content.decode()
    assert "Narrower" in seen
    assert "If put in force today" in seen
    before = register.in_force(advice.desk).number
    assert dora.post(f"{URL}/approval").status_code == 303
    assert register.in_force(advice.desk).number == before + 1
    assert "6 months" in dora.get(f"/citizens-advice/register/versions/{before + 1}").content.decode()


def test_what_is_wider_asks_for_the_day_on_which_people_were_told(advice: Any, browse: Any) -> None:
    ada, dora = browse(advice.ada), browse(advice.dora)
    ada.post(URL, typed(ada, **LONGER))
    assert 'name="told_on"' in dora.get(URL).content.decode()
    assert "Tell them first" in dora.post(f"{URL}/approval").content.decode()
    assert "is no day" in dora.post(f"{URL}/approval", {"told_on": "gisteren"}).content.decode()
    assert dora.post(f"{URL}/approval", {"told_on": "2026-11-01"}).status_code == 303


def test_a_mistake_is_told_with_its_line_and_what_was_typed_stays(advice: Any, browse: Any) -> None:
    ada = browse(advice.ada)
    wrong = typed(ada, was="format: 1", now="format: [1")
    answer = ada.post(URL, wrong)
    assert answer.status_code == 422
    page = html.unescape(answer.content.decode())
    assert re.search(r"line \d+", page)
    assert "format: [1" in page


def test_a_fault_is_shown_and_never_comes_in_force(advice: Any, browse: Any) -> None:
    ada, dora = browse(advice.ada), browse(advice.dora)
    ada.post(URL, typed(ada, was="keep: two-years", now="keep: to-years"))
    assert "to-years" in dora.get(URL).content.decode()
    before = register.in_force(advice.desk).number
    assert dora.post(f"{URL}/approval").status_code in (403, 422)
    assert register.in_force(advice.desk).number == before


def test_it_is_withdrawn(advice: Any, browse: Any) -> None:
    ada, dora = browse(advice.ada), browse(advice.dora)
    ada.post(URL, typed(ada, **SHORTER))
    assert dora.post(f"{URL}/end").status_code == 303
    assert "Propose this" in dora.get(URL).content.decode()
    assert dora.post(f"{URL}/end").status_code == 404


def test_an_agent_reads_it_and_writes_nothing(advice: Any, browse: Any) -> None:
    bob = browse(advice.bob)
    page = bob.get(URL)
    assert page.status_code == 200
    assert "<textarea" not in page.content.decode().partition("<main")[2]
    assert bob.post(URL, {"register": "x", "settings": "", "answers": ""}).status_code == 403


def test_the_forecast_tells_of_every_item_in_words(advice: Any, browse: Any, mail_in: Any) -> None:
    mail_in(advice, "kysymys")
    page = browse(advice.bob).get("/citizens-advice/register/forecast").content.decode()
    assert "2 years after the last contact" in page
    assert "<svg" in page


def test_the_forecast_tells_a_term_as_it_was_when_something_was_kept(advice: Any, browse: Any, mail_in: Any) -> None:
    mail_in(advice, "kysymys")
    ada, dora = browse(advice.ada), browse(advice.dora)
    ada.post(URL, typed(ada, **LONGER))
    assert dora.post(f"{URL}/approval", {"told_on": "2026-11-01"}).status_code == 303
    mail_in(advice, "toinen kysymys")
    page = dora.get("/citizens-advice/register/forecast").content.decode()
    assert "2 years after the last contact" in page
    assert "4 years after the last contact" in page


def test_a_term_is_typed_over_in_its_box_and_proposed_and_the_file_keeps_its_remarks(advice: Any, browse: Any) -> None:
    ada = browse(advice.ada)
    url = "/citizens-advice/register/editor"
    before = typed(ada)["register"]
    assert 'name="terms/two-years/keep"' in ada.get(url).content.decode()
    answer = ada.post(url, {"terms/two-years/keep": "1 year after ticket.last-contact"})
    assert answer.status_code == 303
    after = typed(ada)["register"]
    assert after == before.replace("2 years after ticket.last-contact", "1 year after ticket.last-contact")
    assert ada.post(url, {"terms/two-years/keep": ""}).status_code == 422
    assert browse(advice.bob).post(url, {"terms/two-years/keep": "when account.closed"}).status_code == 403


def test_the_officer_holds_a_ticket_on_its_page_and_lets_it_go(advice: Any, browse: Any, mail_in: Any) -> None:
    ticket = mail_in(advice, "kysymys")
    url = f"/citizens-advice/tickets/{ticket.number}"
    bob, dora = browse(advice.bob), browse(advice.dora)
    assert 'id="holds"' not in bob.get(url).content.decode()
    assert "Hold beyond the term" in dora.get(url).content.decode()
    assert dora.post(f"{url}/holds", {"reason": "legal-claim", "until": "2099-01-01"}).status_code == 303
    assert "Legal claim" in bob.get(url).content.decode()
    assert bob.post(f"{url}/holds/legal-claim/end").status_code == 403
    assert dora.post(f"{url}/holds/legal-claim/end").status_code == 303
    assert 'id="holds"' not in bob.get(url).content.decode()
