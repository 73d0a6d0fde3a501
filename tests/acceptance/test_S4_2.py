"""S4.2: the advice line holds an address or a number, and what was asked. A name, wherever it comes from, is kept only when an agent
states that it is needed and the person agreed; struck out, it is gone."""

import pytest
from playwright.sync_api import Page, expect

from tests.counter import Asked, Counter
from tests.visitor import KERTTU, TUULIA

NAME = "Ingeborg Tuulenpesä"
NEEDED = "The name is needed to answer or to come back to the matter."
AGREED = "The person agrees that this is kept. I asked."


@pytest.fixture
def named_mail(counter: Counter) -> Asked:
    """A mail with a name in its From line and another part of it in the signature."""
    return counter.ask("citizens-advice", "Passin hakeminen", "Hei,\n\nmistä saan passin?", name=NAME)


def open_name(page: Page) -> None:
    page.get_by_text("More fields").click()
    page.locator("#field-name summary.linklike").click()


def keep_name(counter: Counter, asked: Asked) -> None:
    with counter.opened(KERTTU, asked) as page:
        open_name(page)
        page.locator("#f-name").fill(NAME)
        page.get_by_label(NEEDED).check()
        page.get_by_label(AGREED).check()
        page.locator("#field-name").get_by_role("button", name="Keep").click()
        expect(page.locator("#field-name .value")).to_have_text(NAME)


def found(counter: Counter, words: str) -> str:
    return counter.visitor(KERTTU).post("/citizens-advice/search", words=words).main


def test_the_name_of_the_from_line_is_dropped_and_the_message_says_so(counter: Counter, named_mail: Asked) -> None:
    with counter.opened(KERTTU, named_mail) as page:
        expect(page.locator(".msg")).to_contain_text("Left out on arrival")
        shown = page.locator("body").inner_text()
        assert "Ingeborg" not in shown
        assert "Tuulenpesä" not in shown
        page.locator("#contacts").get_by_role("button").click()
        expect(page.locator("#contacts .told")).to_have_text(named_mail.sender)


def test_no_record_of_it_is_made_and_nobody_finds_the_ticket_by_it(counter: Counter, named_mail: Asked) -> None:
    items = counter.house.rows(
        """SELECT r.item FROM vault_record r JOIN desk_ticket t ON t.handle = r.held_by
           WHERE t.desk = 'citizens-advice' AND t.number = ?""",
        named_mail.number,
    )
    assert {item for (item,) in items} == {"email", "message"}
    for words in (NAME, "Ingeborg", "Tuulenpesä"):
        assert f"/tickets/{named_mail.number}" not in found(counter, words)
    assert f"/tickets/{named_mail.number}" in found(counter, named_mail.sender)


def test_the_mail_as_it_came_has_the_name_in_it_and_no_door_shows_it(counter: Counter, named_mail: Asked) -> None:
    """It is a declared item of its own, sealed, and goes after 72 hours."""
    (kept,) = counter.house.rows(
        """SELECT r.item, julianday(r.erase_at) - julianday(r.collected_at) FROM vault_record r
           JOIN desk_arrival a ON a.raw = r.handle JOIN desk_message m ON m.arrival = a.handle
           JOIN desk_ticket t ON t.handle = m.ticket_id WHERE t.desk = 'citizens-advice' AND t.number = ?""",
        named_mail.number,
    )
    assert kept[0] == "raw-message"
    assert kept[1] == pytest.approx(3)
    for who in (KERTTU, TUULIA):
        assert "Ingeborg" not in counter.visitor(who).get(named_mail.path).text


def test_the_name_that_a_signature_gives_fills_no_field_and_is_no_name_to_search_for(counter: Counter) -> None:
    signed = counter.ask("citizens-advice", "Kysymys", "Mistä saan ajan?\n\nTerveisin\nIngeborg Tuulenpesä\n")
    with counter.opened(KERTTU, signed) as page:
        assert page.locator("#field-name .value").count() == 0
        asks = page.locator("section", has=page.get_by_role("heading", name="Who asks"))
        assert "Tuulenpesä" not in asks.inner_text()
    assert f"/tickets/{signed.number}" not in found(counter, "Ingebo")  # of a name, a beginning would be enough


