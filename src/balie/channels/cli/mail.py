"""`balie mail`: hand over mail from files, see where mail is received, and what waits to be sent."""

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses
from uuid import UUID

from django.utils import timezone

from balie import jobs, post, register
from balie.channels.cli import asking, mail_trial, mailboxes, printing
from balie.desk import arrivals, outcomes
from balie.kernel import Actor, Invalid, Refused, sentence

PATIENCE = 60  # seconds for the mails of one call to be read
RECIPIENTS = ("delivered-to", "x-original-to", "envelope-to", "to", "cc")
HEADS = ("desk", "kind", "state", "attempts", "error", "created", "sent", "handle")


@dataclass
class Delivered:
    """One mail for one desk. ticket: None while it has not been read. again: it came before, and was kept once."""

    file: str
    desk: str
    handle: UUID
    ticket: int | None = None
    opened: bool = False
    again: bool = False
    unreadable: str = ""

    @property
    def outcome(self) -> str:
        if self.ticket is None:
            return "kept, not read yet"
        if self.again:
            return f"came before, ticket {self.ticket}"
        return f"{'opened' if self.opened else 'joined'} ticket {self.ticket}"


def add_commands(commands: asking.Commands) -> None:
    own = asking.group(commands, "mail", "mail in and out", "balie mail deliver message.eml")
    in_ = asking.command(
        own,
        "deliver",
        deliver,
        "take in mail from files, as if a mail server had brought it",
        example="balie mail deliver message.eml, or: cat message.eml | balie mail deliver -",
        more="For which desk a mail is stands in its To, Cc, Delivered-To or X-Original-To, unless --to says so.",
    )
    in_.add_argument("files", nargs="+", metavar="FILE", help="one mail each (RFC 5322); - is standard input")
    in_.add_argument(
        "--to", action="append", default=[], metavar="ADDRESS", help="the envelope's recipient; again for each"
    )
    in_.add_argument(
        "--from", dest="sender", metavar="ADDRESS", help="the envelope's sender (default: Return-Path, else From)"
    )
    parse_ = asking.command(
        own,
        "parse",
        parse,
        "show what is in mail files",
        example="balie mail parse message.eml --json",
        more="Reads each file as the product reads mail that arrives, needs no installation and keeps nothing.",
    )
    parse_.add_argument("files", nargs="+", metavar="FILE", help="one mail each (RFC 5322); - is standard input")
    addresses_ = asking.command(
        own, "addresses", addresses, "list where each desk receives mail", example="balie mail addresses"
    )
    outbox_ = asking.command(
        own,
        "outbox",
        outbox,
        "list what waits to be sent, was sent in the last 30 days, or could not be",
        example="balie mail outbox --json",
        more="Shows kinds and states, never to whom or what.",
    )
    asking.desk(outbox_)
    mail_trial.add_command(own)
    mailboxes.add_commands(own)
    for parser in (in_, parse_, addresses_, outbox_):
        asking.as_json(parser)


def deliver(asked: argparse.Namespace) -> int:
    """Take in each file and read it; 1 when one of them is for no desk or was refused."""
    started, refused, kept = timezone.now(), 0, []
    for name in asked.files:
        try:
            kept += list(_take_in(name, asked))
        except Refused as stop:
            refused += 1
            printing.say(f"{name}: {stop.sentence}")
    _read(kept)
    for one in kept:
        _learn(one, started)
    if asked.json:
        printing.data([_plain(one) for one in kept])
    else:
        for one in kept:
            printing.line(f"{one.file}\t{one.desk}\t{one.handle.hex}\t{one.outcome}")
    return 1 if refused else 0


def parse(asked: argparse.Namespace) -> int:
    """Does not come so far: it is another door's, and `balie.config.command_line` goes there before anything is set up."""
    raise Invalid(sentence("Mail files are read by `balie mail parse FILE…`, with these words first."))


def addresses(asked: argparse.Namespace) -> None:
    """Print the address of each desk."""
    found = [{"desk": desk, "address": address} for address, desk in sorted(_desk_of().items(), key=lambda one: one[1])]
    if asked.json:
        printing.data(found)
    else:
        printing.table(
            ("desk", "address"), ([one["desk"], one["address"]] for one in found), empty="No desk receives mail."
        )


