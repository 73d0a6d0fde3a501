"""Persons: recognised by an address or number that the desk holds, else met for the first time."""

from balie import vault
from balie.kernel import Actor, rows
from balie.people.models import Account, Person


def recognise(item: str, value: str, *, actor: Actor) -> Person:
    """The person whom this address or number belongs to at the actor's desk, or a new one. In the caller's transaction.

    Staff who write in from their own address are a person of their own as requesters: what they ask is not their file.
    """
    found = vault.find(actor, item, value, limit=5) if value else []
    known = vault.about(actor.desk, [one.handle for one in found]) if found else []
    requesters = Person.objects.filter(desk=actor.desk, handle__in=known).exclude(
        handle__in=Account.objects.values("handle")
    )
    return (requesters.first() if known else None) or _met(actor.desk)


def _met(desk: str) -> Person:
    person = Person(desk=desk)
    rows.insert([person])
    return person


def forget_unheld(desk: str) -> int:
    """Drop persons about whom nothing is kept any more; how many."""
    met = Person.objects.filter(desk=desk).exclude(handle__in=Account.objects.values("handle"))
    handles, gone = list(met.values_list("handle", flat=True)), 0
    for start in range(0, len(handles), 500):
        some = set(handles[start : start + 500])
        gone += (
            Person.objects.filter(handle__in=some - vault.known_about(desk, some)).delete()[1].get("people.Person", 0)
        )
    return gone


def known(desk: str) -> int:
    """How many persons a desk keeps anything about, its staff among them."""
    return Person.objects.filter(desk=desk).count()
