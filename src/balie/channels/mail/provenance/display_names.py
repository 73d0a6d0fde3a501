"""Names that deceive: one that shows another address than the sender's, or the name of the desk or of its staff."""

import re
import unicodedata
from collections.abc import Iterator

from balie import register, vault
from balie.channels.mail.provenance import domains, resembling
from balie.kernel import Actor
from balie.people import accounts

LONGEST = 300  # signs of a name that are looked at
LONG_ENOUGH = 6  # signs of a desk's name that are looked for within another name

_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"'@]{1,64}@([^\s<>()\[\],;:\"'@]{1,253}\.[^\s<>()\[\],;:\"'@.]{2,63})")
# Words that many addresses begin with: they claim to be no particular desk.
_ANYBODY = frozenset(
    resembling.words(word)
    for word in (
        *("info", "mail", "post", "contact", "support", "help", "desk", "helpdesk", "service", "servicedesk"),
        *("admin", "office", "noreply", "no-reply", "klantenservice", "neuvonta", "asiakaspalvelu", "palvelu"),
    )
)


def deceives(name: str, address: str, *, desk: str) -> bool:
    """Whether a sender's name shows an address of another organisation, or, from outside, the name of the desk or its staff."""
    name = unicodedata.normalize("NFKC", name)[:LONGEST].strip()
    if not name:
        return False
    if _shows_another_address(name, address):
        return True
    actor = Actor.system("receive", desk)
    claims = _is_the_desk(name, desk) or any(accounts.is_called(one, actor=actor) for one in _written(name))
    return claims and not _is_of_the_house(address, desk)


def _shows_another_address(name: str, address: str) -> bool:
    shown = {domains.plain(domain.strip(".")) for domain in _ADDRESS.findall(name)}
    return any(not domains.aligned(one, domains.of_address(address)) for one in shown)


def _is_of_the_house(address: str, desk: str) -> bool:
    own = domains.of_address(register.mail_address(register.in_force(desk)))
    if own and domains.aligned(domains.of_address(address), own):
        return True
    return accounts.is_known(desk, vault.lookup(desk, "account", address.casefold()))


def _is_the_desk(name: str, desk: str) -> bool:
    version, shown = register.in_force(desk), resembling.words(name)
    local = resembling.words(register.mail_address(version).rpartition("@")[0])
    if shown == local and local not in _ANYBODY:
        return True
    called = (resembling.words(str(version.data.get(word, ""))) for word in ("name", "organisation"))
    return any(len(one.strip()) >= LONG_ENOUGH and one in shown for one in called)


def _written(name: str) -> Iterator[str]:
    """A name as it is written, and with the family name behind."""
    plain = " ".join(name.replace('"', " ").split())
    yield plain
    family, comma, first = plain.partition(",")
    if comma and family.strip() and first.strip():
        yield f"{first.strip()} {family.strip()}"
