"""Arrivals: mail is sealed and durable before the sender is told so, and a second copy is noticed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from balie import evidence, jobs, register, vault
from balie.desk.models import Arrival
from balie.kernel import Actor, Refused, handles, rows, sentence

REMEMBERED = timedelta(days=7)


@dataclass(frozen=True)
class Delivery:
    """One mail as a door got it. sender, recipients: of the envelope. raw: the bytes of the message. due: when it may be read
    at the earliest; at once when nothing is said."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    due: datetime | None = None


@transaction.atomic
def take_in(deliveries: Sequence[Delivery], *, actor: Actor) -> list[UUID]:
    """Seal mails for the actor's desk and leave a row for each to be read; their handles, in order.

    When this returns and the transaction is committed, each is kept: the door may say so. A mail that came within a week
    already (same envelope, same bytes) gets the handle of the first and is not kept twice. Raises Refused when the register
    does not declare that mail is kept. (architecture, invariant 9)
    """
    marks = [_fingerprint(actor.desk, one) for one in deliveries]
    known = {
        bytes(row.fingerprint): row.handle for row in Arrival.objects.filter(desk=actor.desk, fingerprint__in=marks)
    }
    fresh: dict[bytes, Delivery] = {}
    for mark, delivery in zip(marks, deliveries, strict=True):
        if mark not in known:
            fresh.setdefault(mark, delivery)
    known |= _keep(fresh, actor) if fresh else {}
    return [known[mark] for mark in marks]


def opened(arrivals: Sequence[Arrival]) -> list[Delivery]:
    """The mails of one desk again, for reading, in order. Raises Refused when the term of one has passed."""
    if not arrivals:
        return []
    reading = vault.Reading(Actor.system("receive", arrivals[0].desk), "mail.read")
    values = reading.open([one.raw for one in arrivals])
    return [_delivery(values.get(one.raw)) for one in arrivals]


def _delivery(value: object) -> Delivery:
    if not isinstance(value, bytes):
        raise Refused(sentence("This mail has been erased under its term."))
    head, _, raw = value.partition(b"\0\n")
    sender, *recipients = head.decode("utf-8", "surrogateescape").split("\n")
    return Delivery(sender, tuple(recipients), raw)


def forget_old(now: datetime) -> int:
    """Drop arrivals whose week is over; how many. Their mail went at its own term."""
    gone, _ = Arrival.objects.filter(at__lt=now - REMEMBERED, read_at__isnull=False).delete()
    return gone


def _keep(fresh: dict[bytes, Delivery], actor: Actor) -> dict[bytes, UUID]:
    version = register.in_force(actor.desk)
    activity = register.mail_activity(version)
    people = register.writers(version, activity)
    made = [
        Arrival(handle=handles.new(), desk=actor.desk, fingerprint=mark, at=timezone.now(), size=len(delivery.raw))
        for mark, delivery in fresh.items()
    ]
    raws = vault.put(
        [
            vault.Item(activity, people, "raw-message", _sealed_form(delivery), "ticket", row.handle)
            for row, delivery in zip(made, fresh.values(), strict=True)
        ],
        actor=actor,
        version=version,
    )
    for row, raw in zip(made, raws, strict=True):
        row.raw = raw
    rows.insert(made)
    for row, delivery in zip(made, fresh.values(), strict=True):
        jobs.add("mail.read", due=delivery.due, arrival=row.handle.hex, desk=actor.desk)
        evidence.record(
            "mail.accepted",
            actor,
            row.handle,
            operation="collect",
            activity=version.uri(activity),
            facts={"channel": "mail"},
        )
    return {bytes(row.fingerprint): row.handle for row in made}


def _sealed_form(delivery: Delivery) -> bytes:
    envelope = "\n".join((delivery.sender, *delivery.recipients))
    return envelope.encode("utf-8", "surrogateescape") + b"\0\n" + delivery.raw


def _fingerprint(desk: str, delivery: Delivery) -> bytes:
    whole = _sealed_form(delivery).decode("latin-1")
    return vault.lookup(desk, "arrival", whole)
