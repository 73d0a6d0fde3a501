"""The conversation: answers that go out, notes that do not, drafts of one's own, and nothing sent over what somebody has not read."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from balie import vault
from balie.desk import closing, conversation, forgetting, reporter
from balie.desk.models import Draft, Message, Status, Ticket
from balie.desk.tests.coming_in import fresh, mail, shown, ticket
from balie.evidence.models import Entry
from balie.kernel import Conflict, Invalid, Refused
from balie.people import accounts
from balie.post.models import Outgoing
from balie.vault.tests.keeping import read


def answers() -> int:
    return Outgoing.objects.filter(kind="answer").count()


def clocks(one: Ticket) -> set[Any]:
    return {kept.erase_at for kept in vault.describe(one.desk, held_by=[one.handle])}


def drafts(cast: Any, one: Ticket, actor: Any = None) -> dict[str, str]:
    return conversation.drafts_of(one, vault.Reading(actor or cast.bob, "ticket.looked-at"))


def test_an_answer_is_kept_left_in_the_outbox_and_proven(advice: Any) -> None:
    one = ticket(advice)
    message = conversation.answer(one, text="  Try again now. \n", actor=advice.bob)
    assert read(advice.bob, message.text) == ["Try again now."]
    row = Outgoing.objects.get(kind="answer")
    assert row.refs == {"ticket": one.handle.hex, "message": message.handle.hex}
    told = Entry.objects.get(act="message.answered")
    assert (told.operation, told.ref, told.actor, told.about) == (
        "transmit",
        message.handle,
        str(advice.bob),
        [one.requester_id.hex],
    )
    assert fresh(one).status == Status.WAITING
    assert fresh(one).assignee == accounts.account_of(advice.bob)


def test_answering_is_contact_and_everything_runs_from_it_anew(advice: Any) -> None:
    """S4.3."""
    one = ticket(advice, at=timezone.now() - timedelta(days=100))
    before = clocks(one)
    conversation.answer(one, text="An answer", actor=advice.bob)
    after = clocks(fresh(one))
    assert len(before) == len(after) == 1
    assert after.pop() > before.pop()
    assert fresh(one).last_contact_at.date() == timezone.now().date()


def test_an_answer_leaves_the_ticket_with_whoever_has_it(advice: Any) -> None:
    one = ticket(advice)
    other, _ = accounts.appoint(
        name="Eve", email="eve@example.org", roles=["agent"], teams=["advisers"], actor=advice.ada
    )
    Ticket.objects.filter(pk=one.pk).update(assignee=other)
    conversation.answer(fresh(one), text="An answer", actor=advice.bob)
    assert fresh(one).assignee == other


def test_a_note_stays_behind_the_counter_and_is_no_contact(advice: Any) -> None:
    one = ticket(advice)
    before = fresh(one).last_contact_at
    message = conversation.note(one, text="Looks like last week's", actor=advice.bob)
    assert answers() == 0
    assert fresh(one).last_contact_at == before
    assert (fresh(one).status, message.kind) == (Status.OPEN, "note")
    assert Entry.objects.get(act="message.noted").operation == "record"


def test_a_note_on_a_closed_ticket_runs_from_its_closing(publications: Any) -> None:
    one = ticket(publications)
    closing.close(one, actor=publications.bob)
    note = conversation.note(one, text="Late thought", actor=publications.bob)
    conversation.keep_draft(one, kind="note", text="Later thought", actor=publications.bob)
    assert len(clocks(one)) == 1
    assert fresh(one).status == Status.CLOSED
    (kept,) = vault.describe(publications.desk, handles=[note.text])
    assert kept.happened_at == fresh(one).closed_at


def test_a_note_and_a_draft_go_with_the_rest_two_years_after_the_last_contact(advice: Any) -> None:
    one = ticket(advice)
    conversation.note(one, text="A note", actor=advice.bob)
    conversation.keep_draft(one, kind="answer", text="A draft", actor=advice.bob)
    assert len(clocks(one)) == 1


@pytest.mark.parametrize("text", ["", "  ", "\n\t"])
def test_nothing_is_said_without_a_text(advice: Any, text: str) -> None:
    one = ticket(advice)
    for verb in (conversation.answer, conversation.note):
        with pytest.raises(Invalid, match="write something first"):
            verb(one, text=text, actor=advice.bob)
    assert one.messages.count() == 1
    assert answers() == 0


def test_while_a_placeholder_stands_nothing_is_answered_and_nothing_is_lost(publications: Any) -> None:
    """S0.5."""
    one = ticket(publications)
    conversation.keep_draft(one, kind="answer", text="Almost done", actor=publications.bob)
    with pytest.raises(Refused, match="Without a name we cannot let you know"):
        conversation.answer(one, text="Almost done", actor=publications.bob)
    assert (answers(), drafts(publications, one)) == (0, {"answer": "Almost done"})
    reporter.write(one, item="family-name", value="Voorbeeld", actor=publications.bob)
    conversation.answer(one, text="Done", actor=publications.bob)
    assert answers() == 1


def test_what_came_in_while_somebody_wrote_is_read_first(advice: Any) -> None:
    first = mail(advice)
    one = first.ticket
    second = mail(advice, "Never mind!", subject="[1001]")
    conversation.keep_draft(one, kind="answer", text="Try this", actor=advice.bob)
    with pytest.raises(Conflict, match="A new message came in while you were writing"):
        conversation.answer(one, text="Try this", actor=advice.bob, seen=first.handle)
    assert (answers(), drafts(advice, one)) == (0, {"answer": "Try this"})
    conversation.answer(one, text="All right", actor=advice.bob, seen=second.handle)
    assert answers() == 1


def test_a_colleagues_note_and_ones_own_answer_stand_in_nobodys_way(advice: Any) -> None:
    first = mail(advice)
    one = first.ticket
    note = conversation.note(one, text="A note", actor=advice.bob)
    conversation.answer(one, text="One", actor=advice.bob, seen=first.handle)
    conversation.answer(fresh(one), text="Two", actor=advice.bob, seen=note.handle)
    assert answers() == 2


def test_a_message_of_another_ticket_is_nothing_that_was_seen_here(advice: Any) -> None:
    one, other = ticket(advice), mail(advice, sender="carol@example.org")
    with pytest.raises(Conflict):
        conversation.answer(one, text="x", actor=advice.bob, seen=other.handle)


def test_a_draft_is_kept_sealed_for_its_writer_alone_and_replaced(advice: Any) -> None:
    one = ticket(advice)
    conversation.keep_draft(one, kind="answer", text="First", actor=advice.bob)
    conversation.keep_draft(one, kind="note", text="Aside", actor=advice.bob)
    conversation.keep_draft(one, kind="answer", text="Second", actor=advice.bob)
    assert drafts(advice, one) == {"answer": "Second", "note": "Aside"}
    for other in (advice.dora, advice.ada, advice.charlie, advice.door):
        assert drafts(advice, one, other) == {}
    assert [line.why for line in vault.ended(advice.desk, [one.handle])] == ["draft-ended"]
    assert "First" not in shown(one, advice.bob)


def test_an_emptied_draft_is_thrown_away(advice: Any) -> None:
    one = ticket(advice)
    conversation.keep_draft(one, kind="answer", text="First", actor=advice.bob)
    assert conversation.keep_draft(one, kind="answer", text=" \n", actor=advice.bob) is None
    assert conversation.keep_draft(one, kind="answer", text="", actor=advice.bob) is None
    assert not Draft.objects.exists()
    assert len(vault.ended(advice.desk, [one.handle])) == 1


def test_saying_it_ends_the_draft_of_it_and_no_other(advice: Any) -> None:
    one = ticket(advice)
    for kind in ("answer", "note"):
        conversation.keep_draft(one, kind=kind, text=f"draft of {kind}", actor=advice.bob)
    conversation.answer(one, text="said", actor=advice.bob)
    assert drafts(advice, one) == {"note": "draft of note"}
    conversation.note(one, text="said", actor=advice.bob)
    assert drafts(advice, one) == {}


@pytest.mark.parametrize("kind", ["incoming", "", "approval"])
def test_nothing_else_is_drafted(advice: Any, kind: str) -> None:
    with pytest.raises(Invalid, match="nothing that an agent writes"):
        conversation.keep_draft(ticket(advice), kind=kind, text="x", actor=advice.bob)


def test_each_speaks_under_the_own_name_and_what_is_gone_says_why(advice: Any) -> None:
    first = mail(advice)
    one = first.ticket
    conversation.answer(one, text="An answer", actor=advice.bob)
    vault.erase([first.text], actor=advice.bob, why="two-years")
    forgetting.forget([first.text])
    asked, answered = conversation.shown(one, vault.Reading(advice.bob, "ticket.looked-at"))
    assert (asked.who, asked.parts) == ("alice@example.org", None)
    assert asked.gone is not None
    assert asked.gone.why == "two-years"
    assert (answered.who, answered.gone) == ("Bob", None)


def test_charlie_is_shown_an_empty_place(advice: Any) -> None:
    one = ticket(advice)
    (message,) = conversation.shown(one, vault.Reading(advice.charlie, "ticket.looked-at"))
    assert (message.who, message.parts, message.gone, message.files) == ("", None, None, [])


def test_a_long_conversation_costs_as_many_queries_as_a_short_one(advice: Any, django_assert_num_queries: Any) -> None:
    one = ticket(advice)
    conversation.note(one, text="A note", actor=advice.bob)
    shown(one, advice.bob)
    for _ in range(2):
        with django_assert_num_queries(5), django_assert_num_queries(1, using="keys"):
            shown(one, advice.bob)
        for n in range(12):
            mail(advice, f"number {n}", subject="[1001]")
            conversation.note(one, text=f"note {n}", actor=advice.bob)


def test_an_answer_goes_to_the_person_who_wrote_last_and_not_to_a_machine(advice: Any) -> None:
    first = mail(advice)
    one = first.ticket
    second = mail(advice, "Again", subject="[1001]", at=timezone.now() + timedelta(seconds=1))
    bounce = mail(advice, "Undeliverable", subject="[1001]", automatic=True, at=timezone.now() + timedelta(seconds=2))
    assert bounce.ticket == one
    assert conversation.answered(one) == second
    only = mail(advice, "A form was filled in", sender="forms@example.org", automatic=True)
    assert conversation.answered(only.ticket) == only
    assert Message.objects.filter(ticket=one).count() == 3
