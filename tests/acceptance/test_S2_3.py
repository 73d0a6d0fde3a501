"""S2.3: one ticket, several activities: who asks comes under the general row, the matter under its service's row, and it holds only
that row's kinds of data.

Shown by mail, by phone and at the desk. What each customer's agreement picks of a row, and what goes to which sub-processor, is
answered by the register already (`tests/register/test_desks.py`); customers, their agreements and passing on are not there yet.
"""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.counter import Asked, Counter
from tests.registers import changed
from tests.visitor import MARIJN, SANNE

OF_GENERAL = {("general", "contacts", item) for item in ("email", "name")}


@pytest.fixture
def asked(counter: Counter) -> Asked:
    return counter.ask("telecom", "Lijn kraakt", "Sinds gisteren kraakt onze vaste lijn.", name="Carla Drost")


def held(counter: Counter, asked: Asked) -> set[tuple[str, str, str]]:
    rows = counter.house.rows(
        "SELECT r.activity, r.people, r.item FROM vault_record r JOIN desk_ticket t ON t.handle = r.held_by "
        "WHERE t.desk = 'telecom' AND t.number = ?",
        asked.number,
    )
    return set(rows)


def test_what_comes_by_mail_waits_in_the_general_row(counter: Counter, asked: Asked) -> None:
    assert held(counter, asked) == {*OF_GENERAL, ("general", "contacts", "message")}


def test_said_what_it_is_about_the_matter_stands_under_the_row_of_its_service(counter: Counter, asked: Asked) -> None:
    with counter.opened(SANNE, asked) as page:
        page.locator("#service").select_option(label="Vaste lijnen")
        page.get_by_role("button", name="Keep this").click()
        expect(page.locator("#service option:checked")).to_have_text("Vaste lijnen")
    assert held(counter, asked) == {*OF_GENERAL, ("fixed-lines", "contacts", "message")}


def test_why_it_is_kept_is_told_for_each_part_by_its_own_row(counter: Counter, asked: Asked) -> None:
    sanne = counter.visitor(SANNE)
    sanne.get(asked.path)
    assert sanne.post(f"{asked.path}/sorting", service="cloud-telephony", kind="incident").status == 303
    told = counter.house.json("why", str(asked.number), "--desk", "telecom")["kept"]
    rows = {one["item"]: one["activity"] for one in told}
    assert rows["E-mail address"] == "Algemeen"
    assert rows["Content of the request and the answers"] == "Telefonie in de cloud, VoIP en andere diensten over IP"
    assert {one["term"] for one in told if one["item"] == "E-mail address"} == {"relation"}


def test_who_covers_the_row_sees_it_and_who_does_not_does_not(counter: Counter, asked: Asked) -> None:
    """Whoever watches over cameras sees the ticket as soon as it is about cameras; the sales team sees it no more."""
    sanne = counter.visitor(SANNE)
    sanne.get(asked.path)
    assert sanne.post(f"{asked.path}/sorting", service="cameras", kind="incident").status == 303
    (row,) = counter.house.rows(
        "SELECT activity, team FROM desk_ticket WHERE desk = 'telecom' AND number = ?", asked.number
    )
    assert row == ("cameras", "security")


@pytest.mark.parametrize("item", ["imei", "iban", "video", "resident-name", "call-recording", "room-list"])
def test_it_holds_only_the_kinds_of_data_of_its_rows(counter: Counter, asked: Asked, item: str) -> None:
    sanne = counter.visitor(SANNE)
    sanne.get(asked.path)
    assert sanne.post(f"{asked.path}/sorting", service="fixed-lines", kind="incident").status == 303
    answer = sanne.post(f"{asked.path}/items", item=item, value="iets")
    assert answer.status == 403
    assert "is not declared for" in answer.text
    assert "Algemeen" in answer.text


def test_a_call_stands_at_both_places_at_once(counter: Counter) -> None:
    sanne = counter.visitor(SANNE)
    sanne.get("/telecom/calls")
    form = {"reach": "phone", "number": "020 123 4573", "text": "Een bus stond stil.", "then": "open"}
    kept = sanne.post("/telecom/calls", **form, service="fleet")
    assert kept.status == 303
    asked = Asked("telecom", int(kept.location.rsplit("/", 1)[1].partition("?")[0]), "")
    assert held(counter, asked) == {("general", "contacts", "phone"), ("fleet", "askers", "message")}


def test_settings_that_name_a_place_which_the_register_has_not_are_never_in_force(
    counter: Counter, tmp_path: Path
) -> None:
    def change(data: dict[str, Any]) -> None:
        data["activities"]["general"]["people"]["clients"] = data["activities"]["general"]["people"].pop("contacts")

    told = counter.house.balie("desk", "adopt", str(changed("telecom", tmp_path, change)), status=1)
    assert "no group «general.contacts» of the register is held in a ticket" in told.stderr


def test_the_proof_holds_over_it(counter: Counter, asked: Asked) -> None:
    sanne = counter.visitor(SANNE)
    sanne.get(asked.path)
    assert sanne.post(f"{asked.path}/sorting", service="care-alarms", kind="incident").status == 303
    assert counter.visitor(MARIJN).get("/telecom/register").status == 200
    counter.house.balie("prove")
