"""Handles: names of things that mean nothing by themselves, ordered by time so that indexes stay small."""

import secrets
import time
from uuid import UUID


def new() -> UUID:
    """A fresh handle in the form of RFC 9562 version 7: 48 bits of milliseconds, 74 of chance."""
    millis = time.time_ns() // 1_000_000
    bits = (millis & (2**48 - 1)) << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
    return UUID(int=bits)
