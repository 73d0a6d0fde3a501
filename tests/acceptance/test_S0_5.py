"""S0.5: where no name can be written down `dummy` stands in for it and the ticket goes on; what follows is said beforehand, and is
why no answer can be sent while it stands. Work behind the counter goes on."""

import pytest
from playwright.sync_api import expect

from tests.counter import Asked, Counter, text_of
from tests.visitor import NOOR, TEUN

CONSEQUENCE = "Zonder naam kunnen wij u niet laten weten wat er met uw melding is gedaan."
IN_ENGLISH = "Without a name we cannot let you know what was done about your report."


@pytest.fixture
def nameless(counter: Counter) -> Asked:
    return counter.ask("publications", "Storing zonder naam", "De zoekpagina geeft een fout.")


def test_what_follows_is_said_in_the_notice_before_anybody_sends_anything(counter: Counter) -> None:
    page = counter.page()
    page.goto(f"{counter.house.url}/publications/notice?language=nl")
    expect(page.locator("article")).to_contain_text(CONSEQUENCE)
    page.goto(f"{counter.house.url}/publications/notice?language=en")
    expect(page.locator("article")).to_contain_text(IN_ENGLISH)


def test_the_first_mail_back_says_it_too(counter: Counter, nameless: Asked) -> None:
    (acknowledgement,) = counter.sent_to(nameless.sender)
    assert CONSEQUENCE in text_of(acknowledgement)


def test_the_placeholder_stands_and_the_agent_reads_why_no_answer_can_go(counter: Counter, nameless: Asked) -> None:
    with counter.opened(NOOR, nameless) as page:
        expect(page.locator("#field-family-name code")).to_have_text("dummy")
        expect(page.locator("#answer-not")).to_contain_text(IN_ENGLISH)
        expect(page.get_by_role("button", name="Send the answer")).to_have_attribute("aria-disabled", "true")


def test_an_answer_is_refused_with_that_sentence_and_what_was_typed_is_not_lost(
    counter: Counter, nameless: Asked
) -> None:
    counter.sent_to(nameless.sender)
    with counter.opened(NOOR, nameless) as page:
        page.locator("#answer").fill("De storing is verholpen.")
        with page.expect_response(lambda response: response.request.method == "POST") as answered:
            page.get_by_role("button", name="Send the answer").click(force=True)
        assert answered.value.status == 403
        expect(page.get_by_role("alert")).to_contain_text(IN_ENGLISH)
        expect(page.locator("#answer")).to_have_value("De storing is verholpen.")
        assert page.locator(".msg.answer").count() == 0
    counter.house.wait_until_sent()
    assert len(counter.house.sink.to(nameless.sender)) == 1


def test_work_behind_the_counter_goes_on(counter: Counter, nameless: Asked) -> None:
    noor = counter.visitor(NOOR)
    noor.get(nameless.path)
    assert noor.post(f"{nameless.path}/notes", text="De beheerder kijkt ernaar.").status == 303
    assert noor.post(f"{nameless.path}/sorting", service="regulations", kind="incident").status == 303
    page = noor.get(nameless.path).text
    assert "De beheerder kijkt ernaar." in page
    with counter.opened(NOOR, nameless) as opened:
        opened.get_by_text("Assigned to nobody").click()
        opened.get_by_label(TEUN.name).check()
        opened.get_by_role("button", name="Assign").click()
        expect(opened.locator("summary.set b")).to_have_text(TEUN.name)
        opened.get_by_role("button", name="Close").click()
        expect(opened.get_by_role("button", name="Reopen")).to_be_visible()


def test_with_a_name_the_answer_goes_out(counter: Counter, nameless: Asked) -> None:
    counter.sent_to(nameless.sender)
    with counter.opened(NOOR, nameless) as page:
        page.locator("#field-family-name summary.linklike").click()
        page.locator("#f-family-name").fill("Zaagmolen")
        page.locator("#field-family-name").get_by_role("button", name="Keep").click()
        assert page.locator("#answer-not").count() == 0
        page.locator("#answer").fill("De storing is verholpen.")
        page.get_by_role("button", name="Answer Zaagmolen").click()
        expect(page.locator(".msg.answer")).to_contain_text("De storing is verholpen.")
    answer = counter.sent_to(nameless.sender, count=2)[1]
    assert text_of(answer).strip() == "De storing is verholpen."


def test_struck_out_again_the_placeholder_and_the_refusal_come_back(counter: Counter, nameless: Asked) -> None:
    noor = counter.visitor(NOOR)
    noor.get(nameless.path)
    assert noor.post(f"{nameless.path}/items", item="family-name", value="Zaagmolen").status == 303
    assert noor.post(f"{nameless.path}/items/family-name/erasure").status == 303
    assert "<code>dummy</code>" in noor.get(nameless.path).text
    assert noor.post(f"{nameless.path}/answers", text="Toch een antwoord.").status in (403, 404)
