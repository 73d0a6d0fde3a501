"""Setting up: the data folder, the master key, the tables, and the desks of the demonstration. Safe to repeat."""

import argparse
import hashlib
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from balie import register, vault
from balie.channels import relay
from balie.config import environment
from balie.kernel import Invalid, sentence


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    init_ = commands.add_parser(
        "init",
        help="make the data folder, the master key and the tables; safe to repeat",
        epilog="Example: balie init --demo",
    )
    init_.add_argument("--demo", action="store_true", help="also load five demonstration desks with people and tickets")
    init_.set_defaults(run=init)
    codes_ = commands.add_parser(
        "codes",
        help="print the one-time codes of the demonstration's people",
        epilog="Example: balie codes",
    )
    codes_.set_defaults(run=codes)


def init(asked: argparse.Namespace) -> None:
    """Set up an installation, or bring one up to date."""
    set_up()
    if asked.demo:
        from balie.config import demonstration

        demonstration.load()
        demonstration.show()


def codes(asked: argparse.Namespace) -> None:
    """The codes of this half minute, for the demonstration only: real ones are in people's authenticators."""
    from balie.config import demonstration

    if not set(demonstration.DESKS) <= set(register.desks()):
        raise Invalid(sentence("There is no demonstration here: run `balie init --demo` first."))
    demonstration.show()


def set_up() -> None:
    """Folder, key, tables and static files. Raises Invalid when data are there and their master key is not."""
    data = environment.data.value()
    fresh = not (data / "keys" / "keys.sqlite3").exists()
    for folder in (data, data / "keys", data / "files", data / "index"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    key_file = Path(settings.BALIE_MASTER_KEY_FILE)
    if fresh and not settings.BALIE_MASTER_KEY and not key_file.exists():
        vault.make_master_key(key_file)
    _migrate()
    vault.check_master_key()
    _publish_static()


def open_doors() -> None:
    """What must be true before any door opens: tables are there, the key fits, erasures are replayed, nothing is left over, and what
    we need to be let in at the mail server is no secret of others.

    (architecture, invariant 6: after a restore the erasure ledger is replayed before the doors open)
    """
    set_up()
    relay.check()
    if sum(
        vault.replay(desk) for desk in register.desks()
    ):  # a restore: the index is in no backup, whichever desk erased
        for desk in register.desks():
            vault.rebuild_index(desk)
    vault.finish()
    vault.tidy()


def _migrate() -> None:
    for name in ("keys", "default"):
        executor = MigrationExecutor(connections[name])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", database=name, verbosity=0, interactive=False)


def _publish_static() -> None:
    """Copy style, script, fonts and icons to where they are served from, when they have changed."""
    source, target = settings.PACKAGE / "static", Path(settings.STATIC_ROOT)
    mark = target / "made-from"
    digest = hashlib.sha256()
    for path in sorted(source.rglob("*")):
        digest.update(f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}".encode())
    if mark.exists() and mark.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    mark.write_text(digest.hexdigest())
