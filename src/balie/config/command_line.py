"""The command line as a whole: what each package offers, and how an error ends.

Exit status: 0 done, 1 refused or failed (one sentence on standard error), 2 wrong usage.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from balie.config import environment

EPILOG = "Example: balie init --demo && balie serve"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:2] == ["mail", "parse"]:  # needs no installation, and begins at once
        from balie.channels.mail import parse_command

        return parse_command.main(words[2:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balie.config.settings")
    try:
        parser = _parser()
    except ValueError as wrong:  # a setting that cannot be read
        print(wrong, file=sys.stderr)  # noqa: T201 - a command line prints
        return 1
    asked = parser.parse_args(words)
    return _run(asked)


def _parser() -> argparse.ArgumentParser:
    import django

    django.setup()
    from balie.channels import cli
    from balie.config import demo_run, processes, setting_up

    parser = argparse.ArgumentParser(
        prog="balie", description="The service desk that keeps its privacy statement.", epilog=EPILOG
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for package in (setting_up, processes, demo_run, cli):
        package.add_commands(commands)
    return parser


def _run(asked: argparse.Namespace) -> int:
    from django.db import DatabaseError

    from balie.kernel import Stop

    run: Callable[[argparse.Namespace], int | None] = asked.run
    try:
        return run(asked) or 0
    except Stop as stop:
        print(stop.sentence, file=sys.stderr)  # noqa: T201
    except DatabaseError as error:
        print(_database_sentence(str(error)), file=sys.stderr)  # noqa: T201
    except (
        BrokenPipeError
    ):  # whoever read our output has had enough; what was to be done is done or not, as its last line says
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        print(_system_sentence(error), file=sys.stderr)  # noqa: T201
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)  # noqa: T201
    return 1


def _database_sentence(error: str) -> str:
    where = environment.data.value()
    if "locked" in error:
        return f"Another process keeps the database in {where} locked. Nothing was changed: try again, or end the other process."
    if "full" in error:
        return f"The disk of {where} is full. Nothing was changed: make room and try again."
    if "no such table" in error or "unable to open" in error:
        return (
            f"There is no installation in {where} yet: run `balie init` first, or name the right folder in BALIE_DATA."
        )
    return f"The database in {where} cannot be used ({error}). Nothing was changed: run `balie doctor`."


def _system_sentence(error: OSError) -> str:
    import errno

    if error.errno == errno.ENOSPC:
        return "The disk is full. Nothing was changed: make room and try again."
    if error.errno == errno.EADDRINUSE:
        return "This address is in use by another programme: choose another with --http or --smtp."
    return f"{error.strerror or error}: {error.filename or ''}".rstrip(": ") + ". Nothing was changed."
