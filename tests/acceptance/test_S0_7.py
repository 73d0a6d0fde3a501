"""S0.7: of account requests who asked, for whom, account, rights, decision and by whom is kept permanently, with a reason and a day of
review; all else a year after handling. A missed review makes `balie prove` fail.

Shown here: the request as it comes by phone and is written down at the desk. That a request becomes an account, with its holder,
rights and decision as records of their own, needs the accounts of customers, which are not there yet; their terms are shown in
`tests/register/test_desks.py`.
"""

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests.counter import Asked, Counter
from tests.installation import Installation
from tests.registers import changed
from tests.visitor import NOOR, signed_in


@pytest.fixture
def request_(counter: Counter) -> Asked:
    """A request for an account that came by phone, with the name of who asks."""
    return requested(counter.visitor(NOOR))


def requested(noor: Any) -> Asked:
    noor.get("/publications/calls")
    form = {"reach": "phone", "number": "020 123 4570", "text": "Graag een account voor de redactie.", "then": "open"}
    kept = noor.post("/publications/calls", **form, service="accounts")
    assert kept.status == 303, kept.text
    asked = Asked("publications", int(kept.location.rsplit("/", 1)[1].partition("?")[0]), "")
    noor.get(asked.path)
    assert noor.post(f"{asked.path}/items", item="family-name", value="Zaagmolen").status == 303
    return asked


def why(house: Installation, asked: Asked) -> dict[str, Any]:
    told = house.json("why", str(asked.number), "--desk", "publications")
    return {one["item"]: one for one in told["kept"]}


def test_who_asked_is_kept_permanently_with_a_reason_and_a_day_of_review(counter: Counter, request_: Asked) -> None:
    name = why(counter.house, request_)["Family name"]
    assert name["until"] is None
    assert name["review"] == "2027-11-01"
    assert "Years later, too" in json.dumps(name) or "Ook jaren later" in json.dumps(name)


def test_all_else_goes_a_year_after_the_request_was_handled(counter: Counter, request_: Asked) -> None:
    noor = counter.visitor(NOOR)
    noor.get(request_.path)
    assert noor.post(f"{request_.path}/closure").status == 303
    kept = why(counter.house, request_)
    for item in set(kept) - {"Family name"}:
        gone = kept[item]["until"]
        assert gone is not None
        assert gone[:4] == str(timezone.now().year + 1), (item, gone)


def test_a_question_is_no_account_request_and_nothing_of_it_stays(counter: Counter) -> None:
    asked = counter.ask("publications", "Geen account", "Waar staat de regeling?")
    noor = counter.visitor(NOOR)
    noor.get(asked.path)
    assert noor.post(f"{asked.path}/items", item="family-name", value="Zaagmolen").status == 303
    assert all(one["review"] is None for one in why(counter.house, asked).values())


def test_once_everything_else_has_gone_the_trail_stands(house: Installation) -> None:
    with house.serving():
        noor = signed_in(house.url, NOOR)
        asked = requested(noor)
        noor.get(asked.path)
        assert noor.post(f"{asked.path}/closure").status == 303
    day = (timezone.now() + timedelta(days=367)).date().isoformat()
    house.balie("retention", "run", "--desk", "publications", "--as-of", day)
    assert set(why(house, asked)) == {"Family name"}


def test_a_missed_review_makes_the_proof_fail(house: Installation) -> None:
    with house.serving():
        requested(signed_in(house.url, NOOR))
    assert house.balie("prove", status=0)
    with closing(sqlite3.connect(house.data / "data.sqlite3")) as db, db:
        late = db.execute("UPDATE vault_record SET review = '2026-01-01' WHERE review IS NOT NULL").rowcount
    assert late >= 1
    told = house.balie("prove", status=1)
    lines = [one.split("\t") for one in told.stdout.splitlines() if one.startswith("publications\treviews")]
    assert any("no" in line for line in lines)


@pytest.mark.parametrize("left_out", ["why", "review"])
def test_permanent_without_reason_or_review_is_never_in_force(counter: Counter, tmp_path: Path, left_out: str) -> None:
    file = changed("publications", tmp_path, lambda data: data["terms"]["account-trail"].pop(left_out))
    told = counter.house.balie("desk", "adopt", str(file), status=1)
    assert "permanent needs `why` and `review`" in told.stderr
