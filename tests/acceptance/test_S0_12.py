"""S0.12: the desk works on a legitimate interest: the interest is named, the right to object is told apart from all else, and whoever
objects is served: it is written down, the data rest, a named person decides, and that is carried out."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.counter import Asked, Counter, text_of
from tests.visitor import DORIEN, NOOR

INTEREST = "Wie een toepassing van het bureau gebruikt, moet met elke melding op één plaats terechtkunnen."
RIGHT = "U kunt bezwaar maken tegen wat wij over u vastleggen"


@pytest.fixture
def objector(counter: Counter) -> Asked:
    asked = counter.ask("publications", "Ik maak bezwaar", "Ik wil niet dat u dit over mij bewaart.", name="Bea Zwaar")
    noor = counter.visitor(NOOR)
    noor.get(asked.path)
    assert noor.post(f"{asked.path}/items", item="family-name", value="Zwaarmaker").status == 303
    return asked


@pytest.fixture
def objected(counter: Counter, objector: Asked) -> Asked:
    noor = counter.visitor(NOOR)
    noor.get(objector.path)
    assert noor.post(f"{objector.path}/objections").status == 303
    return objector


def open_decision(page: Page) -> None:
    page.locator("#objection summary").click()


def test_the_notice_names_the_interest_and_sets_the_right_to_object_apart(counter: Counter) -> None:
    page = counter.page()
    page.goto(f"{counter.house.url}/publications/notice?language=nl")
    expect(page.locator("article")).to_contain_text(INTEREST)
    apart = page.locator(".notice.apart")
    expect(apart).to_have_count(1)
    expect(apart).to_contain_text(RIGHT)
    assert INTEREST not in apart.inner_text()


def test_the_first_mail_back_tells_of_it_in_a_paragraph_of_its_own(counter: Counter) -> None:
    asked = counter.ask("publications", "Vraag over een publicatie", "Waar vind ik haar?")
    (mail,) = counter.sent_to(asked.sender)
    (paragraph,) = [one for one in text_of(mail).split("\n\n") if RIGHT in " ".join(one.split())]
    assert str(asked.number) not in paragraph
    assert "/notice" not in paragraph
    assert "Your right to object" not in paragraph  # the mail is in the desk's language, all of it


def test_an_agent_writes_the_objection_down_and_the_data_rest(counter: Counter, objector: Asked) -> None:
    with counter.opened(NOOR, objector) as page:
        page.get_by_role("button", name="The requester objects").click()
        expect(page.locator("#objection")).to_contain_text("Until a person decides, the data are kept and not used")
        page.get_by_role("button", name="Close").click(force=True)
        expect(page.get_by_role("alert")).to_contain_text("The requester objected")
    (row,) = counter.house.rows(
        "SELECT status, restricted_at IS NOT NULL FROM desk_ticket WHERE desk = 'publications' AND number = ?",
        objector.number,
    )
    assert row == ("new", 1)


def test_while_it_is_weighed_nothing_else_is_done_with_the_data(counter: Counter, objected: Asked) -> None:
    noor = counter.visitor(NOOR)
    noor.get(objected.path)
    for act, fields in {
        "closure": {},
        "assignment": {"to": "nobody"},
        "sorting": {"service": "other", "kind": "request"},
        "items": {"item": "phone", "value": "020 123 4567"},
        "objections": {},
    }.items():
        assert noor.post(f"{objected.path}/{act}", **fields).status == 403, act


def test_what_concerns_the_objection_is_still_said_and_the_person_is_answered(
    counter: Counter, objected: Asked
) -> None:
    counter.sent_to(objected.sender)
    noor = counter.visitor(NOOR)
    noor.get(objected.path)
    assert noor.post(f"{objected.path}/notes", text="Ik weeg de redenen.").status == 303
    seen = _last_seen(noor.get(objected.path).text)
    assert noor.post(f"{objected.path}/answers", text="Wij wegen uw bezwaar.", seen=seen).status == 303
    assert "Wij wegen uw bezwaar." in text_of(counter.sent_to(objected.sender, count=2)[1])


def test_nothing_is_chosen_beforehand_and_a_rejection_without_reasons_is_not_taken(
    counter: Counter, objected: Asked
) -> None:
    with counter.opened(DORIEN, objected) as page:
        open_decision(page)
        assert page.locator("#objection input:checked").count() == 0
        page.get_by_label("Rejected: our compelling grounds weigh more.").check()
        page.locator("#objection").get_by_role("button", name="Decide").click()
        expect(page.get_by_role("alert")).to_contain_text("the person must be told")
        expect(page.locator("#objection")).to_contain_text("Until a person decides")


def test_a_named_person_rejects_it_with_reasons_and_the_data_may_be_used_again(
    counter: Counter, objected: Asked
) -> None:
    with counter.opened(DORIEN, objected) as page:
        open_decision(page)
        page.get_by_label("Rejected: needed for a legal claim.").check()
        page.locator("#objection-why").fill("Er loopt een procedure over deze melding.")
        page.locator("#objection").get_by_role("button", name="Decide").click()
        expect(page.locator("#objection")).to_contain_text("Rejected: needed for a legal claim.")
    (decided,) = counter.house.rows(
        """SELECT o.outcome, o.reason, a.roles FROM privacy_objection o JOIN desk_ticket t ON t.handle = o.ticket_id
           JOIN people_account a ON a.handle = o.decided_by_id WHERE t.desk = 'publications' AND t.number = ?""",
        objected.number,
    )
    assert decided == ("rejected", "legal-claims", "privacy-officer")
    with counter.opened(NOOR, objected) as page:
        page.get_by_role("button", name="Close").click()
        expect(page.get_by_role("button", name="Reopen")).to_be_visible()


def test_upheld_all_of_it_is_erased_at_once(counter: Counter, objected: Asked) -> None:
    counter.house.wait_until_sent()
    with counter.opened(NOOR, objected) as page:
        open_decision(page)
        page.get_by_label("Upheld: the interests of the person weigh more.").check()
        page.locator("#objection").get_by_role("button", name="Decide").click()
        expect(page.locator("#objection")).to_contain_text("Upheld")
        shown = page.locator("main").inner_text()
        for gone in ("Ik wil niet dat u dit", "Ik maak bezwaar", "Zwaarmaker", objected.sender):
            assert gone not in shown
    found = counter.visitor(NOOR).post("/publications/search", words="Zwaarmaker").main
    assert f"/tickets/{objected.number}" not in found
    told = counter.house.json("why", str(objected.number), "--desk", "publications")
    assert told["kept"] == []
    assert {one["why"] for one in told["gone"]} == {"objection-upheld"}


def test_the_proof_holds_with_objections_open_and_decided(counter: Counter, objected: Asked) -> None:
    found = counter.house.balie("prove", "--json", status=None)
    checks = {
        check["name"]: check["ok"]
        for proof in json.loads(found.stdout)["proofs"]
        for check in proof["checks"]
        if proof["desk"] == "publications"
    }
    assert checks["objections"]


def _last_seen(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"')[0]
