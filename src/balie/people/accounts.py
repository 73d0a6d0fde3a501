"""Accounts of staff: appointing, changing what they may do, ending."""

import secrets
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from argon2 import PasswordHasher
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from balie import evidence, register, vault
from balie.kernel import Actor, Conflict, Invalid, Refused, check, rows, sentence
from balie.kernel.prepared import prepared
from balie.people import rules
from balie.people.models import Account, Membership, Person
from balie.register import in_use

ROLES = frozenset({"agent", "privacy-officer", "administrator"})
SHORTEST_PASSWORD = 12
SHORTEST_ONE_TIME = 16  # RFC 4226, R6; with a shorter one no code is ever right
hasher = PasswordHasher()


@dataclass(frozen=True)
class Secrets:
    """What a new account signs in with, told once. one_time: the secret of the codes, as bytes."""

    password: str
    one_time: bytes


@transaction.atomic
def appoint(
    *,
    name: str,
    email: str,
    roles: Iterable[str],
    teams: Iterable[str],
    actor: Actor,
    password: str = "",
    one_time: bytes = b"",
) -> tuple[Account, Secrets]:
    """Make an account at the actor's desk, with name and address and nothing more (mission S0.6).

    Without password and one-time secret fresh ones are made. Raises Refused when the actor may not or the register declares no
    such data, Invalid for a missing name or address, a short password or an unknown role or team, Conflict for a known address.
    """
    check(rules.appoint(actor))
    roles, teams = sorted(set(roles)), sorted(set(teams))
    _fit(name, email, roles, teams, actor)
    lookup = vault.lookup(actor.desk, "account", email.strip().casefold())
    if Account.objects.filter(desk=actor.desk, lookup=lookup).exists():
        raise Conflict(sentence("There is an account with this address already."))
    keys = Secrets(password or secrets.token_urlsafe(12), one_time or secrets.token_bytes(20))
    _strong(keys)
    person = Person.objects.create(desk=actor.desk)
    account = Account(handle=person.handle, desk=actor.desk, lookup=lookup, roles=" ".join(roles))
    _put_away(account, name.strip(), email.strip(), keys, actor)
    account.save(force_insert=True)
    Membership.objects.bulk_create([Membership(account=account, team=team) for team in teams])
    evidence.record(
        "account.appointed",
        actor,
        account.handle,
        operation="record",
        about=[account.handle],
        activity=_uri(actor.desk),
    )
    return account, keys


@transaction.atomic
def end(account: Account, *, actor: Actor) -> None:
    """End an account: no sign-in from now on; its data go when the register says so. Raises Refused."""
    check(rules.end(actor))
    _of_this_desk(account, actor)
    account.ended_at = timezone.now()
    account.save(update_fields=["ended_at"])
    vault.start_clock(account.handle, "account.closed", on=account.ended_at, actor=actor)
    evidence.record("account.ended", actor, account.handle, operation="restrict", about=[account.handle])


def actor_of(account: Account) -> Actor:
    """The account as one who acts: its roles, and what its teams cover under the settings in force."""
    teams = register.in_force(account.desk).settings["teams"]
    covers = frozenset(cover for team in _teams(account) if team in teams for cover in teams[team]["covers"])
    since = in_use.reached_since(account.desk, covers)
    return Actor("staff", account.handle.hex, account.desk, account.role_set, covers, since)


def _teams(account: Account) -> list[str]:
    if account.known_teams is not None:
        return account.known_teams
    return [team for _, (team,) in rows.chosen(Membership, ("team",), where="account_id", handles=[account.handle])]


def account_of(actor: Actor) -> Account:
    """The account behind a member of staff. Raises Refused when it has ended."""
    found = _account.first(actor.desk, UUID(actor.handle)) if actor.kind == "staff" else None
    if found is None:
        raise Refused(sentence("Only a member of staff can do this."))
    return found


def staff(desk: str) -> list[Account]:
    """The accounts of a desk that have not ended, in the order in which they were made."""
    found, teams = _staff(desk), defaultdict[UUID, list[str]](list)
    for handle, (team,) in rows.chosen(Membership, ("team",), where="account_id", handles=[one.pk for one in found]):
        teams[handle].append(team)
    for one in found:
        one.known_teams = teams[one.pk]
    return found


