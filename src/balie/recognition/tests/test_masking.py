"""What is covered does not show, and equal things are seen to be equal."""

from hypothesis import given
from hypothesis import strategies as st

from balie.recognition import Masked, Participants, Span, look_through, mask

TEXT = "Bel 06-12345678, of mail bob@example.org; nogmaals 06 12345678 of +31 20 1234567."


def test_equal_things_have_equal_numbers() -> None:
    spans = look_through(TEXT, participants=Participants(), country="NL")
    assert mask(TEXT, spans) == [
        "Bel ",
        Masked("PHONE", 1),
        ", of mail ",
        Masked("EMAIL", 1),
        "; nogmaals ",
        Masked("PHONE", 1),
        " of ",
        Masked("PHONE", 2),
        ".",
    ]


def test_without_spans_the_text_stands_as_it_is() -> None:
    assert mask(TEXT, []) == [TEXT]
    assert mask("", []) == []


@given(st.text(min_size=1), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60))))
def test_nothing_within_a_span_is_shown_whatever_the_spans(text: str, places: list[tuple[int, int]]) -> None:
    spans = [Span(min(one), max(one), "PHONE", "unknown") for one in places]
    covered = {at for span in spans for at in range(span.start, min(span.end, len(text)))}
    pieces = mask(text, spans)
    assert "".join(one for one in pieces if isinstance(one, str)) == "".join(
        sign for at, sign in enumerate(text) if at not in covered
    )
