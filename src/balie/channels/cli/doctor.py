"""`balie doctor`: does this installation stand well? Each finding says what to do."""

import argparse
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import apsw
from django.conf import settings
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from balie import jobs, post, register, vault
from balie.channels import relay
from balie.channels.cli import asking, printing
from balie.desk import mailboxes
from balie.kernel import Actor, Stop
from balie.post.models import Outgoing
from balie.recognition import reading

LITTLE, TOO_LITTLE = 2 * 1024**3, 200 * 1024**2  # bytes of free disk
FORGETS_SINCE = (3, 42)  # the SQLite whose word index can forget at once


@dataclass(frozen=True)
class Finding:
    """One thing looked at. level: ok, warning (it works, but…) or fault (it does not, or must not)."""

    level: str
    subject: str
    says: str


def add_commands(commands: asking.Commands) -> None:
    parser = asking.command(
        commands,
        "doctor",
        examine,
        "look whether the installation stands well, and say what to do where it does not",
        example="balie doctor",
        more="Exit status 1 when there is a fault. Nothing is changed.",
    )
    asking.as_json(parser)


def examine(asked: argparse.Namespace) -> int:
    """Look at everything, whatever else is broken; 1 when there is a fault."""
    found = [finding for look in LOOKS for finding in _tried(look)]
    if asked.json:
        printing.data([vars(one) for one in found])
    else:
        printing.table(("", "what", "how it is"), ((one.level, one.subject, one.says) for one in found))
    return 1 if any(one.level == "fault" for one in found) else 0


def _tried(look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    subject = look.__name__.strip("_").replace("_", " ")
    try:
        yield from look()
    except Stop as stop:
        yield Finding("fault", subject, str(stop.sentence))
    except DatabaseError as error:
        yield Finding("fault", subject, f"The database says: {error}. Run `balie init`.")
    except OSError as error:
        yield Finding("fault", subject, f"{error.strerror}: {error.filename}.")


def _folder() -> Iterator[Finding]:
    data = Path(settings.DATA)
    if not data.is_dir():
        yield Finding(
            "fault", "folder", f"There is no installation in {data}: run `balie init`, or name it in BALIE_DATA."
        )
        return
    open_ones = [path for path in (data, *sorted(data.glob("*/"))) if path.name != "static" and _others_may(path)]
    for path in open_ones:
        yield Finding("warning", "folder", f"Others can look into {path}: run `chmod 700 {path}`.")
    if not open_ones:
        yield Finding("ok", "folder", f"{data} is closed to others.")


def _master_key() -> Iterator[Finding]:
    vault.check_master_key()
    if settings.BALIE_MASTER_KEY:
        yield Finding("ok", "master key", "It comes from the environment and fits.")
        return
    path, data = Path(settings.BALIE_MASTER_KEY_FILE), Path(settings.DATA)
    yield Finding("ok", "master key", f"{path} is there, is its owner's alone ({_mode(path)}) and fits.")
    if path.resolve().is_relative_to(data.resolve()):
        yield Finding(
            "fault", "master key", "It lies in the data folder, so every backup of the data opens itself: move it out."
        )
    elif path.stat().st_dev == data.stat().st_dev:
        says = "It lies on the same disk as the data: whoever takes the disk has both. Keep it on another, or in a secret store."
        yield Finding("warning", "master key", says)


def _tables() -> Iterator[Finding]:
    for name in ("default", "keys"):
        executor = MigrationExecutor(connections[name])
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if waiting:
            yield Finding(
                "fault", "tables", f"{len(waiting)} changes to the tables of «{name}» wait: run `balie init`."
            )
        else:
            yield Finding("ok", "tables", f"The tables of «{name}» are up to date.")


def _sqlite() -> Iterator[Finding]:
    yield Finding("ok", "sqlite", f"SQLite {sqlite3.sqlite_version} for data and keys.")
    version = tuple(int(part) for part in apsw.sqlite_lib_version().split(".")[:2])
    if version < FORGETS_SINCE:
        yield Finding(
            "fault",
            "sqlite",
            f"SQLite {apsw.sqlite_lib_version()} for the index keeps what it should forget: 3.42 is needed.",
        )
    else:
        yield Finding("ok", "sqlite", f"SQLite {apsw.sqlite_lib_version()} for the index, which forgets at once.")


def _disk() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.DATA).free
    level = "fault" if free < TOO_LITTLE else "warning" if free < LITTLE else "ok"
    yield Finding(level, "disk", f"{free / 1024**3:.1f} GiB are free." + ("" if level == "ok" else " Make room."))