def roles(desk: str, handles: Iterable[UUID]) -> dict[UUID, list[str]]:
    """The roles of accounts, also of those that have ended; nothing of who they are."""
    known = Account.objects.filter(desk=desk, handle__in=set(handles))
    return {handle: roles.split() for handle, roles in known.values_list("handle", "roles")}


def names(handles: Iterable[UUID], reading: vault.Reading) -> dict[UUID, str]:
    """The names of members of staff by account, opened through a reading; one that is gone is left out."""
    known = dict(Account.objects.filter(desk=reading.actor.desk, handle__in=set(handles)).values_list("handle", "name"))
    opened = reading.open(known.values())
    return {handle: text for handle, name in known.items() if isinstance(text := opened.get(name), str)}


@prepared
def _account(desk: str, handle: UUID) -> QuerySet[Account]:
    return Account.objects.filter(desk=desk, handle=handle, ended_at=None)


@prepared
def _staff(desk: str) -> QuerySet[Account]:
    return Account.objects.filter(desk=desk, ended_at=None).order_by("began_at")


def forget_ended(desk: str) -> int:
    """Drop the look-up of ended accounts whose data are gone, so that nothing tells any more whose they were; how many."""
    ended = Account.objects.filter(desk=desk, ended_at__isnull=False)
    known = [one for one in ended if bytes(one.lookup) != one.handle.bytes]
    kept = {one.held_by for one in vault.describe(desk, held_by=[one.handle for one in known])}
    gone = [one for one in known if one.handle not in kept]
    for one in gone:
        one.lookup = one.handle.bytes
    return Account.objects.bulk_update(gone, ["lookup"]) if gone else 0


def _put_away(account: Account, name: str, email: str, keys: Secrets, actor: Actor) -> None:
    place = register.home_of(register.in_force(actor.desk), "sign-in-secret", holder="account")

    def item(word: str, value: str | bytes) -> vault.Item:
        return vault.Item(
            place.activity, place.people, word, value, "account", account.handle, (account.handle,), "staff"
        )

    account.name, account.email, account.password, account.one_time = vault.put(
        [
            item("name", name),
            item("email", email),
            item("sign-in-secret", hasher.hash(keys.password)),
            item("sign-in-secret", keys.one_time.hex()),
        ],
        actor=actor,
    )


def _fit(name: str, email: str, roles: list[str], teams: list[str], actor: Actor) -> None:
    known = register.in_force(actor.desk).settings["teams"]
    if not name.strip() or "@" not in email:
        raise Invalid(sentence("Staff have a name and an e-mail address: give both."), clause="13(2)(e)")
    if unknown := [role for role in roles if role not in ROLES]:
        raise Invalid(sentence("«{role}» is no role; there are {roles}.", role=unknown[0], roles=sorted(ROLES)))
    if unknown := [team for team in teams if team not in known]:
        raise Invalid(
            sentence("«{team}» is no team of this desk; there are {teams}.", team=unknown[0], teams=sorted(known))
        )


def _strong(keys: Secrets) -> None:
    if len(keys.password) < SHORTEST_PASSWORD:
        raise Invalid(sentence("A password has {least} signs or more.", least=SHORTEST_PASSWORD))
    if len(keys.one_time) < SHORTEST_ONE_TIME:
        raise Invalid(sentence("The secret of one-time codes has {least} bytes or more.", least=SHORTEST_ONE_TIME))


def _of_this_desk(account: Account, actor: Actor) -> None:
    if account.desk != actor.desk:
        raise Refused(sentence("There is no such account."))


def _uri(desk: str) -> str:
    version = register.in_force(desk)
    return version.uri(register.home_of(version, "sign-in-secret", holder="account").activity)


def is_known(desk: str, lookup: bytes) -> bool:
    """Whether an account has, or had until its data went, the address of this look-up."""
    return Account.objects.filter(desk=desk, lookup=lookup).exists()


def is_called(name: str, *, actor: Actor) -> bool:
    """Whether a member of the staff of the actor's desk has exactly this name. No name is opened for it."""
    held_by = {found.held_by for found in vault.find(actor, "name", name, limit=10_000)}
    return bool(held_by) and Account.objects.filter(desk=actor.desk, ended_at=None, handle__in=held_by).exists()
