"""What a server of ours said counts; what anybody else wrote is only counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from balie.channels.mail.provenance.servers import Checks, told

OURS = ("mx.example.org", "MX2.example.org.")
PASS = (
    "mx.example.org; spf=pass smtp.mailfrom=alice@mail.example.net; dkim=pass header.d=example.net;"
    " dmarc=pass header.from=example.net"
)
FORGED = "mx.example.org; dmarc=pass header.from=bank.test"


def test_what_our_server_wrote_on_top_counts() -> None:
    checks, ignored = told([PASS], OURS)
    assert (checks.spf, checks.dkim, checks.dmarc, checks.arc, checks.by) == ("pass", "pass", "pass", "", "server")
    assert checks.passed == {"mail.example.net", "example.net"}
    assert checks.author == "example.net"
    assert ignored == 0


@pytest.mark.parametrize("name", ["MX.EXAMPLE.ORG", "mx2.example.org", "mx.example.org."])
def test_our_servers_may_be_several_and_write_their_names_in_any_case(name: str) -> None:
    assert told([f"{name}; spf=pass"], OURS)[0].by == "server"


@pytest.mark.parametrize(
    "name", ["mx.example.org.evil.test", "evil.test", "example.org", "xmx.example.org", "mx.example.orgx", "mx"]
)
def test_what_another_server_wrote_is_left_aside(name: str) -> None:
    assert told([f"{name}; dmarc=pass"], OURS) == (Checks(), 1)


def test_under_another_servers_field_ours_does_not_count_for_it_came_with_the_mail() -> None:
    assert told(["relay.example.net; spf=none", PASS], OURS) == (Checks(), 2)


def test_a_forged_field_below_ours_changes_nothing() -> None:
    alone, _ = told(["mx.example.org; dmarc=fail header.from=bank.test"], OURS)
    assert told(["mx.example.org; dmarc=fail header.from=bank.test", FORGED, FORGED], OURS) == (alone, 2)


def test_nobody_is_believed_until_somebody_is_named() -> None:
    assert told([PASS], ()) == (Checks(), 1)
    assert told([], OURS) == (Checks(), 0)


def test_a_field_of_ours_that_cannot_be_read_says_nothing() -> None:
    assert told(["mx.example.org; spf=pass (", PASS], OURS) == (Checks(), 2)


@pytest.mark.parametrize(
    ("said", "dmarc", "spf", "dkim"),
    [
        ("dmarc=pass; dmarc=fail", "fail", "", ""),
        ("dmarc=fail; dmarc=pass", "fail", "", ""),
        ("dmarc=bestguesspass", "none", "", ""),
        ("dmarc=of-course", "none", "", ""),
        ("spf=hardfail", "", "fail", ""),
        ("spf=pass smtp.helo=x.test; spf=fail smtp.mailfrom=a@x.test", "", "fail", ""),
        ("spf=fail smtp.helo=x.test; spf=pass smtp.mailfrom=a@x.test", "", "pass", ""),
        ("dkim=fail header.d=a.test; dkim=pass header.d=b.test", "", "", "pass"),
        ("dkim=temperror; dkim=fail", "", "", "temperror"),
    ],
)
def test_several_results_of_one_method(said: str, dmarc: str, spf: str, dkim: str) -> None:
    """Of signatures one is enough. What should be told once and is told twice differently is not believed to have passed."""
    checks, _ = told([f"mx.example.org; {said}"], OURS)
    assert (checks.dmarc, checks.spf, checks.dkim) == (dmarc, spf, dkim)


def test_a_server_that_only_names_other_methods_has_checked_nothing() -> None:
    assert told(["mx.example.org; iprev=pass; auth=pass"], OURS)[0].by == ""


@given(some.lists(some.text(max_size=200), max_size=5), some.lists(some.text(max_size=20), max_size=3))
def test_any_fields_and_any_names_have_an_answer_in_known_words(values: list[str], ours: list[str]) -> None:
    checks, ignored = told(values, ours)
    assert 0 <= ignored <= len(values)
    words = {"", "none", "neutral", "pass", "fail", "softfail", "policy", "temperror", "permerror"}
    assert {checks.spf, checks.dkim, checks.dmarc, checks.arc} <= words


@given(some.text(max_size=200), some.sampled_from(["pass", "none", "fail"]))
def test_nothing_that_comes_with_a_mail_makes_a_check_pass(value: str, word: str) -> None:
    own = f"mx.example.org; dmarc={word} header.from=example.net"
    assert told([own, value, FORGED], OURS)[0] == told([own], OURS)[0]
