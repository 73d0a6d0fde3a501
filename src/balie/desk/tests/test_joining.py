"""Merging and splitting: what moves is found, kept and answered where it is now; nothing of one person is shown to another."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from balie import vault
from balie.desk import (
    closing,
    conversation,
    deliveries,
    enclosing,
    joining,
    looking,
    relations,
    reporter,
    restricting,
    tabs,
    threading,
)
from balie.desk.intake import File
from balie.desk.models import Finding, Message, ReporterItem, Status, Ticket
from balie.desk.tests.coming_in import BSN, fresh, mail, shown, ticket
from balie.evidence.models import Entry
from balie.kernel import Refused
from balie.people import persons
from balie.post.models import Outgoing

CAROL = "carol@example.org"


def pair(cast: Any, **more: Any) -> tuple[Ticket, Ticket]:
    """Two tickets of Alice: the newer is to go into the older."""
    one = ticket(cast, "The portal refuses my password.")
    two = ticket(cast, "And the kasteel form is broken too.", subject="Another thing", **more)
    return two, one


def held(one: Ticket) -> list[Any]:
    return vault.describe(one.desk, held_by=[one.handle])


def test_what_was_said_goes_on_on_the_other_and_the_first_is_closed(advice: Any) -> None:
    two, one = pair(advice)
    conversation.note(two, text="Looks alike", actor=advice.bob)
    joining.merge(fresh(two), into=fresh(one), actor=advice.bob)
    assert shown(one, advice.bob) == [
        "The portal refuses my password.",
        "And the kasteel form is broken too.",
        "Looks alike",
    ]
    assert (fresh(two).status, fresh(two).merged_into, shown(two, advice.bob)) == (Status.CLOSED, fresh(one), [])
    assert [kept.handle for kept in held(two)] == [two.subject]
    assert {message.moved_from for message in one.messages.all()} == {None, two}


def test_terms_follow_the_ticket_that_holds_it(advice: Any) -> None:
    """S4.3: two years after the last contact of the ticket on which it stands."""
    long_ago = timezone.now() - timedelta(days=300)
    old = ticket(advice, at=long_ago)
    new = ticket(advice, "Again", subject="Again")
    (before,) = {kept.erase_at for kept in held(old)}
    joining.merge(old, into=new, actor=advice.bob)
    (after,) = {kept.erase_at for kept in held(new)}
    assert after > before + timedelta(days=290)
    assert fresh(new).last_contact_at > long_ago + timedelta(days=290)


def test_what_ran_from_the_closing_of_the_first_waits_again_on_the_open_one(publications: Any) -> None:
    two, one = pair(publications)
    closing.close(two, actor=publications.bob)
    assert all(kept.happened_at for kept in held(two))
    joining.merge(fresh(two), into=one, actor=publications.bob)
    assert {kept.happened_at for kept in held(one)} == {None}
    closing.close(fresh(one), actor=publications.bob)
    assert {kept.happened_at for kept in held(one)} == {fresh(one).closed_at}


def test_it_is_found_where_it_is_now(real: Any) -> None:
    two, one = pair(real)
    assert [each.number for each in looking.search("kasteel", actor=real.bob)] == [two.number]
    joining.merge(two, into=one, actor=real.bob)
    assert [each.number for each in looking.search("kasteel", actor=real.bob)] == [one.number]


@pytest.mark.parametrize("by", ["secret word", "number"])
def test_answers_to_the_closed_one_arrive_at_the_other(advice: Any, by: str) -> None:
    two, one = pair(advice)
    to = advice.address.replace("@", f"+{threading.secret_word(two)}@")
    joining.merge(two, into=one, actor=advice.bob)
    more = {"recipients": (to,)} if by == "secret word" else {"subject": f"[{two.number}]"}
    assert mail(advice, "It works again.", **more).ticket == one
    assert fresh(two).status == Status.CLOSED


def test_through_a_chain_they_arrive_at_the_last(advice: Any) -> None:
    two, one = pair(advice)
    three = ticket(advice, "A third", subject="A third")
    to = advice.address.replace("@", f"+{threading.secret_word(three)}@")
    joining.merge(three, into=two, actor=advice.bob)
    joining.merge(fresh(two), into=fresh(one), actor=advice.bob)
    assert mail(advice, "Hello?", recipients=(to,)).ticket == one


def test_a_report_of_what_was_sent_from_either_finds_its_own_answer(advice: Any) -> None:
    two, one = pair(advice)
    first, second = (conversation.answer(fresh(each), text="Try.", actor=advice.bob) for each in (one, two))
    paths = [deliveries.return_path(fresh_message(each), advice.address) for each in (first, second)]
    joining.merge(fresh(two), into=fresh(one), actor=advice.bob)
    assert [deliveries.return_path(fresh_message(each), advice.address) for each in (first, second)] == paths
    mail(
        advice,
        "Undelivered",
        sender="mx@example.net",
        automatic=True,
        recipients=(paths[1],),
        reports=(("failed", "5.1.1"),),
    )
    assert (fresh_message(first).delivery, fresh_message(second).delivery) == ("", "failed")


def fresh_message(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def test_what_two_persons_said_is_never_put_together(advice: Any) -> None:
    one, hers = ticket(advice), ticket(advice, sender=CAROL)
    for each, into in ((one, hers), (hers, one)):
        with pytest.raises(Refused, match="What one wrote is never shown to the other"):
            joining.merge(each, into=into, actor=advice.bob)
    assert not Ticket.objects.exclude(merged_into=None).exists()


def test_nor_where_somebody_else_took_part_in_one_of_them(advice: Any) -> None:
    """Carol holds the secret word of Alice's first ticket: what Alice asked elsewhere is none of her business."""
    two, one = pair(advice)
    to = advice.address.replace("@", f"+{threading.secret_word(one)}@")
    assert mail(advice, "I am with Alice", sender=CAROL, recipients=(to,)).ticket == one
    for each, into in ((two, one), (one, two)):
        with pytest.raises(Refused, match="Two people take part"):
            joining.merge(fresh(each), into=fresh(into), actor=advice.bob)
    assert shown(two, advice.bob) == ["And the kasteel form is broken too."]


