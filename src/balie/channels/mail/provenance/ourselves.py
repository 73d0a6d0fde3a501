"""Checks that we make ourselves, with the resolver of the settings: the signatures of a mail, and whose domain vouches for it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from balie.channels.mail.provenance import domains, signatures
from balie.channels.mail.provenance.resolver import Resolver, Unanswered
from balie.channels.mail.provenance.servers import NONE, Checks
from balie.channels.mail.provenance.signatures import Signature, Signed, Unfit

LARGEST = 32 * 1024 * 1024  # bytes of a mail whose signatures are checked
MOST = 3  # signatures that are checked: those of the sender's own domain first


def checked(raw: bytes, checks: Checks, *, author: str, resolver: Resolver, now: datetime) -> Checks:
    """What a server of ours told, with what it did not tell: DKIM, and DMARC as far as a signature decides it.

    author: the domain of the From line. What the resolver does not answer in time is `temperror`. Source: RFC 6376, RFC 7489.
    """
    word, signers = _dkim(raw, author, resolver, now)
    checks = replace(checks, dkim=word, by=checks.by or "ourselves", passed=checks.passed | signers)
    if checks.dmarc or not author:
        return checks
    return replace(checks, dmarc=_dmarc(checks, signers, author, resolver), author=author)


def _dkim(raw: bytes, author: str, resolver: Resolver, now: datetime) -> tuple[str, frozenset[str]]:
    """The result's word, and the domains whose signatures hold."""
    if len(raw) > LARGEST:
        return "neutral", frozenset()
    mail = signatures.read(raw)
    if not mail.signatures:
        return "neutral" if mail.unread else NONE, frozenset()
    if [name.strip().lower() for name, _ in mail.fields].count(b"from") != 1:
        return "policy", frozenset()  # one From is signed, another is shown
    first = sorted(mail.signatures, key=lambda one: not domains.aligned(one.domain, author))
    words = [(_verified(mail, one, resolver, now), one.domain) for one in first[:MOST]]
    signers = frozenset(domain for word, domain in words if word == "pass")
    return ("pass" if signers else words[0][0]), signers


def _verified(mail: Signed, one: Signature, resolver: Resolver, now: datetime) -> str:
    try:
        signatures.verify(mail, one, resolver.texts, now)
    except Unfit as unfit:
        return unfit.word
    except Unanswered:
        return "temperror"
    return "pass"


def _dmarc(checks: Checks, signers: Iterable[str], author: str, resolver: Resolver) -> str:
    """Pass when the domain asks for it and a signature or the envelope is its own; fail only when both are known."""
    try:
        policy = _policy(author, resolver)
    except Unanswered:
        return "temperror"
    if policy is None:
        return NONE
    strict_signer, strict_sender = policy.get("adkim") == "s", policy.get("aspf") == "s"
    if any(domains.aligned(one, author, strict=strict_signer) for one in signers):
        return "pass"
    if any(domains.aligned(one, author, strict=strict_sender) for one in checks.spf_passed):
        return "pass"
    if checks.dkim == "temperror":
        return "temperror"
    return "fail" if checks.spf else NONE  # without the envelope's check nobody knows


def _policy(author: str, resolver: Resolver) -> dict[str, str] | None:
    for domain in dict.fromkeys((author, domains.organisational(author))):
        found = _policies(resolver.texts(f"_dmarc.{domain}"))
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _policies(texts: Sequence[bytes]) -> list[dict[str, str]]:
    read = (signatures.tags_of(text) for text in texts if text.startswith(b"v=DMARC1"))
    return [tags for tags in read if tags is not None]
