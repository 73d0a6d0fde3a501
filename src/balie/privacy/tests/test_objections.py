"""Objections (S0.12): recorded, the data rest, a named person decides, and the decision is carried out at once."""

from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from balie import vault
from balie.desk import closing, conversation, reporter, rules, triage
from balie.desk.models import ReporterItem, Ticket
from balie.evidence.models import Entry
from balie.kernel import Actor, Invalid, Refused
from balie.privacy import objections
from balie.privacy.models import Objection
from balie.privacy.tests.at_the_desk import ALICE, mail_in

Record = apps.get_model("vault", "Record")


def ticket_of(cast: Any) -> Ticket:
    ticket = mail_in(cast)
    reporter.write(ticket, item="family-name", value="Example", actor=cast.bob)
    return ticket


def kept(ticket: Ticket) -> list[vault.Described]:
    return vault.describe(ticket.desk, held_by=[ticket.handle])


def decide(objection: Objection, cast: Any, outcome: str, reason: str, text: str = "Weighed.") -> objections.Receipt:
    return objections.decide(objection, outcome=outcome, reason=reason, text=text, actor=cast.dora)


def test_while_an_objection_is_open_the_data_are_kept_and_not_used(publications: Any) -> None:
    ticket = ticket_of(publications)
    objections.record(ticket, actor=publications.bob)
    assert all(one.on_hold for one in kept(ticket))
    for refused in (
        lambda: reporter.write(ticket, item="phone", value="020 123 4567", actor=publications.bob),
        lambda: triage.assign(ticket, to=None, actor=publications.bob),
        lambda: closing.close(ticket, actor=publications.bob),
    ):
        with pytest.raises(Refused, match="objected"):
            refused()
    conversation.note(ticket, text="She objects to being registered.", actor=publications.bob)
    conversation.answer(ticket, text="We weigh your objection.", actor=publications.bob)
    assert not Objection.objects.exclude(ticket=ticket).exists()


def test_upheld_everything_that_the_ticket_held_is_erased_at_once_with_a_receipt(publications: Any) -> None:
    ticket = ticket_of(publications)
    objection = objections.record(ticket, actor=publications.bob)
    before = {one.handle for one in kept(ticket)}
    receipt = decide(objection, publications, "upheld", "person-prevails", "")
    assert kept(ticket) == []
    assert before < {line.handle for line in receipt.lines}  # and the mail as it came
    assert {line.why for line in receipt.lines} == {"objection-upheld"}
    assert receipt.kept == 0
    assert not vault.find(publications.bob, "email", ALICE) or not kept(ticket)
    assert not ReporterItem.objects.exists()
    ticket.refresh_from_db()
    assert ticket.restricted_at is None
    assert Entry.objects.get(act="objection.upheld").facts["erased"] == len(receipt.lines)


def test_rejected_the_ticket_may_be_used_again_and_the_reasons_are_sealed_with_it(publications: Any) -> None:
    ticket = ticket_of(publications)
    objection = objections.record(ticket, actor=publications.bob)
    decide(objection, publications, "rejected", "compelling-grounds", "The fault touches others too.")
    objection.refresh_from_db()
    ticket.refresh_from_db()
    assert rules.close(ticket, publications.bob) is None
    assert not any(one.on_hold for one in kept(ticket))
    reading = vault.Reading(publications.dora, "objection.looked-at", objection.handle)
    assert reading.text(objection.reasons) == "The fault touches others too."
    entry = Entry.objects.get(act="objection.rejected")
    assert entry.actor == str(publications.dora)
    assert entry.facts["reason"] == "compelling-grounds"


def test_a_rejected_objection_on_a_closed_ticket_keeps_its_reasons_no_longer_than_the_ticket(publications: Any) -> None:
    ticket = ticket_of(publications)
    closing.close(ticket, actor=publications.bob)
    decide(objections.record(ticket, actor=publications.bob), publications, "rejected", "legal-claims")
    assert len({one.erase_at for one in kept(ticket) if one.item == "message"}) == 1


def test_what_is_held_for_another_reason_or_may_not_be_destroyed_yet_stays_and_is_counted(publications: Any) -> None:
    ticket = ticket_of(publications)
    claimed, archived, *_ = kept(ticket)
    vault.hold([claimed.handle], reason="claim", actor=publications.dora)
    Record.objects.filter(handle=archived.handle).update(not_before=timezone.now().date().replace(year=2099))
    objection = objections.record(ticket, actor=publications.bob)
    receipt = decide(objection, publications, "upheld", "person-prevails", "")
    assert receipt.kept == 2
    assert {one.handle for one in kept(ticket)} == {claimed.handle, archived.handle}


def test_another_ticket_of_the_same_person_is_left_alone(publications: Any) -> None:
    ticket, other = ticket_of(publications), mail_in(publications, subject="Something else")
    decide(objections.record(ticket, actor=publications.bob), publications, "upheld", "person-prevails", "")
    assert kept(other)


def test_only_a_named_person_of_the_desk_records_and_decides(publications: Any) -> None:
    ticket = ticket_of(publications)
    for stranger in (Actor.system("retain", "publications"), publications.ada, publications.charlie):
        with pytest.raises(Refused):
            objections.record(ticket, actor=stranger)
    objection = objections.record(ticket, actor=publications.bob)
    for stranger in (Actor.system("retain", "publications"), publications.ada, publications.charlie):
        with pytest.raises(Refused):
            objections.decide(objection, outcome="upheld", reason="person-prevails", text="", actor=stranger)
    assert kept(ticket)


@pytest.mark.parametrize(
    ("outcome", "reason", "text"),
    [
        ("perhaps", "person-prevails", "x"),
        ("upheld", "legal-claims", "x"),
        ("rejected", "", "x"),
        ("rejected", "legal-claims", "  "),
    ],
)
def test_a_decision_needs_an_outcome_a_reason_and_words_for_a_rejection(
    publications: Any, outcome: str, reason: str, text: str
) -> None:
    objection = objections.record(ticket_of(publications), actor=publications.bob)
    with pytest.raises(Invalid):
        decide(objection, publications, outcome, reason, text)


def test_an_objection_is_decided_once_and_there_is_one_at_a_time(publications: Any) -> None:
    ticket = ticket_of(publications)
    objection = objections.record(ticket, actor=publications.bob)
    with pytest.raises(Refused, match="already"):
        objections.record(ticket, actor=publications.bob)
    decide(objection, publications, "rejected", "legal-claims")
    with pytest.raises(Refused, match="decided"):
        decide(objection, publications, "upheld", "person-prevails")
    again = objections.record(ticket, actor=publications.bob)
    assert objections.of(ticket) == [again, objection]


def test_to_what_rests_on_a_legal_obligation_one_cannot_object(publications: Any) -> None:
    ticket = ticket_of(publications)
    Ticket.objects.filter(pk=ticket.pk).update(activity="account-requests")
    ticket.refresh_from_db()
    with pytest.raises(Refused, match="no objection"):
        objections.record(ticket, actor=publications.bob)
