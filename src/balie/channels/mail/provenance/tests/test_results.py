"""One Authentication-Results field: read as the standard and the world's servers write it, and no further."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from balie.channels.mail.provenance.results import LONGEST, Result, parse

WORD = some.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,5})?", fullmatch=True)
VALUE = some.text(some.characters(min_codepoint=32, max_codepoint=0x2FF), max_size=30)
SPACE = some.sampled_from(["", " ", "\t", "\r\n ", "(a (nested) comment; x=y)", ' (with "quotes" \\) ) '])


def words(value: str) -> list[tuple[str, str]]:
    field = parse(value)
    return [(one.method, one.word) for one in field.results] if field else []


@pytest.mark.parametrize(
    ("value", "server", "results"),
    [
        ("mx.example.org; none", "mx.example.org", []),
        ("mx.example.org 1; none", "mx.example.org", []),
        ("mx.example.org", "mx.example.org", []),
        ('"mx example"; spf=pass', "mx example", [("spf", "pass")]),
        ("MX.Example.org.;spf=PASS", "mx.example.org", [("spf", "pass")]),
        (
            "mx.example.org; spf=pass smtp.mailfrom=a@example.org; dkim=none;",
            "mx.example.org",
            [("spf", "pass"), ("dkim", "none")],
        ),
        (
            "(by us) mx.example.org (v1) 1 ; dkim / 1 = pass (2048-bit key; ok) header.d = example.org ;dmarc=fail",
            "mx.example.org",
            [("dkim", "pass"), ("dmarc", "fail")],
        ),
        (
            "mx.example.org; dmarc=pass action=none header.from=example.org;compauth=pass reason=100",
            "mx.example.org",
            [("dmarc", "pass"), ("compauth", "pass")],
        ),
        (
            'mx.example.org;\r\n\tdkim=pass reason="good; (signature)" header.b="abc/+="; arc=none',
            "mx.example.org",
            [("dkim", "pass"), ("arc", "none")],
        ),
        (
            "mx.example.org; iprev=pass policy.iprev=192.0.2.1; auth=none",
            "mx.example.org",
            [("iprev", "pass"), ("auth", "none")],
        ),
    ],
)
def test_what_servers_write_is_read(value: str, server: str, results: list[tuple[str, str]]) -> None:
    field = parse(value)
    assert field is not None
    assert field.server == server
    assert words(value) == results


@pytest.mark.parametrize(
    "value",
    [
        "",
        ";",
        "; spf=pass",
        "spf=pass (no server is named) smtp.mailfrom=example.org",
        "mx.example.org 2; spf=pass",
        "mx.example.org 11; spf=pass",
        "mx.example.org; spf",
        "mx.example.org; spf=",
        "mx.example.org; =pass",
        "mx.example.org; spf/2=pass",
        "mx.example.org; spf=pass (a comment that never ends",
        'mx.example.org; spf=pass smtp.mailfrom="a quotation that never ends',
        "mx.example.org; spf=pass) smtp.mailfrom=x",
        "mx.example.org other.example.net; spf=pass",
        "mx.example.org; spf=pass\x00; dmarc=pass",
        "mx.example.org; " + "spf=none;" * 51,
        "mx.example.org; spf=pass " + "x" * LONGEST,
        "mx.example.org; spf=pass smtp.mailfrom a@example.org",
    ],
)
def test_what_does_not_have_the_form_says_nothing(value: str) -> None:
    assert words(value) == []
    field = parse(value)
    assert field is None or field.results == ()


def test_what_was_looked_at_is_told_by_name() -> None:
    field = parse(
        'x.test; dkim=pass header.D = Example.org header.i=@example.org header.s="a b"c reason=ok; spf=fail smtp.mailfrom='
    )
    assert field is not None
    assert field.results[0].properties == {
        "header.d": "Example.org",
        "header.i": "@example.org",
        "header.s": "a bc",
        "reason": "ok",
    }
    assert field.results[1] == Result("spf", "fail", {"smtp.mailfrom": ""})


def test_what_stands_in_a_comment_or_a_quotation_is_no_result() -> None:
    assert words('x.test; spf=fail (; dmarc=pass) smtp.mailfrom="a; dmarc=pass header.from=b"@evil.test') == [
        ("spf", "fail")
    ]


@given(some.text(max_size=300))
def test_any_text_has_an_answer(value: str) -> None:
    parse(value)
    parse(f"x.test; {value}")


@given(
    WORD,
    some.lists(some.tuples(WORD, WORD, some.dictionaries(WORD, VALUE, max_size=3)), max_size=6),
    SPACE,
)
def test_what_is_written_by_the_rules_is_read_as_it_was_meant(
    server: str, wanted: list[tuple[str, str, Any]], space: str
) -> None:
    """Whatever a sender gets into a value, quoted as the rules ask, stays a value."""

    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    pieces = []
    for method, word, properties in wanted:
        told = "".join(f" {space}policy.{name}{space}={space}{quoted(text)}" for name, text in properties.items())
        pieces.append(f"{method}{space}={space}{word}{told}")
    value = f"{space}{server}" + "".join(f"{space};{space}{piece}" for piece in pieces)
    field = parse(value)
    if len(value) >= LONGEST:
        assert field is None
        return
    assert field is not None
    assert field.server == server
    assert [(one.method, one.word) for one in field.results] == [(method, word) for method, word, _ in wanted]
    assert [one.properties for one in field.results] == [
        {f"policy.{n}": text for n, text in p.items()} for _, _, p in wanted
    ]


@pytest.mark.parametrize("piece", ["(", "()", '"', '\\"', ";", "; a", "a=b;", " ", "a.b=", "(\\", '""'])
def test_no_field_takes_long(piece: str) -> None:
    value = f"x.test; spf=pass {piece * LONGEST}"[: LONGEST - 1]
    begun = time.monotonic()
    parse(value)
    assert time.monotonic() - begun < 1
