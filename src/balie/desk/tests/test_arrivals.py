"""Arrivals: kept before anybody is told so, once however often it is sent, and the evidence knows."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from balie import vault
from balie.desk import arrivals
from balie.desk.models import Arrival
from balie.desk.tests.coming_in import arrive, mail
from balie.evidence.models import Entry
from balie.jobs import registry
from balie.jobs.models import Job
from balie.kernel import Refused
from balie.vault.tests.keeping import OFF_LIMITS

RAW = b"From: alice@example.org\r\nSubject: x\r\n\r\nHello\r\n"


def delivery(
    raw: bytes = RAW, *, sender: str = "alice@example.org", to: tuple[str, ...] = ("desk@example.org",)
) -> Any:
    return arrivals.Delivery(sender, to, raw)


def test_a_mail_is_kept_whole_and_waits_to_be_read(publications: Any) -> None:
    whole = delivery(bytes(range(256)) * 1000, sender="ünïcode@example.org", to=("a@example.org", "b@example.org"))
    (handle,) = arrivals.take_in([whole], actor=publications.door)
    arrival = Arrival.objects.get(handle=handle)
    assert arrivals.opened([arrival]) == [whole]
    assert Job.objects.get(name="mail.read").args == {"arrival": handle.hex, "desk": publications.desk}
    (kept,) = vault.describe(publications.desk, held_by=[handle])
    assert (kept.item, kept.term, kept.source) == ("raw-message", "mail-as-sent", "person")
    told = Entry.objects.get(act="mail.accepted")
    assert (told.operation, told.ref, told.facts) == ("collect", handle, {"channel": "mail"})


@pytest.mark.parametrize("sender", ["", "\udcff@example.org"])
def test_a_mail_from_nobody_or_from_broken_bytes_is_kept_as_well(publications: Any, sender: str) -> None:
    (handle,) = arrivals.take_in([delivery(sender=sender)], actor=publications.door)
    assert arrivals.opened([Arrival.objects.get(handle=handle)])[0].sender == sender


def test_the_same_mail_again_is_the_first_one_also_within_one_commit(publications: Any) -> None:
    first, second = arrivals.take_in([delivery(), delivery()], actor=publications.door)
    (third,) = arrivals.take_in([delivery()], actor=publications.door)
    assert first == second == third
    assert Arrival.objects.count() == 1
    assert Job.objects.filter(name="mail.read").count() == 1
    assert sum(one.item == "raw-message" for one in vault.all_of(publications.desk)) == 1


def test_the_same_mail_that_was_read_already_is_not_read_again(publications: Any) -> None:
    message = mail(publications)
    arrival = Arrival.objects.get(handle=message.arrival)
    again = arrivals.take_in(arrivals.opened([arrival]), actor=publications.door)
    assert again == [arrival.handle]
    assert Arrival.objects.filter(read_at=None).count() == 0


@pytest.mark.parametrize(
    "other",
    [
        delivery(RAW + b"."),
        delivery(sender="bob@example.org"),
        delivery(to=("other@example.org",)),
        delivery(sender=""),
    ],
)
def test_other_bytes_another_sender_or_another_address_is_another_mail(publications: Any, other: Any) -> None:
    one, two = arrivals.take_in([delivery(), other], actor=publications.door)
    assert one != two


def test_the_other_desk_keeps_its_own_copy(publications: Any, advice: Any) -> None:
    (one,), (other,) = (arrivals.take_in([delivery()], actor=cast.door) for cast in (publications, advice))
    assert one != other


def test_a_double_is_noticed_for_a_week_and_longer_only_while_it_is_unread(publications: Any) -> None:
    registry.find()
    arrive(publications, RAW, at=timezone.now() - timedelta(days=8))
    read = mail(publications, at=timezone.now() - timedelta(days=8))
    young = mail(publications, at=timezone.now() - timedelta(days=6))
    registry.known("desk.tidy")({})
    assert set(Arrival.objects.values_list("handle", flat=True)) >= {young.arrival}
    assert not Arrival.objects.filter(handle=read.arrival).exists()
    assert Arrival.objects.filter(read_at=None).count() == 1


def test_a_mail_whose_term_has_passed_is_told_so(publications: Any) -> None:
    arrival = arrive(publications, RAW)
    vault.erase([arrival.raw], actor=publications.door, why="mail-as-sent")
    with pytest.raises(Refused, match="has been erased under its term"):
        arrivals.opened([arrival])


def test_the_fingerprint_tells_nothing_and_differs_between_desks(publications: Any, advice: Any) -> None:
    marks = set()
    for cast in (publications, advice):
        (handle,) = arrivals.take_in([delivery(OFF_LIMITS.encode())], actor=cast.door)
        marks.add(bytes(Arrival.objects.get(handle=handle).fingerprint))
    assert len(marks) == 2
    assert {len(mark) for mark in marks} == {16}


def test_many_mails_in_one_commit_cost_no_more_queries_than_a_few(
    publications: Any, django_assert_max_num_queries: Any
) -> None:
    arrive(publications)
    for many in (2, 40):
        deliveries = [delivery(f"{many} {n}".encode()) for n in range(many)]
        with django_assert_max_num_queries(10 + 2 * many):
            arrivals.take_in(deliveries, actor=publications.door)
