"""Retention, proof and evidence from the command line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from balie import evidence, vault
from balie.desk import closing
from balie.evidence.models import Entry
from balie.privacy.tests.at_the_desk import mail_in

Record = apps.get_model("vault", "Record")
YEARS_ON = f"{timezone.now().year + 6}-12-31"


@pytest.fixture
def desk(publications: Any) -> Any:
    for one in ("publications", "citizens-advice"):
        vault.rebuild_index(one)
    closing.close(mail_in(publications), actor=publications.bob)
    evidence.seal(vault.signer_for)
    return publications


def test_the_forecast_counts_by_month_and_term(balie: Any, desk: Any) -> None:
    found = balie("retention", "forecast", "--desk", "publications", "--json").json
    year = timezone.now().year
    assert {one["month"][:4] for one in found if one["term"] == "handled"} == {str(year + 1)}
    assert {one["note"] for one in found if one["month"] is None} == {"lasts until account.closed"}
    until = balie("retention", "forecast", "--desk", "publications", "--as-of", f"{year}-12-31", "--json").json
    assert {one["term"] for one in until} == {"mail-as-sent"}


def test_a_sweep_as_of_a_day_to_come_says_that_it_is_early(balie: Any, desk: Any) -> None:
    said = balie("retention", "run", "--as-of", YEARS_ON, "--desk", "publications")
    assert said.status == 0
    assert "before its day has come" in said.err
    assert "under handled" in said.out
    assert not vault.describe(
        "publications", held_by=Record.objects.filter(holder="ticket").values_list("held_by", flat=True)
    )


def test_the_declarations_say_what_the_sweep_took_in_a_month_and_are_signed(balie: Any, desk: Any) -> None:
    balie("retention", "run", "--as-of", YEARS_ON, "--desk", "publications")
    (made,) = balie("retention", "declarations", "--desk", "publications").json
    told = made["declaration"]
    assert told["month"] == f"{timezone.now():%Y-%m}"
    assert told["records"] == sum(one["records"] for one in told["sweeps"]) > 0
    assert {one["term"] for one in told["destroyed"]} == {"handled", "mail-as-sent"}
    assert made["digest"] in made["signature"]


def test_a_sweep_of_today_erases_nothing_early(balie: Any, desk: Any) -> None:
    said = balie("retention", "run", "--json").json
    assert [one["erased"] for one in said["desks"]] == [0, 0]
    assert (
        balie("retention", "run", "--as-of", timezone.now().date().isoformat(), "--json").json["desks"][1]["erased"]
        == 0
    )


def test_prove_ends_with_zero_only_if_all_holds(balie: Any, desk: Any) -> None:
    said = balie("prove", "--json")
    assert said.status == 0, said.out
    assert said.json["ok"]
    assert [proof["desk"] for proof in said.json["proofs"]] == ["citizens-advice", "publications", ""]
    assert "balie/publications/proof" in said.json["proofs"][1]["signature"]
    record = Record.objects.filter(holder="ticket").first()
    Record.objects.filter(pk=record.pk).update(item="iban")
    broken = balie("prove", "--json")
    assert broken.status == 1
    (failing,) = [check for proof in broken.json["proofs"] for check in proof["checks"] if not check["ok"]]
    assert failing["failures"][0]["handle"] == record.handle.hex
    plain = balie("prove")
    assert plain.status == 1
    assert record.handle.hex in plain.out


def test_evidence_verifies_and_shows_what_was_changed(balie: Any, desk: Any, tmp_path: Path) -> None:
    assert balie("evidence", "verify").status == 0
    note = tmp_path / "checkpoint"
    note.write_text(balie("evidence", "checkpoint", "--desk", "publications").out)
    assert balie("evidence", "verify", "--desk", "publications", "--checkpoint", note).status == 0
    Entry.objects.filter(desk="publications", index=0).update(actor="staff:somebody")
    said = balie("evidence", "verify", "--json")
    assert said.status == 1
    assert not said.json["publications"]["ok"]
    assert said.json["citizens-advice"]["ok"]


def test_a_checkpoint_needs_its_desk(balie: Any, desk: Any, tmp_path: Path) -> None:
    assert "--desk" in balie("evidence", "verify", "--checkpoint", tmp_path / "note").err


def test_the_export_can_be_verified_by_its_own_key(balie: Any, desk: Any, tmp_path: Path) -> None:
    assert balie("evidence", "export", tmp_path / "out", "--desk", "publications").status == 0
    names = {path.name for path in (tmp_path / "out" / "publications").iterdir()}
    assert {"checkpoint", "entries.jsonl", "tile", "vkey"} <= names


def test_what_the_index_lost_is_found_again(balie: Callable[..., Any], desk: Any) -> None:
    from balie.vault import index

    index.clear()
    assert balie("prove").status == 1
    assert balie("index", "rebuild").status == 0
    assert balie("prove").status == 0
