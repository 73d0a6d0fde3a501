"""Changing words of a register file: what is meant is said, and nothing else of the file moves."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balie.kernel import Invalid
from balie.register import editing
from balie.register.reading import read
from balie.register.tests.desks_read import text_of

TEXTS = {name: text_of(f"{name}.yaml") for name in ("publications", "citizens-advice")}
words = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" "), min_size=1).filter(
    lambda text: text.strip() == text
)


@pytest.mark.parametrize("name", TEXTS)
def test_terms_items_recipients_and_texts_can_be_changed_and_nothing_else(name: str) -> None:
    found = {one.section for one in editing.editable(TEXTS[name])}
    assert found == {"terms", "items", "recipients", "texts"}
    with pytest.raises(Invalid, match="change it in the file"):
        editing.edited(TEXTS[name], {("desk",): "another"})
    with pytest.raises(Invalid, match="change it in the file"):
        editing.edited(TEXTS[name], {("terms", "none-such", "keep"): "1 year after ticket.closed"})


def test_a_term_is_changed_and_every_other_line_stays() -> None:
    before = TEXTS["citizens-advice"]
    after = editing.edited(before, {("terms", "two-years", "keep"): "1 year after ticket.last-contact"})
    changed = [pair for pair in zip(before.splitlines(), after.splitlines(), strict=True) if pair[0] != pair[1]]
    assert changed == [("    keep: 2 years after ticket.last-contact", "    keep: 1 year after ticket.last-contact")]


def test_what_is_said_the_same_changes_nothing() -> None:
    text = TEXTS["publications"]
    assert editing.edited(text, {one.path: one.value for one in editing.editable(text)}) == text


@settings(max_examples=60)
@given(st.data(), words)
def test_whatever_is_typed_is_what_the_file_then_says(data: st.DataObject, typed: str) -> None:
    text = TEXTS[data.draw(st.sampled_from(sorted(TEXTS)))]
    place = data.draw(st.sampled_from(editing.editable(text)))
    value: editing.Value = typed if isinstance(place.value, str) else (*place.value, "email")
    after = editing.edited(text, {place.path: value})
    assert {one.path: one.value for one in editing.editable(after)} == {
        one.path: value if one.path == place.path else one.value for one in editing.editable(text)
    }


def test_several_at_once() -> None:
    text = TEXTS["publications"]
    places = editing.editable(text)
    changes: dict[tuple[str | int, ...], editing.Value] = {
        one.path: f"Nieuw: {number}, en «meer» #" for number, one in enumerate(places) if isinstance(one.value, str)
    }
    after = editing.edited(text, changes)
    assert {one.path: one.value for one in editing.editable(after)} == {
        **{one.path: one.value for one in places},
        **changes,
    }
    assert read(after, name="x").data != read(text, name="x").data


def test_an_empty_text_is_refused() -> None:
    with pytest.raises(Invalid):
        editing.edited(TEXTS["publications"], {("name",): ""})
