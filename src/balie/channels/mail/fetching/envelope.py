"""The envelope of a mail that was fetched: its own server wrote it into the head, or it is the desk's address."""

from collections.abc import Sequence
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses

from balie import register
from balie.desk.arrivals import Delivery
from balie.desk.mailboxes import Connection

HEAD = 256 * 1024  # bytes in which an envelope is looked for


def delivery(raw: bytes, connection: Connection) -> Delivery:
    """The mail with its envelope.

    Recipients: the topmost field that the settings trust, then every address of the desk in To and Cc (a secret word behind a
    plus is proof by itself), else the desk's address. Sender: Return-Path, which is empty when a machine wrote; else From.
    """
    head = BytesHeaderParser().parsebytes(raw[:HEAD])
    own = register.mail_address(register.in_force(connection.desk))
    trusted = head.get_all(connection.recipient_from, [])[:1] if connection.recipient_from else []
    named = _addresses(trusted, head.get_all("to", []), head.get_all("cc", []))
    ours = tuple(dict.fromkeys(address for address in named if _is(address, own)))
    return Delivery(_sender(head), ours or (own,), raw)


def _sender(head: Message) -> str:
    path = head.get_all("return-path", [])[:1]
    addresses = _addresses(path or head.get_all("from", []))
    return addresses[0] if addresses else ""


def _addresses(*fields: Sequence[object]) -> list[str]:
    """The bare addresses of some fields, in order; what is none is left out, and so is what would break an envelope."""
    texts = [str(text) for field in fields for text in field]
    return [address for _, address in getaddresses(texts) if "@" in address and address.isprintable()]


def _is(address: str, own: str) -> bool:
    """Whether it is the desk's address, with or without a word behind a plus."""
    local, _, domain = address.casefold().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}" == own.casefold()
