"""Signing in: what is right comes in, what is wrong learns nothing, and who guesses waits, alone."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher
from django.db import DatabaseError, connection
from django.db.models import F

from balie import vault
from balie.config.demonstration import PASSWORD
from balie.evidence.models import Entry
from balie.kernel import Refused, handles
from balie.people import accounts, sign_in
from balie.people.models import Account, FailedSignIn
from conftest import one_time

NOW = datetime(2026, 6, 1, 9, 0, 10, tzinfo=UTC)
HERE, THERE = "192.0.2.1", "198.51.100.7"
WRONG = "Address or password is not right. Try again."


@pytest.fixture(autouse=True)
def _quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Bob and Ada with passwords that are hashed as any other, but with little work, since these tests try them often."""
    if "takes_as_much_work" in request.node.name:
        yield
        return
    cast, quick = request.getfixturevalue("publications"), PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    for actor in (cast.bob, cast.ada):
        account = accounts.account_of(actor)
        account.password = vault.correct(account.password, quick.hash(PASSWORD), actor=cast.ada)
        account.save()
    monkeypatch.setattr(sign_in, "hasher", quick)
    sign_in._nobody.cache_clear()
    yield
    sign_in._nobody.cache_clear()


def present(cast: Any, *, email: str = "", password: str = PASSWORD, source: str = HERE, now: datetime = NOW) -> Any:
    return sign_in.present(cast.desk, email=email or f"bob@{cast.desk}.test", password=password, source=source, now=now)


def code(now: datetime = NOW, *, of: str = "Bob") -> str:
    return sign_in.code_of(one_time(of), now)


def confirm(cast: Any, handle: Any, given: str, *, source: str = HERE, now: datetime = NOW) -> Account:
    return sign_in.confirm(cast.desk, handle, code=given, source=source, now=now)


def guess(cast: Any, times: int, *, source: str = HERE, email: str = "", now: datetime = NOW) -> None:
    for _ in range(times):
        with pytest.raises(Refused, match="is not right"):
            present(cast, email=email, password="wrong wrong wrong", source=source, now=now)


def test_address_password_and_code_bring_somebody_in_and_the_evidence_knows(publications: Any) -> None:
    handle = present(publications, email=f"  BOB@{publications.desk}.test ")
    account = confirm(publications, handle, f"{code()[:3]} {code()[3:]}")
    assert accounts.actor_of(account) == publications.bob
    (told,) = Entry.objects.filter(act="account.signed-in")
    assert (told.actor, told.ref, told.about, told.facts) == (f"staff:{handle.hex}", handle, [handle.hex], {})


def test_going_is_in_the_evidence_too(publications: Any) -> None:
    sign_in.sign_out(publications.desk, present(publications))
    assert Entry.objects.filter(act="account.signed-out", operation="use").count() == 1


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("bob@publications.test", "wrong wrong wrong"),
        ("bob@publications.test", ""),
        ("nobody@publications.test", PASSWORD),
        ("nobody@publications.test", "nobody has this password"),
        ("bob@citizens-advice.test", PASSWORD),
        ("", PASSWORD),
        ("no address at all", "\x00�"),
    ],
)
def test_whatever_is_wrong_is_told_by_the_same_sentence(publications: Any, email: str, password: str) -> None:
    with pytest.raises(Refused) as refused:
        sign_in.present(publications.desk, email=email, password=password, source=HERE, now=NOW)
    assert str(refused.value) == WRONG
    assert not Entry.objects.filter(act="account.signed-in").exists()


def test_an_unknown_address_takes_as_much_work_as_a_wrong_password(publications: Any) -> None:
    def took(email: str) -> float:
        times = []
        for n in range(3):
            started = time.process_time()
            with pytest.raises(Refused):
                present(publications, email=email, password="wrong wrong wrong", source=f"{email} {n}")
            times.append(time.process_time() - started)
        return sorted(times)[1]

    took("warming-up@publications.test")
    unknown, known = took("nobody@publications.test"), took("bob@publications.test")
    assert 0.4 < unknown / known < 2.5


def test_a_code_serves_once(publications: Any) -> None:
    handle = present(publications)
    confirm(publications, handle, code())
    with pytest.raises(Refused, match="used already"):
        confirm(publications, handle, code())


def test_the_code_of_the_half_minute_before_serves_and_after_it_the_present_one(publications: Any) -> None:
    handle = present(publications)
    confirm(publications, handle, code(NOW - timedelta(seconds=30)))
    confirm(publications, handle, code())
    with pytest.raises(Refused):
        confirm(publications, handle, code(NOW - timedelta(seconds=30)))


def test_an_older_code_a_far_one_and_one_that_is_none_do_not_serve(publications: Any) -> None:
    handle = present(publications)
    for given in (
        code(NOW - timedelta(seconds=60)),
        code(NOW + timedelta(seconds=60)),
        "",
        "12345",
        "1234567",
        "١٢٣٤٥٦",
        "abcdef",
    ):
        with pytest.raises(Refused, match="This code is not right"):
            confirm(publications, handle, given, source=given or "empty")
    assert not Entry.objects.filter(act="account.signed-in").exists()


