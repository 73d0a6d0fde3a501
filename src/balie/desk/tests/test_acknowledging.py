"""Acknowledging: once for each first mail, never to a machine, never for ever."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from balie.desk import acknowledging, reporter
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
    assert left() == acknowledging.MOST_A_DAY
    ticket(publications, sender="LOOP@example.org")
    assert left() == acknowledging.MOST_A_DAY
    ticket(publications, sender="alice@example.org")
    assert left() == acknowledging.MOST_A_DAY + 1


def test_the_next_day_begins_anew(publications: Any) -> None:
    for _ in range(7):
        ticket(publications, sender="loop@example.org", at=timezone.now() - timedelta(days=1))
    assert left() == acknowledging.MOST_A_DAY
    ticket(publications, sender="loop@example.org")
    assert left() == acknowledging.MOST_A_DAY + 1


def test_many_replies_to_one_ticket_do_not_hide_a_loop_of_new_ones(publications: Any) -> None:
    ticket(publications, sender="loop@example.org")
    for _ in range(120):
        mail(publications, sender="loop@example.org", subject="[1001]")
    for _ in range(8):
        ticket(publications, sender="loop@example.org")
    assert left() == acknowledging.MOST_A_DAY


def test_the_sender_is_told_what_follows_from_what_is_missing_and_only_then(publications: Any, advice: Any) -> None:
    """S0.5: said before the answer, so that it can be mended."""
    one = ticket(publications)
    assert "Zonder naam" in acknowledging.consequence(one).read("nl")
    reporter.write(one, item="family-name", value="Voorbeeld", actor=publications.bob)
    assert acknowledging.consequence(one) is None
    assert acknowledging.consequence(ticket(advice)) is None
