"""Whether a new purpose reaches older data, on its page: weighed by the officer, approved by another, ended again."""

import re
from typing import Any

from django.utils import timezone

from balie.channels.console.older import FACTORS
from balie.privacy.tests.test_reach import in_force

URL = "/citizens-advice/register/older-data"


def typed(**more: str) -> dict[str, str]:
    reasons = {name: f"Because of {name}." for name in FACTORS}
    today = timezone.now().date().isoformat()
    return {"purpose": "advice/improve", "ground": "compatible", **reasons, "told_on": today, **more}


def main_of(client: Any) -> str:
    return str(client.get(URL).content.decode().partition("<main")[2])


def test_without_a_wider_purpose_there_is_nothing_to_weigh(advice: Any, browse: Any) -> None:
    page = main_of(browse(advice.dora))
    assert "every purpose and recipient was there" in page
    assert "<textarea" not in page


def test_weighed_by_one_approved_by_another_and_ended(advice: Any, browse: Any) -> None:
    in_force(advice)
    dora, ada = browse(advice.dora), browse(advice.ada)
    assert "does not reach it" in main_of(dora)
    assert dora.post(URL, typed()).status_code == 303
    page = main_of(dora)
    assert "waits for approval" in page
    assert "Because of nature." in page
    assert "You wrote this" in page
    number = page.partition("/older-data/")[2].partition("/")[0]
    assert dora.post(f"{URL}/{number}/approval").status_code == 403
    assert browse(advice.bob).post(f"{URL}/{number}/approval").status_code == 403
    assert ada.post(f"{URL}/{number}/approval").status_code == 303
    assert "reaches it" in main_of(ada)
    assert ada.post(f"{URL}/{number}/end").status_code == 303
    assert "has ended" in main_of(ada)
    assert "does not reach it" in main_of(ada)
    assert ada.post(f"{URL}/{number}/end").status_code == 409
    assert ada.post(f"{URL}/99999/end").status_code == 404


def test_what_was_typed_stays_when_something_is_missing(advice: Any, browse: Any) -> None:
    in_force(advice)
    answer = browse(advice.dora).post(URL, typed(safeguards=""))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "none may be left out" in page
    assert "Because of nature." in page
    assert re.search(r'value="compatible"\s+required\s+checked', page)
    assert browse(advice.dora).post(URL, typed(told_on="2999-01-01")).status_code == 422
    assert browse(advice.dora).post(URL, typed(purpose="advice/nothing")).status_code == 422


def test_an_agent_reads_it_and_the_administrator_does_not_weigh(advice: Any, browse: Any) -> None:
    in_force(advice)
    for who in (advice.bob, advice.ada):
        assert "<textarea" not in main_of(browse(who))
        assert browse(who).post(URL, typed()).status_code == 403
