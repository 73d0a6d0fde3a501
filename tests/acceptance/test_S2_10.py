"""S2.10: rights are per kind of operation: alarm data may be consulted, only named items altered, and the rest is refused.

The alarm data of operators and warned people hang on the devices of customers, which are not there yet; shown here through the verbs
that every door uses to keep, alter and show them, and in the register that the desk publishes and obeys.
"""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from balie import register, vault
from balie.kernel import Refused, handles
from balie.vault.models import Record
from tests.counter import Counter
from tests.registers import changed
from tests.visitor import MARIJN

OPERATOR, WARNED = ("alarms", "operators", "name"), ("alarms", "warned", "warning-contact")


def keep(cast: Any, place: tuple[str, str, str], *, source: str = "staff") -> Any:
    (handle,) = vault.put([vault.Item(*place, "Anna Voorbeeld", "asset", handles.new(), source=source)], actor=cast.bob)
    return handle


@pytest.mark.parametrize("place", [OPERATOR, WARNED], ids=lambda place: place[1])
def test_alarm_data_are_consulted(telecom: Any, place: tuple[str, str, str]) -> None:
    handle = keep(telecom, place)
    assert vault.Reading(telecom.bob, "ticket.looked-at").text(handle) == "Anna Voorbeeld"


def test_the_warning_contact_is_altered(telecom: Any) -> None:
    fresh = vault.correct(keep(telecom, WARNED), "Bert Voorbeeld", actor=telecom.bob)
    assert vault.Reading(telecom.bob, "ticket.looked-at").text(fresh) == "Bert Voorbeeld"


def test_who_switches_the_system_is_not(telecom: Any) -> None:
    handle = keep(telecom, OPERATOR)
    with pytest.raises(
        Refused, match="«Alarmsystemen voor onder meer inbraak en brand» declares no operation «alter» for Name"
    ):
        vault.correct(handle, "Bert Voorbeeld", actor=telecom.bob)
    assert Record.objects.filter(handle=handle).exists()


@pytest.mark.parametrize("place", [OPERATOR, WARNED], ids=lambda place: place[1])
def test_nor_are_they_collected_from_anywhere(telecom: Any, place: tuple[str, str, str]) -> None:
    with pytest.raises(Refused, match="declares no operation «collect»"):
        keep(telecom, place, source="alarm-platforms")


@pytest.mark.parametrize(
    "operation", ["collect", "combine", "link", "transmit", "disseminate", "make-available", "alter"]
)
def test_the_rest_is_refused(telecom: Any, operation: str) -> None:
    v = register.in_force("telecom")
    answer = register.may_do(v, "alarms", operation, people="operators", item="activity-log")
    assert not answer.yes
    assert answer.clause == "4(2), 28(3)(a)"


def test_a_sister_company_carries_it_out_and_the_record_says_so(counter: Counter) -> None:
    page = counter.page(MARIJN, language="nl")
    page.goto(f"{counter.house.url}/telecom/register")
    expect(page.locator("main")).to_contain_text("Alarmsystemen voor onder meer inbraak en brand")


def test_a_list_that_is_wider_than_the_one_above_it_is_never_in_force(counter: Counter, tmp_path: Path) -> None:
    def change(data: dict[str, Any]) -> None:
        data["activities"]["alarms"]["operations"] = ["consult", "store", "collect", "record"]

    told = counter.house.balie("desk", "adopt", str(changed("telecom", tmp_path, change)), status=1)
    assert "is not among the operations above it" in told.stderr
