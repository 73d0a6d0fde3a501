"""S2.11: the general row has two purposes: an objection to the commercial one is absolute and leaves the other; support data never
serve it. Care data are special categories: marked, shut by default, on the controller's instruction.

Approaching customers is work that the desk does not do yet: shown are the register that it publishes and obeys, what it answers, and
that a register which promises less is never in force. Care data hang on devices of customers, which are not there yet: shown through
the verbs that every door uses.
"""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from balie import register, vault
from balie.kernel import handles
from tests.counter import Counter, text_of
from tests.registers import changed
from tests.visitor import MARIJN

OFFER = "Klanten over ons aanbod benaderen."
NEEDED = "Deze melding is niet te behandelen zonder te weten om wie het gaat."


def test_both_purposes_and_the_right_to_stop_the_offer_are_told_apart(counter: Counter) -> None:
    page = counter.page(language="nl")
    page.goto(f"{counter.house.url}/telecom/notice")
    article = page.locator("article")
    expect(article).to_contain_text(OFFER)
    expect(article).to_contain_text("Klanten kunnen bereiken")
    expect(article).to_contain_text("Wij stoppen dan, zonder naar uw redenen te vragen")


def test_the_first_mail_back_tells_of_it(counter: Counter) -> None:
    asked = counter.ask("telecom", "Geen aanbod", "Ik wil geen aanbod meer krijgen.")
    (acknowledgement,) = counter.sent_to(asked.sender)
    assert "Wilt u geen aanbod van ons krijgen" in text_of(acknowledgement)


def test_an_objection_to_it_is_carried_out_without_weighing_and_leaves_the_rest(telecom: Any) -> None:
    v = register.in_force("telecom")
    assert register.objection_steps(v, activity="general", purpose="sell") == ("record", "stop this purpose", "answer")
    assert "weigh with person" in register.objection_steps(v, activity="general", purpose="communicate")


@pytest.mark.parametrize("item", ["message", "raw-message"])
def test_what_customers_write_never_serves_it_and_sales_does_not_see_it_for_that(telecom: Any, item: str) -> None:
    v = register.in_force("telecom")
    assert v.places["general", "contacts", item].purposes == ("communicate",)
    only_sales = frozenset({"general/sell"})
    assert not register.may_see(v, "general", "contacts", item, covers=only_sales).yes
    assert register.may_see(v, "general", "contacts", "email", covers=only_sales).yes


def message_serves_it(data: dict[str, Any]) -> None:
    data["activities"]["general"]["people"]["contacts"]["details"]["message"]["purpose"] = ["communicate", "sell"]


def offer_by_contract(data: dict[str, Any]) -> None:
    data["activities"]["general"]["purposes"]["sell"]["basis"] = "contract"


@pytest.mark.parametrize(
    ("change", "said"),
    [(message_serves_it, "must not serve direct marketing"), (offer_by_contract, "rests on consent or on an interest")],
)
def test_a_register_that_promises_less_is_never_in_force(
    counter: Counter, tmp_path: Path, change: Any, said: str
) -> None:
    told = counter.house.balie("desk", "adopt", str(changed("telecom", tmp_path, change)), status=1)
    assert said in told.stderr


def keep_resident(cast: Any) -> Any:
    item = vault.Item(
        "care-alarms", "residents", "resident-name", "Anna Voorbeeld", "asset", handles.new(), source="organisation"
    )
    return vault.put([item], actor=cast.bob)[0]


def test_care_data_are_shut_until_somebody_says_why_they_are_needed(telecom: Any) -> None:
    handle = keep_resident(telecom)
    assert vault.Reading(telecom.bob, "ticket.looked-at").text(handle) == ""
    told = register.Facts(confirmed=frozenset({NEEDED}), reason="alarm gaat steeds af")
    assert vault.Reading(telecom.bob, "ticket.looked-at", facts=told).text(handle) == "Anna Voorbeeld"
    without_reason = register.Facts(confirmed=frozenset({NEEDED}))
    assert vault.Reading(telecom.bob, "ticket.looked-at", facts=without_reason).text(handle) == ""


def test_they_are_marked_as_special(telecom: Any) -> None:
    v = register.in_force("telecom")
    places = [one for one in v.places.values() if one.activity == "care-alarms" and one.people.startswith("resident")]
    assert {one.item for one in places if v.words[one.item].special == "health"} >= {
        "resident-name",
        "alarm-activation",
    }


def test_they_rest_on_the_customers_instruction_and_the_register_page_says_so(counter: Counter) -> None:
    page = counter.page(MARIJN, language="nl")
    page.goto(f"{counter.house.url}/telecom/register")
    expect(page.locator("main")).to_contain_text("de opdracht van de zorginstelling noemt de grond van artikel 9")


def test_without_the_officers_answer_they_are_never_in_force(counter: Counter, tmp_path: Path) -> None:
    file = changed("telecom", tmp_path, lambda data: None)
    file.with_name("telecom.answers.yaml").write_text("[]\n", "utf-8")
    told = counter.house.balie("desk", "adopt", str(file), status=1)
    assert "is data on health" in told.stderr
