"""Persons: recognised by what the desk holds, met once, forgotten when nothing is kept."""

from typing import Any

from django.utils import timezone

from balie import vault
from balie.jobs import registry
from balie.people import accounts, persons
from balie.people.models import Account, Person
from balie.vault.tests.keeping import put


def met(cast: Any, email: str) -> Person:
    """Somebody of whom the desk keeps an address."""
    person = persons.recognise("email", email, actor=cast.door)
    put(cast, "email", email, about=(person.handle,))
    return person


def test_who_wrote_before_from_an_address_is_the_same_person(publications: Any) -> None:
    alice = met(publications, "alice@example.org")
    assert persons.recognise("email", "Alice@Example.org", actor=publications.door) == alice
    assert persons.recognise("email", "alice@example.com", actor=publications.door) != alice


def test_a_number_is_recognised_however_it_is_written(publications: Any) -> None:
    alice = persons.recognise("phone", "020 794 0123", actor=publications.door)
    put(publications, "phone", "020 794 0123", about=(alice.handle,))
    assert persons.recognise("phone", "+31 20 794 0123", actor=publications.door) == alice


def test_nobody_is_recognised_by_nothing(publications: Any) -> None:
    one, other = (persons.recognise("email", "", actor=publications.door) for _ in range(2))
    assert one != other


def test_the_other_desk_meets_the_same_human_for_the_first_time(publications: Any, advice: Any) -> None:
    alice = met(publications, "alice@example.org")
    stranger = persons.recognise("email", "alice@example.org", actor=advice.door)
    assert stranger.handle != alice.handle
    assert stranger.desk == advice.desk


def test_staff_who_write_in_are_a_person_apart_from_their_account_the_same_each_time(publications: Any) -> None:
    bob = accounts.account_of(publications.bob)
    asker = met(publications, "bob@publications.test")
    assert asker.handle != bob.handle
    assert persons.recognise("email", "bob@publications.test", actor=publications.door) == asker


def test_whoever_nothing_is_kept_about_is_forgotten_and_staff_are_not(publications: Any) -> None:
    registry.find()
    alice, carol = met(publications, "alice@example.org"), met(publications, "carol@example.org")
    vault.erase(
        [one.handle for one in vault.of_person(publications.desk, carol.handle)], actor=publications.bob, why="asked"
    )
    registry.known("people.forget")({})
    left = set(Person.objects.filter(desk=publications.desk).values_list("handle", flat=True))
    assert alice.handle in left
    assert carol.handle not in left
    assert set(Account.objects.filter(desk=publications.desk).values_list("handle", flat=True)) <= left


def test_the_tidying_job_forgets_failures_whose_wait_is_over(publications: Any) -> None:
    from balie.people.models import FailedSignIn

    registry.find()
    FailedSignIn.objects.create(
        desk=publications.desk, mark=b"m" * 16, count=3, until=timezone.now() - timezone.timedelta(minutes=16)
    )
    FailedSignIn.objects.create(desk=publications.desk, mark=b"n" * 16, count=3, until=timezone.now())
    registry.known("people.tidy")({})
    assert FailedSignIn.objects.count() == 1
