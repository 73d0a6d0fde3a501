"""DKIM signatures (RFC 6376, 8301, 8463): what a mail was signed for, and whether that still holds.

The keys come from whoever calls; nothing here asks the network. An own reading of the form over an audited library's
mathematics, since what is offered for it takes unbounded time on hostile mail.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from balie.channels.mail.provenance import canonical, domains

HEAD = 256 * 1024  # bytes
FIELDS = 1000
LONGEST = 10_000  # bytes of one signature
MOST = 10  # signatures that are read

# Bits of a key: fewer proves nothing (RFC 8301), more only takes time.
_BITS = range(1024, 8193)
_END = re.compile(rb"\r?\n\r?\n")
_NAME = re.compile(rb"([!-9;-~]+)[ \t]*:")
_TAG = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_DOMAIN = re.compile(
    r"(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)*[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
)
_OWN_VALUE = re.compile(rb"((?:^|;)[ \t\r\n]*b[ \t\r\n]*=)[^;]*")
_SPACE = re.compile(r"[ \t\r\n]+")

Keys = Callable[[str], Sequence[bytes]]


class Unfit(Exception):  # noqa: N818  says it better than UnfitError
    """A signature that does not hold; `word` is the result's word in RFC 8601."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature of a mail, as it says of itself. own: its field as it stands, which it signs too."""

    domain: str
    selector: str
    tags: Mapping[str, str]
    own: tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Signed:
    """A mail as its signatures see it: its fields in their order, its body, and the signatures that can be read."""

    fields: tuple[tuple[bytes, bytes], ...]
    body: bytes
    signatures: tuple[Signature, ...]
    unread: int = 0  # signatures that do not have the form of one


def read(raw: bytes) -> Signed:
    """A mail and its signatures; any bytes have an answer, at most that there is none."""
    end = _END.search(raw, 0, HEAD)
    head, body = (raw[: end.start()], raw[end.end() :]) if end else (raw, b"")
    fields = _fields(canonical.lines_ended(head)) if len(head) <= HEAD else ()
    found = [one for one in fields if one[0].lower() == b"dkim-signature"][:MOST]
    read_ = [signature for one in found if (signature := _signature(*one)) is not None]
    return Signed(fields, canonical.lines_ended(body) if read_ else b"", tuple(read_), len(found) - len(read_))


def verify(mail: Signed, one: Signature, keys: Keys, now: datetime) -> None:
    """Return when a signature holds; raise Unfit with the word of RFC 8601 when it does not.

    keys: the texts that the name system has under a name; it raises what it wants when it cannot be asked.
    """
    algorithm = _fit(one, now)
    over_header, over_body = _forms(one)
    key, flags = _key(keys(f"{one.selector}._domainkey.{one.domain}"), algorithm)
    if "s" in flags and _identity(one) != one.domain:
        raise Unfit("permerror")
    if "y" in flags:  # a domain that is trying it out asks for its signatures not to count
        raise Unfit("neutral")
    body = canonical.body(mail.body, over_body)
    if one.tags.get("l", str(len(body))) != str(len(body)):  # what stands behind the signed length could be anybody's
        raise Unfit("policy")
    if hashlib.sha256(body).digest() != _bytes(one.tags["bh"]):
        raise Unfit("fail")
    _hold(key, _bytes(one.tags["b"]), _header_data(mail, one, over_header))


def _fields(head: bytes) -> tuple[tuple[bytes, bytes], ...]:
    """Each field's name and what stands behind its colon, folded as it came."""
    found: list[tuple[bytes, list[bytes]]] = []
    for line in head.split(b"\r\n")[:4000]:
        match = _NAME.match(line)
        if line[:1] in (b" ", b"\t") and found:
            found[-1][1].append(line)
        elif match is not None and len(found) < FIELDS:
            found.append((line[: match.end() - 1], [line[match.end() :]]))
    return tuple((name, b"\r\n".join(lines)) for name, lines in found)


def _signature(name: bytes, value: bytes) -> Signature | None:
    tags = tags_of(value)
    if tags is None or {"v", "a", "b", "bh", "d", "h", "s"} - tags.keys() or tags["v"] != "1":
        return None
    domain, selector = domains.plain(tags["d"]), tags["s"]
    if not _DOMAIN.fullmatch(domain) or not _DOMAIN.fullmatch(selector) or len(domain) + len(selector) > 230:
        return None
    return Signature(domain, selector, tags, (name, value))


