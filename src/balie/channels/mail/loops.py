"""Mail that goes round in circles: told by the servers that it passed, by ids of our own, by an address of our own."""

import re
from uuid import UUID

from balie import post, register

MOST_HOPS = 100  # after which a mail is going round and not on its way (RFC 5321 6.3)
MANY_HOPS = 50  # more than any mail needs: it is taken in, and nothing is answered to it by itself

_HEAD = 1024 * 1024
_OURS = re.compile(r"(?:^|\.)([0-9a-f]{32})@")


def hops(raw: bytes) -> int:
    """How many servers say that a mail passed them."""
    head = re.split(rb"\r?\n\r?\n", raw[:_HEAD], maxsplit=1)[0]
    return len(re.findall(rb"(?im)^received:", head))


def is_ours(desk: str, sender: str, message_id: str) -> bool:
    """Whether a mail that comes in went out from this desk: it has the desk's own address, or an id that the outbox gave."""
    local, _, domain = sender.casefold().rpartition("@")
    own = register.mail_address(register.in_force(desk)).casefold()
    if own and f"{local.partition('+')[0]}@{domain}" == own:
        return True
    found = _OURS.search(message_id.lower())
    return found is not None and post.listed(desk).filter(handle=UUID(found[1])).exists()
