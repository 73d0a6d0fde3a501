"""A round: kept first, marked after; what cannot be taken holds up nothing else; and each mail is at the desk exactly once."""

import itertools
import sqlite3
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection as database
from django.db import connections
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balie import vault
from balie.channels.mail.fetching import rounds as under_test
from balie.channels.mail.fetching.source import LARGEST, Standing, Trouble
from balie.channels.mail.fetching.tests.standing_mail import (
    Box,
    KilledError,
    MemorySource,
    connection,
    kept,
    mail,
    rounds,
)
from balie.desk import mailboxes
from balie.desk.mailboxes import FetchedMail, Mailbox
from balie.desk.models import Arrival
from balie.jobs.models import Job
from balie.vault.tests.real import path_of

AFTER = pytest.mark.parametrize("after", ["seen", "move", "delete"])


@AFTER
def test_a_mail_is_kept_and_then_marked_moved_or_deleted(publications: Any, after: str) -> None:
    box, made = Box(), connection(after=after)
    box.put(mail(1), mail(2))
    assert rounds(made, publications.door).go(MemorySource(box, after)) == 2
    assert kept() == [mail(1), mail(2)]
    assert Job.objects.filter(name="mail.read").count() == 2
    assert (len(box.mails), box.seen, len(box.moved)) == {
        "seen": (2, {1, 2}, 0),
        "move": (0, set(), 2),
        "delete": (0, set(), 0),
    }[after]
    (state,) = mailboxes.states(publications.door)
    assert (state.taken, state.unmarked, state.left) == (2, 0, ())


@AFTER
def test_what_was_dealt_with_is_fetched_no_second_time(publications: Any, after: str) -> None:
    box, made = Box(), connection(after=after)
    box.put(mail(1))
    rounds(made, publications.door).go(MemorySource(box, after))
    box.put(mail(2))
    rounds(made, publications.door).go(MemorySource(box, after))
    assert rounds(made, publications.door).go(MemorySource(box, after)) == 0
    assert box.fetched == [mail(1), mail(2)]


def test_nothing_is_marked_before_it_is_on_disk(real: Any) -> None:
    """Another connection, as another process has it, sees the mail when the mailbox is asked to let it go."""
    box, made, asked = Box(), connection(), []

    def fails(what: str, mails: Sequence[Standing]) -> None:
        if what == "before settle":
            assert not database.in_atomic_block
            asked.append((Arrival.objects.count(), FetchedMail.objects.filter(state="taken").count()))

    box.fails = fails
    box.put(mail(1), mail(2))
    rounds(made, real.door).go(MemorySource(box, "delete"))
    assert asked == [(2, 2)]


def test_of_what_is_gone_nothing_is_remembered(publications: Any) -> None:
    box, made = Box(), connection(after="seen")
    box.put(mail(1), mail(2))
    rounds(made, publications.door).go(MemorySource(box, "seen"))
    del box.mails[1]
    rounds(made, publications.door).go(MemorySource(box, "seen"))
    assert [row.place for row in FetchedMail.objects.all()] == ["7.2"]
    box.mails.clear()
    rounds(made, publications.door).go(MemorySource(box, "seen"))
    assert not FetchedMail.objects.exists()


def test_what_was_read_before_the_first_look_stays_alone_and_what_is_read_later_is_fetched(publications: Any) -> None:
    box, made = Box(), connection(after="seen")
    box.put(mail(1), seen=True)
    box.put(mail(2))
    rounds(made, publications.door).go(MemorySource(box, "seen"))
    assert kept() == [mail(2)]
    box.put(mail(3), seen=True)  # somebody was quicker than we
    rounds(made, publications.door).go(MemorySource(box, "seen"))
    assert kept() == [mail(2), mail(3)]


def test_a_mailbox_that_is_emptied_is_emptied_of_what_was_read_as_well(publications: Any) -> None:
    box, made = Box(), connection(after="delete")
    box.put(mail(1), seen=True)
    rounds(made, publications.door).go(MemorySource(box, "delete"))
    assert kept() == [mail(1)]


