"""What many commands ask for in the same way: a desk, a ticket, a day, a file, and whether JSON is wanted."""

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TypeAlias

from django.utils import timezone

from balie import register
from balie.desk.models import Ticket
from balie.kernel import Actor, Invalid, sentence

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
Run = Callable[[argparse.Namespace], int | None]


def group(commands: Commands, name: str, help: str, example: str) -> Commands:
    """A command that has commands of its own, as `balie mail …`."""
    parser = commands.add_parser(name, help=help, description=_sentence(help), epilog=f"Example: {example}")
    return parser.add_subparsers(title="commands", metavar="COMMAND", required=True)


def command(
    commands: Commands,
    name: str,
    run: Run,
    help: str,
    *,
    example: str,
    more: str = "",
) -> argparse.ArgumentParser:
    """One command. help: what it does, in one line; more: what else one should know; example: a line that can be typed."""
    parser = commands.add_parser(
        name, help=help, description=" ".join(filter(None, (_sentence(help), more))), epilog=f"Example: {example}"
    )
    parser.set_defaults(run=run)
    return parser


def desk(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--desk", metavar="DESK", help="only this desk (default: all)")


def as_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--json", action="store_true", help="print one JSON document, and nothing else, to standard output"
    )


def desks(asked: argparse.Namespace) -> list[str]:
    """The desk that was asked for, else all. Raises Invalid when there is no such desk, or none at all."""
    known = register.desks()
    if not known:
        raise Invalid(sentence("There is no desk yet: adopt one with `balie desk adopt`, or run `balie init --demo`."))
    return [one_desk(asked.desk, known)] if asked.desk else known


def one_desk(name: str, known: list[str] | None = None) -> str:
    """A desk by its name. Raises Invalid with the names of those that there are."""
    known = register.desks() if known is None else known
    if name not in known:
        raise Invalid(sentence("There is no desk «{name}»; there are: {known}.", name=name, known=known or ["none"]))
    return name


def ticket(asked: argparse.Namespace) -> Ticket:
    """The ticket with a number. Raises Invalid when there is none, or several desks have one and none was named."""
    found: list[Ticket] = []
    for one in desks(asked):
        found += Ticket.objects.visible_to(Actor.system("prove", one)).filter(number=asked.ticket)
    if not found:
        raise Invalid(sentence("There is no ticket {number}.", number=asked.ticket))
    if len(found) > 1:
        where = [one.desk for one in found]
        raise Invalid(
            sentence(
                "Several desks have a ticket {number}: say which with --desk ({where}).",
                number=asked.ticket,
                where=where,
            )
        )
    return found[0]


def day(text: str) -> date:
    """A day as 2028-12-31."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"«{text}» is no day; write for example 2028-12-31") from None


def moment_of(chosen: date | None) -> datetime:
    """The end (UTC) of a day that was chosen; now for today and for none."""
    now = timezone.now()
    if chosen is None or chosen == now.date():
        return now
    return datetime.combine(chosen + timedelta(days=1), time.min, tzinfo=UTC)


def text_of(path: Path) -> str:
    """The text of a file. Raises Invalid when it is not there or is no text."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise Invalid(sentence("{path} is no text in UTF-8.", path=path)) from None
    except OSError as wrong:
        raise Invalid(sentence("{path} cannot be read: {why}.", path=path, why=wrong.strerror)) from None


def bytes_of(name: str) -> bytes:
    """The bytes of a file, or of standard input for `-`. Raises Invalid when it cannot be read."""
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as wrong:
        raise Invalid(sentence("{path} cannot be read: {why}.", path=name, why=wrong.strerror)) from None


def typed(what: str) -> str:
    """A line that is asked for on standard error. Raises Invalid when nobody answers."""
    print(f"{what}: ", end="", file=sys.stderr, flush=True)
    text = sys.stdin.readline().strip()
    if not text:
        raise Invalid(sentence("{what} is needed: nothing was done.", what=what))
    return text


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."
