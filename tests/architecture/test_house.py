"""What the import contracts cannot see: foreign keys, writing doors, names and sizes of files, missing migrations."""

import ast
import re
import tomllib
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "balie"
DOORS = PACKAGE / "channels"
WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "_raw_delete",
}
VAGUE = {"utils", "helpers", "misc", "common", "managers"}


def product_files() -> list[Path]:
    return [
        path
        for path in PACKAGE.rglob("*.py")
        if not {"migrations", "tests"} & set(path.parts) and path.name != "conftest.py"
    ]


def rungs() -> dict[str, int]:
    """Each package's rung, from the contract itself; the highest has the lowest number."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one["id"] == "ladder")
    return {re.sub(r"[() ]", "", name): rung for rung, layer in enumerate(layers) for name in layer.split("|")}


def test_foreign_keys_point_down_the_ladder_or_stay_in_their_package() -> None:
    ladder = rungs()
    wrong = []
    for model in apps.get_models():
        for field in model._meta.get_fields():
            other = getattr(field, "related_model", None)
            if (
                field.concrete
                and field.is_relation
                and other
                and "balie" in other.__module__
                and "balie" in model.__module__
            ):
                own, theirs = model.__module__.split(".")[1], other.__module__.split(".")[1]
                if own != theirs and ladder[own] >= ladder[theirs]:
                    wrong.append(f"{model.__name__}.{field.name} → {other.__name__}")
    assert wrong == []


def test_statistics_will_read_only_the_evidence() -> None:
    """The package is still to come; when it does, its diet comes with it."""
    contracts = (ROOT / "pyproject.toml").read_text("utf-8")
    assert not (PACKAGE / "statistics").exists() or 'source_modules = ["balie.statistics"]' in contracts


def calls(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            progress_bar = isinstance(node.func.value, ast.Attribute) and node.func.value.attr == "_bar"
            if not progress_bar:
                yield node.lineno, node.func.attr


def test_doors_never_write() -> None:
    """`dict.update` and the like would be found too: a door that needs one says `|` instead."""
    found = [
        f"{path.relative_to(ROOT)}:{line} .{name}()"
        for path in product_files()
        if DOORS in path.parents
        for line, name in calls(path)
        if name in WRITES
    ]
    assert found == []


def test_doors_fetch_through_the_funnel() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in product_files()
        if (DOORS / "console") in path.parents or (DOORS / "portal") in path.parents
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(r"Ticket\.objects\.(?!visible_to)", line)
    ]
    assert found == []


@pytest.mark.parametrize("path", product_files(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_are_small_and_named_for_what_they_hold(path: Path) -> None:
    assert path.stem not in VAGUE
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 400
    assert not text or ast.get_docstring(ast.parse(text)), (
        "each module starts with one sentence saying what happens there"
    )


def test_no_signal_and_no_save_override_is_written() -> None:
    found = []
    for path in product_files():
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if (
                path.stem == "models"
                and isinstance(node, ast.FunctionDef)
                and node.name == "save"
                and "append-only" not in (ast.get_docstring(node) or "").lower()
            ):
                found.append(str(path.relative_to(ROOT)))
    assert found == []


@pytest.mark.django_db(databases=["default", "keys"])
def test_no_migration_is_missing_and_none_imports_the_product() -> None:
    out = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=out, verbosity=1)
    for path in PACKAGE.rglob("migrations/*.py"):
        assert not re.search(r"^(from|import) balie(?!\.kernel\.handles)", path.read_text("utf-8"), re.MULTILINE), path
