"""Who sent a mail, judged as a whole: what the desk's own server said, what the sender shows; and nothing in it but codes."""

import json
import socket
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as some

from balie.channels.mail.parsing import ReadMail
from balie.channels.mail.provenance import judge
from balie.channels.mail.provenance.judging import known_domains
from balie.channels.mail.provenance.tests.name_server import NameServer
from balie.channels.mail.provenance.tests.signing import record, rsa_key, signed
from balie.config.environment import Endpoint

RAW = b"From: Alice <alice@example.org>\r\n\r\nHello\r\n"
OURS = "mx.publications.test"
NOTHING = {"spf": "none", "dkim": "none", "dmarc": "none", "arc": "none", "by": "", "ignored": 0, "warnings": []}


@pytest.fixture(autouse=True)
def _ours(settings: Any) -> None:
    settings.BALIE_RECEIVING_SERVERS = (OURS,)


def found(cast: Any, *said: str, raw: bytes = RAW, **more: Any) -> dict[str, Any]:
    """What is found when our server, or others where a name stands in front, said this of a mail."""
    fields = tuple(one if one.startswith("mx.") else f"{OURS}; {one}" for one in said)
    mail = ReadMail(**{"from_address": "alice@example.org", "authentication": fields, **more})
    return judge(mail, raw, desk=cast.desk)


def test_a_mail_that_nobody_checked(publications: Any) -> None:
    assert found(publications) == NOTHING


def test_a_mail_that_our_server_checked(publications: Any) -> None:
    said = "spf=pass smtp.mailfrom=alice@example.org; dkim=pass header.d=example.org; dmarc=pass header.from=example.org; arc=none"
    assert found(publications, said) == NOTHING | {"spf": "pass", "dkim": "pass", "dmarc": "pass", "by": "server"}


def test_what_others_say_is_counted_and_not_believed(publications: Any, settings: Any) -> None:
    forged = "mx.evil.test; dmarc=pass header.from=example.org"
    assert found(publications, forged, f"{OURS}; dmarc=pass") == NOTHING | {"ignored": 2}
    settings.BALIE_RECEIVING_SERVERS = ()
    assert found(publications, "dmarc=pass") == NOTHING | {"ignored": 1}


@pytest.mark.parametrize(
    ("said", "warnings"),
    [
        ("dmarc=fail header.from=example.org", ["failed"]),
        ("spf=pass smtp.mailfrom=x@evil.test; dmarc=fail header.from=example.org", ["failed", "not-aligned"]),
        ("spf=pass smtp.mailfrom=x@evil.test", ["not-aligned"]),
        ("dkim=pass header.i=@evil.test", ["not-aligned"]),
        ("dkim=pass header.d=mail.example.org", []),
        ("spf=fail smtp.mailfrom=x@example.org", ["failed"]),
        ("spf=softfail smtp.mailfrom=x@example.org", []),
        ("spf=fail; dkim=pass header.d=example.org", []),
        ("dkim=fail; spf=pass smtp.mailfrom=x@example.org", []),
        ("dkim=fail; spf=fail; dmarc=pass header.from=example.org", []),
        ("dkim=temperror; spf=none; dmarc=none", []),
        ("arc=pass", []),
        ("arc=pass; dmarc=fail", ["failed"]),  # anybody may seal what passes through his hands
    ],
)
def test_what_is_warned_of(publications: Any, said: str, warnings: list[str]) -> None:
    assert found(publications, said)["warnings"] == warnings


def test_a_domain_that_vouches_for_another_sender_than_the_one_shown(publications: Any) -> None:
    """Two From lines: the server checks one, and the other is shown."""
    two = b"From: alice@example.org\r\nSubject: x\r\nFROM : mallory@evil.test\r\n\r\nHello"
    for said in ("dmarc=pass header.from=evil.test", "dmarc=pass"):
        judged = found(publications, f"dkim=pass header.d=evil.test; {said}", raw=two)
        assert (judged["dmarc"], judged["warnings"]) == ("fail", ["failed", "not-aligned"])
    assert found(publications, "dmarc=pass header.from=example.org", raw=two)["dmarc"] == "pass"
    assert found(publications, "dmarc=pass", raw=RAW + b"From: mallory@evil.test\r\n")["dmarc"] == "pass"  # in the text
    assert found(publications, "dmarc=pass", from_address="")["dmarc"] == "fail"


