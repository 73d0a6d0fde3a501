"""The telephone: a call comes in with its number, somebody writes down what was asked, and nothing of the call outlasts it."""

from typing import Any

import pytest
from django.utils import timezone

from balie import vault
from balie.desk import looking, phone
from balie.desk.models import Call, Message, Status, Ticket
from balie.desk.tests.coming_in import fresh, items, shown, ticket
from balie.evidence.models import Entry
from balie.kernel import Conflict, Invalid, Refused
from balie.people import accounts
from balie.vault.tests.keeping import read

NUMBER = "+358 9 123 4567"


def rings(cast: Any, number: str = NUMBER) -> Call:
    return phone.incoming(number=number, actor=cast.door)


def write(cast: Any, call: Call | None = None, **more: Any) -> Ticket:
    asked = {"number": NUMBER, "email": "", "text": "Asked about a passport.", "actor": cast.bob}
    return fresh(phone.register_call(call, **{**asked, **more}))


def test_a_call_waits_with_its_number_from_the_telephone_system(advice: Any) -> None:
    """S4.4."""
    call = rings(advice)
    assert phone.waiting(advice.bob) == [call]
    assert read(advice.bob, call.number) == [NUMBER]
    (kept,) = vault.describe(advice.desk, held_by=[call.handle])
    assert (kept.item, kept.source) == ("phone", "phone-system")
    assert Entry.objects.get(act="call.came-in").operation == "collect"


@pytest.mark.parametrize("number", ["", "anonymous", "Unknown caller"])
def test_a_hidden_number_is_no_number(advice: Any, number: str) -> None:
    call = rings(advice, number)
    assert call.number is None
    assert vault.describe(advice.desk, held_by=[call.handle]) == []


def test_the_number_of_a_call_that_nobody_takes_goes_as_any_other_contact(advice: Any) -> None:
    """S4.3."""
    (kept,) = vault.describe(advice.desk, held_by=[rings(advice).handle])
    assert kept.erase_at is not None
    assert kept.erase_at.year == timezone.now().year + 2
    assert kept.happened_at is not None


def test_what_was_asked_becomes_a_ticket_that_is_closed_when_it_was_settled(advice: Any) -> None:
    """S4.4."""
    call = rings(advice)
    one = write(advice, call)
    assert (one.status, one.channel, one.assignee) == (Status.CLOSED, "phone", accounts.account_of(advice.bob))
    assert items(one) == ["message", "phone"]
    assert shown(one, advice.bob) == ["Asked about a passport."]
    assert [line.handle for line in looking.search(NUMBER, actor=advice.bob)] == [one.handle]
    assert len({kept.erase_at for kept in vault.describe(advice.desk, held_by=[one.handle])}) == 1
    call.refresh_from_db()
    assert (call.number, call.ticket, call.taken_by) == (None, one, accounts.account_of(advice.bob))
    assert vault.describe(advice.desk, held_by=[call.handle]) == []
    assert [line.why for line in vault.ended(advice.desk, [call.handle])] == ["call-ended"]
    assert phone.waiting(advice.bob) == []


def test_it_stays_open_when_it_was_not_settled(advice: Any) -> None:
    one = write(advice, close=False)
    assert (one.status, one.closed_at) == (Status.OPEN, None)


def test_the_evidence_tells_of_the_opening_and_the_end_of_the_call(advice: Any) -> None:
    call = rings(advice)
    one = write(advice, call)
    opened = Entry.objects.get(act="ticket.opened")
    assert (opened.ref, opened.actor, opened.facts["channel"]) == (one.handle, str(advice.bob), "phone")
    assert Entry.objects.get(act="call.ended").facts == {"kept": True}


def test_both_ways_to_be_reached_are_kept_when_both_were_given(advice: Any) -> None:
    """S4.2: e-mail and/or phone number."""
    one = write(advice, email="alice@example.org", close=False)
    assert items(one) == ["email", "message", "phone"]


def test_an_address_alone_is_enough_and_neither_is_not(advice: Any) -> None:
    assert items(write(advice, number="", email="alice@example.org")) == ["email", "message"]
    with pytest.raises(Refused, match="At least one is needed"):
        write(advice, number="", email=" ")
    assert Ticket.objects.filter(desk=advice.desk).count() == 1


def test_where_a_placeholder_stands_in_for_the_name_the_ticket_goes_on_without_one(publications: Any) -> None:
    """S0.5."""
    one = write(publications, number="", email="")
    assert items(one) == ["message"]


def test_who_called_before_is_recognised_by_the_number_and_who_wrote_by_the_address(advice: Any) -> None:
    first = write(advice)
    assert write(advice, number="09-1234567").requester == first.requester
    mailed = ticket(advice)
    assert write(advice, number="", email="ALICE@example.org").requester == mailed.requester


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"text": "  "}, "write down what was asked"),
        ({"service": "no-such-service"}, "is no service of this desk"),
        ({"kind": "complaint"}, "is no kind of ticket"),
        ({"email": "no address"}, "This is no e-mail address"),
    ],
)
def test_what_does_not_fit_is_said_and_the_call_still_waits(advice: Any, more: dict[str, Any], sentence: str) -> None:
    call = rings(advice)
    with pytest.raises(Invalid, match=sentence):
        write(advice, call, **more)
    assert phone.waiting(advice.bob) == [call]
    assert not Ticket.objects.filter(desk=advice.desk).exists()
    assert not Message.objects.exists()


def test_a_call_is_written_down_once(advice: Any) -> None:
    call = rings(advice)
    write(advice, call)
    with pytest.raises(Conflict, match="written down already"):
        write(advice, call)
    with pytest.raises(Conflict):
        phone.end(call, actor=advice.bob)
    assert Ticket.objects.filter(desk=advice.desk).count() == 1


def test_a_call_can_be_let_go_and_nothing_of_it_is_kept(advice: Any) -> None:
    call = rings(advice)
    phone.end(call, actor=advice.bob)
    assert phone.waiting(advice.bob) == []
    assert vault.describe(advice.desk, held_by=[call.handle]) == []
    assert Entry.objects.get(act="call.ended").facts == {"kept": False}
    phone.end(None, actor=advice.bob)


def test_charlie_sees_and_takes_no_call_of_ours(advice: Any) -> None:
    call = rings(advice)
    assert phone.waiting(advice.charlie) == []
    for verb in (lambda: phone.end(call, actor=advice.charlie), lambda: write(advice, call, actor=advice.charlie)):
        with pytest.raises(Refused, match="There is no such call"):
            verb()
    assert phone.waiting(advice.bob) == [call]
    assert read(advice.bob, call.number) == [NUMBER]


@pytest.mark.parametrize("who", ["dora", "ada", "door"])
def test_nobody_but_an_agent_takes_calls(advice: Any, who: str) -> None:
    call = rings(advice)
    with pytest.raises(Refused, match="Only an agent of this desk"):
        phone.end(call, actor=getattr(advice, who))
    assert phone.waiting(advice.door) == []
    assert phone.waiting(advice.bob) == [call]


def test_feedback_by_phone_is_sorted_as_it_is_written_down(advice: Any) -> None:
    one = write(advice, service="feedback", kind="feedback")
    assert (one.service, one.kind, one.activity) == ("feedback", "feedback", "advice")
