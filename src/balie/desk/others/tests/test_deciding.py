"""Deciding: one person, one item; each decision can be taken back for some seconds, and is then carried out wholly."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from balie import vault
from balie.desk import conversation, reporter, triage
from balie.desk.models import Attachment, Message, Others, Status
from balie.desk.others import carrying_out, deciding, opening, showing
from balie.desk.others.tests.written import (
    CAROL,
    LIST,
    SUBJECT,
    TEXT,
    again,
    case,
    colleague,
    content,
    file_case,
    found,
    text_of,
    whole,
    work,
)
from balie.desk.tests.coming_in import BSN, fresh, mail, shown
from balie.evidence.models import Entry
from balie.kernel import Invalid, Refused
from balie.people.models import Account
from balie.post.models import Outgoing

COVERED = TEXT.replace(CAROL, "[EMAIL]")
GONE = CAROL.encode()


def need(one: Others, cast: Any) -> None:
    deciding.need(one, reason="Om het account te vinden", confirmed=True, actor=cast.bob)


def test_what_is_needed_is_open_to_who_decided_and_covered_for_others(publications: Any) -> None:
    one = case(publications)
    need(one, publications)
    assert shown(one.ticket, publications.bob) == [TEXT]
    assert shown(one.ticket, colleague(publications)) == [COVERED]


def test_it_is_open_to_the_agent_whose_ticket_it_is(publications: Any) -> None:
    one, eve = case(publications), colleague(publications)
    need(one, publications)
    triage.assign(one.ticket, to=Account.objects.get(handle=eve.handle), actor=publications.bob)
    assert shown(fresh(one.ticket), eve) == [TEXT]


def test_a_colleague_may_ask_to_see_it_and_that_is_recorded(publications: Any) -> None:
    one, eve = case(publications), colleague(publications)
    need(one, publications)
    reading = showing.open_text(again(one), actor=eve)
    (message,) = conversation.shown(fresh(one.ticket), reading, uncovered=frozenset({one.handle}))
    assert message.parts == [TEXT]
    reading.record()
    assert Entry.objects.get(act="others.shown").actor == str(eve)
    with pytest.raises(Refused):
        showing.open_text(again(one), actor=publications.charlie)


def test_nobody_asks_to_see_what_nobody_decided_about(publications: Any) -> None:
    with pytest.raises(Refused):
        showing.open_text(case(publications), actor=publications.bob)


def test_what_the_register_does_not_declare_stays_covered_though_needed(publications: Any) -> None:
    one = case(publications, f"{TEXT} Bsn {BSN}")
    need(one, publications)
    assert shown(one.ticket, publications.bob) == [f"{TEXT} Bsn [BSN]"]


@pytest.mark.parametrize(("reason", "confirmed"), [("", True), ("  ", True), ("Omdat", False)])
def test_it_is_needed_only_with_a_reason_and_the_registers_condition(
    publications: Any, reason: str, confirmed: bool
) -> None:
    one = case(publications)
    with pytest.raises(Invalid):
        deciding.need(one, reason=reason, confirmed=confirmed, actor=publications.bob)
    assert again(one).outcome == ""


def test_the_reason_is_sealed(publications: Any) -> None:
    one = case(publications)
    need(one, publications)
    assert vault.Reading(publications.bob, "x.y").text(again(one).reason) == "Om het account te vinden"
    assert "account" not in str(Entry.objects.get(act="others.decided").facts)


def test_what_was_needed_is_masked_for_good_once_the_ticket_is_closed(advice: Any) -> None:
    from balie.desk import closing

    one = case(advice)
    need(one, advice)
    closing.close(one.ticket, actor=advice.bob)
    work()
    assert shown(fresh(one.ticket), advice.bob) == [COVERED]
    assert GONE not in whole(advice)
    assert again(one).outcome == "needed"


def test_masked_the_words_around_stay_and_the_data_are_nowhere_any_more(publications: Any) -> None:
    one = case(publications, f"{TEXT} Bsn {BSN}, groet.", subject=SUBJECT)
    mail(
        publications, f"Nog iets.\n> {TEXT}\n> groet", recipients=(_reply_to(publications, one),), message_id="b@x.test"
    )
    conversation.keep_draft(one.ticket, kind="answer", text=f"Bel {CAROL.upper()}", actor=publications.bob)
    conversation.note(one.ticket, text=f"Ook van {CAROL} gehoord.", actor=publications.bob)
    assert GONE in whole(publications)
    deciding.mask(one, actor=publications.bob)
    work()
    assert GONE not in whole(publications).lower()
    assert BSN.encode() not in whole(publications)
    assert shown(fresh(one.ticket), publications.bob) == [
        f"{COVERED} Bsn [BSN], groet.",
        f"Nog iets.\n> {COVERED}\n> groet",
        "Ook van [EMAIL] gehoord.",
    ]
    assert found(publications, "carol") == []
    assert found(publications, "inloggen") == [one.ticket.number]
    drafts = conversation.drafts_of(one.ticket, vault.Reading(publications.bob, "x.y"))
    assert drafts == {"answer": "Bel [EMAIL 1]"}
    vault.rebuild_index(publications.desk)
    assert found(publications, "carol") == []


def _reply_to(cast: Any, one: Others) -> str:
    from balie.desk import threading

    return str(cast.address).replace("@", f"+{threading.secret_word(one.ticket)}@")


def test_a_tombstone_says_what_kind_of_thing_was_there(publications: Any) -> None:
    one = case(publications, f"Van {CAROL} aan dave@example.org en weer {CAROL}")
    deciding.mask(one, actor=publications.bob)
    work()
    assert text_of(publications, one.message) == "Van [EMAIL 1] aan [EMAIL 2] en weer [EMAIL 1]"


def test_what_is_folded_stays_folded_in_its_place(publications: Any) -> None:
    text = f"Zie {CAROL}.\n\n> oud\n> {CAROL}\n\nGroet"
    start, end = text.index(">"), text.index("\n\nGroet")
    one = case(publications, text, folds=((start, end, "quotation"),))
    deciding.mask(one, actor=publications.bob)
    work()
    (fold,) = Message.objects.get(pk=one.message_id).folds
    assert text_of(publications, one.message)[fold[0] : fold[1]] == "> oud\n> [EMAIL 1]"


def test_a_text_file_is_masked_and_its_name(publications: Any) -> None:
    one = file_case(publications, name=f"{CAROL}.csv")
    assert one.attachment is not None
    deciding.mask(one, actor=publications.bob)
    work()
    assert content(publications, one.attachment) == b"naam;adres\nCarol;[EMAIL 1]\n"
    assert GONE not in whole(publications)
    assert not showing.holds_back(Attachment.objects.get(), again(one), publications.bob)


def test_markup_is_masked_also_where_a_link_leads(publications: Any) -> None:
    one = file_case(publications, f'<a href="mailto:{CAROL}">{CAROL}</a>'.encode(), name="a.html", kind="text/html")
    deciding.mask(one, actor=publications.bob)
    work()
    assert GONE not in whole(publications)


def test_what_cannot_be_taken_out_is_not_said_to_be(publications: Any) -> None:
    one = file_case(publications, b"<p>carol&#64;example.org</p>", name="a.html", kind="text/html")
    with pytest.raises(Refused):
        deciding.mask(one, actor=publications.bob)
    closed = file_case(publications, b"\0\1\2", name="b.txt", kind="text/plain")
    with pytest.raises(Refused):
        deciding.mask(closed, actor=publications.bob)


def test_a_file_is_deleted_alone(publications: Any) -> None:
    one = file_case(publications, text=f"Groet. {CAROL}")
    deciding.erase(one, reach="file", actor=publications.bob)
    work()
    assert GONE not in whole(publications)
    assert b"Groet." in whole(publications)
    assert not Others.objects.filter(done_at=None).exists()  # the text held nothing else


def test_a_message_is_deleted_with_its_files_and_who_wrote_can_still_be_answered(publications: Any) -> None:
    one = file_case(publications, text=TEXT, subject="Aanmelden")
    reporter.write(one.ticket, item="family-name", value="Voorbeeld", actor=publications.bob)
    deciding.erase(one, reach="message", actor=publications.bob)
    work()
    left = whole(publications)
    assert not any(word in left for word in (GONE, b"inloggen", b"Aanmelden", b"naam;adres"))
    assert {each.outcome for each in Others.objects.all()} == {"message-deleted", "gone"}
    conversation.answer(fresh(one.ticket), text="Hallo", actor=publications.bob)


def test_a_ticket_is_deleted_whole(advice: Any) -> None:
    one = case(advice)
    conversation.note(one.ticket, text="Een notitie", actor=advice.bob)
    conversation.keep_draft(one.ticket, kind="answer", text="Een antwoord", actor=advice.bob)
    deciding.erase(one, reach="ticket", actor=advice.bob)
    work()
    assert vault.describe(advice.desk, held_by=[one.ticket.handle, one.message.arrival]) == []
    assert fresh(one.ticket).status == Status.CLOSED


@pytest.mark.parametrize("text", [TEXT, "Hei, en pääse kirjautumaan ja kollegani carol@example.org ei myös voi"])
def test_asked_again_the_sender_reads_why_in_their_language_and_what_was_sent_is_gone(advice: Any, text: str) -> None:
    one = case(advice, text)
    deciding.ask_again(one, actor=advice.bob)
    assert not Outgoing.objects.filter(kind="answer").exists()
    work()
    told = Message.objects.get(kind="answer")
    assert ("een e-mailadres" if text == TEXT else "sähköpostiosoite") in text_of(advice, told)
    assert Outgoing.objects.get(kind="answer").refs["message"] == told.handle.hex
    assert (told.account, told.automatic, fresh(one.ticket).status) == (None, True, Status.WAITING)
    assert GONE not in whole(advice)
    work()
    assert Outgoing.objects.filter(kind="answer").count() == 1


def test_nobody_asks_a_machine(advice: Any) -> None:
    one = case(advice, automatic=True)
    with pytest.raises(Refused):
        deciding.ask_again(one, actor=advice.bob)


def test_a_decision_can_be_taken_back_until_it_is_carried_out(publications: Any) -> None:
    one = case(publications)
    deciding.mask(one, actor=publications.bob)
    work(later=timedelta(seconds=5))
    with pytest.raises(Refused):
        deciding.retract(again(one), actor=colleague(publications))
    deciding.retract(again(one), actor=publications.bob)
    work()
    assert text_of(publications, one.message) == TEXT
    deciding.erase(again(one), reach="message", actor=publications.bob)
    work()
    with pytest.raises(Refused):
        deciding.retract(again(one), actor=publications.bob)


def test_it_is_carried_out_once_though_job_and_round_both_come(publications: Any) -> None:
    one = case(publications)
    deciding.mask(one, actor=publications.bob)
    later = timezone.now() + timedelta(seconds=16)
    assert carrying_out.carry_out(one.handle, now=later)
    assert not carrying_out.carry_out(one.handle, now=later)
    assert Entry.objects.filter(act="others.carried-out").count() == 1


def test_what_failed_halfway_is_as_before_and_is_done_by_the_next_round(publications: Any, monkeypatch: Any) -> None:
    one = case(publications)
    deciding.mask(one, actor=publications.bob)
    later = timezone.now() + timedelta(seconds=16)

    def cut_off(*_: object, **__: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(deciding, "record", cut_off)
        with pytest.raises(RuntimeError):
            carrying_out.carry_out(one.handle, now=later)
    assert text_of(publications, one.message) == TEXT
    assert carrying_out.work(now=later) == 1
    assert GONE not in whole(publications)


def test_what_is_on_hold_waits_covered(publications: Any) -> None:
    one = case(publications)
    deciding.mask(one, actor=publications.bob)
    vault.hold([one.message.text], reason="claim", actor=publications.dora)
    work()
    assert (again(one).done_at, text_of(publications, one.message)) == (None, TEXT)
    vault.release([one.message.text], actor=publications.dora)
    work()
    assert GONE not in whole(publications)
    held = case(publications, f"Nog een mail over {CAROL}", message_id="c@x.test")
    vault.hold([held.message.text], reason="claim", actor=publications.dora)
    with pytest.raises(Refused):
        deciding.erase(held, reach="message", actor=publications.bob)


def test_a_possible_breach_is_noted_beside_whatever_is_decided(publications: Any) -> None:
    one = case(publications)
    deciding.suspect_breach(one, actor=publications.bob)
    deciding.mask(again(one), actor=publications.bob)
    work()
    assert (again(one).breach, again(one).outcome) == (True, "masked")
    assert Entry.objects.get(act="others.breach-suspected").ref == one.handle
    with pytest.raises(Refused):
        deciding.suspect_breach(again(one), actor=publications.bob)


def test_only_an_agent_who_handles_the_ticket_decides(publications: Any) -> None:
    one = case(publications)
    for stranger in (publications.charlie, publications.dora, publications.door):
        with pytest.raises(Refused):
            deciding.mask(one, actor=stranger)
        with pytest.raises(Refused):
            deciding.suspect_breach(one, actor=stranger)


def test_while_an_objection_is_weighed_nothing_is_deleted(publications: Any) -> None:
    from balie.privacy import objections

    one = case(publications)
    objections.record(one.ticket, actor=publications.bob)
    one.ticket = fresh(one.ticket)
    with pytest.raises(Refused):
        deciding.mask(one, actor=publications.bob)


def test_a_file_that_is_held_back_opens_with_a_reason_that_stands_on_the_ticket(publications: Any) -> None:
    one, eve = file_case(publications), colleague(publications)
    file = Attachment.objects.get()
    assert showing.holds_back(file, one, eve)
    with pytest.raises(Refused):
        opening.open_file(file, one, reason=" ", actor=eve)
    reading = opening.open_file(file, one, reason="Om te zien wat erin staat", actor=eve)
    assert reading.open([file.content])[file.content] == LIST
    reading.record()
    assert Entry.objects.get(act="others.file-opened").ref == file.handle
    assert shown(one.ticket, publications.bob)[-1] == "Om te zien wat erin staat"


def test_needed_a_file_is_open_to_who_decided_alone(publications: Any) -> None:
    one, eve = file_case(publications), colleague(publications)
    need(one, publications)
    file = Attachment.objects.get()
    assert not showing.holds_back(file, again(one), publications.bob)
    assert showing.holds_back(file, again(one), eve)


def test_an_answer_is_given_as_ever_while_nobody_has_decided(publications: Any) -> None:
    one = case(publications)
    reporter.write(one.ticket, item="family-name", value="Voorbeeld", actor=publications.bob)
    conversation.answer(fresh(one.ticket), text="Hallo", actor=publications.bob)