@AFTER
@pytest.mark.parametrize("moment", ["before read", "after read", "before settle", "after settle"])
def test_killed_at_any_moment_and_begun_anew_each_mail_is_there_once(
    publications: Any, after: str, moment: str
) -> None:
    box, made = Box(), connection(after=after)
    box.put(*map(mail, range(5)))

    def fails(what: str, mails: Sequence[Standing]) -> None:
        if what == moment:
            raise KilledError

    box.fails = fails
    with pytest.raises(KilledError):
        rounds(made, publications.door).go(MemorySource(box, after))
    box.fails = lambda what, mails: None
    rounds(made, publications.door).go(MemorySource(box, after))
    assert kept() == [*map(mail, range(5))]
    assert mailboxes.states(publications.door)[0].unmarked == 0


@AFTER
def test_when_all_numbers_change_each_mail_is_known_by_its_bytes_even_a_week_later(
    publications: Any, after: str
) -> None:
    box, made = Box(), connection(after=after)
    box.put(mail(1), mail(2))
    box.fails = lambda what, mails: _refuse(what)
    with pytest.raises(Trouble, match="not-marked"):
        rounds(made, publications.door).go(MemorySource(box, after))
    Arrival.objects.all().delete()
    box.renumber(flags_lost=True)
    box.put(mail(3))
    box.fails = lambda what, mails: None
    assert rounds(made, publications.door).go(MemorySource(box, after)) == 1
    assert kept() == [mail(3)]


def test_what_kept_its_mark_through_one_change_is_known_after_another_that_loses_it(publications: Any) -> None:
    box, made = Box(), connection(after="seen")
    box.put(mail(1))
    rounds(made, publications.door).go(MemorySource(box, "seen"))
    box.renumber()
    box.put(mail(2))
    rounds(made, publications.door).go(MemorySource(box, "seen"))
    Arrival.objects.all().delete()
    box.renumber(flags_lost=True)
    assert rounds(made, publications.door).go(MemorySource(box, "seen")) == 0
    assert kept() == []
    assert box.seen == {1, 2}


def _refuse(what: str) -> None:
    if what == "before settle":
        raise Trouble("not-marked")


def test_a_mailbox_that_lets_nothing_go_is_read_all_the_same_and_says_so(publications: Any) -> None:
    box, made = Box(), connection()
    box.put(*(mail(n, "x" * 3_000_000) for n in range(4)))
    box.fails = lambda what, mails: _refuse(what)
    with pytest.raises(Trouble, match="not-marked"):
        rounds(made, publications.door).go(MemorySource(box, "delete"))
    assert len(kept()) == 4
    assert mailboxes.states(publications.door)[0].unmarked == 4
    box.fails = lambda what, mails: None
    rounds(made, publications.door).go(MemorySource(box, "delete"))
    assert (len(kept()), box.mails) == (4, {})


def test_a_mail_that_is_too_large_is_never_fetched_stays_and_is_told(publications: Any) -> None:
    box, made = Box(), connection()
    box.put(mail(1), mail(2), mail(3))
    box.said[mail(2)] = LARGEST + 1
    rounds(made, publications.door).go(MemorySource(box, "delete"))
    rounds(made, publications.door).go(MemorySource(box, "delete"))
    assert box.fetched == [mail(1), mail(3)]
    assert list(box.mails.values()) == [mail(2)]
    (left,) = mailboxes.states(publications.door)[0].left
    assert (left.reason, left.size) == ("too-large", LARGEST + 1)
    assert str(left.says) == "The mail is larger than 50 MB; it stays in the mailbox."


