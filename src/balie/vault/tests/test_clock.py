"""The vault's dates: to the hour or to the day, from the event or at the latest; the event may come, come again, be taken back."""

import calendar
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from balie import register, vault
from balie.kernel import handles
from balie.register.types import EraseRule
from balie.vault import clock
from balie.vault.tests.keeping import put

THEN = datetime(2026, 2, 28, 15, 30, tzinfo=UTC)
LEAP = datetime(2024, 2, 29, 23, 59, tzinfo=UTC)

moments = st.integers(631_152_000, 7_258_118_400).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))  # 1990–2200
lengths = st.builds("P{}{}".format, st.integers(0, 40), st.sampled_from("YMWD"))
rules = st.builds(
    EraseRule,
    st.just("some"),
    st.just("ticket.closed"),
    st.one_of(lengths, st.builds("PT{}H".format, st.integers(0, 2000))),
    latest=st.one_of(st.none(), lengths),
)


def kept(cast: Any, handle: Any) -> vault.Described:
    (one,) = vault.describe(cast.desk, handles=[handle])
    return one


def start(cast: Any, held_by: Any, event: str, on: datetime) -> int:
    with transaction.atomic():
        return vault.start_clock(held_by, event, on=on, actor=cast.door)


def test_a_term_in_hours_ends_to_the_hour(publications: Any) -> None:
    mail = kept(publications, put(publications, "raw-message", b"raw", at=THEN))
    assert (mail.term, mail.trigger, mail.happened_at) == ("mail-as-sent", "item.collected", THEN)
    assert mail.erase_at == THEN + timedelta(hours=72)


def test_what_waits_for_its_event_goes_at_the_latest_date_if_that_never_comes(publications: Any, advice: Any) -> None:
    text = kept(publications, put(publications, "message", "text", at=THEN))
    assert (text.trigger, text.happened_at) == ("ticket.closed", None)
    assert text.erase_at == datetime(2031, 2, 28, tzinfo=UTC)
    asked = kept(advice, put(advice, "message", "text", at=LEAP))
    assert (asked.trigger, asked.erase_at) == ("ticket.last-contact", datetime(2027, 2, 28, tzinfo=UTC))


def test_what_lasts_as_long_as_an_account_has_no_date_but_an_event(publications: Any) -> None:
    (secret, *_) = [one for one in vault.all_of(publications.desk) if one.item == "sign-in-secret"]
    assert (secret.trigger, secret.erase_at, secret.review) == ("account.closed", None, None)


def test_what_is_kept_permanently_has_a_day_of_review(publications: Any) -> None:
    item = vault.Item("account-requests", "decider", "approval", "granted", "ticket", handles.new(), source="staff")
    with transaction.atomic():
        (handle,) = vault.put([item], actor=publications.door)
    trail = kept(publications, handle)
    assert (trail.trigger, trail.erase_at, trail.review) == ("", None, date(2027, 11, 1))


def test_the_event_sets_the_date(publications: Any) -> None:
    handle = put(publications, "message", "text", at=THEN)
    assert start(publications, kept(publications, handle).held_by, "ticket.closed", LEAP + timedelta(days=900)) == 1
    assert kept(publications, handle).erase_at == datetime(2027, 8, 17, tzinfo=UTC)


def test_the_last_contact_moves_the_date_each_time(advice: Any) -> None:
    handle = put(advice, "message", "text", at=THEN)
    for on in (THEN, THEN + timedelta(days=100), THEN + timedelta(days=900)):
        start(advice, kept(advice, handle).held_by, "ticket.last-contact", on)
        day = kept(advice, handle).erase_at
        assert day is not None
        assert (day.year, day.month, day.day) == (on.year + 2, on.month, on.day)


def test_a_date_that_does_not_exist_two_years_on_is_the_last_of_its_month(advice: Any) -> None:
    handle = put(advice, "message", "text", at=LEAP)
    start(advice, kept(advice, handle).held_by, "ticket.last-contact", LEAP)
    assert kept(advice, handle).erase_at == datetime(2026, 2, 28, tzinfo=UTC)


def test_another_event_and_another_tickets_event_change_nothing(publications: Any) -> None:
    handle = put(publications, "message", "text", at=THEN)
    before = kept(publications, handle)
    assert start(publications, before.held_by, "account.closed", LEAP) == 0
    assert start(publications, handles.new(), "ticket.closed", LEAP) == 0
    assert kept(publications, handle) == before


