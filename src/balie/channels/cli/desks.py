"""`balie desk`: put a register in force, for a new desk or as the next version of one that is there."""

import argparse
from pathlib import Path

from balie import register, vault
from balie.channels.cli import asking, printing
from balie.channels.cli.registers_named import beside, of_file
from balie.kernel import Actor, Invalid, sentence
from balie.privacy import versions


def add_commands(commands: asking.Commands) -> None:
    own = asking.group(commands, "desk", "desks and their registers", "balie desk list")
    list_ = asking.command(
        own, "list", list_desks, "list the desks with their register in force", example="balie desk list --json"
    )
    asking.as_json(list_)
    adopt_ = asking.command(
        own,
        "adopt",
        adopt,
        "put a register in force; the same again changes nothing",
        example="balie desk adopt publications.yaml --settings publications.desk.yaml --answers publications.answers.yaml",
        more="The desk is the one that the register names; a new one gets a root key of its own.",
    )
    adopt_.add_argument("file", type=Path, metavar="FILE", help="the register")
    for name, what in (("settings", "desk"), ("answers", "answers")):
        adopt_.add_argument(
            f"--{name}", type=Path, metavar="FILE", help=f"its {name} (default: FILE with .{what}.yaml, if it is there)"
        )


def list_desks(asked: argparse.Namespace) -> None:
    """Print each desk with the version in force."""
    found = [_plain(register.in_force(desk)) for desk in register.desks()]
    if asked.json:
        printing.data(found)
        return
    heads = ("desk", "version", "since", "languages", "mail")
    printing.table(heads, ([one[head] for head in heads] for one in found), empty="There is no desk yet.")


def adopt(asked: argparse.Namespace) -> None:
    """Adopt a register with its settings and answers."""
    text = asking.text_of(asked.file)
    settings = asked.settings or beside(asked.file, "desk")
    if settings is None:
        raise Invalid(sentence("A desk needs settings (services and teams): name the file with --settings."))
    answers = asked.answers or beside(asked.file, "answers")
    draft = of_file(asked.file, settings=settings, answers=answers)
    desk, given = draft.desk, draft.answers
    vault.open_desk(desk)
    version = versions.put_in_force(
        desk, text, asking.text_of(settings), actor=Actor.system("set-up", desk), answers=given
    )
    printing.line(f"Version {version.number} of the register of «{desk}» is in force.")


def _plain(version: register.Version) -> dict[str, object]:
    return {
        "desk": version.desk,
        "version": version.number,
        "since": version.in_force_since.isoformat() if version.in_force_since else None,
        "languages": ", ".join(version.languages),
        "digest": version.digest,
        "mail": register.mail_address(version),
    }
