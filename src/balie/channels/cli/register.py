"""`balie register`: is this register sound? Asked before it is put in force, and without an installation."""

import argparse
from pathlib import Path

from balie import register
from balie.channels.cli import asking, printing
from balie.register import Finding


def add_commands(commands: asking.Commands) -> None:
    own = asking.group(commands, "register", "registers as files", "balie register lint publications.yaml")
    lint_ = asking.command(
        own,
        "lint",
        lint,
        "say what in a register cannot be carried out, and what is legally doubtful",
        example="balie register lint publications.yaml --settings publications.desk.yaml",
        more="Exit status 1 when there is a fault; a doubt can be answered by the privacy officer when the register is adopted.",
    )
    lint_.add_argument("file", type=Path, metavar="FILE", help="the register")
    lint_.add_argument(
        "--settings", type=Path, metavar="FILE", help="its settings (default: FILE with .desk.yaml, if it is there)"
    )
    asking.as_json(lint_)


def lint(asked: argparse.Namespace) -> int:
    """Print findings with file and line; 1 when one of them is a fault."""
    settings = asked.settings or beside(asked.file, "desk")
    text = asking.text_of(settings) if settings else ""
    found = register.lint(register.draft(asking.text_of(asked.file), text, name=asked.file.name))
    if asked.json:
        printing.data([_plain(one) for one in found])
    else:
        for one in found:
            printing.line(f"{one.level}: {one}")
        if not found:
            printing.line("Nothing to say against it.")
    return 1 if any(one.level == "fault" for one in found) else 0


def beside(file: Path, kind: str) -> Path | None:
    """`x.yaml` → `x.<kind>.yaml` in the same folder, if there is one."""
    path = file.with_name(f"{file.name.removesuffix('.yaml')}.{kind}.yaml")
    return path if path.exists() else None


def _plain(one: Finding) -> dict[str, object]:
    return {
        "level": one.level,
        "rule": one.rule,
        "clause": one.clause,
        "file": one.file,
        "line": one.line,
        "at": one.place,
        "sentence": str(one.say),
    }
