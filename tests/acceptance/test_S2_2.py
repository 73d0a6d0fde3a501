"""S2.2: the kinds of operation are a closed list of twenty, and every entry of the evidence bears one of them."""

from pathlib import Path

import yaml
from django.conf import settings

from tests.counter import Counter
from tests.registers import reworded
from tests.visitor import SANNE

TWENTY = set(yaml.safe_load((settings.PACKAGE / "desks" / "telecom.yaml").read_text("utf-8"))["operations"])


def test_whatever_is_done_and_looked_at_bears_a_word_of_the_list(counter: Counter) -> None:
    asked = counter.ask("telecom", "Toestel weg", "Mijn toestel is weg.")
    sanne = counter.visitor(SANNE)
    sanne.get(asked.path)
    assert sanne.post(f"{asked.path}/sorting", service="mobile-inventory", kind="incident").status == 303
    assert sanne.post(f"{asked.path}/items", item="phone", value="020 123 4572").status == 303
    assert sanne.post(f"{asked.path}/notes", text="Gemeld bij de aanbieder.").status == 303
    assert sanne.post(f"{asked.path}/items/phone/erasure").status == 303
    assert sanne.post(f"{asked.path}/closure").status == 303
    counter.house.wait_until_sent()
    used = {one for (one,) in counter.house.rows("SELECT DISTINCT operation FROM evidence_entry WHERE operation != ''")}
    assert {"collect", "record", "organise", "consult", "erase"} <= used
    assert used <= TWENTY


def test_the_list_is_closed(counter: Counter, tmp_path: Path) -> None:
    assert len(TWENTY) == 20
    file = reworded(
        "telecom", tmp_path, "operations: [collect, record, organise,", "operations: [sell, record, organise,"
    )
    told = counter.house.balie("register", "check", str(file), status=None)
    assert told.returncode != 0
    assert "sell" in told.stderr + told.stdout


def test_the_record_names_them(counter: Counter) -> None:
    text = counter.visitor(SANNE).get("/telecom/register").text
    for word in ("consultation", "anonymisation", "dissemination", "storage"):
        assert word in text.lower()
