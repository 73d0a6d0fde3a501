"""What nobody decided in two working days: erased and asked for anew, once, where the register says so; else it waits, covered."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from balie import vault
from balie.desk.models import Message, Others
from balie.desk.others import asking_again, carrying_out, deciding, noticing
from balie.desk.others.tests.written import CAROL, TEXT, again, case, file_case, text_of, whole, work
from balie.desk.tests.coming_in import fresh, mail
from balie.evidence.models import Entry
from balie.post.models import Outgoing
from balie.privacy import retention

LATE = timedelta(days=8)
GONE = CAROL.encode()


def test_undecided_it_is_erased_and_asked_for_anew_once(websites: Any) -> None:
    one = case(websites)
    carrying_out.work(now=one.due_at - timedelta(minutes=1))
    assert again(one).outcome == ""
    for _ in range(2):
        carrying_out.work(now=one.due_at)
    assert (again(one).outcome, again(one).decided_by) == ("lapsed", None)
    assert GONE not in whole(websites)
    assert b"inloggen" not in whole(websites)
    told = Message.objects.get(kind="answer")
    assert "een e-mailadres" in text_of(websites, told)
    assert Outgoing.objects.filter(kind="answer").count() == 1
    entry = Entry.objects.get(act="others.lapsed")
    assert (entry.actor, entry.facts["asked"]) == ("system:retain", True)


def test_an_undecided_file_goes_alone(websites: Any) -> None:
    one = file_case(websites)
    carrying_out.work(now=one.due_at)
    assert GONE not in whole(websites)
    assert b"Zie de bijlage." in whole(websites)


def test_what_could_not_be_looked_into_goes_too(websites: Any) -> None:
    one = file_case(websites, b"\0\1\2" + GONE, name="a.txt", kind="text/plain")
    carrying_out.work(now=one.due_at)
    assert GONE not in whole(websites)


def test_where_the_register_leaves_it_to_a_person_it_waits_covered(publications: Any) -> None:
    one = case(publications)
    work(later=LATE)
    assert (again(one).outcome, text_of(publications, one.message)) == ("", TEXT)


def test_a_machine_is_not_asked_for_anything(websites: Any) -> None:
    one = case(websites, automatic=True)
    carrying_out.work(now=one.due_at)
    assert again(one).outcome == "lapsed"
    assert not Outgoing.objects.filter(kind="answer").exists()
    assert Entry.objects.get(act="others.lapsed").facts["asked"] is False


def test_what_somebody_decided_does_not_lapse(websites: Any) -> None:
    one = case(websites)
    deciding.need(one, reason="Nodig", confirmed=True, actor=websites.bob)
    carrying_out.work(now=one.due_at + LATE)
    assert (again(one).outcome, text_of(websites, one.message)) == ("needed", TEXT)


def test_on_hold_or_while_an_objection_is_weighed_it_waits(websites: Any) -> None:
    one = case(websites)
    vault.hold([one.message.text], reason="claim", actor=websites.dora)
    carrying_out.work(now=one.due_at)
    assert again(one).outcome == ""


def test_what_went_by_its_own_term_waits_for_nobody(publications: Any) -> None:
    one = case(publications)
    vault.erase([*noticing.records_of(one)], actor=publications.door, why="test")
    carrying_out.work(now=timezone.now())
    assert again(one).outcome == "gone"


def test_the_sweep_takes_what_is_needed_at_its_term_like_all_else(advice: Any) -> None:
    one = case(advice)
    deciding.need(one, reason="Nodig", confirmed=True, actor=advice.bob)
    retention.run(advice.desk, now=timezone.now() + timedelta(days=365 * 4))
    carrying_out.work(now=timezone.now())
    assert again(one).done_at is not None
    assert GONE not in whole(advice)


def test_a_second_mail_with_the_same_is_a_case_of_its_own(websites: Any) -> None:
    one = case(websites)
    carrying_out.work(now=one.due_at)
    assert mail(websites, TEXT, message_id="again@x.test").others.count() == 1
    assert Others.objects.filter(outcome="").count() == 1
    assert fresh(one.ticket).number == one.ticket.number


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Kunt u mij helpen? Het werkt niet en ik weet niet wat dit is.", "nl"),
        ("Hei, en pääse kirjautumaan. Voitko auttaa, kun tämä ei toimi?", "fi"),
        ("Hej, jag kan inte logga in och det är ett problem för mig.", "sv"),
        ("Hello, I can not sign in and it is not clear to me why.", "en"),
        ("+31 20 794 0123", "fi"),
    ],
)
def test_the_language_is_that_of_the_mail_else_the_desks(text: str, language: str) -> None:
    assert asking_again.language_of(text, otherwise="fi") == language
