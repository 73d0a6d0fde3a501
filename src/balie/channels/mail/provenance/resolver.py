"""Asks the one resolver of the settings, by its number, for texts; when it does not answer it is left alone for a while."""

import time
from dataclasses import dataclass

import dns.exception
import dns.message
import dns.name
import dns.query
import dns.rcode
import dns.rdatatype

PATIENCE = 5.0  # seconds for all that one mail asks
ONE_ANSWER = 2.0  # seconds for one answer
REST = 60.0  # seconds in which a resolver that did not answer is not asked
LONGEST = 4096  # bytes of one text
MOST = 10  # texts under one name


class Unanswered(Exception):  # noqa: N818  says it better than UnansweredError
    """The resolver did not answer, or not in time."""


_resting: dict[tuple[str, int], float] = {}  # until when


@dataclass
class Resolver:
    """The resolver for one mail: its patience counts over all that the mail asks. at: its number and port, never a name."""

    at: tuple[str, int]
    patience: float = PATIENCE

    def texts(self, name: str) -> list[bytes]:
        """The texts under a name; none when there is no such name. Raises Unanswered."""
        if self.patience <= 0 or _resting.get(self.at, 0) > time.monotonic():
            raise Unanswered
        try:
            asked = dns.message.make_query(dns.name.from_text(name), dns.rdatatype.TXT, use_edns=0, payload=1232)
        except (dns.exception.DNSException, UnicodeError):  # no name at all
            return []
        begun = time.monotonic()
        try:
            return _texts(self._answer(asked))
        finally:
            self.patience -= time.monotonic() - begun

    def _answer(self, asked: dns.message.Message) -> dns.message.Message:
        host, port = self.at
        try:
            answer, _ = dns.query.udp_with_fallback(
                asked, host, min(ONE_ANSWER, self.patience), port, ignore_errors=True
            )
        except (dns.exception.Timeout, OSError):
            _resting[self.at] = time.monotonic() + REST
            raise Unanswered from None
        except (dns.exception.DNSException, ValueError, EOFError):
            raise Unanswered from None
        return answer


def _texts(answer: dns.message.Message) -> list[bytes]:
    if answer.rcode() == dns.rcode.NXDOMAIN:
        return []
    if answer.rcode() != dns.rcode.NOERROR or not isinstance(answer, dns.message.QueryMessage):
        raise Unanswered
    try:
        found = answer.resolve_chaining().answer
    except dns.exception.DNSException:
        raise Unanswered from None
    texts = [b"".join(one.strings) for one in found or ()]
    return [text for text in texts[:MOST] if len(text) <= LONGEST]