def outbox(asked: argparse.Namespace) -> None:
    """Print the outbox of one desk or of all."""
    found = [
        {
            "desk": row.desk,
            "kind": row.kind,
            "state": row.state,
            "attempts": row.attempts,
            "error": row.last_error,
            "created": row.created_at.isoformat(),
            "not_before": row.not_before.isoformat(),
            "sent": row.sent_at.isoformat() if row.sent_at else None,
            "handle": row.handle.hex,
            "refs": row.refs,
        }
        for desk in asking.desks(asked)
        for row in post.listed(desk)
    ]
    if asked.json:
        printing.data(found)
    else:
        printing.table(HEADS, map(_row, found), empty="The outbox is empty.")


def _row(one: dict[str, object]) -> list[object]:
    return [printing.brief(one[head]) if head in ("created", "sent") else one[head] for head in HEADS]


def _take_in(name: str, asked: argparse.Namespace) -> Iterator[Delivered]:
    raw = asking.bytes_of(name)
    head = BytesHeaderParser().parsebytes(raw)
    by_desk = _recipients(head, asked.to)
    if not by_desk:
        raise Refused(
            sentence("No desk receives mail at its recipients; `balie mail addresses` lists where, --to says to whom.")
        )
    sender = _sender(head) if asked.sender is None else asked.sender
    for desk, recipients in by_desk.items():
        delivery = arrivals.Delivery(sender, recipients, raw)
        (handle,) = arrivals.take_in([delivery], actor=Actor.system("receive", desk))
        yield Delivered(name, desk, handle)


def _recipients(head: Message, given: list[str]) -> dict[str, tuple[str, ...]]:
    """The recipients at which a desk receives mail, by desk; a secret word behind a plus belongs to the address."""
    texts = given or [str(text) for header in RECIPIENTS for text in head.get_all(header, [])]
    known, found = _desk_of(), dict[str, tuple[str, ...]]()
    for address in dict.fromkeys(address for _, address in getaddresses(texts)):
        local, _, domain = address.casefold().rpartition("@")
        desk = known.get(f"{local.partition('+')[0]}@{domain}")
        if desk:
            found[desk] = (*found.get(desk, ()), address)
    return found


def _sender(head: Message) -> str:
    """Where a mail came from: its Return-Path, which is empty when a machine wrote, else its From."""
    path = head.get("return-path")
    texts = [str(text) for text in ([path] if path is not None else head.get_all("from", []))]
    return next((address for _, address in getaddresses(texts)), "")


def _desk_of() -> dict[str, str]:
    found = {register.mail_address(register.in_force(desk)).casefold(): desk for desk in register.desks()}
    return {address: desk for address, desk in found.items() if address}


def _read(kept: list[Delivered]) -> None:
    """Do the jobs that read these mails, or wait for the worker that is at it."""
    jobs.find()
    waiting, end = {one.handle: one.desk for one in kept}, time.monotonic() + PATIENCE
    with printing.steps() as steps:
        steps.of(len(waiting))
        steps.at("reading")
        while waiting and time.monotonic() < end:
            if not jobs.work(timezone.now(), limit=20):
                time.sleep(0.05)
            for handle in _done(waiting):
                del waiting[handle]
                steps.done()


def _done(waiting: dict[UUID, str]) -> set[UUID]:
    """Which of these have been read, or failed and wait for another try."""
    failed = {UUID(row.args["arrival"]) for row in jobs.failing(1) if "arrival" in row.args}
    done = failed & waiting.keys()
    for desk in set(waiting.values()):
        asked = (handle for handle, at in waiting.items() if at == desk)
        done |= {
            one.arrival for one in outcomes.of(asked, actor=Actor.system("receive", desk)) if one.ticket is not None
        }
    return done


def _learn(one: Delivered, started: datetime) -> None:
    for outcome in outcomes.of([one.handle], actor=Actor.system("receive", one.desk)):
        one.ticket, one.opened, one.unreadable = outcome.ticket, outcome.opened, outcome.unreadable
        one.again = outcome.arrived_at < started


def _plain(one: Delivered) -> dict[str, object]:
    return {
        "file": one.file,
        "desk": one.desk,
        "handle": one.handle.hex,
        "ticket": one.ticket,
        "opened": one.opened,
        "again": one.again,
        "unreadable": one.unreadable,
        "outcome": one.outcome,
    }
