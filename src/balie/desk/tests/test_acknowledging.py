"""Acknowledging: once for each first mail, never to a machine, never for ever."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from balie.desk import acknowledging, allowance, jobs, reporter
from balie.desk.models import Tally
from balie.desk.tests.coming_in import mail, ticket
from balie.evidence.models import Entry
from balie.post.models import Outgoing


def left() -> int:
    return Outgoing.objects.filter(kind="acknowledgement").count()


def test_a_first_mail_is_acknowledged_and_the_evidence_knows(publications: Any) -> None:
    one = ticket(publications)
    (row,) = Outgoing.objects.all()
    assert (row.kind, row.refs, row.desk) == ("acknowledgement", {"ticket": one.handle.hex}, publications.desk)
    assert Entry.objects.get(act="ticket.acknowledged").ref == one.handle


def test_more_mail_on_a_ticket_is_not(publications: Any) -> None:
    one = ticket(publications)
    assert mail(publications, subject="[1001]").ticket == one
    assert left() == 1


@pytest.mark.parametrize("more", [{"automatic": True}, {"sender": ""}])
def test_a_machine_and_nobody_are_never_acknowledged(publications: Any, more: dict[str, Any]) -> None:
    ticket(publications, **more)
    assert left() == 0
    assert not Entry.objects.filter(act="ticket.acknowledged").exists()


@pytest.mark.parametrize("sender", ["servicedesk@publications.test", "Neuvonta+1001.abc@citizens-advice.test"])
def test_desks_do_not_acknowledge_themselves_or_each_other(publications: Any, sender: str) -> None:
    ticket(publications, sender=sender)
    assert left() == 0


def test_at_most_five_a_day_go_to_one_address_and_other_addresses_are_not_held_up(publications: Any) -> None:
    for _ in range(8):
        ticket(publications, sender="loop@example.org")
    assert left() == allowance.TO_AN_ADDRESS
    ticket(publications, sender="LOOP@example.org")
    assert left() == allowance.TO_AN_ADDRESS
    ticket(publications, sender="alice@example.org")
    assert left() == allowance.TO_AN_ADDRESS + 1


def test_the_next_day_begins_anew(publications: Any) -> None:
    for _ in range(7):
        ticket(publications, sender="loop@example.org", at=timezone.now() - timedelta(days=1))
    assert left() == allowance.TO_AN_ADDRESS
    ticket(publications, sender="loop@example.org")
    assert left() == allowance.TO_AN_ADDRESS + 1


def test_many_replies_to_one_ticket_do_not_hide_a_loop_of_new_ones(publications: Any) -> None:
    ticket(publications, sender="loop@example.org")
    for _ in range(120):
        mail(publications, sender="loop@example.org", subject="[1001]")
    for _ in range(8):
        ticket(publications, sender="loop@example.org")
    assert left() == allowance.TO_AN_ADDRESS


def test_the_sender_is_told_what_follows_from_what_is_missing_and_only_then(publications: Any, advice: Any) -> None:
    """S0.5: said before the answer, so that it can be mended."""
    one = ticket(publications)
    assert "Zonder naam" in acknowledging.consequence(one).read("nl")
    reporter.write(one, item="family-name", value="Voorbeeld", actor=publications.bob)
    assert acknowledging.consequence(one) is None
    assert acknowledging.consequence(ticket(advice)) is None


def test_a_desk_that_is_written_to_by_thousands_of_addresses_sends_no_echo_to_them_all(
    publications: Any, advice: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(allowance, "FROM_A_DESK", 10)
    at = timezone.now()
    for number in range(15):
        ticket(publications, sender=f"victim{number}@example.org", at=at)
    assert left() == 10
    ticket(advice, at=at)
    assert left() == 11
    ticket(publications, sender="later@example.org", at=at + timedelta(hours=1))
    assert left() == 12


def test_the_ten_thousandth_costs_as_many_questions_as_the_first(
    publications: Any, django_assert_num_queries: Any
) -> None:
    one = ticket(publications, sender="loop@example.org")
    Tally.objects.update(count=10_000)
    with django_assert_num_queries(2):
        assert not allowance.one_more(one, "loop@example.org", at=one.opened_at)


def test_what_was_counted_names_nobody_and_is_gone_after_two_days(publications: Any) -> None:
    ticket(publications, sender="alice@example.org", at=timezone.now() - timedelta(days=3))
    ticket(publications, sender="bob@example.org")
    assert Tally.objects.count() == 6
    assert not any(b"alice" in bytes(one.mark) for one in Tally.objects.all())
    jobs.tidy({})
    assert Tally.objects.count() == 3
