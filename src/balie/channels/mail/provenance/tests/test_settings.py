"""What an installation may set about senders: names of servers, one resolver by its number, domains."""

import pytest

from balie.config import environment
from balie.config.environment import Endpoint


@pytest.mark.parametrize(("given", "at"), [("127.0.0.1:53", ("127.0.0.1", 53)), ("[::1]:5353", ("::1", 5353))])
def test_a_resolver_is_given_by_its_number(monkeypatch: pytest.MonkeyPatch, given: str, at: tuple[str, int]) -> None:
    monkeypatch.setenv("BALIE_RESOLVER", given)
    assert environment.resolver.value() == Endpoint(*at)


@pytest.mark.parametrize("given", ["localhost:53", "dns.example.org:53", "127.0.0.1", "127.0.0.1:x"])
def test_a_resolver_by_its_name_is_refused_since_somebody_else_would_be_asked_for_it(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv("BALIE_RESOLVER", given)
    with pytest.raises(ValueError, match="«"):
        environment.resolver.value()


def test_without_settings_nobody_is_believed_and_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BALIE_RECEIVING_SERVERS", "BALIE_RESOLVER", "BALIE_KNOWN_DOMAINS"):
        monkeypatch.delenv(name, raising=False)
    assert (environment.receiving_servers.value(), environment.resolver.value()) == ((), None)
    monkeypatch.setenv("BALIE_RECEIVING_SERVERS", "mx1.example.org, mx2.example.org")
    assert environment.receiving_servers.value() == ("mx1.example.org", "mx2.example.org")