def tags_of(value: bytes) -> dict[str, str] | None:
    """A list of `name=value;`, white space taken out of what is no text; None when it is none, or names one twice."""
    if len(value) > LONGEST or not value.isascii():
        return None
    found: dict[str, str] = {}
    for piece in value.decode("ascii").split(";"):
        name, sign, text = piece.partition("=")
        if not piece.strip():
            continue
        if not sign or not _TAG.fullmatch(name.strip()) or name.strip() in found:
            return None
        found[name.strip()] = text.strip()
    return found


def _fit(one: Signature, now: datetime) -> str:
    """The kind of key that it asks for. Raises Unfit for what must not be accepted."""
    algorithm = {"rsa-sha256": "rsa", "ed25519-sha256": "ed25519"}.get(one.tags["a"])
    if algorithm is None:  # rsa-sha1 proves nothing any more (RFC 8301)
        raise Unfit("policy")
    signed = [name.strip().lower() for name in one.tags["h"].split(":")]
    identity = _identity(one)
    if "from" not in signed or len(signed) > FIELDS or not f".{identity}".endswith(f".{one.domain}"):
        raise Unfit("permerror")
    if one.tags.get("q", "dns/txt") != "dns/txt":
        raise Unfit("permerror")
    expires = one.tags.get("x", "")
    if expires and (not expires.isdigit() or len(expires) > 12 or int(expires) < now.timestamp()):
        raise Unfit("policy")
    return algorithm


def _identity(one: Signature) -> str:
    return domains.plain(one.tags.get("i", f"@{one.domain}").rpartition("@")[2])


def _forms(one: Signature) -> tuple[str, str]:
    over_header, _, over_body = one.tags.get("c", "simple/simple").partition("/")
    forms = over_header, over_body or "simple"
    if set(forms) - {"simple", "relaxed"}:
        raise Unfit("permerror")
    return forms


def _key(texts: Sequence[bytes], algorithm: str) -> tuple[RSAPublicKey | Ed25519PublicKey, frozenset[str]]:
    """The key and its flags. Raises Unfit for one that is missing, withdrawn, of another kind or too weak."""
    if len(texts) != 1:
        raise Unfit("permerror")
    tags = tags_of(texts[0])
    if tags is None or tags.get("v", "DKIM1") != "DKIM1" or not tags.get("p") or tags.get("k", "rsa") != algorithm:
        raise Unfit("permerror")
    hashes, services = _parts(tags.get("h", "sha256")), _parts(tags.get("s", "*"))
    if "sha256" not in hashes or not services & {"*", "email"}:
        raise Unfit("permerror")
    return _public(_bytes(tags["p"]), algorithm), _parts(tags.get("t", ""))


def _public(data: bytes, algorithm: str) -> RSAPublicKey | Ed25519PublicKey:
    try:
        key = Ed25519PublicKey.from_public_bytes(data) if algorithm == "ed25519" else load_der_public_key(data)
    except (ValueError, UnsupportedAlgorithm):
        raise Unfit("permerror") from None
    if isinstance(key, RSAPublicKey) and key.key_size not in _BITS:
        raise Unfit("policy")
    if not isinstance(key, RSAPublicKey | Ed25519PublicKey):
        raise Unfit("permerror")
    return key


def _hold(key: RSAPublicKey | Ed25519PublicKey, signature: bytes, data: bytes) -> None:
    try:
        if isinstance(key, RSAPublicKey):
            key.verify(signature, data, PKCS1v15(), SHA256())
        else:
            key.verify(signature, hashlib.sha256(data).digest())
    except InvalidSignature:
        raise Unfit("fail") from None


def _header_data(mail: Signed, one: Signature, form: str) -> bytes:
    """The fields that were signed, each from the bottom up, and the signature's own without what it says."""
    left: dict[bytes, list[tuple[bytes, bytes]]] = {}
    for name, value in mail.fields:
        left.setdefault(name.strip(b" \t").lower(), []).append((name, value))
    found = []
    for wanted in one.tags["h"].split(":"):
        held = left.get(wanted.strip().lower().encode("ascii"))
        if held:
            found.append(canonical.header(*held.pop(), form))
    name, value = one.own
    own = canonical.header(name, _OWN_VALUE.sub(rb"\1", value, count=1), form)
    return b"".join(found) + own.removesuffix(b"\r\n")


def _parts(text: str) -> frozenset[str]:
    return frozenset(part.strip().lower() for part in text.split(":") if part.strip())


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(_SPACE.sub("", text), validate=True)
    except (binascii.Error, ValueError):
        raise Unfit("permerror") from None