@pytest.mark.parametrize("missing", ["both", "the need", "the consent"])
def test_without_need_and_consent_it_is_refused(counter: Counter, named_mail: Asked, missing: str) -> None:
    """Sent by hand, past the boxes that the page will not go without."""
    kerttu = counter.visitor(KERTTU)
    page = kerttu.get(named_mail.path).text
    need = page.split('name="confirm" value="')[1].split('"')[0]
    given = {"confirm": need, "consent": "person"}
    if missing != "the consent":
        del given["confirm"]
    if missing != "the need":
        del given["consent"]
    answer = kerttu.post(f"{named_mail.path}/items", item="name", value=NAME, **given)
    assert answer.status == 403
    assert "may be kept only" in answer.text or "consent" in answer.text
    assert not items_written(counter, named_mail)


def test_the_page_itself_does_not_send_it_without_both(counter: Counter, named_mail: Asked) -> None:
    with counter.opened(KERTTU, named_mail) as page:
        open_name(page)
        page.locator("#f-name").fill(NAME)
        assert page.locator("#field-name input[type=checkbox]:checked").count() == 0
        page.get_by_label(NEEDED).check()
        page.locator("#field-name").get_by_role("button", name="Keep").click()
        assert page.locator("#field-name .value").count() == 0
    assert not items_written(counter, named_mail)


def test_confirmed_and_agreed_it_is_kept_with_the_consent_its_words_its_time_and_who_heard_it(
    counter: Counter, named_mail: Asked
) -> None:
    keep_name(counter, named_mail)
    assert items_written(counter, named_mail) == {"name"}
    (consent,) = consents(counter, named_mail)
    item, party, wording, withdrawn, roles = consent
    assert (item, party, withdrawn, roles) == ("name", "person", None, "agent")
    assert "Nimi tarvitaan" in wording
    assert f"/tickets/{named_mail.number}" in found(counter, "Ingebo")


def test_struck_out_it_is_gone_and_the_consent_has_ended(counter: Counter, named_mail: Asked) -> None:
    keep_name(counter, named_mail)
    (record,) = counter.house.rows(
        """SELECT i.record, r.key FROM desk_reporteritem i JOIN desk_ticket t ON t.handle = i.ticket_id
           JOIN vault_record r ON r.handle = i.record WHERE t.desk = 'citizens-advice' AND t.number = ?""",
        named_mail.number,
    )
    with counter.opened(KERTTU, named_mail) as page:
        page.locator("#field-name summary.linklike").click()
        page.locator("#field-name").get_by_role("button", name="Strike out").click()
        expect(page.locator("#field-name .value")).to_have_count(0)
        assert "Tuulenpesä" not in page.locator("body").inner_text()
    counter.house.wait(lambda: _key_is_destroyed(counter, record[1]))
    assert not counter.house.rows("SELECT 1 FROM vault_record WHERE handle = ?", record[0])
    assert f"/tickets/{named_mail.number}" not in found(counter, "Ingebo")
    assert consents(counter, named_mail)[0][3] is not None


def items_written(counter: Counter, asked: Asked) -> set[str]:
    rows = counter.house.rows(
        """SELECT i.item FROM desk_reporteritem i JOIN desk_ticket t ON t.handle = i.ticket_id
           WHERE t.desk = 'citizens-advice' AND t.number = ?""",
        asked.number,
    )
    return {item for (item,) in rows}


def consents(counter: Counter, asked: Asked) -> list[tuple[object, ...]]:
    return counter.house.rows(
        """SELECT c.item, c.party, c.wording, c.withdrawn_at, a.roles FROM desk_consent c
           JOIN desk_ticket t ON t.handle = c.ticket_id JOIN people_account a ON a.handle = c.heard_by_id
           WHERE t.desk = 'citizens-advice' AND t.number = ?""",
        asked.number,
    )


def _key_is_destroyed(counter: Counter, key: int) -> bool:
    return counter.house.rows("SELECT sealed FROM keys_recordkey WHERE id = ?", key, database="keys") == [(None,)]