def test_a_ticket_of_nobody_known_is_merged_with_none(advice: Any) -> None:
    two, one = pair(advice)
    Ticket.objects.update(requester=None)
    with pytest.raises(Refused, match="Two people"):
        joining.merge(fresh(two), into=fresh(one), actor=advice.bob)


def test_not_across_activities_nor_into_what_is_closed_nor_twice_nor_while_somebody_objects(advice: Any) -> None:
    two, one = pair(advice)
    Ticket.objects.filter(pk=two.pk).update(activity="objections")
    with pytest.raises(Refused):
        joining.merge(fresh(two), into=one, actor=advice.bob)
    Ticket.objects.filter(pk=two.pk).update(activity=one.activity)
    closing.close(one, actor=advice.bob)
    with pytest.raises(Refused, match="open it again first"):
        joining.merge(fresh(two), into=fresh(one), actor=advice.bob)
    closing.reopen(fresh(one), actor=advice.bob)
    restricting.restrict(fresh(one), actor=advice.bob)
    with pytest.raises(Refused, match="The requester objected"):
        joining.merge(fresh(two), into=fresh(one), actor=advice.bob)
    restricting.lift(fresh(one), actor=advice.bob)
    joining.merge(fresh(two), into=fresh(one), actor=advice.bob)
    with pytest.raises(Refused, match=f"merged into {one.number}"):
        joining.merge(fresh(two), into=fresh(one), actor=advice.bob)


def test_a_merged_ticket_is_not_opened_again_nor_written_on(advice: Any) -> None:
    two, one = pair(advice)
    joining.merge(two, into=one, actor=advice.bob)
    for verb in (
        lambda each: closing.reopen(each, actor=advice.bob),
        lambda each: conversation.note(each, text="x", actor=advice.bob),
    ):
        with pytest.raises(Refused, match=f"merged into {one.number}"):
            verb(fresh(two))


def test_both_have_it_in_their_evidence(advice: Any) -> None:
    two, one = pair(advice)
    joining.merge(two, into=one, actor=advice.bob)
    told = {entry.act: entry for entry in Entry.objects.filter(act__startswith="ticket.merged")}
    assert (told["ticket.merged"].ref, told["ticket.merged"].facts["into"]) == (two.handle, one.number)
    assert (told["ticket.merged-here"].ref, told["ticket.merged-here"].facts["merged"]) == (one.handle, two.number)
    assert {entry.operation for entry in told.values()} == {"combine"}


def test_what_is_known_of_the_requester_goes_along_where_nothing_is_known(publications: Any) -> None:
    two, one = pair(publications)
    reporter.write(two, item="family-name", value="Voorbeeld", actor=publications.bob)
    reporter.write(two, item="relation", value="burger", actor=publications.bob)
    reporter.write(one, item="family-name", value="Jansen", actor=publications.bob)
    joining.merge(fresh(two), into=fresh(one), actor=publications.bob)
    reading = vault.Reading(publications.bob, "ticket.looked-at")
    known = {field.item: field.value for field in reporter.fields(one, reading) if field.record}
    assert known == {"family-name": "Jansen", "relation": "burger"}
    assert [item.item for item in ReporterItem.objects.filter(ticket=two)] == ["family-name"]


