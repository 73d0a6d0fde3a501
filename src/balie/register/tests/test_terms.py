"""The arithmetic of terms: ends of months, leap days, hours, and numbers that are too large."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balie.register import EraseRule, erase_on, if_never, latest_on, warnings_on
from balie.register.terms import EVENTS, about_days, iso, next_month, one_spelling, parse, shifted

DAYS = st.dates()
LENGTHS = st.builds(
    lambda n, unit: f"PT{n}H" if unit == "H" else f"P{n}{unit}", st.integers(0, 999), st.sampled_from("YMWDH")
)


@pytest.mark.parametrize(
    ("day", "length", "end"),
    [
        ("2027-08-31", "P6M", "2028-02-29"),
        ("2026-08-31", "P6M", "2027-02-28"),
        ("2028-02-29", "P2Y", "2030-02-28"),
        ("2028-02-29", "P4Y", "2032-02-29"),
        ("2027-12-31", "P2M", "2028-02-29"),
        ("2027-01-31", "P1M", "2027-02-28"),
        ("2027-03-28", "P1W", "2027-04-04"),
        ("2027-03-10", "P0D", "2027-03-10"),
        ("2027-03-10", "PT72H", "2027-03-13"),
        ("2027-03-10", "PT8H", "2027-03-11"),
        ("9999-06-01", "P1Y", "9999-12-31"),
        ("9999-12-30", "P30D", "9999-12-31"),
    ],
)
def test_a_term_ends_on_the_same_day_or_the_last_of_the_month(day: str, length: str, end: str) -> None:
    rule = EraseRule("x", "ticket.closed", length)
    assert erase_on(rule, date.fromisoformat(day)) == date.fromisoformat(end)


@given(DAYS, LENGTHS)
def test_a_longer_term_never_ends_before_the_day_and_always_ends(day: date, length: str) -> None:
    assert day <= shifted(day, length) <= date.max
    assert date.min <= shifted(day, length, back=True) <= day


@given(st.dates(max_value=date(8000, 1, 1)), st.integers(0, 999))
def test_months_end_on_the_same_day_or_an_earlier_one_that_is_the_last(day: date, months: int) -> None:
    end = shifted(day, f"P{months}M")
    assert (end.year - day.year) * 12 + end.month - day.month == months
    assert end.day == day.day or (end.day < day.day and (end + timedelta(days=1)).day == 1)


@given(st.dates(max_value=date(8000, 1, 1)), st.dates(max_value=date(8000, 1, 1)), LENGTHS)
def test_a_later_event_never_ends_earlier(one: date, other: date, length: str) -> None:
    first, second = sorted((one, other))
    assert shifted(first, length) <= shifted(second, length)


@given(st.dates(max_value=date(8000, 1, 1)), st.integers(1, 12))
def test_the_next_such_month_begins_after_the_event_and_within_a_year(day: date, month: int) -> None:
    end = next_month(day, month)
    assert (end.month, end.day) == (month, 1)
    assert day < end <= shifted(day, "P13M")


def test_a_permanent_item_and_one_whose_event_has_not_come_have_no_day() -> None:
    assert erase_on(EraseRule("x", None), date(2027, 1, 1)) is None
    assert erase_on(EraseRule("x", "ticket.closed", "P1Y"), None) is None


def test_what_waits_for_an_event_that_never_comes_ends_at_the_latest() -> None:
    rule = EraseRule("x", "ticket.closed", "P1Y", latest="P5Y")
    assert latest_on(rule, date(2024, 2, 29)) == date(2029, 2, 28)
    assert latest_on(EraseRule("x", "account.closed", "P0D"), date(2024, 2, 29)) is None


def test_the_back_stop_is_a_rule_of_its_own() -> None:
    rule = EraseRule(
        "x", "person.left", month=1, then=("erase",), if_never="6 months after ticket.closed", why="Because."
    )
    stop = if_never(rule)
    assert stop is not None
    assert (stop.event, stop.offset, stop.month, stop.why, stop.if_never) == (
        "ticket.closed",
        "P6M",
        None,
        "Because.",
        None,
    )
    assert if_never(stop) is None


def test_warnings_come_before_the_end() -> None:
    rule = EraseRule("x", "account.last-active", "P6M", warn=("P1M", "P7D"))
    assert warnings_on(rule, date(2028, 3, 31)) == (date(2028, 2, 29), date(2028, 3, 24))


@pytest.mark.parametrize(
    ("keep", "spelled"),
    [
        ("on ticket.closed", "when ticket.closed"),
        ("2 years after ticket.closed", "P2Y after ticket.closed"),
        ("PT8H after item.collected", "PT8H after item.collected"),
        ("each January after person.left", "each January after person.left"),
        ("permanent", "permanent"),
    ],
)
def test_one_term_has_one_spelling(keep: str, spelled: str) -> None:
    assert one_spelling(keep) == spelled
    assert one_spelling(spelled) == spelled
    assert parse(spelled) == parse(keep)


@pytest.mark.parametrize(
    "keep", ["", "for ever", "2 years", "after ticket.closed", "2 years after never", "each Monday after person.left"]
)
def test_what_is_no_term_is_no_term(keep: str) -> None:
    with pytest.raises(ValueError, match=r"names no term|is no length of time"):
        parse(keep)


@given(st.integers(1, 999), st.sampled_from(["year", "month", "week", "day", "hour"]), st.sampled_from(EVENTS))
def test_words_and_iso_say_the_same(number: int, unit: str, event: str) -> None:
    said = f"{number} {unit}s after {event}"
    assert parse(said) == parse(one_spelling(said))
    assert about_days(iso(f"{number} {unit}")) > 0
