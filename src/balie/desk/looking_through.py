"""Looking through what came in before anybody sees it: what is recognised and not declared is masked."""

from uuid import UUID

from balie import recognition, register
from balie.desk.models import Finding, Ticket


def look_through(ticket: Ticket, record: UUID | None, text: str, *, sender: str) -> None:
    """Note what is recognised in a text that was put away, in the caller's transaction (mission, Beyond 1; invariant 2).

    A kind of data that the register does not declare for those who write in is masked at once: a national number, an account.
    """
    if record is None or not text:
        return
    version = register.version(ticket.desk, ticket.version)
    group = register.writers(version, ticket.activity)
    declared = register.declared_items(version, ticket.activity, group)
    taking_part = recognition.Participants(emails=frozenset({sender.casefold()}) if sender else frozenset())
    spans = recognition.look_through(text, participants=taking_part, country=register.country(version))
    Finding.objects.bulk_create(
        [
            Finding(
                record=record,
                ticket=ticket,
                start=span.start,
                end=span.end,
                label=span.label,
                role=span.role,
                masked=recognition.ITEM_OF.get(span.label) not in declared,
            )
            for span in spans
        ]
    )
