"""Signing in: address and password first, a one-time code second; who guesses waits, and only the one who guesses."""

import math
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from argon2.exceptions import InvalidHashError, VerificationError
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import transaction
from django.utils import timezone

from balie import evidence, vault
from balie.kernel import Actor, Refused, sentence
from balie.people.accounts import hasher
from balie.people.models import Account, FailedSignIn
from balie.people.sessions import SessionStore

STEP = 30  # seconds for which a code holds (RFC 6238)
FREE_TRIES = 5
LONGEST_WAIT = timedelta(minutes=15)


def present(desk: str, *, email: str, password: str, source: str, now: datetime | None = None) -> UUID:
    """The first half: the handle of the account whose address and password these are.

    source: where the attempt comes from (an address of the network), kept only as a keyed hash together with the account, for
    a quarter of an hour. Another source is never held up by this one's guessing, so nobody can lock another out. Raises
    Refused with one and the same sentence for an unknown address and a wrong password.
    """
    lookup = vault.lookup(desk, "account", email.strip().casefold())
    mark = _mark(desk, lookup, source)
    _wait(mark, now or timezone.now())
    account = Account.objects.filter(desk=desk, lookup=lookup, ended_at=None).first()
    if not _fits(account, password):
        _count(desk, mark, now or timezone.now())
        raise Refused(sentence("Address or password is not right. Try again."))
    assert account is not None
    return account.handle


def confirm(desk: str, handle: UUID, *, code: str, source: str, now: datetime | None = None) -> Account:
    """The second half: the account, signed in, if the one-time code is right and new. Raises Refused otherwise.

    A code holds for its half minute, the one before and the one after (clocks differ), and serves once.
    """
    now = now or timezone.now()
    account = Account.objects.filter(desk=desk, handle=handle, ended_at=None).first()
    if account is None:
        raise Refused(sentence("This account has ended."))
    mark = _mark(desk, bytes(account.lookup), source)
    _wait(mark, now)
    period = _period_of(account, code.replace(" ", ""), now)
    if period is None or not _signed_in(account, period, mark):
        _count(desk, mark, now)
        raise Refused(sentence("This code is not right, or was used already. Take the next one."))
    return account


def sign_out(desk: str, handle: UUID) -> None:
    """Write down that somebody went; the door ends the session."""
    with transaction.atomic():
        evidence.record("account.signed-out", Actor("staff", handle.hex, desk), handle, operation="use", about=[handle])


def code_of(secret: bytes, now: datetime) -> str:
    """The one-time code of a moment: six digits."""
    return _totp(secret).generate(int(now.timestamp())).decode()


def forget_old_failures(now: datetime) -> int:
    """Drop what is known of failed attempts a quarter of an hour after their wait has passed; how many."""
    gone, _ = FailedSignIn.objects.filter(until__lte=now - LONGEST_WAIT).delete()
    return gone


@transaction.atomic
def _signed_in(account: Account, period: int, mark: bytes) -> bool:
    """Use the code of a period, once, and write down that somebody came; False when it was used already."""
    if not Account.objects.filter(handle=account.handle, last_code__lt=period).update(last_code=period):
        return False
    FailedSignIn.objects.filter(mark=mark).delete()
    actor = Actor("staff", account.handle.hex, account.desk)
    evidence.record("account.signed-in", actor, account.handle, operation="use", about=[account.handle])
    return True


def forget_old_sessions() -> None:
    """Drop sessions that are over by their age: a browser that is closed leaves its row behind (invariant 3)."""
    SessionStore.clear_expired()


def _fits(account: Account | None, password: str) -> bool:
    known = _secret(account, account.password) if account else _nobody()
    try:
        return hasher.verify(known, password) and account is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    """A hash to compare with when there is no account, so that the answer takes as long."""
    return hasher.hash("nobody has this password")


def _secret(account: Account, handle: UUID | None) -> str:
    return vault.Reading(Actor.system("set-up", account.desk), "account.checked").text(handle)


def _period_of(account: Account, code: str, now: datetime) -> int | None:
    secret = bytes.fromhex(_secret(account, account.one_time))
    for drift in (0, -1, 1):
        moment = int(now.timestamp()) + drift * STEP
        try:
            _totp(secret).verify(code.encode(), moment)
        except (InvalidToken, ValueError):
            continue
        return moment // STEP
    return None


def _totp(secret: bytes) -> TOTP:
    return TOTP(secret, 6, SHA1(), STEP)  # noqa: S303 - RFC 6238's own, as every authenticator expects


def _mark(desk: str, lookup: bytes, source: str) -> bytes:
    return vault.lookup(desk, "failed sign-in", f"{lookup.hex()} {source}")


def _wait(mark: bytes, now: datetime) -> None:
    row = FailedSignIn.objects.filter(mark=mark, count__gte=FREE_TRIES, until__gt=now).first()
    if row is not None:
        minutes = max(1, math.ceil((row.until - now).total_seconds() / 60))
        raise Refused(
            sentence("Too many wrong tries from here. Try again in {minutes} min, or from elsewhere.", minutes=minutes)
        )


def _count(desk: str, mark: bytes, now: datetime) -> None:
    row, _ = FailedSignIn.objects.get_or_create(mark=mark, defaults={"desk": desk, "count": 0, "until": now})
    row.count = 1 if row.until + LONGEST_WAIT <= now else row.count + 1
    row.until = now + _pause(row.count)
    row.save()


def _pause(count: int) -> timedelta:
    """How long whoever failed so often waits: a minute, two, four …, a quarter of an hour at most."""
    doubled = min(max(count - FREE_TRIES, 0), 4)  # more doublings than that have no number of minutes in the end
    return min(timedelta(minutes=2**doubled), LONGEST_WAIT) if count >= FREE_TRIES else timedelta(0)
