"""Judges who sent a mail: what was checked and by whom, and what about its sender is not as it seems. Codes only."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from django.conf import settings
from django.utils import timezone

from balie import register
from balie.channels.mail.parsing import ReadMail
from balie.channels.mail.provenance import display_names, domains, ourselves, resembling, servers
from balie.channels.mail.provenance.resolver import Resolver
from balie.channels.mail.provenance.servers import NONE, Checks

HEAD = 256 * 1024  # bytes in which the From lines are counted

Codes = dict[str, str | int | list[str]]

_END = re.compile(rb"\r?\n\r?\n")
_FROM = re.compile(rb"^from[ \t]*:", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(r"[^\s@<>]{1,64}@([A-Za-z0-9.-]{3,253})")


def judge(mail: ReadMail, raw: bytes, *, desk: str) -> Codes:
    """What is known of who sent a mail to a desk, for `Message.provenance`: no name, no address, no domain.

    `spf`, `dkim`, `dmarc`, `arc`: result words of RFC 8601. `by`: `server`, `ourselves`, or empty when nobody checked. `ignored`:
    how many results were left aside because no server of ours wrote them. `warnings`: `failed`, `not-aligned`, `display-name`,
    `look-alike`, `reply-to`. Asks nobody but the resolver of the settings, and nobody when there is none. Raises nothing for
    any mail.
    """
    author = domains.of_address(mail.from_address)
    checks, ignored = servers.told(mail.authentication, settings.BALIE_RECEIVING_SERVERS)
    if settings.BALIE_RESOLVER is not None and not checks.dkim:
        resolver = Resolver((settings.BALIE_RESOLVER.host, settings.BALIE_RESOLVER.port))
        checks = ourselves.checked(raw, checks, author=author, resolver=resolver, now=timezone.now())
    checks = _of_this_author(checks, author, raw)
    return {
        "spf": checks.spf or NONE,
        "dkim": checks.dkim or NONE,
        "dmarc": checks.dmarc or NONE,
        "arc": checks.arc or NONE,
        "by": checks.by,
        "ignored": ignored,
        "warnings": [*_failures(checks, author), *_deceptions(mail, author, desk)],
    }


def _of_this_author(checks: Checks, author: str, raw: bytes) -> Checks:
    """Whoever writes two From lines has one checked and another shown: what passed for another domain has failed for this."""
    if checks.dmarc != "pass":
        return checks
    same = domains.aligned(checks.author, author) if checks.author else bool(author) and _from_lines(raw) == 1
    return checks if same else replace(checks, dmarc="fail")


def _from_lines(raw: bytes) -> int:
    head = _END.split(raw[:HEAD], 1)[0]
    return len(_FROM.findall(head))


def _failures(checks: Checks, author: str) -> Iterator[str]:
    if checks.dmarc == "pass":
        return
    fits = any(domains.aligned(one, author) for one in checks.passed)
    if checks.dmarc == "fail" or (not fits and "fail" in (checks.spf, checks.dkim)):
        yield "failed"
    if checks.passed and not fits:
        yield "not-aligned"


def _deceptions(mail: ReadMail, author: str, desk: str) -> Iterator[str]:
    if display_names.deceives(mail.from_name, mail.from_address, desk=desk):
        yield "display-name"
    if resembling.domain(author, known_domains(desk)):
        yield "look-alike"
    if any(not domains.aligned(domains.of_address(one), author) for one in mail.reply_to):
        yield "reply-to"


def known_domains(desk: str) -> frozenset[str]:
    """The domains that a desk knows: of every desk's address here, of the addresses in its register, and of the settings."""
    addresses = (register.mail_address(register.in_force(one)) for one in register.desks())
    own = {domains.of_address(address) for address in addresses}
    version = register.in_force(desk)
    return frozenset(own | _named(desk, version.number, version.digest) | set(settings.BALIE_KNOWN_DOMAINS)) - {""}


@lru_cache(maxsize=64)
def _named(desk: str, number: int, digest: str) -> frozenset[str]:
    """The domains of all addresses that stand in one version of a register and its settings."""
    version = register.version(desk, number)
    found = (one for text in _texts((version.data, version.settings)) for one in _ADDRESS.findall(text))
    return frozenset(domains.plain(one) for one in found)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts(list(value.values()))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