def test_look_alikes_of_the_domains_that_are_known(publications: Any, settings: Any) -> None:
    def warned(domain: str) -> bool:
        return "look-alike" in found(publications, from_address=f"x@{domain}")["warnings"]

    assert {"publications.test", "citizens-advice.test"} <= known_domains(publications.desk)
    assert warned("publicatlons.test")
    assert warned("citizens-advice-help.test")
    assert not warned("publications.test")
    assert not warned("ministry.example")
    settings.BALIE_KNOWN_DOMAINS = ("ministry.example",)
    assert warned("rninistry.example")
    assert not warned("ministry.example")


@pytest.mark.parametrize(
    ("reply_to", "warned"),
    [
        ((), False),
        (("alice@example.org",), False),
        (("alice@desk.example.org",), False),
        (("alice@example.net",), True),
        (("alice@example.org", "mallory@evil.test"), True),
    ],
)
def test_answers_that_would_go_elsewhere(publications: Any, reply_to: tuple[str, ...], warned: bool) -> None:
    assert ("reply-to" in found(publications, reply_to=reply_to)["warnings"]) is warned


def test_a_name_that_deceives(publications: Any) -> None:
    judged = found(publications, from_name="servicedesk@publications.test", from_address="x@evil.test")
    assert judged["warnings"] == ["display-name"]


def test_with_a_resolver_signatures_are_checked_here(publications: Any, settings: Any, names: NameServer) -> None:
    settings.BALIE_RESOLVER = Endpoint(*names.at)
    names.texts |= {"key1._domainkey.example.org": [record(rsa_key())], "_dmarc.example.org": ["v=DMARC1; p=reject"]}
    checked = NOTHING | {"dkim": "pass", "dmarc": "pass", "by": "ourselves"}
    assert found(publications, raw=signed()) == checked
    changed = found(publications, raw=signed().replace(b"broken", b"fine"))
    assert (changed["dkim"], changed["warnings"]) == ("fail", ["failed"])
    other = found(publications, raw=signed(), from_address="alice@example.net")
    assert (other["dkim"], other["dmarc"], other["warnings"]) == ("pass", "none", ["not-aligned"])


def test_what_our_server_checked_is_not_checked_again(publications: Any, settings: Any, names: NameServer) -> None:
    settings.BALIE_RESOLVER = Endpoint(*names.at)
    assert found(publications, "dkim=fail header.d=example.org", raw=signed())["dkim"] == "fail"
    assert names.asked == []


def test_without_a_resolver_nobody_is_asked(publications: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a connection was made")

    for name in ("connect", "connect_ex", "sendto", "sendmsg"):
        monkeypatch.setattr(socket.socket, name, refuse, raising=False)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    assert found(publications, raw=signed()) == NOTHING


TEXT = some.text(max_size=80)
ADDRESS = some.one_of(TEXT, some.builds("{}@{}".format, TEXT, TEXT))


ADDRESSES = some.lists(ADDRESS, max_size=3)
FIELDS = some.lists(some.builds((OURS + "; {}").format, TEXT), max_size=3)


@given(TEXT, ADDRESS, ADDRESSES, FIELDS, some.binary(max_size=200))
@tried(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_mail_is_judged_in_codes_alone(
    publications: Any, name: str, sender: str, reply_to: list[str], said: list[str], raw: bytes
) -> None:
    mail = ReadMail(from_name=name, from_address=sender, reply_to=tuple(reply_to), authentication=tuple(said))
    judged = judge(mail, raw, desk=publications.desk)
    assert set(judged) == set(NOTHING)
    words = {"none", "neutral", "pass", "fail", "softfail", "policy", "temperror", "permerror"}
    assert {judged[one] for one in ("spf", "dkim", "dmarc", "arc")} <= words
    assert set(json.loads(json.dumps(judged))["warnings"]) <= {
        "failed",
        "not-aligned",
        "display-name",
        "look-alike",
        "reply-to",
    }
