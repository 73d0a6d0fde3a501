"""S1.4: of editors name, prefix, family name, address and phone; of user administrators the same and their function; nothing else, and
nobody is obliged to give any of it.

Shown on the tickets through which both write in. Their accounts, which the access requests lead to, are not there yet.
"""

import pytest
from playwright.sync_api import expect

from tests.counter import Asked, Counter, text_of
from tests.visitor import RENSKE

OF_BOTH = {"name": "Thijs", "name-prefix": "van", "family-name": "Aalberts", "phone": "020 123 4571"}
NOTHING_ELSE = (
    "initials",
    "title",
    "gender",
    "mobile",
    "organisation",
    "relation",
    "iban",
    "username",
    "access-rights",
)


@pytest.fixture
def asked(counter: Counter) -> Asked:
    return counter.ask("newsletter-editors", "Sjabloon kwijt", "Waar vind ik het sjabloon?", name="Thijs Aalberts")


def to(counter: Counter, asked: Asked, service: str) -> None:
    renske = counter.visitor(RENSKE)
    renske.get(asked.path)
    assert renske.post(f"{asked.path}/sorting", service=service, kind="question").status == 303


def held(counter: Counter, asked: Asked) -> set[tuple[str, str]]:
    rows = counter.house.rows(
        "SELECT r.people, r.item FROM vault_record r JOIN desk_ticket t ON t.handle = r.held_by "
        "WHERE t.desk = ? AND t.number = ?",
        asked.desk,
        asked.number,
    )
    return set(rows)


@pytest.mark.parametrize(("service", "people"), [("help", "editors"), ("administrators", "user-administrators")])
def test_exactly_these_can_be_written_down(counter: Counter, asked: Asked, service: str, people: str) -> None:
    to(counter, asked, service)
    renske = counter.visitor(RENSKE)
    for item, value in OF_BOTH.items():
        assert renske.post(f"{asked.path}/items", item=item, value=value).status == 303, item
    for item in NOTHING_ELSE:
        answer = renske.post(f"{asked.path}/items", item=item, value="iets")
        assert answer.status == 403, item
        assert "is not declared for" in answer.text
    assert held(counter, asked) == {(people, item) for item in ("message", "email", *OF_BOTH)}


def test_the_function_is_of_administrators_only(counter: Counter, asked: Asked) -> None:
    renske = counter.visitor(RENSKE)
    renske.get(asked.path)
    refused = renske.post(f"{asked.path}/items", item="function", value="Hoofd voorlichting")
    assert refused.status == 403
    assert "Function is not declared for «Redacteurs van nieuwsbrieven" in refused.text
    to(counter, asked, "administrators")
    assert renske.post(f"{asked.path}/items", item="function", value="Hoofd voorlichting").status == 303
    assert ("user-administrators", "function") in held(counter, asked)
    back = renske.post(f"{asked.path}/sorting", service="help", kind="question")
    assert back.status == 403
    assert "Function is not declared" in back.text


def test_the_page_has_these_fields_and_no_other(counter: Counter, asked: Asked) -> None:
    to(counter, asked, "administrators")
    with counter.opened(RENSKE, asked) as page:
        fields = page.locator("[id^=field-]").evaluate_all("all => all.map(one => one.id.slice(6))")
        assert set(fields) == {"name", "name-prefix", "family-name", "email", "phone", "function"}


def test_nobody_is_obliged_and_the_notice_says_so(counter: Counter, asked: Asked) -> None:
    (acknowledgement,) = counter.sent_to(asked.sender)
    assert f"[{asked.number}]" in str(acknowledgement["Subject"])
    assert text_of(acknowledgement)
    with counter.opened(RENSKE, asked) as page:
        page.locator("#answer").fill("Het staat onder Opmaak.")
        expect(page.get_by_role("button", name="Answer").first).not_to_have_attribute("aria-disabled", "true")
    page = counter.page(language="nl")
    page.goto(f"{counter.house.url}/newsletter-editors/notice")
    expect(page.locator("article")).to_contain_text("niet verplicht")