def test_another_desk_moves_no_clock_here(publications: Any, advice: Any) -> None:
    handle = put(publications, "message", "text", at=THEN)
    before = kept(publications, handle)
    assert start(advice, before.held_by, "ticket.closed", LEAP) == 0
    assert kept(publications, handle) == before


def test_an_event_that_is_taken_back_leaves_it_waiting_until_the_latest_date(publications: Any) -> None:
    handle = put(publications, "message", "text", at=THEN)
    before = kept(publications, handle)
    start(publications, before.held_by, "ticket.closed", THEN + timedelta(days=3))
    with transaction.atomic():
        assert vault.stop_clock([before.held_by], "ticket.closed", actor=publications.door) == 1
    assert kept(publications, handle) == before


def test_an_event_that_has_been_runs_at_once(publications: Any) -> None:
    held_by = handles.new()
    item = vault.Item("service-desk", "reporter", "message", "late", "ticket", held_by)
    with transaction.atomic():
        (handle,) = vault.put([item], actor=publications.door, at=THEN, happened={"ticket.closed": LEAP})
    assert kept(publications, handle).happened_at == LEAP
    assert kept(publications, handle).erase_at == datetime(2025, 2, 28, tzinfo=UTC)


def test_only_what_is_due_is_taken_the_longest_due_first(publications: Any) -> None:
    late = put(publications, "raw-message", b"2", at=THEN)
    later = put(publications, "raw-message", b"1", at=THEN + timedelta(hours=1))
    put(publications, "raw-message", b"3", at=THEN + timedelta(hours=2))
    now = THEN + timedelta(hours=73)
    assert [one[:2] for one in vault.due(publications.desk, now)] == [(late, "mail-as-sent"), (later, "mail-as-sent")]
    assert [one[:2] for one in vault.due(publications.desk, now, limit=1)] == [(late, "mail-as-sent")]
    assert vault.due(publications.desk, now - timedelta(hours=2)) == []
    assert vault.due("citizens-advice", now) == []


@given(rule=rules, happened=moments)
def test_no_term_ends_before_its_first_day_or_long_after_its_last(rule: EraseRule, happened: datetime) -> None:
    moment = clock.moment(rule, happened)
    assert moment is not None
    if rule.offset and rule.offset.startswith("PT"):
        assert moment - happened == timedelta(hours=int(rule.offset[2:-1]))
        return
    if rule.offset == "P0D":
        assert moment == happened
        return
    assert (moment.hour, moment.minute, moment.tzinfo) == (0, 0, UTC)
    number, unit = int(rule.offset[1:-1]), rule.offset[-1]
    days = {"Y": 365 * number, "M": 28 * number, "W": 7 * number, "D": number}[unit]
    most = {"Y": 366 * number, "M": 31 * number, "W": 7 * number, "D": number}[unit]
    assert days <= (moment.date() - happened.date()).days <= most
    if unit in "YM":
        assert moment.day == min(happened.day, calendar.monthrange(moment.year, moment.month)[1])


@given(rule=rules, one=moments, other=moments)
def test_a_later_event_never_gives_an_earlier_date(rule: EraseRule, one: datetime, other: datetime) -> None:
    early, late = sorted((one, other))
    first, second = clock.moment(rule, early), clock.moment(rule, late)
    assert first is not None
    assert second is not None
    assert first <= second


@given(month=st.integers(1, 12), happened=moments)
def test_each_january_after_is_the_first_of_the_next_one(month: int, happened: datetime) -> None:
    moment = clock.moment(EraseRule("some", "person.left", month=month), happened)
    assert moment is not None
    assert (moment.day, moment.month, moment.hour) == (1, month, 0)
    assert moment > happened
    assert (moment - happened).days <= 366


@given(happened=moments, hours=st.integers(-14, 14))
def test_the_day_is_that_of_universal_time_whatever_clock_the_event_was_read_from(
    happened: datetime, hours: int
) -> None:
    rule = EraseRule("some", "ticket.closed", "P1Y")
    elsewhere = happened.astimezone(timezone(timedelta(hours=hours)))
    assert clock.moment(rule, elsewhere) == clock.moment(rule, happened)


@given(rule=rules, collected=moments)
def test_there_is_a_latest_date_exactly_where_the_register_has_one(rule: EraseRule, collected: datetime) -> None:
    day = register.latest_on(rule, collected.date())
    assert clock.latest(rule, collected) == (day and datetime(day.year, day.month, day.day, tzinfo=UTC))
