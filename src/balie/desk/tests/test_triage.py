"""Triage: given to a colleague who handles such tickets, sorted within its activity."""

from typing import Any

import pytest

from balie.desk import triage
from balie.desk.models import Status
from balie.desk.tests.coming_in import fresh, ticket
from balie.evidence.models import Entry
from balie.kernel import Invalid
from balie.people import accounts
from balie.people.models import Account


def test_a_ticket_that_is_given_to_somebody_is_open_and_theirs(publications: Any) -> None:
    one, bob = ticket(publications), accounts.account_of(publications.bob)
    triage.assign(one, to=bob, actor=publications.bob)
    assert (fresh(one).status, fresh(one).assignee) == (Status.OPEN, bob)
    triage.assign(one, to=None, actor=publications.bob)
    assert (fresh(one).status, fresh(one).assignee) == (Status.OPEN, None)
    told = list(Entry.objects.filter(act="ticket.assigned").order_by("pk").values_list("facts", flat=True))
    assert [facts["to"] for facts in told] == [bob.handle.hex, None]


def test_giving_it_to_nobody_leaves_a_new_ticket_new(publications: Any) -> None:
    one = ticket(publications)
    triage.assign(one, to=None, actor=publications.bob)
    assert fresh(one).status == Status.NEW


@pytest.mark.parametrize("who", ["dora", "ada", "charlie"])
def test_it_is_given_to_nobody_who_does_not_handle_such_tickets(publications: Any, who: str) -> None:
    one = ticket(publications)
    colleague = Account.objects.get(handle=getattr(publications, who).handle)
    with pytest.raises(Invalid, match="does not handle tickets of this kind"):
        triage.assign(one, to=colleague, actor=publications.bob)
    assert fresh(one).assignee is None


def test_it_is_given_to_no_colleague_who_has_left(publications: Any) -> None:
    one, bob = ticket(publications), accounts.account_of(publications.bob)
    eve, _ = accounts.appoint(
        name="Eve", email="eve@example.org", roles=["agent"], teams=["servicedesk"], actor=publications.ada
    )
    accounts.end(eve, actor=publications.ada)
    with pytest.raises(Invalid):
        triage.assign(one, to=eve, actor=publications.bob)
    triage.assign(one, to=bob, actor=publications.bob)


def test_it_is_sorted_within_its_activity(publications: Any) -> None:
    one = ticket(publications)
    triage.sort(one, service="regulations", kind="incident", actor=publications.bob)
    assert (fresh(one).service, fresh(one).kind) == ("regulations", "incident")
    assert Entry.objects.get(act="ticket.sorted").facts["kind"] == "incident"


@pytest.mark.parametrize(
    ("service", "kind", "sentence"),
    [
        ("accounts", "question", "A ticket stays within its activity"),  # its data stand under other terms
        ("no-such-service", "question", "A ticket stays within its activity"),
        ("regulations", "complaint", "«complaint» is no kind of ticket"),
    ],
)
def test_it_is_not_sorted_out_of_its_activity_or_its_kinds(
    publications: Any, service: str, kind: str, sentence: str
) -> None:
    one = ticket(publications)
    with pytest.raises(Invalid, match=sentence):
        triage.sort(one, service=service, kind=kind, actor=publications.bob)
    assert (fresh(one).service, fresh(one).kind) == ("announcements", "question")
