"""Who is at work: a name for each process, so that what a crash left behind is known at once."""

import os
import secrets
import socket

_nonce = ""


def _begin() -> None:
    global _nonce
    _nonce = secrets.token_hex(4)


_begin()
os.register_at_fork(after_in_child=_begin)


def me() -> str:
    """This process, as claims name it: host, process number, and a word of chance, since numbers come back."""
    return f"{_host()}:{os.getpid()}:{_nonce}"


def is_gone(worker: str) -> bool:
    """Whether that process ran on this machine and no longer does. Of other machines nothing is known: False."""
    host, _, rest = worker.rpartition(":")[0].rpartition(":")
    if host != _host() or worker == me():
        return False
    number = int(rest)
    return number == os.getpid() or not _runs(number)


def _host() -> str:
    return socket.gethostname()[:80].replace(" ", "-")


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
