"""Putting things away in a few words, at the desks that come with the product."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from balie import register, vault
from balie.kernel import handles

PLACES = {"publications": ("service-desk", "reporter"), "citizens-advice": ("advice", "requester")}
OFF_LIMITS = "Aurelia Quintessa-Verholt"  # no word of it stands anywhere by chance


def item(
    cast: Any,
    word: str,
    value: str | bytes,
    *,
    held_by: UUID | None = None,
    about: tuple[UUID, ...] = (),
    source: str = "person",
    holder: str = "ticket",
    not_before: date | None = None,
    unsearched: tuple[tuple[int, int], ...] = (),
) -> vault.Item:
    activity, people = PLACES[cast.desk]
    held_by = held_by or handles.new()
    return vault.Item(activity, people, word, value, holder, held_by, about, source, not_before, unsearched)


def put(
    cast: Any,
    word: str,
    value: str | bytes,
    *,
    at: datetime | None = None,
    facts: register.Facts | None = None,
    **more: Any,
) -> UUID:
    """One thing, put away by the door."""
    with transaction.atomic():
        (handle,) = vault.put([item(cast, word, value, **more)], actor=cast.door, at=at, facts=facts)
    return handle


def read(actor: Any, *wanted: UUID) -> list[Any]:
    """What an actor gets to see of these records; None for what is not there."""
    opened = vault.Reading(actor, "ticket.looked-at").open(wanted)
    return [opened.get(one) for one in wanted]
