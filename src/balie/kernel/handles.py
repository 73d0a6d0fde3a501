"""Handles: names of things that mean nothing by themselves, ordered by time so that indexes stay small."""

import secrets
import threading
import time
from datetime import datetime
from uuid import UUID

_lock = threading.Lock()
_last = 0


def new() -> UUID:
    """A fresh handle in the form of RFC 9562 version 7: 48 bits of milliseconds, 12 that count within one, 62 of chance.

    Within a process each is greater than the one before.
    """
    moment = _next(time.time_ns() // 1_000_000 << 12)
    bits = (moment >> 12) << 80 | 0x7 << 76 | (moment & 0xFFF) << 64 | 0b10 << 62 | secrets.randbits(62)
    return UUID(int=bits)


def at(moment: datetime) -> UUID:
    """The least handle of a moment: those made before it are smaller, those made later greater. Names nothing."""
    return UUID(int=int(moment.timestamp() * 1000) << 80 | 0x7 << 76 | 0b10 << 62)


def _next(moment: int) -> int:
    global _last
    with _lock:
        _last = max(moment, _last + 1)
        return _last
