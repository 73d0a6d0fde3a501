"""Folds and masks in one text: nothing is lost, told twice or unmasked, whatever the two say."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balie import recognition
from balie.desk import folding
from balie.recognition import Masked, Span

SECRET = "0123456789"
WRITTEN = st.text(alphabet="ab \n>" + SECRET, max_size=60)
PLACES = st.integers(-3, 70)
SPANS = st.lists(
    st.builds(Span, PLACES.filter(lambda at: at >= 0), PLACES, st.sampled_from(["BSN", "PHONE"]), st.just("unknown")),
    max_size=6,
)
FOLDS = st.lists(st.tuples(PLACES, PLACES, st.sampled_from([*folding.KINDS, "unheard-of"])).map(list), max_size=6)


def joined(found: list[folding.Stretch]) -> list[str | Masked]:
    """All parts after one another, neighbouring texts as one."""
    whole: list[str | Masked] = []
    for part in chain.from_iterable(one.parts for one in found):
        if isinstance(part, str) and whole and isinstance(whole[-1], str):
            whole[-1] += part
        else:
            whole.append(part)
    return whole


@given(WRITTEN, SPANS, FOLDS)
def test_all_stretches_together_are_the_masked_text(text: str, spans: list[Span], folds: list[list[int | str]]) -> None:
    assert joined(folding.stretches(text, spans, folds)) == recognition.mask(text, spans)


@given(WRITTEN, FOLDS)
def test_without_masks_all_stretches_together_are_the_text(text: str, folds: list[list[int | str]]) -> None:
    assert "".join(str(part) for part in joined(folding.stretches(text, [], folds))) == text


@given(st.lists(st.sampled_from(["a\n", "> b\n", SECRET]), max_size=12), FOLDS)
def test_what_is_masked_is_masked_in_every_fold(pieces: list[str], folds: list[list[int | str]]) -> None:
    text, spans = "".join(pieces), []
    for number, piece in enumerate(pieces):
        if piece == SECRET:
            start = len("".join(pieces[:number]))
            spans.append(Span(start, start + len(SECRET), "PHONE", "unknown"))
    told = [part for one in folding.stretches(text, spans, folds) for part in one.parts]
    assert sum(isinstance(part, Masked) for part in told) == len(spans)
    assert not any(sign in part for part in told if isinstance(part, str) for sign in SECRET)


@given(WRITTEN, SPANS, FOLDS)
def test_something_is_left_to_read_or_only_the_signature_is_folded(
    text: str, spans: list[Span], folds: list[list[int | str]]
) -> None:
    found = folding.stretches(text, spans, folds)
    folded = {one.kind for one in found} - {folding.NEW}
    left = [one for one in folding.stretches(text, [], folds) if one.kind == folding.NEW and not one.blank]
    assert left or folding.QUOTATION not in folded


def test_a_mail_in_its_stretches() -> None:
    text = "It works now.\n\nKind regards,\nAlice\n\nOn Monday Bob wrote:\n> Does 111222333 work?\n"
    sign, quoted = text.index("Kind"), text.index("On Monday")
    number = text.index("111222333")
    folds = [[quoted, len(text), "quotation"], [sign, quoted, "signature"]]
    found = folding.stretches(text, [Span(number, number + 9, "BSN", "unknown")], folds)
    assert [(one.kind, one.lines) for one in found] == [("", 1), ("signature", 2), ("quotation", 2)]
    assert found[2].parts == ("On Monday Bob wrote:\n> Does ", Masked("BSN", 1), " work?\n")


def test_a_number_that_stands_twice_has_one_number_in_text_and_quotation() -> None:
    text = "111222333\n> 111222333"
    spans = [Span(0, 9, "BSN", "unknown"), Span(12, 21, "BSN", "unknown")]
    new, quoted = folding.stretches(text, spans, [[10, 21, "quotation"]])
    assert new.parts[0] == quoted.parts[1] == Masked("BSN", 1)


@pytest.mark.parametrize(
    ("folds", "kinds"),
    [
        ([[0, 11, "quotation"]], [""]),
        ([[0, 6, "quotation"], [6, 11, "signature"]], ["", "signature"]),
        ([[0, 6, "signature"]], ["signature", ""]),
    ],
)
def test_a_mail_that_only_quotes_is_read_as_it_stands(folds: list[list[int | str]], kinds: list[str]) -> None:
    assert [one.kind for one in folding.stretches("> one\nAlice", [], folds)] == kinds
