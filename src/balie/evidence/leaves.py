"""What the tree is made of: a record of fixed size an entry, that stays when the entry goes and says when it may go."""

import struct

_FORM = struct.Struct(">BBI32s")
_VERSION = 1
_KINDS = {"act": 1, "look": 2}


def leaf(kind: str, expires: int, commitment: bytes) -> bytes:
    """Format version, kind, the day on which the entry may go (counted from 1970-01-01), the commitment to its body."""
    return _FORM.pack(_VERSION, _KINDS[kind], expires, bytes(commitment))
