"""Domains as the checks compare them: in one form, and by the organisation that holds them."""

from functools import cache, lru_cache

from publicsuffixlist import PublicSuffixList

LONGEST = 253


def of_address(address: str) -> str:
    """The domain of a mail address in its one form; empty when there is none."""
    return plain(address.rpartition("@")[2]) if "@" in address else ""


def plain(domain: str) -> str:
    """A domain in lower case, in the letters that the name system knows; empty for what can be none."""
    domain = domain.strip().rstrip(".").lower()
    if not domain.isascii():
        try:
            domain = domain.encode("idna").decode("ascii")
        except UnicodeError:  # no name system knows it; it is compared as it is written
            return domain[:LONGEST]
    return domain if len(domain) <= LONGEST else ""


@lru_cache(maxsize=4096)
def organisational(domain: str) -> str:
    """The part that an organisation registers: `example.co.uk` of `mail.example.co.uk`; a public suffix is its own."""
    return _suffixes().privatesuffix(plain(domain)) or plain(domain)


def label(domain: str) -> str:
    """What an organisation chose of its domain: `example` of `mail.example.co.uk`."""
    whole = organisational(domain)
    suffix = _suffixes().publicsuffix(whole) or ""
    return whole.removesuffix(f".{suffix}")


def aligned(one: str, other: str, *, strict: bool = False) -> bool:
    """Whether two domains are the same organisation's, or strictly the same (RFC 7489, 3.1)."""
    if not plain(one) or not plain(other):
        return False
    return plain(one) == plain(other) if strict else organisational(one) == organisational(other)


def readable(domain: str) -> str:
    """A domain as people read it, with the letters that its name in the name system stands for."""
    return ".".join(_read(part) for part in plain(domain).split("."))


def _read(part: str) -> str:
    if not part.startswith("xn--"):
        return part
    try:
        return part[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return part


@cache
def _suffixes() -> PublicSuffixList:
    """The list that ships with the package: nothing is fetched."""
    return PublicSuffixList()
