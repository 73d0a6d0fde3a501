"""Noticing others' data in what came in: one case for each text and each file, which waits for a person's decision."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.utils import timezone

from balie import evidence, register
from balie.desk import rules
from balie.desk.looking_through import Seen
from balie.desk.models import Attachment, Message, Others
from balie.desk.others import working_days
from balie.kernel import Actor

CLOSED = "CLOSED"  # in the place of a kind: what could not be looked into may hold anything


def in_text(message: Message, seen: Iterable[Seen], *, actor: Actor) -> Others | None:
    """Others' data stand in the text or subject of a message that is being put away; None where none were seen. In the caller's
    transaction."""
    return _notice(message, None, _kinds(seen), actor=actor)


def in_file(file: Attachment, seen: Iterable[Seen], *, actor: Actor) -> Others | None:
    """The same for the name of a file, or what was read in it. A second time for the same file adds what was seen to it."""
    return _notice(file.message, file, _kinds(seen), actor=actor)


def closed(file: Attachment, *, actor: Actor) -> Others | None:
    """A file that should have been looked into and could not be: a person decides about it as if others' data stood in it."""
    return _notice(file.message, file, [CLOSED], actor=actor)


def records_of(one: Others) -> list[UUID]:
    """The records in which what was noticed stands: text and, of the mail that opened the ticket, subject; or a file and its name."""
    if one.attachment is not None:
        return [one.attachment.content, one.attachment.name]
    first = one.ticket.messages.filter(kind=Message.Kind.INCOMING).order_by("handle").first()
    subject = one.ticket.subject if first is not None and first.pk == one.message_id else None
    return [record for record in (one.message.text, subject) if record]


def _kinds(seen: Iterable[Seen]) -> list[str]:
    return list(dict.fromkeys(each.span.label for each in seen if each.others))


def _notice(message: Message, file: Attachment | None, kinds: Sequence[str], *, actor: Actor) -> Others | None:
    if not kinds:
        return None
    ticket, now = message.ticket, timezone.now()
    known = Others.objects.filter(message=message, attachment=file).first()
    if known is not None:
        known.kinds = list(dict.fromkeys([*known.kinds, *kinds]))
        known.save(update_fields=["kinds"])
        return known
    country = register.country(rules.version_of(ticket))
    made = Others.objects.create(
        ticket=ticket,
        message=message,
        attachment=file,
        kinds=list(kinds),
        noticed_at=now,
        due_at=working_days.due(now, country=country),
    )
    evidence.record(
        "others.noticed",
        actor,
        made.handle,
        operation="restrict",
        activity=rules.version_of(ticket).uri(ticket.activity),
        about=[ticket.requester_id] if ticket.requester_id else [],
        facts={"ticket": ticket.number, "kinds": len(kinds), "file": file is not None},
    )
    return made
