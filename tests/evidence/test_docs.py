"""What the manual says of the evidence is what is written."""

from pathlib import Path
from uuid import UUID

from balie.evidence import OPERATIONS, leaves
from balie.evidence.canonical import body

MANUAL = (Path(__file__).parents[2] / "docs" / "evidence.md").read_text(encoding="utf-8")


def test_every_field_of_an_entry_is_in_the_manual() -> None:
    row = {"ref": UUID(int=1), "span": b"", "trace": b""}
    row |= dict.fromkeys(("about", "act", "activity", "actor", "at", "desk", "facts", "kind", "operation"))
    assert [name for name in body(row) if f"`{name}`" not in MANUAL] == []


def test_the_form_of_a_leaf_is_in_the_manual() -> None:
    leaf = leaves.leaf("look", 1, b"\xff" * 32)
    assert leaf.hex() == "01" + "02" + "00000001" + "ff" * 32
    assert f"{len(leaf)} bytes" in MANUAL


def test_the_manual_counts_the_kinds_of_operation() -> None:
    assert len(OPERATIONS) == 20
    assert "twenty kinds of operation" in MANUAL
