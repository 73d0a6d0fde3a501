"""The registers that come with the product, changed a little: to try what may not be put in force, and what changes with it."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

PARTS = (".yaml", ".desk.yaml", ".answers.yaml")


def copy_of(desk: str, folder: Path) -> Path:
    """The register of a desk with its settings and answers in a folder of one's own; the register's file."""
    folder.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        shutil.copy2(settings.PACKAGE / "desks" / f"{desk}{part}", folder)
    return folder / f"{desk}.yaml"


def changed(desk: str, folder: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """The same, after a change to what the register says."""
    file = copy_of(desk, folder)
    data = yaml.safe_load(file.read_text("utf-8"))
    change(data)
    file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    return file


def reworded(desk: str, folder: Path, old: str, new: str) -> Path:
    """The same, after one place in the file was typed over."""
    file = copy_of(desk, folder)
    text = file.read_text("utf-8")
    assert text.count(old) == 1, f"«{old}» stands {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new), "utf-8")
    return file
