"""The documentation is held to the program: each setting, act and route stands in it, and each of its links leads somewhere."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from balie.channels.access import ROUTES
from balie.config import environment

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]


def text(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


@pytest.mark.parametrize("setting", environment.ALL, ids=lambda one: one.name)
def test_each_setting_stands_in_the_manual_with_its_default(setting: environment.Setting[object]) -> None:
    row = next(line for line in text("settings.md").splitlines() if line.startswith(f"| `{setting.name}`"))
    assert setting.help.split(".")[0] in row.replace("`", "")


def recorded_acts() -> Iterator[str]:
    """The codes of acts and looks in the product's code."""
    for path in (ROOT / "src" / "balie").rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                codes = (arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant))
                if name in {"record", "_record", "Reading"}:
                    yield from (
                        code for code in codes if isinstance(code, str) and re.fullmatch(r"[a-z-]+\.[a-z-]+", code)
                    )


@pytest.mark.parametrize("act", sorted(set(recorded_acts()) - {"account.checked"}))
def test_each_act_stands_in_the_manual_of_the_evidence(act: str) -> None:
    assert f"`{act}`" in text("evidence.md")


@pytest.mark.parametrize("route", sorted(ROUTES))
def test_each_route_stands_in_the_table_of_access(route: str) -> None:
    row = ROUTES[route]
    assert f"| `{route}` | {row.door} | {row.audience} | {row.right} |" in text("access.md")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
        assert (page.parent / link).exists(), link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_that_are_named_are_there(page: Path) -> None:
    """Paths in tables and text: `desk/intake.py` is below the package, `tools/…` below the root."""
    for name in re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.(?:py|yaml))`", page.read_text("utf-8")):
        assert (ROOT / "src" / "balie" / name).exists() or (ROOT / name).exists(), name
