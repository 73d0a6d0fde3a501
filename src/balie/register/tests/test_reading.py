"""Reading a file: data as written, the line of every key, and one sentence for what cannot be read. Nothing hangs."""

import contextlib
import time

import pytest
from tests.register.examples_read import HERE

from balie.kernel import Invalid
from balie.register import reading
from balie.register.reading import read


def refused(text: str | bytes) -> str:
    with pytest.raises(Invalid) as stop:
        read(text, name="x.yaml")
    return str(stop.value)


def test_words_are_those_of_yaml_1_2() -> None:
    found = read(
        "a: no\nb: on\nc: NO\nd: 2027-11-01\ne: true\nf: 10\ng: 010\nh: 1.5\ni: '5'\nj: null\nk: 1_000", name="x"
    ).data
    assert found == {
        "a": "no", "b": "on", "c": "NO", "d": "2027-11-01", "e": True, "f": 10, "g": "010", "h": "1.5", "i": "5", "j": None,
        "k": "1_000",
    }  # fmt: skip


def test_the_line_of_every_key_and_item_is_kept() -> None:
    document = read("a:\n  b: 1\n  c:\n    - x\n    - y: 2\n", name="x")
    assert document.line(("a", "b")) == 2
    assert document.line(("a", "c", 1, "y")) == 5
    assert document.line(("a", "c", 7)) == 3
    assert document.line(("nowhere",)) == 1


def test_a_key_may_look_like_a_word_of_another_kind() -> None:
    assert read("no: 1\n2024: x\ntrue: y", name="x").data == {"no": 1, "2024": "x", "true": "y"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: 2\na: 3", "x.yaml, line 3: «a» stands twice"),
        ("a: {b: 1, b: 2}", "x.yaml, line 1: «b» stands twice"),
        ("a: &x 1\nb: *x", "x.yaml, line 1: anchors and aliases"),
        ("a: 1\nb: *x", "x.yaml, line 2: anchors and aliases"),
        ("&k a: 1", "x.yaml, line 1: anchors and aliases"),
        ("a: !!str 1", "x.yaml, line 1: tags"),
        ("a: !!python/object/apply:os.system [ls]", "x.yaml, line 1: tags"),
        ("? [a, b]\n: c", "x.yaml, line 1: a key is one word"),
        ("a: [b, c\nd: e", "x.yaml, line 2: the bracket that opens in line 1"),
        ("a: 'b\nc", "x.yaml, line 1: the quotation mark that opens here is never closed"),
        ("\ta: 1", "x.yaml, line 1: a tab stands before the first word"),
        ("a: b: c", "x.yaml, line 1: a text with a colon and a space"),
        ("--- {a: 1}\n--- {b: 2}", "x.yaml, line 2: a second document"),
        ("", "x.yaml, line 1: the file is empty"),
        ("# only a remark", "the file is empty"),
        ("a: 1\nb: \x07", "x.yaml, line 2: here stands a sign that no text holds (U+0007)"),
        ("a: \ud800", "U+D800"),
        (b"a: 1\nb: \xff", "x.yaml, line 2: the file is not written in UTF-8"),
        (b"\xff\xfea\x00", "not written in UTF-8"),
    ],
)
def test_what_cannot_be_read_is_said_with_file_and_line(text: str | bytes, said: str) -> None:
    assert said in refused(text)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{" * 100_000,
        "- " * 50_000,
        "a: " * 50_000,
        "? " * 50_000,
        "[a, " * 50_000,
        "{a: " * 50_000,
        "\n".join("- a" for _ in range(60_000)),
        "\n".join(f"k{n}: v" for n in range(30_000)),
        "a: " + "x" * 200_000,
        "a: >\n" + "  y\n" * 50_000,
        "a: '" + "''" * 100_000,
        'a: "' + "\\x41" * 50_000 + '"',
        "%TAG ! tag:x:\n" * 5_000,
        "#" * 250_000,
        "a: |" + "\n" * 250_000,
        "&a [" + "*a," * 60_000,
        "x" * (reading.LONGEST_FILE + 1),
    ],
    ids=range(18),
)
def test_a_hostile_file_does_not_hold_us_up(text: str) -> None:
    start = time.perf_counter()
    with contextlib.suppress(Invalid):
        read(text, name="x.yaml")
    assert time.perf_counter() - start < 2


def test_the_bounds_are_far_above_every_known_register() -> None:
    longest = max((HERE / "examples").glob("*.yaml"), key=lambda path: path.stat().st_size)
    document = read(longest.read_bytes(), name=longest.name)
    assert 10 * longest.stat().st_size < reading.LONGEST_FILE
    assert 5 * len(document.lines) < reading.MOST_VALUES