def test_a_mail_whose_size_was_a_lie_is_left_and_the_others_come(
    publications: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(under_test, "LARGEST", 2000)
    monkeypatch.setattr(under_test, "WEIGHT", 500)
    box, made = Box(), connection()
    large = mail(2, "x" * 5000)
    box.put(mail(1), large, mail(3))
    box.said[large] = 100
    again = rounds(made, publications.door)
    for _ in range(2):
        with pytest.raises(Trouble, match="dropped"):
            again.go(MemorySource(box, "delete"))
    again.go(MemorySource(box, "delete"))
    assert kept() == [mail(1), mail(3)]
    assert list(box.mails.values()) == [large]
    assert box.fetched.count(large) == 2  # once among others, once alone, and never again
    assert [one.reason for one in mailboxes.states(publications.door)[0].left] == ["too-large"]


def test_a_mail_over_which_the_server_always_breaks_goes_last_alone_and_is_tried_again_in_an_hour(
    publications: Any,
) -> None:
    box, made = Box(), connection()
    box.put(mail(1), mail(2), mail(3))

    def fails(what: str, mails: Sequence[Standing]) -> None:
        if what == "before read" and any(one.number == 2 for one in mails):
            raise Trouble("dropped")

    box.fails = fails
    again = rounds(made, publications.door)
    broke = 0
    for _ in range(8):
        try:
            again.go(MemorySource(box, "delete"))
        except Trouble:
            broke += 1
    assert broke == 4
    assert kept() == [mail(1), mail(3)]
    assert [one.reason for one in mailboxes.states(publications.door)[0].left] == ["not-fetched"]
    box.fails = lambda what, mails: None
    again.go(MemorySource(box, "delete"))
    assert len(kept()) == 2  # its hour has not come
    FetchedMail.objects.update(at=timezone.now() - timedelta(hours=1, seconds=1))
    again.go(MemorySource(box, "delete"))
    assert kept() == [mail(1), mail(2), mail(3)]
    assert mailboxes.states(publications.door)[0].left == ()


def test_a_mail_that_the_desk_cannot_keep_does_not_take_the_others_with_it(publications: Any) -> None:
    box, made = Box(), connection()
    box.put(mail(1), mail(2, "y" * 777), mail(3))
    size = len(b"alice@example.org\nservicedesk@publications.test\0\n") + len(mail(2, "y" * 777))
    with database.cursor() as cursor:
        cursor.execute(
            f"CREATE TRIGGER poison BEFORE INSERT ON vault_record WHEN NEW.size = {size} BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    rounds(made, publications.door).go(MemorySource(box, "delete"))
    with database.cursor() as cursor:
        cursor.execute("DROP TRIGGER poison")
    assert kept() == [mail(1), mail(3)]
    assert list(box.mails) == [2]
    assert [one.reason for one in mailboxes.states(publications.door)[0].left] == ["not-kept"]


def test_while_the_database_is_locked_nothing_is_marked_and_everything_stays(
    real: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    box, made = Box(), connection()
    box.put(*map(mail, range(40)))
    other = sqlite3.connect(path_of("default"), isolation_level=None)
    monkeypatch.setitem(connections.settings["default"]["OPTIONS"], "timeout", 0.1)
    connections["default"].close()
    box.fails = lambda what, mails: other.execute("BEGIN IMMEDIATE") and None if what == "after read" else None
    with pytest.raises(Trouble, match="cannot-keep"):
        rounds(made, real.door).go(MemorySource(box, "delete"))
    other.execute("ROLLBACK")
    other.close()
    assert (len(box.mails), kept(), mailboxes.states(real.door)[0].left) == (40, [], ())
    box.fails = lambda what, mails: None
    rounds(made, real.door).go(MemorySource(box, "delete"))
    assert (box.mails, len(kept())) == ({}, 40)


def test_without_the_master_key_mail_stays_where_it_is(real: Any, settings: Any, tmp_path: Any) -> None:
    box, made, key = Box(), connection(), settings.BALIE_MASTER_KEY
    box.put(mail(1))
    settings.BALIE_MASTER_KEY, settings.BALIE_MASTER_KEY_FILE = "", tmp_path / "no-such-file"
    vault.forget()
    with pytest.raises(Trouble, match="cannot-keep"):
        rounds(made, real.door).go(MemorySource(box, "delete"))
    assert list(box.mails.values()) == [mail(1)]
    settings.BALIE_MASTER_KEY = key
    vault.forget()
    rounds(made, real.door).go(MemorySource(box, "delete"))
    assert kept() == [mail(1)]


def test_who_fills_a_mailbox_is_read_at_a_measured_pace(publications: Any) -> None:
    box, made = Box(), connection()
    box.put(*map(mail, range(100)))
    rounds(made, publications.door).go(MemorySource(box, "delete"))
    due = sorted(Job.objects.filter(name="mail.read").values_list("due_at", flat=True))
    assert len(due) == 100
    assert timedelta(seconds=3) < due[-1] - due[0] < timedelta(seconds=4)


def test_many_mails_share_a_commit_and_large_ones_do_not(publications: Any) -> None:
    box, made, together = Box(), connection(), []
    box.fails = lambda what, mails: together.append(len(mails)) if what == "before read" else None
    box.put(*map(mail, range(70)), mail(70, "x" * 9_000_000), mail(71, "x" * 5_000_000), mail(72, "x" * 5_000_000))
    rounds(made, publications.door).go(MemorySource(box, "delete"))
    assert together == [32, 32, 6, 1, 1, 1]
    assert len(kept()) == 73


def test_the_same_bytes_twice_in_a_mailbox_are_one_mail(publications: Any) -> None:
    box, made = Box(), connection(after="seen")
    box.put(mail(1), mail(1))
    rounds(made, publications.door).go(MemorySource(box, "seen"))
    box.put(mail(1))
    rounds(made, publications.door).go(MemorySource(box, "seen"))
    assert kept() == [mail(1)]
    assert box.seen == {1, 2, 3}


def test_only_one_process_reads_a_mailbox_and_a_dead_one_holds_it_no_longer(publications: Any) -> None:
    made = connection()
    now = timezone.now()
    Mailbox.objects.update(claimed_by="elsewhere:1:abc", claimed_at=now)
    assert mailboxes.claim(made.name, now=now, actor=publications.door) is None
    later = now + timedelta(minutes=16)
    assert mailboxes.claim(made.name, now=later, actor=publications.door) is not None
    assert (
        mailboxes.claim(made.name, now=later, actor=publications.door) is not None
    )  # ours, as before a crash of a thread


actions = st.lists(
    st.one_of(
        st.tuples(st.just("arrive"), st.integers(1, 4)),
        st.tuples(st.just("killed"), st.integers(1, 9)),
        st.tuples(st.just("round"), st.just(0)),
        st.tuples(st.just("renumber"), st.booleans()),
        st.tuples(st.just("week"), st.just(0)),
    ),
    min_size=3,
    max_size=14,
)
_examples = itertools.count()


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=actions, after=st.sampled_from(["seen", "move", "delete"]))
def test_whatever_happens_when_each_mail_is_at_the_desk_exactly_once(
    publications: Any, plan: list[tuple[str, Any]], after: str
) -> None:
    example, box = next(_examples), Box()
    made = connection(f"box-{example}", after=after)
    Arrival.objects.all().delete()
    sent, came = itertools.count(), list[bytes]()
    rounds(made, publications.door).go(MemorySource(box, after))
    for what, detail in plan:
        if what == "arrive":
            box.put(*(mail(next(sent), f"Example {example}") for _ in range(detail)))
        elif what == "renumber":
            box.renumber(flags_lost=detail)
        elif what == "week":
            came += kept()
            Arrival.objects.all().delete()
        else:
            _round(made, box, after, publications.door, killed_at=detail)
    _round(made, box, after, publications.door, killed_at=0)
    count = next(sent)
    assert sorted(came + kept()) == sorted(mail(n, f"Example {example}") for n in range(count))
    (state,) = mailboxes.states(publications.door)
    assert (state.taken, state.unmarked) == (count, 0)
    assert len(box.mails) == (count if after == "seen" else 0)
    assert set(box.moved) == ({mail(n, f"Example {example}") for n in range(count)} if after == "move" else set())


def _round(made: Any, box: Box, after: str, door: Any, *, killed_at: int) -> None:
    left = itertools.count(1)

    def fails(what: str, mails: Sequence[Standing]) -> None:
        if next(left) == killed_at:
            raise KilledError

    box.fails = fails
    try:
        rounds(made, door).go(MemorySource(box, after))
    except KilledError:
        pass
    finally:
        box.fails = lambda what, mails: None
