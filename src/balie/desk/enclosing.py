"""Files that go with an answer: kept sealed with its draft, then with it, within what the register declares and a mail can carry."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from balie import evidence, vault
from balie.desk import clocks, intake, looking_through, rules
from balie.desk.models import Attachment, DraftFile, Finding, Message, Ticket
from balie.kernel import Actor, Invalid, check, sentence
from balie.kernel.prepared import prepared
from balie.people import accounts

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Kept:
    """A file that waits for its answer."""

    handle: UUID
    name: str
    media_type: str
    size: int


@transaction.atomic
def keep(ticket: Ticket, files: Sequence[intake.File], *, actor: Actor) -> list[DraftFile]:
    """Keep files with the answer that the actor is writing: they go along with it, from whatever machine it is sent.

    Raises Refused when the register does not declare files from staff, Invalid when one is empty, or all of them together are
    more than the setting BALIE_ANSWER_FILES (megabytes) lets an answer carry; none of these is kept then.
    """
    kept = _keep(ticket, files, actor)
    if kept:
        _record("draft.file-kept", ticket, actor, files=len(kept))
    return kept


@transaction.atomic
def drop(ticket: Ticket, *, handle: UUID, actor: Actor) -> None:
    """Leave one file out again; it is erased at once. One that is gone already is gone. Raises Refused."""
    check(rules.handle(ticket, actor))
    row = _mine(ticket, actor).filter(handle=handle).first()
    if row is None:
        return
    row.delete()
    Finding.objects.filter(record=row.name).delete()
    vault.erase_soon([row.name, row.content], actor=actor, why="draft-ended")


def kept(ticket: Ticket, reading: vault.Reading) -> list[Kept]:
    """The files that wait with the reading agent's answer on this ticket, in the order in which they were chosen."""
    if reading.actor.kind != "staff":
        return []
    rows = _waiting(ticket.pk, UUID(reading.actor.handle))
    opened = reading.open([row.name for row in rows])
    names = {row.handle: opened.get(row.name) for row in rows}
    return [Kept(row.handle, _text(names[row.handle]), row.media_type, row.size) for row in rows]


def enclose(message: Message, files: Sequence[intake.File], *, ticket: Ticket, actor: Actor) -> None:
    """Files go with an answer that is being sent, those that waited with its draft too, in the caller's transaction. As `keep`."""
    _keep(ticket, files, actor)
    waiting = list(_mine(ticket, actor))
    if waiting:
        check(rules.enclose(ticket, actor))
    Attachment.objects.bulk_create(
        Attachment(message=message, name=row.name, content=row.content, size=row.size, media_type=row.media_type)
        for row in waiting
    )
    _mine(ticket, actor).delete()


def put_back(message: Message, *, ticket: Ticket, actor: Actor) -> None:
    """The files of an answer that was taken back wait with its draft again, in the caller's transaction."""
    files, account = list(message.attachments.order_by("handle")), accounts.account_of(actor)
    DraftFile.objects.bulk_create(
        DraftFile(ticket=ticket, account=account, name=f.name, content=f.content, size=f.size, media_type=f.media_type)
        for f in files
    )
    message.attachments.all().delete()


def _mine(ticket: Ticket, actor: Actor) -> QuerySet[DraftFile]:
    return DraftFile.objects.filter(ticket=ticket, account=UUID(actor.handle)).order_by("handle")


@prepared
def _waiting(ticket: UUID, account: UUID) -> QuerySet[DraftFile]:
    return DraftFile.objects.filter(ticket=ticket, account=account).order_by("handle")


def _keep(ticket: Ticket, files: Sequence[intake.File], actor: Actor) -> list[DraftFile]:
    if not files:
        return []
    check(rules.enclose(ticket, actor))
    _check_sizes(files, sum(_mine(ticket, actor).values_list("size", flat=True)))
    about = (ticket.requester_id,) if ticket.requester_id else ()
    seen = [looking_through.look(ticket, file.name, by=looking_through.Writer(staff=True)) for file in files]
    values = [value for file in files for value in ((file.name or "?").encode(), file.content)]
    place = (ticket.activity, rules.group_of(ticket), "attachment")
    put = vault.put(
        [vault.Item(*place, value, "ticket", ticket.handle, about, "staff") for value in values],
        actor=actor,
        version=rules.version_of(ticket),
    )
    clocks.wind(ticket, actor=actor)
    looking_through.note(ticket, dict(zip(put[::2], seen, strict=True)))
    account = accounts.account_of(actor)
    rows = [
        DraftFile(
            ticket=ticket,
            account=account,
            name=name,
            content=content,
            size=len(file.content),
            media_type=file.media_type[:80],
        )
        for file, name, content in zip(files, put[::2], put[1::2], strict=True)
    ]
    return DraftFile.objects.bulk_create(rows)


def _check_sizes(files: Sequence[intake.File], before: int) -> None:
    for file in files:
        if not file.content:
            raise Invalid(sentence("The file «{name}» is empty: nothing was sent.", name=file.name))
    most, together = settings.BALIE_ANSWER_FILES, before + sum(len(file.content) for file in files)
    if together > most * MEGABYTE:
        say = sentence(
            "The files are {size} MB together, and an answer carries {most} MB at most. Nothing was sent: leave one out.",
            size=-(-together // MEGABYTE),
            most=most,
        )
        raise Invalid(say, size=together, most=most * MEGABYTE)


def _text(value: vault.Opened | None) -> str:
    """The own file's name, as its writer gave it: what is masked on the ticket is masked for readers, who did not choose it."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else ""


def _record(act: str, ticket: Ticket, actor: Actor, **facts: int) -> None:
    evidence.record(
        act,
        actor,
        ticket.handle,
        operation="store",
        activity=rules.version_of(ticket).uri(ticket.activity),
        facts={"ticket": ticket.number, **facts},
    )
