"""Who sees others' data: nobody while it is undecided; what is needed, the assigned agent and who decided, and whoever asks."""

from collections.abc import Collection, Iterable
from uuid import UUID

from balie import recognition, vault
from balie.desk.models import Attachment, Others, Ticket
from balie.desk.others import noticing, rules
from balie.kernel import Actor, Refused, check, sentence

Masks = dict[UUID, list[recognition.Span]]
HELD_BACK = sentence("This file is held back. Say why you open it all the same: that is kept.")
HELD = frozenset({"waiting", "found", "closed"})  # what a file turned out to be for it to be held back


def masks_for(
    ticket: Ticket, masks: Masks, cases: Iterable[Others], actor: Actor, *, uncovered: Collection[UUID] = ()
) -> Masks:
    """The masks of a ticket as one reader has them: without those of others' data that are needed and stand open to them.

    uncovered: cases that the reader just asked to see. What the register does not declare stays masked for everybody.
    """
    clear = set[UUID]()
    for one in cases:
        one.ticket = ticket
        needed = one.outcome == Others.Outcome.NEEDED and one.done_at is None
        if needed and (one.handle in uncovered or stands_open(one, actor)):
            clear.update(noticing.records_of(one))
    if not clear:
        return masks
    return {record: _for_them(spans) if record in clear else spans for record, spans in masks.items()}


def stands_open(one: Others, actor: Actor) -> bool:
    """Whether what was found needed is open to this reader without asking: the assigned agent, and who decided."""
    if one.outcome != Others.Outcome.NEEDED or actor.kind != "staff":
        return False
    return actor.handle in {each.hex for each in (one.ticket.assignee_id, one.decided_by_id) if each}


def holds_back(file: Attachment, case: Others | None, actor: Actor) -> bool:
    """Whether a file is held back from this reader: while it waits to be looked into, and while others' data in it, or a file
    that could not be looked into, wait for a decision; then by what was decided."""
    if case is None or case.done_at is not None:
        return file.looked == "waiting"
    return file.looked in HELD and not stands_open(case, actor)


def open_text(one: Others, *, actor: Actor) -> vault.Reading:
    """The reading through which somebody sees what is needed and not open to them: recorded apart. Raises Refused."""
    check(rules.open_(one, actor))
    return vault.Reading(actor, "others.shown", one.handle)


def open_file(one: Others | None, file: Attachment, *, reason: str, actor: Actor) -> vault.Reading:
    """The reading through which a file that is held back is opened all the same. reason: kept in the evidence as asked for or not;
    the words are kept sealed by the verb that calls. Raises Refused without a reason, or when a rule says no."""
    if one is not None:
        check(rules.open_(one, actor))
    if not reason.strip():
        raise Refused(HELD_BACK)
    return vault.Reading(actor, "others.file-opened", file.handle)


def _for_them(spans: list[recognition.Span]) -> list[recognition.Span]:
    return [span for span in spans if span.role != recognition.Role.THIRD_PARTY]