def test_drafts_files_follows_links_and_masks_go_along_and_tabs_close(publications: Any) -> None:
    two, one = pair(publications)
    third = ticket(publications, f"My number is {BSN}", sender=CAROL, subject="Third")
    teun = colleague_here(publications)
    conversation.keep_draft(two, kind="note", text="A draft", actor=publications.bob)
    enclosing.keep(two, [File("form.pdf", b"%PDF", "application/pdf")], actor=publications.bob)
    relations.follow(two, actor=teun)
    relations.link(two, to=third, actor=publications.bob)
    relations.link(two, to=one, actor=publications.bob)
    tabs.open_(two, actor=teun)
    joining.merge(fresh(two), into=fresh(one), actor=publications.bob)
    reading = vault.Reading(publications.bob, "ticket.looked-at")
    assert conversation.drafts_of(one, reading) == {"note": "A draft"}
    assert [file.name for file in enclosing.kept(one, reading)] == ["form.pdf"]
    assert relations.follows(one, teun)
    assert tabs.open_of(teun) == []
    assert [(each.ticket.number, each.how) for each in relations.related(fresh(one), publications.bob)] == [
        (two.number, "merged-here"),
        (third.number, "linked"),
    ]


def colleague_here(cast: Any) -> Any:
    from balie import register
    from balie.people import accounts

    made, _ = accounts.appoint(
        name="Teun",
        email="teun@example.org",
        roles=["agent"],
        teams=list(register.in_force(cast.desk).teams),
        actor=cast.ada,
    )
    return accounts.actor_of(made)


def test_what_is_masked_stays_masked(publications: Any) -> None:
    one = ticket(publications)
    two = ticket(publications, f"My number is {BSN}", subject="Two")
    joining.merge(two, into=one, actor=publications.bob)
    assert shown(one, publications.bob)[1] == "My number is [BSN]"
    assert Finding.objects.get(label="BSN").ticket == one


def test_a_question_that_waits_puts_the_ticket_back_into_the_queue(advice: Any) -> None:
    two, one = pair(advice, at=timezone.now() + timedelta(minutes=1))
    conversation.answer(one, text="An answer", actor=advice.bob)
    joining.merge(fresh(two), into=fresh(one), actor=advice.bob)
    assert fresh(one).status == Status.OPEN


def test_an_answer_that_has_not_gone_goes_from_where_it_stands_now(advice: Any) -> None:
    two, one = pair(advice)
    message = conversation.answer(two, text="Soon", actor=advice.bob)
    joining.merge(fresh(two), into=fresh(one), actor=advice.bob)
    assert fresh_message(message).ticket == one
    assert Outgoing.objects.filter(kind="answer", refs__message=message.handle.hex).exists()


def test_a_message_of_its_own_is_a_ticket_of_its_own_with_its_term_and_its_files(publications: Any) -> None:
    first = mail(publications, at=timezone.now() - timedelta(days=9))
    one = first.ticket
    second = mail(publications, "Something else: kasteel", subject=f"[{one.number}]", files=(File("a.txt", b"abc"),))
    fresh_one = joining.split(second, actor=publications.bob)
    assert (shown(one, publications.bob), shown(fresh_one, publications.bob)) == (
        ["The portal refuses my password."],
        ["Something else: kasteel"],
    )
    assert (fresh_one.requester, fresh_one.version, fresh_one.status) == (one.requester, one.version, Status.NEW)
    assert fresh(one).last_contact_at == first.at
    assert sorted(kept.item for kept in held(fresh_one)) == ["attachment", "attachment", "email", "message", "message"]
    assert [each.ticket for each in relations.related(one, publications.bob)] == [fresh_one]
    assert set(Entry.objects.filter(act__startswith="ticket.split").values_list("act", "ref")) == {
        ("ticket.split", one.handle),
        ("ticket.split-off", fresh_one.handle),
    }


def test_what_somebody_else_wrote_becomes_their_own_ticket(advice: Any) -> None:
    one = ticket(advice)
    to = advice.address.replace("@", f"+{threading.secret_word(one)}@")
    hers = mail(advice, "By the way", sender=CAROL, recipients=(to,))
    fresh_one = joining.split(hers, actor=advice.bob)
    assert fresh_one.requester == persons.recognise("email", CAROL, actor=advice.door)
    assert fresh_one.requester != one.requester
    two = ticket(advice, "Again", subject="Again")
    joining.merge(two, into=fresh(one), actor=advice.bob)  # now that Carol is out of it


def test_only_what_a_requester_wrote_and_not_all_of_it(advice: Any) -> None:
    first = mail(advice)
    with pytest.raises(Refused, match="the only message"):
        joining.split(first, actor=advice.bob)
    note = conversation.note(first.ticket, text="A note", actor=advice.bob)
    with pytest.raises(Refused, match="Only what a requester wrote"):
        joining.split(note, actor=advice.bob)
    mail(advice, "More", subject=f"[{first.ticket.number}]")
    for stranger in (advice.charlie, advice.dora, advice.door):
        with pytest.raises(Refused):
            joining.split(first, actor=stranger)


def test_nobody_merges_what_they_do_not_handle(advice: Any) -> None:
    two, one = pair(advice)
    for stranger in (advice.charlie, advice.dora, advice.door):
        with pytest.raises(Refused):
            joining.merge(two, into=one, actor=stranger)
