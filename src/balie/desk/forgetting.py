"""Forgetting: when what a ticket held is erased, what the ticket knows of its contents goes as well."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from balie import vault
from balie.desk import tabs
from balie.desk.models import Draft, DraftFile, Finding, ReporterItem, Status, Ticket
from balie.kernel import Actor, rows


def forget(records: Iterable[UUID]) -> None:
    """Drop the rows that say something about records that are erased: what was recognised where, who wrote what down, drafts.

    In the transaction in which the records go. Messages and attachments stay as places in the conversation, which the erasure
    ledger explains (architecture, invariant 6).
    """
    gone = list(records)
    for start in range(0, len(gone), 500):
        some = gone[start : start + 500]
        rows.delete(Finding, "record", some)
        rows.delete(ReporterItem, "record", some)
        rows.delete(Draft, "text", some)
        rows.delete(DraftFile, "name", some)
        rows.delete(DraftFile, "content", some)


def put_aside(*, now: datetime, actor: Actor) -> int:
    """Take tickets that hold nothing any more out of the queue and the bar; how many left the queue (mission S4.3).

    What is gone waits for nobody, and there is nothing left of it to look at.

    In the transaction of the sweep that emptied them. No decision about a person: there is nobody left in them.
    """
    tabs.close_empty(actor.desk)
    waiting = Ticket.objects.visible_to(actor).exclude(status=Status.CLOSED)
    handles = list(waiting.values_list("handle", flat=True))
    done = 0
    for start in range(0, len(handles), 500):
        some = handles[start : start + 500]
        empty = set(some) - vault.still_holding(actor.desk, some)
        done += waiting.filter(handle__in=empty).update(status=Status.CLOSED, closed_at=now, assignee=None)
    return done
