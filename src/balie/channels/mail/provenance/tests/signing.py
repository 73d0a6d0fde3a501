"""Letters signed by another implementation, with keys made here, for the tests of signatures."""

import base64
from functools import cache

import dkim
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

LETTER = (
    b"Received: from elsewhere.test by mx.example.org; Mon, 2 Nov 2026 10:00:00 +0000\r\n"
    b"From: Alice Example <alice@example.org>\r\nTo: desk@publications.test\r\nSubject: The  printer\r\n\tis broken\r\n"
    b"Date: Mon, 2 Nov 2026 10:00:00 +0000\r\nMessage-ID: <one@example.org>\r\n\r\n"
    b"It is  broken. \r\n\r\nAlice\t\r\n\r\n\r\n"
)


def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return _rsa_key(bits)


@cache
def _rsa_key(bits: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


@cache
def ed25519_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


def record(key: rsa.RSAPrivateKey | Ed25519PrivateKey, **more: str) -> str:
    """The text under which the name system keeps a key. more: tags that are added, or come in the place of others."""
    if isinstance(key, rsa.RSAPrivateKey):
        kind, public = "rsa", key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    else:
        kind, public = "ed25519", key.public_key().public_bytes_raw()
    tags = {"v": "DKIM1", "k": kind, "p": base64.b64encode(public).decode()} | more
    return "; ".join(f"{name}={value}" for name, value in tags.items())


def signed(
    raw: bytes = LETTER, *, domain: str = "example.org", form: str = "relaxed/relaxed", bits: int = 2048, **more: bytes
) -> bytes:
    """A letter with a signature on top, by RSA. more: as dkimpy's `sign` takes it."""
    pem = rsa_key(bits).private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    over_header, _, over_body = form.partition("/")
    own = dkim.sign(
        raw,
        b"key1",
        domain.encode(),
        pem,
        canonicalize=(over_header.encode(), over_body.encode()),
        include_headers=[b"from", b"to", b"subject", b"date", b"message-id"],
        **more,
    )
    return bytes(own) + raw
