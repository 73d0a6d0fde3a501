"""S0.4: of a reporter the family name is required, phone, address and relation are usual, seven other things are allowed, gender is
avoided; and nothing is written down about anybody but what a person puts there."""

import pytest
from playwright.sync_api import Page, expect

from balie.desk import contacts
from tests.counter import Asked, Counter
from tests.visitor import NOOR

SIGNATURE = (
    "Met vriendelijke groet,\n\ndrs. A.B. van Zaagmolen\nGemeente Zaagmolen\nTel. 020 123 4567\nMob. 06 12345678"
)
ASKED = ("Family name", "Phone number", "E-mail address", "Speaks for")
ALLOWED = ("First name", "Initials", "Name prefix", "Birth name", "Title", "Mobile number", "Fax number")


@pytest.fixture
def signed_mail(counter: Counter) -> Asked:
    """A mail whose From line and signature say a good deal about its writer."""
    text = f"De bekendmaking van gisteren ontbreekt.\n\n{SIGNATURE}\n"
    return counter.ask("publications", "Bekendmaking ontbreekt", text, name="Anna van Zaagmolen")


def who_asks(page: Page) -> str:
    return page.locator("section", has=page.get_by_role("heading", name="Who asks")).inner_text()


def field(page: Page, item: str) -> str:
    return page.locator(f"#field-{item}").inner_text()


def write(page: Page, item: str, value: str) -> None:
    """Fill a field in, as an agent does."""
    place = page.locator(f"#field-{item}")
    if not place.is_visible():
        page.get_by_text("More fields").click()
    place.locator("summary.linklike").click()
    place.get_by_role("textbox").fill(value)
    place.get_by_role("button", name="Keep").click()
    told = contacts.covered(value) if item in contacts.CONTACT else value
    expect(page.locator(f"#field-{item} .value")).to_have_text(told)


def test_nothing_is_copied_from_the_from_line_or_the_signature_into_a_field(
    counter: Counter, signed_mail: Asked
) -> None:
    with counter.opened(NOOR, signed_mail) as page:
        expect(page.get_by_text("De bekendmaking van gisteren ontbreekt.")).to_be_visible()
        written = who_asks(page)
        assert "Zaagmolen" not in written
        assert "123 4567" not in written
        assert signed_mail.sender not in written
        assert page.locator("[id^=field-] .value").count() == 0
    held = counter.house.rows(
        "SELECT 1 FROM desk_reporteritem r JOIN desk_ticket t ON t.handle = r.ticket_id WHERE t.number = ?",
        signed_mail.number,
    )
    assert not held


def test_the_family_name_is_required_three_things_are_usual_and_the_rest_stands_back(
    counter: Counter, signed_mail: Asked
) -> None:
    with counter.opened(NOOR, signed_mail) as page:
        assert "(required)" in field(page, "family-name")
        for item in ("phone", "email", "relation"):
            assert "(not required)" in field(page, item)
        labels = [one.split("(")[0].strip() for one in page.locator("[id^=field-] > p:first-child").all_text_contents()]
        assert (set(labels[:4]), set(labels[4:])) == (set(ASKED), set(ALLOWED))
        for label in ALLOWED:
            expect(page.locator("[id^=field-]", has_text=label).first).to_be_hidden()
        page.get_by_text("More fields").click()
        for label in ALLOWED:
            expect(page.locator("[id^=field-]", has_text=label).first).to_be_visible()


def test_each_allowed_thing_is_kept_when_an_agent_puts_it_there(counter: Counter, signed_mail: Asked) -> None:
    with counter.opened(NOOR, signed_mail) as page:
        for item, value in (("family-name", "van Zaagmolen"), ("mobile", "06 12345678"), ("title", "drs.")):
            write(page, item, value)
    with counter.opened(NOOR, signed_mail) as page:
        for value in ("van Zaagmolen", "drs."):
            assert value in who_asks(page)
        page.locator("#contacts").get_by_role("button", name="Mobile number").click()
        expect(page.locator("#contacts .told", has_text="06 12345678")).to_be_visible()


def test_who_speaks_for_no_organisation_is_a_citizen(counter: Counter, signed_mail: Asked) -> None:
    with counter.opened(NOOR, signed_mail) as page:
        assert "burger" in field(page, "relation")
        assert "placeholder" in field(page, "relation")
        write(page, "relation", "Gemeente Zaagmolen")
        assert "placeholder" not in field(page, "relation")


def test_gender_is_never_asked_for(counter: Counter, signed_mail: Asked) -> None:
    with counter.opened(NOOR, signed_mail) as page:
        assert page.locator("#field-gender").count() == 0
        form = page.locator("[name=item]").evaluate_all("all => all.map(one => one.value)")
        assert "gender" not in form
    call = counter.page(NOOR)
    call.goto(f"{counter.house.url}/publications/calls")
    assert "ender" not in call.locator("main").inner_text()


def test_who_types_a_gender_is_warned_and_can_take_it_out_again(counter: Counter, signed_mail: Asked) -> None:
    """No form has such a field; a request made by hand is kept under a warning, since the register avoids it and forbids it not."""
    noor = counter.visitor(NOOR)
    noor.get(signed_mail.path)
    assert noor.post(f"{signed_mail.path}/items", item="gender", value="vrouw").status == 303
    with counter.opened(NOOR, signed_mail) as page:
        warned = page.locator("#field-gender .warn")
        expect(warned).to_contain_text("avoided")
        page.locator("#field-gender summary.linklike").click()
        page.locator("#field-gender").get_by_role("button", name="Strike out").click()
        assert page.locator("#field-gender").count() == 0


def test_a_note_that_says_somebodys_gender_is_kept_under_a_warning(counter: Counter, signed_mail: Asked) -> None:
    with counter.opened(NOOR, signed_mail) as page:
        page.locator("label[for=write-note]").click()
        page.get_by_label("Your note, for colleagues only").fill("Geslacht: vrouw. Belt vanmiddag terug.")
        page.get_by_role("button", name="Keep the note").click()
        expect(page.locator(".msg.inside .warn")).to_contain_text("this desk avoids")
