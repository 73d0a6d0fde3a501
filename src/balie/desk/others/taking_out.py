"""Taking others' data out of what was kept: of a text or a file, and of every other text of the ticket in which the same stands."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from balie import recognition, vault
from balie.desk import forgetting, looking_into, looking_through
from balie.desk.models import Arrival, Attachment, Draft, Finding, Message, Others, Ticket
from balie.desk.others import noticing, rewriting
from balie.kernel import Actor, rows

WHY = "others"  # in the ledger, beside what went


def values_of(one: Others, reading: vault.Reading) -> dict[str, str]:
    """What was noticed, and of what kind each is: in the text and subject, or in the file and its name."""
    found: dict[str, str] = {}
    opened = reading.open(noticing.records_of(one))
    for record, value in opened.items():
        if isinstance(value, str):
            found |= rewriting.values(value, _spans(record))
        elif isinstance(value, bytes) and one.attachment is not None and record == one.attachment.name:
            found |= rewriting.values(value.decode("utf-8", "replace"), _spans(record))
        elif isinstance(value, bytes) and one.attachment is not None:
            found |= _in_file(one, value, reading)
    return found


def masked_file(one: Others, actor: Actor) -> bytes | None:
    """A file without what was noticed in it; None where that cannot be done, or it is gone."""
    if one.attachment is None:
        return None
    reading = vault.Reading(actor, "others.taken-out", one.ticket.handle)
    content = reading.open([one.attachment.content]).get(one.attachment.content)
    values = _in_file(one, content, reading) if isinstance(content, bytes) else {}
    reading.record()
    marks = {value: rewriting.tombstone(label, number) for number, (value, label) in enumerate(values.items(), 1)}
    return looking_into.taken_out(content, one.attachment.media_type, marks) if isinstance(content, bytes) else None


def mask(one: Others, *, actor: Actor) -> int:
    """What was noticed is no longer there, nor anywhere else on the ticket; in how many texts and files it stood. In the caller's
    transaction."""
    values = _values(one)
    done = _mask_file(one, actor) if one.attachment is not None else 0
    return done + everywhere(one.ticket, values, masked_in=noticing.records_of(one), actor=actor)


def erase(one: Others, records: Iterable[UUID | None], *, actor: Actor) -> int:
    """Erase these records, with the mail as it came, and take what was noticed out of the other texts of the ticket, which may quote
    it; how many records went."""
    values = _values(one)
    gone = [record for record in records if record]
    done = vault.erase_soon([*gone, *_raw([one.message])], actor=actor, why=WHY)
    forgetting.forget(gone)
    everywhere(one.ticket, values, masked_in=(), actor=actor)
    return done


def everywhere(ticket: Ticket, values: Mapping[str, str], *, masked_in: Iterable[UUID], actor: Actor) -> int:
    """Take these values out of every text of a ticket, drafts too, and erase the mails in which they came. masked_in: the texts from
    which whatever is masked goes as well. How many texts were changed."""
    reading = vault.Reading(Actor.system("retain", ticket.desk), "others.taken-out", ticket.handle)
    wanted, done = set(masked_in), 0
    messages = list(Message.objects.filter(ticket=ticket).order_by("handle"))
    opened = reading.open([ticket.subject, *(one.text for one in messages)])
    raw = list[Message]()
    for message in messages:
        fresh = _rewrite(message.text, opened, values, wanted, actor)
        if fresh is not None:
            message.folds = [[fresh[1].moved(int(a)), fresh[1].moved(int(b)), kind] for a, b, kind in message.folds]
            message.text = fresh[0]
            message.save(update_fields=["text", "folds"])
            raw.append(message)
            done += 1
    fresh = _rewrite(ticket.subject, opened, values, wanted, actor)
    if fresh is not None:
        Ticket.objects.filter(pk=ticket.pk).update(subject=fresh[0])
        ticket.subject = fresh[0]
        raw += messages[:1]
        done += 1
    done += _in_drafts(ticket, values, reading, actor)
    vault.erase_soon(_raw(raw), actor=actor, why=WHY)
    reading.record()
    return done


def _in_drafts(ticket: Ticket, values: Mapping[str, str], reading: vault.Reading, actor: Actor) -> int:
    drafts = list(Draft.objects.filter(ticket=ticket))
    opened, done = reading.open([draft.text for draft in drafts]), 0
    for draft in drafts:
        fresh = _rewrite(draft.text, opened, values, set(), actor)
        if fresh is not None:
            Draft.objects.filter(pk=draft.pk).update(text=fresh[0])
            done += 1
    return done


def _rewrite(
    record: UUID | None,
    opened: Mapping[UUID, vault.Opened],
    values: Mapping[str, str],
    wanted: set[UUID],
    actor: Actor,
) -> tuple[UUID, rewriting.Rewritten] | None:
    """A text without them, under its new handle; None where there is nothing to take out."""
    text = opened.get(record) if record else None
    if record is None or not isinstance(text, str):
        return None
    known = list(Finding.objects.filter(record=record))
    masked = [_span(one) for one in known if one.masked]
    ours = [span for span in masked if span.role == rewriting.TAKEN_OUT]
    spans = [span for span in masked if span not in ours] if record in wanted else []
    spans += rewriting.places_of(text, values)
    if not spans:
        return None
    spans += ours  # numbered anew with the others, so that no number means two things
    new = rewriting.without(text, spans)
    kept = [one for one in known if not any(span.start < one.end and one.start < span.end for span in spans)]
    seen = [
        *(looking_through.Seen(span, masked=True) for span in new.spans),
        *(looking_through.Seen(_moved(one, new), one.masked) for one in kept),
    ]
    handle = vault.take_out(record, new.text, actor=actor, why=WHY, unsearched=looking_through.hidden(seen))
    ticket = known[0].ticket if known else None
    rows.delete(Finding, "record", [record])
    if ticket is not None:
        looking_through.note(ticket, {handle: seen})
    return handle, new


def _mask_file(one: Others, actor: Actor) -> int:
    file = one.attachment
    assert file is not None
    fresh = masked_file(one, Actor.system("retain", one.ticket.desk))
    if fresh is None:  # it could be when that was decided: rather nothing is left than something
        gone = [file.content, file.name]
        vault.erase_soon([*gone, *_raw([one.message])], actor=actor, why=WHY)
        forgetting.forget(gone)
        return 1
    old, name = file.content, _masked_name(one, actor)
    content = vault.take_out(old, fresh, actor=actor, why=WHY)
    changed = {"content": content, "name": name, "size": len(fresh), "looked": looking_into.CLEAR}
    Attachment.objects.filter(pk=file.pk).update(**changed)
    rows.delete(Finding, "record", [old, file.name] if name != file.name else [old])
    vault.erase_soon(_raw([one.message]), actor=actor, why=WHY)
    return 1


def _masked_name(one: Others, actor: Actor) -> UUID:
    file = one.attachment
    assert file is not None
    reading = vault.Reading(Actor.system("retain", one.ticket.desk), "others.taken-out", one.ticket.handle)
    value, spans = reading.open([file.name]).get(file.name), _spans(file.name)
    reading.record()
    if not spans or not isinstance(value, bytes):
        return file.name
    fresh = rewriting.without(value.decode("utf-8", "replace"), spans).text
    return vault.take_out(file.name, fresh.encode(), actor=actor, why=WHY)


def _values(one: Others) -> dict[str, str]:
    reading = vault.Reading(Actor.system("retain", one.ticket.desk), "others.taken-out", one.ticket.handle)
    found = values_of(one, reading)
    reading.record()
    return found


def _in_file(one: Others, content: bytes, reading: vault.Reading) -> dict[str, str]:
    assert one.attachment is not None
    message = one.message
    by = looking_through.Writer(reading.text(message.sender), reading.text(message.sender_name))
    found: dict[str, str] = {}
    for text in looking_into.texts_of(content, one.attachment.media_type) or ():
        seen = looking_through.look(one.ticket, text, by=by)
        found |= rewriting.values(text, [each.span for each in seen if each.masked])
    return found


def _raw(messages: Iterable[Message]) -> list[UUID]:
    """The mails as they came, of these messages."""
    arrivals = [one.arrival for one in messages if one.arrival]
    return list(Arrival.objects.filter(handle__in=arrivals).values_list("raw", flat=True))


def _spans(record: UUID) -> list[recognition.Span]:
    return [_span(one) for one in Finding.objects.filter(record=record, masked=True)]


def _span(one: Finding) -> recognition.Span:
    return recognition.Span(one.start, one.end, one.label, one.role)


def _moved(one: Finding, new: rewriting.Rewritten) -> recognition.Span:
    return recognition.Span(new.moved(one.start), new.moved(one.end), one.label, one.role)