def _desks() -> Iterator[Finding]:
    for desk in register.desks():
        vault.signer_for(desk)
        yield Finding(
            "ok", "desks", f"Version {register.in_force(desk).number} of «{desk}» is in force and its key opens."
        )
    if not register.desks():
        yield Finding("warning", "desks", "There is no desk yet: adopt one with `balie desk adopt`.")


def _mail() -> Iterator[Finding]:
    yield _relay()
    lost = sum(post.waiting(desk).filter(state=Outgoing.State.FAILED).count() for desk in register.desks())
    if lost:
        yield Finding("warning", "mail", f"{lost} mails could not be sent: `balie mail outbox` says why.")


def _relay() -> Finding:
    """Whether the mail server that takes our mail lets us in, protected as the setting asks. Raises Stop for its password."""
    if settings.BALIE_RELAY is None:
        says = "No mail server takes what we send (BALIE_RELAY): it waits in the outbox."
        return Finding("warning", "mail", says)
    relay.check()
    line = relay.Connection()
    try:
        line.open()
    except relay.Away as away:
        says = (
            f"{post.reason(away.code)} Mail waits in the outbox until then: `balie mail test ADDRESS` tells each step."
        )
        return Finding("warning", "mail", f"{settings.BALIE_RELAY} (BALIE_RELAY): {says}")
    finally:
        line.close()
    return Finding("ok", "mail", f"What we send is handed to {settings.BALIE_RELAY}, which lets us in.")


def _mailboxes() -> Iterator[Finding]:
    found, faults = mailboxes.look()
    yield from (Finding("fault", "mailboxes", str(fault)) for fault in faults)
    states = {one.name: one for desk in register.desks() for one in mailboxes.states(Actor.system("prove", desk))}
    for box in found:
        yield from (
            Finding(level, "mailboxes", f"«{box.name}»: {says}") for level, says in _fares(box, states.get(box.name))
        )


def _fares(box: mailboxes.Connection, state: mailboxes.MailboxState | None) -> Iterator[tuple[str, str]]:
    if box.after != "delete":
        yield (
            "warning",
            "What was fetched stays with the mail server beyond the terms of the register: empty it, or declare it.",
        )
    if state is None or not (state.says or state.succeeded_at):
        yield "warning", f"It has not been read yet: `balie mail fetch {box.name}` tries it."
        return
    if state.says:
        yield "warning", f"{state.says} So it is since {state.failing_since:%Y-%m-%d %H:%M} UTC."
    if state.left:
        yield "warning", f"{len(state.left)} mails stay there that could not be taken: `balie mail boxes` says why."
    if not state.says and state.succeeded_at:
        yield "ok", f"Read last at {state.succeeded_at:%Y-%m-%d %H:%M} UTC, {state.taken} mails until now."


def _pictures() -> Iterator[Finding]:
    language, pages = reading.reader_of_pictures()
    if language:
        yield Finding("ok", "pictures", f"Texts in pictures are read by Tesseract ({language}).")
    else:
        yield Finding("warning", "pictures", "Pictures are held back: install Tesseract (tools/tesseract.sh).")
    if not pages:
        yield Finding("warning", "pictures", "Pages that are pictures are held back: install Poppler (pdftoppm).")


def _jobs() -> Iterator[Finding]:
    failing = list(jobs.failing())
    for row in failing[:10]:
        yield Finding(
            "warning", "jobs", f"{row.name} failed {row.attempts} times ({row.last_error}) and is tried again."
        )
    if not failing:
        yield Finding("ok", "jobs", "No job keeps failing.")


def _pages() -> Iterator[Finding]:
    here = any(place in settings.BALIE_URL for place in ("//127.0.0.1", "//localhost", "//[::1]"))
    if settings.BALIE_URL.startswith("https:") or here:
        yield Finding("ok", "pages", f"People reach them at {settings.BALIE_URL}.")
    else:
        yield Finding(
            "warning", "pages", f"{settings.BALIE_URL} is not https: what people read can be read on the way."
        )


def _others_may(path: Path) -> bool:
    return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def _mode(path: Path) -> str:
    return f"{stat.S_IMODE(path.stat().st_mode):04o}"


LOOKS = (_folder, _master_key, _tables, _sqlite, _disk, _desks, _mail, _mailboxes, _pictures, _jobs, _pages)
