"""Presence: who else has a ticket before them, and who writes on it. True for a minute; it stands in no log."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from balie.desk import rules
from balie.desk.models import Message, Presence, Ticket
from balie.kernel import Actor, Invalid, check, sentence
from balie.kernel.prepared import prepared
from balie.people.models import Account

LASTS = timedelta(seconds=60)
NO_NEWS = timedelta(seconds=5)  # so soon after the last time nothing is written
WRITING = ("", Message.Kind.ANSWER, Message.Kind.NOTE)


@dataclass(frozen=True)
class Other:
    """Somebody else at the same ticket. writing: `answer`, `note`, or empty for one who looks."""

    account: Account
    writing: str


def seen(ticket: Ticket, actor: Actor, *, writing: str | None = None, now: datetime | None = None) -> None:
    """The actor has this ticket before them now, and writes on it: `answer`, `note`, or empty for looking only.

    None keeps what is known of the writing. Told again within five seconds without news nothing is written. In no evidence: that
    somebody looked is there already, and this row is gone within two minutes. Raises Refused for who does not see the ticket.
    """
    check(rules.look(ticket, actor))
    if writing is not None and writing not in WRITING:
        raise Invalid(sentence("«{kind}» is nothing that an agent writes: an answer or a note.", kind=writing))
    at, account = now or timezone.now(), UUID(actor.handle)
    known = _mine.first(ticket.pk, account)
    fresh = known is not None and known.at > at - LASTS
    told = (known.writing if known and fresh else "") if writing is None else writing
    if known is not None and known.writing == told and at - known.at < NO_NEWS:
        return
    Presence.objects.bulk_create(
        [Presence(ticket=ticket, account_id=account, writing=told, at=at)],
        update_conflicts=True,
        unique_fields=["ticket", "account"],
        update_fields=["writing", "at"],
    )


def others(ticket: Ticket, actor: Actor, *, now: datetime | None = None) -> list[Other]:
    """Who else is at the ticket: those who write first, then by when they came. Their names are opened by whoever shows them."""
    at = now or timezone.now()
    there = [Other(row.account, row.writing) for row in _others(ticket.pk, at - LASTS, UUID(actor.handle))]
    return sorted(there, key=lambda one: not one.writing)


def word(number: int, actor: Actor, *, now: datetime | None = None) -> str:
    """Who else is at the ticket of this number as one word, by which a page tells whether it shows them already; empty for nobody.

    Asked every few seconds for every open page, so by hand. Nothing is opened for it, and it names nobody to whoever does not
    have the page.
    """
    at = (now or timezone.now()) - LASTS
    with connection.cursor() as cursor:
        cursor.execute(_THERE, [actor.desk, number])
        there = [(_hex(account), writing) for account, writing, when in cursor.fetchall() if _moment(when) > at]
    return ".".join(sorted(f"{account[-8:]}{writing[:1]}" for account, writing in there if account != actor.handle))


def left(ticket: Ticket, actor: Actor) -> None:
    """The actor went to something else."""
    Presence.objects.filter(ticket=ticket, account=UUID(actor.handle)).delete()


def forget_old(now: datetime) -> int:
    """Drop who was there more than a minute ago; how many."""
    return Presence.objects.filter(at__lte=now - LASTS).delete()[0]


@prepared
def _mine(ticket: UUID, account: UUID) -> QuerySet[Presence]:
    return Presence.objects.filter(ticket=ticket, account=account)


@prepared
def _others(ticket: UUID, since: datetime, account: UUID) -> QuerySet[Presence]:
    there = Presence.objects.filter(ticket=ticket, at__gt=since, account__ended_at=None)
    return there.exclude(account=account).select_related("account").order_by("pk")


_THERE = f"""SELECT p.account_id, p.writing, p.at FROM "{Presence._meta.db_table}" p
             JOIN "{Ticket._meta.db_table}" t ON t.handle = p.ticket_id WHERE t.desk = %s AND t.number = %s"""  # noqa: S608 - our own names


def _hex(stored: UUID | str) -> str:
    return stored.hex if isinstance(stored, UUID) else stored


def _moment(stored: datetime | str) -> datetime:
    moment = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
