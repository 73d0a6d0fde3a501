"""The statuses of a ticket: the table is complete, and the verbs keep to it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from balie.desk import closing, conversation, reporter, triage
from balie.desk.models import TRANSITIONS, Channel, Kind, Message, Status, Ticket
from balie.desk.tests.coming_in import fresh, mail, ticket
from balie.kernel import Stop
from balie.people import accounts

VERBS: dict[str, Callable[[Ticket, Any], Any]] = {
    "assign": lambda one, cast: triage.assign(one, to=accounts.account_of(cast.bob), actor=cast.bob),
    "give back": lambda one, cast: triage.assign(one, to=None, actor=cast.bob),
    "sort": lambda one, cast: triage.sort(one, service="feedback", kind=Kind.FEEDBACK, actor=cast.bob),
    "answer": lambda one, cast: conversation.answer(one, text="An answer", actor=cast.bob),
    "note": lambda one, cast: conversation.note(one, text="A note", actor=cast.bob),
    "draft": lambda one, cast: conversation.keep_draft(one, kind="note", text="A draft", actor=cast.bob),
    "write down": lambda one, cast: reporter.write(one, item="phone", value="09 123 4567", actor=cast.bob),
    "strike": lambda one, cast: reporter.strike(one, item="phone", actor=cast.bob),
    "close": lambda one, cast: closing.close(one, actor=cast.bob),
    "reopen": lambda one, cast: closing.reopen(one, actor=cast.bob),
    "mail": lambda one, cast: mail(cast, subject=f"Re: [{one.number}]"),
}


def in_status(cast: Any, status: str) -> Ticket:
    one = ticket(cast)
    closed = timezone.now() if status == Status.CLOSED else None
    Ticket.objects.filter(pk=one.pk).update(status=status, closed_at=closed)
    return fresh(one)


def test_every_status_has_a_row_and_leads_only_to_statuses() -> None:
    assert set(TRANSITIONS) == set(Status)
    for status, following in TRANSITIONS.items():
        assert following <= set(Status)
        assert status not in following


def test_every_status_is_reached_and_left() -> None:
    reached = set().union(*TRANSITIONS.values())
    assert reached | {Status.NEW} == set(Status)
    assert all(TRANSITIONS.values())


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_moves_a_ticket_as_the_table_says_or_not_at_all(advice: Any, status: Status, verb: str) -> None:
    one = in_status(advice, status)
    try:
        VERBS[verb](one, advice)
    except Stop:
        assert fresh(one).status == status
    after = fresh(one).status
    assert after == status or after in TRANSITIONS[status]
    assert (fresh(one).closed_at is None) == (after != Status.CLOSED)


def test_a_ticket_is_closed_exactly_when_it_has_a_time_of_closing(advice: Any) -> None:
    one = ticket(advice)
    for wrong in ({"status": "closed"}, {"closed_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Ticket.objects.filter(pk=one.pk).update(**wrong)


def test_a_number_is_given_once_at_a_desk_and_each_desk_counts_for_itself(advice: Any, publications: Any) -> None:
    first, second = ticket(advice), ticket(advice)
    assert second.number == first.number + 1
    assert ticket(publications).number == 1001
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.filter(pk=second.pk).update(number=first.number)


def test_only_the_desks_own_staff_whose_teams_cover_it_see_a_ticket(advice: Any) -> None:
    import dataclasses

    from balie.kernel import Actor

    one = ticket(advice)
    assert list(Ticket.objects.visible_to(advice.bob)) == [one]
    for stranger in (
        advice.charlie,
        Actor("requester", one.requester_id.hex, advice.desk),
        dataclasses.replace(advice.bob, covers=frozenset()),
        dataclasses.replace(advice.bob, covers=frozenset({"agents/work", "evidence"})),
        Actor.system("receive", "publications"),
    ):
        assert list(Ticket.objects.visible_to(stranger)) == []
    assert list(Ticket.objects.visible_to(dataclasses.replace(advice.bob, covers=frozenset({"advice/answer"})))) == [
        one
    ]


def test_channels_and_kinds_are_a_closed_list() -> None:
    assert set(Channel) == {"mail", "phone"}
    assert set(Kind) == {"question", "incident", "request", "feedback"}
    assert set(Message.Kind) == {"incoming", "answer", "note"}