def test_a_colleagues_code_and_a_code_at_the_other_desk_do_not_serve(publications: Any) -> None:
    handle = present(publications)
    with pytest.raises(Refused, match="This code is not right"):
        confirm(publications, handle, code(of="Ada"))
    with pytest.raises(Refused, match="This account has ended"):
        sign_in.confirm(publications.charlie.desk, handle, code=code(), source=HERE, now=NOW)
    with pytest.raises(Refused, match="This account has ended"):
        confirm(publications, handles.new(), code())


def test_when_coming_in_cannot_be_recorded_nobody_comes_in_and_the_code_is_not_used(publications: Any) -> None:
    handle = present(publications)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TRIGGER full BEFORE INSERT ON evidence_entry BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
        )
        with pytest.raises(DatabaseError):
            confirm(publications, handle, code())
        cursor.execute("DROP TRIGGER full")
    confirm(publications, handle, code())


def test_after_five_wrong_tries_the_same_place_waits_even_with_the_right_password(publications: Any) -> None:
    guess(publications, 5)
    with pytest.raises(Refused, match=r"Too many wrong tries from here. Try again in 1 min"):
        present(publications)
    assert present(publications, now=NOW + timedelta(minutes=1))


def test_guessing_from_one_place_locks_nobody_out_elsewhere(publications: Any) -> None:
    guess(publications, 5)
    handle = present(publications, source=THERE)
    assert confirm(publications, handle, code(), source=THERE)


def test_guessing_one_account_holds_up_no_other_account_from_the_same_place(publications: Any) -> None:
    guess(publications, 5)
    assert present(publications, email="ada@publications.test")


def test_guessing_an_unknown_address_waits_just_the_same(publications: Any) -> None:
    guess(publications, 5, email="nobody@publications.test")
    with pytest.raises(Refused, match="Too many wrong tries"):
        present(publications, email="nobody@publications.test")


def test_guessing_at_one_desk_is_nothing_at_the_other(publications: Any) -> None:
    guess(publications, 5)
    with pytest.raises(Refused, match="is not right"):
        sign_in.present(publications.charlie.desk, email="bob@publications.test", password="x", source=HERE, now=NOW)


def test_wrong_codes_count_as_well(publications: Any) -> None:
    handle = present(publications)
    for _ in range(5):
        with pytest.raises(Refused, match="This code is not right"):
            confirm(publications, handle, "000000" if code() != "000000" else "000001")
    with pytest.raises(Refused, match="Too many wrong tries"):
        confirm(publications, handle, code())
    with pytest.raises(Refused, match="Too many wrong tries"):
        present(publications)


def test_the_wait_doubles_up_to_a_quarter_of_an_hour_and_ends(publications: Any) -> None:
    guess(publications, 5)
    now, waits = NOW, []
    for _ in range(8):
        with pytest.raises(Refused) as refused:
            present(publications, now=now)
        waits.append(refused.value.sentence.args["minutes"])
        now += timedelta(minutes=int(str(waits[-1])))
        guess(publications, 1, now=now)
    assert waits == [1, 2, 4, 8, 15, 15, 15, 15]
    assert present(publications, now=now + timedelta(minutes=15))


def test_whoever_guesses_for_weeks_waits_still(publications: Any) -> None:
    guess(publications, 5)
    FailedSignIn.objects.update(count=F("count") + 5000)
    later = NOW + timedelta(minutes=2)
    guess(publications, 1, now=later)
    with pytest.raises(Refused, match="15 min"):
        present(publications, now=later)


def test_after_a_quiet_while_counting_begins_anew(publications: Any) -> None:
    guess(publications, 4)
    later = NOW + timedelta(minutes=16)
    guess(publications, 4, now=later)
    assert present(publications, now=later)


def test_coming_in_forgets_the_wrong_tries(publications: Any) -> None:
    guess(publications, 4)
    confirm(publications, present(publications), code())
    assert not FailedSignIn.objects.exists()


def test_what_is_known_of_wrong_tries_is_forgotten_and_never_tells_who_or_where(publications: Any) -> None:
    guess(publications, 5)
    (row,) = FailedSignIn.objects.all()
    assert len(row.mark) == 16
    assert sign_in.forget_old_failures(NOW + timedelta(minutes=10)) == 0
    assert sign_in.forget_old_failures(NOW + timedelta(minutes=16)) == 1


def test_an_ended_account_does_not_come_in_whatever_it_knows(publications: Any) -> None:
    handle = present(publications)
    accounts.end(Account.objects.get(handle=handle), actor=publications.ada)
    with pytest.raises(Refused, match="Address or password is not right"):
        present(publications)
    with pytest.raises(Refused, match="This account has ended"):
        confirm(publications, handle, code())


def test_the_secrets_are_read_by_nobody_as_text(publications: Any) -> None:
    secrets = [one.handle for one in vault.all_of(publications.desk) if one.item == "sign-in-secret"]
    assert vault.Reading(publications.bob, "x.y").open(secrets) == vault.Reading(publications.ada, "x.y").open(secrets)
    account = Account.objects.get(handle=present(publications))
    opened = vault.Reading(publications.door, "x.y").open([account.password, account.one_time])
    assert str(opened[account.password]).startswith("$argon2id$")
    assert PASSWORD not in str(opened)
