"""`balie register`: is it sound, what changed, what does it answer, and how does it read? Of a file, or of a desk's in force."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from balie import register
from balie.channels.cli import (
    asking,
    printing,
    registers_asked,
    registers_compared,
    registers_named,
    registers_published,
)
from balie.kernel import Invalid, Sentence
from balie.register import Finding


def add_commands(commands: asking.Commands) -> None:
    own = asking.group(
        commands, "register", "registers, as files and in force", "balie register check publications.yaml"
    )
    check_ = asking.command(
        own,
        "check",
        check,
        "say what in a register cannot be carried out, and what is legally doubtful",
        example="balie register check publications.yaml --settings publications.desk.yaml",
        more="Exit status 1 when there is a fault; a doubt can be answered by the privacy officer when the register is adopted.",
    )
    check_.add_argument("file", type=Path, metavar="FILE", help="the register")
    for name, what in (("settings", "desk"), ("answers", "answers")):
        check_.add_argument(
            f"--{name}", type=Path, metavar="FILE", help=f"its {name} (default: FILE with .{what}.yaml, if it is there)"
        )
    asking.as_json(check_)
    for part in (registers_compared, registers_asked, registers_published):
        part.add_command(own)


def check(asked: argparse.Namespace) -> int:
    """Print findings with file and line; 1 when one of them is a fault. What cannot be read is a fault as well."""
    try:
        version = registers_named.of_file(asked.file, settings=asked.settings, answers=asked.answers)
        found = [_plain(one, version) for one in register.lint(version, file=asked.file.name)]
    except Invalid as unreadable:
        found = list(_unreadable(unreadable, asked.file))
    if asked.json:
        printing.data(found)
    else:
        for one in found:
            printing.line(f"{one['level']}: {one['whole']}{_answered(one)}")
        if not found:
            printing.line("Nothing to say against it.")
    return 1 if any(one["level"] == "fault" for one in found) else 0


def _answered(found: dict[str, object]) -> str:
    return f" (answered until {found['answered']})" if found["answered"] else ""


def _unreadable(stop: Invalid, file: Path) -> Iterator[dict[str, object]]:
    """What a file is refused for: its findings, or the one thing that stops it from being read at all."""
    findings: tuple[Finding, ...] = stop.data.get("findings", ())  # type: ignore[assignment]
    for one in findings:
        yield _plain(one, None)
    if not findings:
        what = stop.sentence.args.get("what", stop.sentence)
        say = what if isinstance(what, Sentence) else stop.sentence
        name, line = str(stop.data.get("file", file)), int(str(stop.data.get("line", 1)))
        yield {**_plain(Finding("fault", "file", "", (), say, name, line), None), "whole": str(stop.sentence)}


def _plain(one: Finding, version: register.Version | None) -> dict[str, object]:
    answers = version.answers if version else ()
    answer = next((known for known in answers if (known.rule, known.at) == (one.rule, one.place)), None)
    return {
        "level": one.level,
        "rule": one.rule,
        "clause": one.clause,
        "file": one.file,
        "line": one.line,
        "at": one.place,
        "sentence": str(one.say),
        "whole": str(one),
        "answered": answer.review.isoformat() if answer else None,
    }
