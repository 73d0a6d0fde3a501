"""A new version shortens what is stored, never lengthens it, and leaves alone what it does not name."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from balie import register, vault
from balie.desk import closing, conversation
from balie.evidence.models import Entry
from balie.kernel import Invalid, Refused, Stop
from balie.privacy import proving, versions
from balie.privacy.tests.at_the_desk import mail_in
from balie.register import proposing

LAST_CONTACT = "2 years after ticket.last-contact"
CLOSED = "1 year after ticket.closed"


def put_in_force(cast: Any, was: str, now: str) -> register.Version:
    """The desk's own register with one term said otherwise."""
    folder = settings.PACKAGE / "desks"
    text = (folder / f"{cast.desk}.yaml").read_text("utf-8")
    assert was in text
    answers = register.read_answers((folder / f"{cast.desk}.answers.yaml").read_text("utf-8"))
    given = ((folder / f"{cast.desk}.desk.yaml").read_text("utf-8"), text.replace(was, now))
    return versions.put_in_force(cast.desk, given[1], given[0], actor=cast.dora, answers=answers)


def message_of(cast: Any, ticket: Any) -> vault.Described:
    return next(one for one in vault.describe(cast.desk, held_by=[ticket.handle]) if one.item == "message")


def test_a_shorter_term_reaches_what_is_stored_and_each_stays_under_the_version_it_was_collected_under(
    advice: Any,
) -> None:
    ticket = mail_in(advice)
    before = message_of(advice, ticket)
    version = put_in_force(advice, LAST_CONTACT, "6 months after ticket.last-contact")
    after = message_of(advice, ticket)
    assert after.erase_at == datetime.combine(
        register.erase_on(
            register.erase_rule(version, after.activity, after.people, "message"), ticket.last_contact_at.date()
        ),  # type: ignore[arg-type]
        datetime.min.time(),
        UTC,
    )
    assert after.erase_at < before.erase_at  # type: ignore[operator]
    assert (after.version, after.term_version) == (before.version, version.number)
    told = Entry.objects.get(act="retention.shortened", desk=advice.desk)
    assert f'"number":{version.number}' in str(told.facts).replace("'", '"').replace(" ", "")


def test_what_comes_to_an_old_ticket_ends_as_soon_as_what_it_holds(advice: Any) -> None:
    ticket = mail_in(advice)
    version = put_in_force(advice, LAST_CONTACT, "6 months after ticket.last-contact")
    conversation.note(ticket, text="Alice called back.", actor=advice.bob)
    kept = [one for one in vault.describe(advice.desk, held_by=[ticket.handle]) if one.item == "message"]
    assert {(one.version, one.term_version) for one in kept} == {(ticket.version, version.number)}
    assert len({one.erase_at for one in kept}) == 1


def test_a_longer_term_holds_for_what_comes_and_not_for_what_is_there(advice: Any) -> None:
    ticket = mail_in(advice)
    before = message_of(advice, ticket)
    put_in_force(advice, LAST_CONTACT, "4 years after ticket.last-contact")
    assert message_of(advice, ticket) == before
    assert not Entry.objects.filter(act="retention.shortened", desk=advice.desk).exists()
    later = message_of(advice, mail_in(advice, sender="new@example.org"))
    assert later.erase_at > before.erase_at + timedelta(days=700)  # type: ignore[operator]


def test_a_term_that_has_not_begun_is_shortened_too_and_counts_once_its_event_comes(publications: Any) -> None:
    ticket = mail_in(publications)
    put_in_force(publications, CLOSED, "3 months after ticket.closed")
    closing.close(ticket, actor=publications.bob)
    erase_at = message_of(publications, ticket).erase_at
    assert erase_at is not None
    assert timedelta(days=85) < erase_at - timezone.now() < timedelta(days=95)


def test_taken_back_and_closed_again_the_shorter_one_still_holds(publications: Any) -> None:
    ticket = mail_in(publications)
    closing.close(ticket, actor=publications.bob)
    put_in_force(publications, CLOSED, "3 months after ticket.closed")
    closing.reopen(ticket, actor=publications.bob)
    closing.close(ticket, actor=publications.bob)
    assert message_of(publications, ticket).erase_at - timezone.now() < timedelta(days=95)  # type: ignore[operator]


def test_another_event_counts_where_it_comes_sooner(publications: Any) -> None:
    ticket = mail_in(publications)
    version = put_in_force(publications, CLOSED, "1 year after ticket.last-contact")
    kept = message_of(publications, ticket)
    assert (kept.trigger, kept.term_version) == ("ticket.last-contact", version.number)
    assert kept.erase_at - timezone.now() < timedelta(days=367)  # type: ignore[operator]


def test_what_it_would_do_is_known_before_it_is_in_force_and_changes_nothing(advice: Any) -> None:
    ticket = mail_in(advice, at=timezone.now() - timedelta(days=5))
    before = vault.describe(advice.desk)
    made = proposed(advice, LAST_CONTACT, "1 day after item.collected", actor=advice.ada)
    found = versions.effect(made)
    assert found.sooner >= 2
    assert vault.describe(advice.desk) == before
    assert vault.describe(advice.desk, held_by=[ticket.handle])


@pytest.mark.parametrize("term", ["6 months after ticket.last-contact", "4 years after ticket.last-contact"])
def test_the_proof_holds_afterwards(advice: Any, term: str, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        mail_in(advice)
    put_in_force(advice, LAST_CONTACT, term)
    checks = {one.name: one.ok for one in proving.prove(advice.desk, now=timezone.now()).checks}
    assert checks["declared"]
    assert checks["ends"]
    assert checks["clocks"]


def proposed(cast: Any, was: str, now: str, *, actor: Any) -> proposing.Proposal:
    folder = settings.PACKAGE / "desks"
    text, set_, answers = (
        (folder / f"{cast.desk}{part}").read_text("utf-8") for part in (".yaml", ".desk.yaml", ".answers.yaml")
    )
    assert was in text
    return proposing.propose(cast.desk, text.replace(was, now), set_, answers, actor=actor)


def test_a_proposal_comes_in_force_by_another_person_and_reaches_what_is_stored(advice: Any) -> None:
    ticket = mail_in(advice)
    made = proposed(advice, LAST_CONTACT, "6 months after ticket.last-contact", actor=advice.ada)
    with pytest.raises(Refused, match="You wrote this"):
        versions.approve(made, actor=advice.ada)
    version = versions.approve(made, actor=advice.dora)
    assert register.in_force(advice.desk).number == version.number
    assert message_of(advice, ticket).term_version == version.number
    made.refresh_from_db()
    assert (made.outcome, made.number) == ("adopted", version.number)
    with pytest.raises(Stop):
        versions.approve(made, actor=advice.dora)


def test_what_is_wider_comes_in_force_only_when_people_were_told_on_a_day_that_has_been(advice: Any) -> None:
    made = proposed(advice, LAST_CONTACT, "4 years after ticket.last-contact", actor=advice.dora)
    assert [one.direction for one in versions.changes(made)] == ["wider"]
    with pytest.raises(Invalid, match="Tell them first"):
        versions.approve(made, actor=advice.ada)
    with pytest.raises(Invalid, match="still to come"):
        versions.approve(made, told_on=timezone.now().date() + timedelta(days=1), actor=advice.ada)
    number = versions.approve(made, told_on=timezone.now().date(), actor=advice.ada).number
    assert register.in_force(advice.desk).number == number
