"""`balie mail fetch` and `balie mail boxes`: read the mailboxes of the settings once, and see how they fare."""

import argparse

from balie import jobs
from balie.channels.cli import asking, printing
from balie.desk import mailboxes
from balie.desk.mailboxes import MailboxState
from balie.jobs.working import attempt
from balie.kernel import Actor, Invalid, sentence

HEADS = ("mailbox", "desk", "taken", "unmarked", "left", "last read", "how it is")


def add_commands(own: asking.Commands) -> None:
    """Add both to the commands of `balie mail`."""
    fetch_ = asking.command(
        own,
        "fetch",
        fetch,
        "read mailboxes once: for trying, and for cron where nothing runs all the time",
        example="balie mail fetch publications-inbox",
        more="Reads those of BALIE_MAILBOXES, or only the named ones. Exit status 1 when one could not be read to its end.",
    )
    fetch_.add_argument("names", nargs="*", metavar="MAILBOX", help="only these (default: all)")
    boxes_ = asking.command(
        own,
        "boxes",
        boxes,
        "list the mailboxes that mail is fetched from, and how they fare",
        example="balie mail boxes",
    )
    for parser in (fetch_, boxes_):
        asking.as_json(parser)


def fetch(asked: argparse.Namespace) -> int:
    """Read mailboxes to their end; 1 when one could not be."""
    found = mailboxes.configured()
    if not found:
        raise Invalid(sentence("The settings name no mailbox (BALIE_MAILBOXES)."))
    wanted = [mailboxes.named(found, name) for name in asked.names] or found
    mailboxes.name_all(found)
    before = {one.name: one for one in _states()}
    jobs.find()
    broken = {one.name for one in wanted if attempt("mail.fetch", {"mailbox": one.name})}
    after = [one for one in _states() if one.name in {one.name for one in wanted}]
    if asked.json:
        printing.data([_plain(one) | {"fetched": one.taken - before[one.name].taken} for one in after])
    else:
        for one in after:
            printing.line(f"{one.name}\t{one.desk}\t{one.taken - before[one.name].taken} fetched\t{_says(one)}")
    return 1 if broken or any(one.error for one in after) else 0


def boxes(asked: argparse.Namespace) -> None:
    """Print each mailbox with what was taken from it, what was left in it, and what is wrong."""
    found = _states()
    if asked.json:
        printing.data([_plain(one) for one in found])
    else:
        printing.table(HEADS, map(_row, found), empty="Mail is fetched from no mailbox.")


def _states() -> list[MailboxState]:
    return [
        one
        for desk in asking.desks(argparse.Namespace(desk=None))
        for one in mailboxes.states(Actor.system("receive", desk))
    ]


def _row(one: MailboxState) -> list[object]:
    read = printing.brief(one.succeeded_at.isoformat()) if one.succeeded_at else ""
    return [one.name, one.desk, one.taken, one.unmarked, len(one.left), read, _says(one)]


def _says(one: MailboxState) -> str:
    parts = [str(one.says) if one.says else "ok" if one.succeeded_at else "not read yet"]
    parts += [str(left.says) for left in one.left]
    return " ".join(dict.fromkeys(parts))


def _plain(one: MailboxState) -> dict[str, object]:
    times = {
        name: value.isoformat() if (value := getattr(one, name)) else None
        for name in ("taken_at", "succeeded_at", "failing_since", "next_at")
    }
    plain = ("name", "desk", "kind", "after", "watch", "taken", "unmarked", "error", "attempts")
    left = [{"reason": row.reason, "size": row.size, "since": row.since.isoformat()} for row in one.left]
    return {name: getattr(one, name) for name in plain} | times | {"left": left}
