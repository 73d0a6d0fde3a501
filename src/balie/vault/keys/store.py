"""Making, opening and destroying keys. A key is durable before it is used, and destroyed only after its record has gone."""

import os
import secrets
import threading
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import OperationalError, connections, transaction
from django.db.models import Count, Max, Sum
from django.utils import timezone

from balie.kernel import Invalid, sentence
from balie.vault.keys import master
from balie.vault.keys.models import DeskKey, RecordKey

BATCH = 512  # keys made ahead in one durable commit
_NONCE = 12
_FETCH = "SELECT id, desk, sealed FROM keys_recordkey WHERE id IN ({places}) AND sealed IS NOT NULL"
_DESTROY = "UPDATE keys_recordkey SET sealed = NULL, destroyed_at = %s WHERE id = %s AND sealed IS NOT NULL"


class _Pool:
    """Keys of this process that are durable and not yet used."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.ready: dict[str, deque[tuple[int, bytes]]] = defaultdict(deque)


_pool = _Pool()
os.register_at_fork(after_in_child=_pool.ready.clear)  # a key is used once: what was made ahead stays its parent's


def open_desk(desk: str) -> None:
    """Give a desk its root key, once. Raises Invalid when the master key is missing or is not the one of this store."""
    check_master_key()  # it must fit the store before it seals more
    wrapping = AESGCM(master.key())
    if not DeskKey.objects.filter(desk=desk).exists():
        DeskKey.objects.create(desk=desk, sealed=_sealed(wrapping, secrets.token_bytes(32), desk))


def check_master_key() -> None:
    """Raise Invalid when the master key is missing, unfit, or not the one with which the desks' keys were sealed."""
    wrapping = AESGCM(master.key())
    for known in DeskKey.objects.all()[:1]:
        _unsealed(wrapping, bytes(known.sealed), known.desk)


@cache
def root_key(desk: str) -> bytes:
    """A desk's root key, 32 bytes. Raises Invalid when the desk has none or the master key does not fit."""
    try:
        row = DeskKey.objects.get(desk=desk)
    except DeskKey.DoesNotExist as missing:
        raise Invalid(sentence("The desk «{desk}» has no key yet: run `balie init`.", desk=desk)) from missing
    return _unsealed(AESGCM(master.key()), bytes(row.sealed), desk)


@cache
def derived(desk: str, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose of one desk, from its root key (HKDF, RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(root_key(desk))


@cache
def _wrapping(desk: str) -> AESGCM:
    return AESGCM(derived(desk, "record keys"))


def take(desk: str, count: int) -> list[tuple[int, bytes]]:
    """So many fresh keys as (number, 32 bytes), each durable in the key store already."""
    with _pool.lock:
        ready = _pool.ready[desk]
        if len(ready) < count:
            ready.extend(_mint(desk, max(BATCH, count)))
        return [ready.popleft() for _ in range(count)]


def _mint(desk: str, count: int) -> list[tuple[int, bytes]]:
    fresh = [secrets.token_bytes(32) for _ in range(count)]
    wrapping = _wrapping(desk)
    with transaction.atomic(using="keys"):
        rows = RecordKey.objects.bulk_create(
            [RecordKey(desk=desk, sealed=_sealed(wrapping, one, desk)) for one in fresh], batch_size=BATCH
        )
    return [(row.pk, one) for row, one in zip(rows, fresh, strict=True)]


def fetch(numbers: Iterable[int]) -> dict[int, bytes]:
    """The living keys among these, by number; a destroyed or unknown one is simply not there."""
    wanted = [int(number) for number in numbers]
    found: dict[int, bytes] = {}
    with connections["keys"].cursor() as cursor:
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            cursor.execute(_FETCH.format(places=", ".join(["%s"] * len(some))), some)
            for number, desk, sealed in cursor.fetchall():
                found[number] = _unsealed(_wrapping(desk), bytes(sealed), desk)
    return found


def destroy(numbers: Iterable[int]) -> None:
    """Destroy keys and what the key file's log still holds of them. Safe to repeat.

    Raises OperationalError when a reader kept the log from being truncated; the keys are gone from the table then,
    and repeating finishes the log.
    """
    now = connections["keys"].ops.adapt_datetimefield_value(timezone.now())
    with transaction.atomic(using="keys"), connections["keys"].cursor() as cursor:
        cursor.executemany(_DESTROY, [(now, number) for number in numbers])
    truncate_log()


def truncate_log() -> None:
    """Empty the write-ahead log of the key store, so that no destroyed key is left in it (SQLite)."""
    connection = connections["keys"]
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:
        raise OperationalError("the log of the key store is in use")


def destroyed() -> tuple[int, int]:
    """How many keys have been destroyed, and the sum of their numbers: what the ledger must agree with."""
    found = RecordKey.objects.filter(destroyed_at__isnull=False).aggregate(count=Count("pk"), numbers=Sum("pk"))
    return found["count"], found["numbers"] or 0


def living(numbers: Iterable[int], *, desk: str | None = None) -> set[int]:
    """Which of these keys still live; desk: only those of one desk."""
    wanted = list(numbers)
    found: set[int] = set()
    for start in range(0, len(wanted), 500):
        rows = RecordKey.objects.filter(pk__in=wanted[start : start + 500], sealed__isnull=False)
        found.update((rows.filter(desk=desk) if desk else rows).values_list("pk", flat=True))
    return found


def known(numbers: Iterable[int]) -> set[int]:
    """Which of these numbers the store has ever given out, as far as it remembers: living or destroyed."""
    wanted = list(numbers)
    found: set[int] = set()
    for start in range(0, len(wanted), 500):
        found.update(RecordKey.objects.filter(pk__in=wanted[start : start + 500]).values_list("pk", flat=True))
    return found


def bury(desk: str, numbers: Iterable[int]) -> None:
    """Note numbers as destroyed that an older store does not know: a number that is given out twice would open nothing."""
    wanted = list(numbers)
    unknown, now = set(wanted) - known(wanted), timezone.now()
    RecordKey.objects.bulk_create(
        [RecordKey(pk=number, desk=desk, sealed=None, destroyed_at=now) for number in sorted(unknown)], batch_size=500
    )


def highest() -> int:
    """The number of the youngest key; 0 before there is one."""
    return RecordKey.objects.aggregate(highest=Max("pk"))["highest"] or 0


def all_living(desk: str) -> Iterator[int]:
    """The numbers of a desk's living keys, read in slices: a long look would keep the log from being emptied."""
    last, rows = 0, RecordKey.objects.filter(desk=desk, sealed__isnull=False).order_by("pk")
    while some := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:20_000]):
        yield from some
        last = some[-1]


def forget() -> None:
    """Drop what this process holds of keys: after a fork, a restore, or between tests."""
    with _pool.lock:
        _pool.ready.clear()
    for held in (master.key, root_key, derived, _wrapping):
        held.cache_clear()


def _sealed(wrapping: AESGCM, key: bytes, desk: str) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + wrapping.encrypt(nonce, key, desk.encode())


def _unsealed(wrapping: AESGCM, sealed: bytes, desk: str) -> bytes:
    try:
        return wrapping.decrypt(sealed[:_NONCE], sealed[_NONCE:], desk.encode())
    except InvalidTag as wrong:
        raise Invalid(
            sentence(
                "This master key is not the one with which the data were sealed: take the right one; nothing was changed."
            )
        ) from wrong
