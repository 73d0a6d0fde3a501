"""Forgetting: when what a ticket held is erased, what the ticket knows of its contents goes as well."""

from collections.abc import Iterable
from uuid import UUID

from balie.desk.models import Draft, Finding, ReporterItem


def forget(records: Iterable[UUID]) -> None:
    """Drop the rows that say something about records that are erased: what was recognised where, who wrote what down, drafts.

    In the transaction in which the records go. Messages and attachments stay as places in the conversation, which the erasure
    ledger explains (architecture, invariant 6).
    """
    gone = list(records)
    for start in range(0, len(gone), 500):
        some = gone[start : start + 500]
        Finding.objects.filter(record__in=some).delete()
        ReporterItem.objects.filter(record__in=some).delete()
        Draft.objects.filter(text__in=some).delete()
