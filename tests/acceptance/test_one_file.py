"""The published notice and the settings cannot drift apart, since both are the register: one term changed in the file changes the
notice, the words beside the field, and the day on which things go."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser import visit
from tests.counter import ADDRESSES, Asked, deliver
from tests.installation import Installation, mail
from tests.registers import reworded
from tests.visitor import NOOR, Visitor, signed_in

OLD, NEW = "keep: 1 year after ticket.closed", "keep: 3 weeks after ticket.closed"


def ask(house: Installation, name: str) -> Asked:
    sender = f"{name}@example.org"
    written = mail(sender=sender, to=ADDRESSES["publications"], subject=f"Vraag van {name}", text="Waar staat het?")
    return Asked("publications", deliver(house, "publications", written, sender=sender), sender)


def close(visitor: Visitor, asked: Asked) -> None:
    visitor.get(asked.path)
    assert visitor.post(f"{asked.path}/items", item="family-name", value="Zaagmolen").status == 303
    assert visitor.post(f"{asked.path}/closure").status == 303


def goes_on(house: Installation, asked: Asked) -> set[str]:
    """The days on which what an ordinary ticket holds goes, the mail as it came apart."""
    kept = house.json("why", str(asked.number), "--desk", "publications")["kept"]
    return {one["until"][:10] for one in kept if one["term"] == "handled"}


def notice(page: Page, house: Installation) -> str:
    page.goto(f"{house.url}/publications/notice?language=en")
    return str(page.locator("article").inner_text())


def beside_the_field(page: Page, house: Installation, asked: Asked) -> str:
    page.goto(house.url + asked.path)
    page.locator("#field-family-name summary.linklike").click()
    return str(page.locator("#f-family-name-why").inner_text())


def test_one_term_changed_in_the_file_changes_the_notice_the_form_and_the_days(
    house: Installation, chromium: Browser, tmp_path: Path
) -> None:
    today = datetime.now(UTC).date()
    in_a_year, in_three_weeks = today.replace(year=today.year + 1), today + timedelta(weeks=3)
    with house.serving():
        noor = signed_in(house.url, NOOR)
        context = visit(chromium)
        cookie = noor.cookie("session")
        assert cookie is not None
        context.add_cookies([{"name": "session", "value": cookie.value or "", "url": house.url}])
        page = context.new_page()
        before = ask(house, "before")
        assert "1 year after the ticket is closed" in notice(page, house)
        assert "1 year after the ticket is closed" in beside_the_field(page, house, before)
        close(noor, before)
        assert goes_on(house, before) == {in_a_year.isoformat()}

        told = house.balie("desk", "adopt", str(reworded("publications", tmp_path / "changed", OLD, NEW)))
        assert "Version 2" in told.stdout
        house.wait(lambda: "3 weeks after the ticket is closed" in notice(page, house))
        assert "1 year after" not in notice(page, house).replace("1 year after recording", "")

        after = ask(house, "after")
        assert "3 weeks after the ticket is closed" in beside_the_field(page, house, after)
        close(noor, after)
        assert goes_on(house, after) == {in_three_weeks.isoformat()}
        page.goto(house.url + after.path)
        expect(page.locator(".msg").first).to_contain_text(f"Kept until {in_three_weeks:%-d %B %Y}")
        page.goto(f"{house.url}/register/publications/service-desk/versions/1")
        expect(page.locator("article")).to_contain_text("no longer in force")
        expect(page.locator("article")).to_contain_text("1 year after the ticket is closed")

        context.close()
    house.balie("prove")
