"""Every mistake that people make in a file is one sentence: file, line, what is wrong, and how to mend it."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.register.examples_read import HERE

from balie import register
from balie.kernel import Invalid, Sentence
from balie.register import reading
from balie.register.tests.desks_read import text_of

WHOLE = text_of("publications.yaml")


def line_of(words: str, text: str = WHOLE) -> int:
    return text[: text.index(words)].count("\n") + 1


def said(text: str | bytes) -> str:
    with pytest.raises(Invalid) as stop:
        register.draft(text, name="x.yaml")
    return str(stop.value.sentence)


MISTAKES = {
    "a tab": ("  name: De directeur", "\tname: De directeur", "a tab stands before the first word; indent with spaces"),
    "a key twice": (
        "number: VB-0117",
        "number: VB-0117\nnumber: VB-0118",
        "«number» stands twice; take one away",
    ),
    "an anchor": ("terms:\n", "terms: &all\n", "anchors and aliases (& and *) are not used"),
    "an alias": ("keep: handled\n", "keep: *handled\n", "anchors and aliases (& and *) are not used"),
    "a tag": ("number: VB-0117", "number: !!str VB-0117", "tags (!) are not used; put the text in quotation marks"),
    "a wrong type": ("public-body: true", "public-body: ja", "is expected true or false, not «ja»"),
    "no value": ("number: VB-0117", "number:", "«number» has no value; fill it in or leave it out"),
    "an unknown key": (
        "review: 2027-11-01\nlatest",
        "inspect: 2027-11-01\nlatest",
        "«inspect» is no key here; known are:",
    ),
    "a misspelled key": ("organisation: Voor", "organization: Voor", "write «organisation» if you mean that"),
    "half a sentence in braces": (
        "role: Privacycoördinator van",
        "role: Privacycoördinator, van",
        "«van het bureau» is the second half of a sentence that a comma cut in two",
    ),
    "a colon in a text": (
        "why: Zolang iemand bij",
        "why: Zolang iemand: bij",
        "a text with a colon and a space in it needs quotation marks",
    ),
    "indented too far": ("public-body: true", " public-body: true", "does not begin where its neighbours do"),
    "indented too little": (
        "  country: NL\n  visiting",
        " country: NL\n  visiting",
        "does not begin where its neighbours",
    ),
    "a hyphen out of line": (
        "      - with: suppliers",
        "     - with: suppliers",
        "does not begin where its neighbours do",
    ),
    "a quotation that never ends": ("name: Servicedesk", "name: 'Servicedesk", "the quotation mark that opens here"),
    "text after a quotation": ("name: Servicedesk", 'name: "Service" desk', "stands after the closing quotation mark"),
    "a backslash": ("name: Servicedesk van", 'name: "a\\q van" # ', "write it twice, or use single quotation marks"),
    "a sign that begins no text": (
        "name: Servicedesk",
        "name: @Servicedesk",
        "cannot begin with @; put it in quotation",
    ),
    "a star that begins a text": (
        "name: Servicedesk",
        "* Servicedesk",
        "cannot begin with *; put it in quotation marks",
    ),
    "no space after a colon": (
        "number: VB-0117",
        "number:VB-0117",
        "the line above has no colon with a space after it",
    ),
    "a control sign": ("number: VB-0117", "number: VB\x07", "a sign that no text holds (U+0007); take it out"),
}


@pytest.mark.parametrize("kind", MISTAKES)
def test_a_mistake_is_one_sentence_with_file_line_and_mending(kind: str) -> None:
    old, new, expected = MISTAKES[kind]
    assert old in WHOLE
    found = said(WHOLE.replace(old, new, 1))
    assert expected in found
    assert "\n" not in found
    line = int(found.split("line ")[1].split(":")[0])
    assert found.startswith(f"x.yaml, line {line}: ")
    assert 0 <= line - line_of(old) <= 2


def test_a_bracket_that_is_not_closed_is_named_where_it_opens() -> None:
    found = said(WHOLE.replace("languages: [nl, en]", "languages: [nl, en"))
    assert f"the bracket that opens in line {line_of('languages')} is not closed" in found


def test_a_file_that_is_not_utf_8_names_the_line() -> None:
    found = said(WHOLE.encode("latin-1", errors="replace"))
    assert found == f"x.yaml, line {line_of('Privacyc')}: the file is not written in UTF-8; save it as UTF-8"


def test_a_byte_order_mark_is_no_mistake() -> None:
    assert register.draft(WHOLE.encode("utf-8-sig"), name="x.yaml").desk == "publications"


def test_lines_of_windows_are_no_mistake() -> None:
    assert register.draft(WHOLE.replace("\n", "\r\n"), name="x.yaml") == register.draft(WHOLE, name="x.yaml")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "x.yaml, line 1: the file is empty; begin with `format: 1`"),
        ("# nothing yet\n", "x.yaml, line 1: the file is empty; begin with `format: 1`"),
        ("- a\n- b\n", "x.yaml, line 1: here stands no register; begin with `format: 1` and write one key a line"),
        ("hello", "x.yaml, line 1: here stands no register; begin with `format: 1` and write one key a line"),
        ("#" * (reading.LONGEST_FILE + 1), "x.yaml, line 1: the file is longer than"),
        ("a: " + "[" * 10_000, "x.yaml, line 1: this is nested deeper than 16 levels"),
        ("{a: " * 10_000, "x.yaml, line 1: this is nested deeper than 16 levels"),
        ("\n".join(" " * depth + "a:" for depth in range(10_000))[: reading.LONGEST_FILE], "nested deeper than 16"),
    ],
    ids=["empty", "a remark only", "a list", "a text", "huge", "brackets", "braces", "steps"],
)
def test_a_file_that_is_no_register_is_one_sentence(text: str, expected: str) -> None:
    assert expected in said(text)
    assert "\n" not in said(text)


def test_a_misspelled_key_is_one_mistake_and_not_two() -> None:
    assert said(WHOLE.replace("    keep: 1 year", "    keeps: 1 year", 1)).count("line ") == 1


def test_each_missing_key_is_named() -> None:
    found = said("format: 1\ndesk: x\n")
    for key in ("number", "name", "organisation", "languages", "controller", "terms", "activities"):
        assert f"lacks «{key}»; add it" in found


SMALL = (HERE / "examples" / "publications.yaml").read_text("utf-8")
TYPED = st.text(alphabet="\t\n :-,[]{}'\"#&*!|>%@`\\?~aé0\ufeff\x07\u2028", max_size=6)


@given(st.integers(0, len(SMALL)), st.integers(0, 40), TYPED)
@example(SMALL.index("name-prefix") + 2, 0, "\u2028\n")
@settings(max_examples=300, deadline=None)
def test_whatever_is_typed_over_is_read_or_refused_in_a_sentence_with_its_line(
    at: int, length: int, typed: str
) -> None:
    refusal = refused(SMALL[:at] + typed + SMALL[at + length :])
    for line in str(refusal).split("\n") if refusal else ():
        assert line.startswith("x.yaml, line ") or line.endswith("things must be put right first:")


def refused(text: str) -> Sentence | None:
    """What stops a text from being a register that can be checked; nothing else may be raised."""
    try:
        register.lint(register.draft(text, name="x.yaml"))
    except Invalid as stop:
        return stop.sentence
    return None
