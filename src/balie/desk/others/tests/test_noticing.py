"""Noticing: a case for each text and file in which others' data were seen; two working days until it is due."""

from datetime import UTC, datetime
from typing import Any

import pytest

from balie import recognition
from balie.desk import intake
from balie.desk.models import Attachment, Others
from balie.desk.others import working_days
from balie.desk.others.tests.written import CAROL, LIST, TEXT, case, file_case, found, work
from balie.desk.tests.coming_in import mail, shown
from balie.evidence.models import Entry


def test_a_mail_in_which_somebody_else_is_named_opens_one_case(publications: Any) -> None:
    one = case(publications, TEXT + f" Nog eens: {CAROL}, en dave@example.org")
    assert (one.kinds, one.outcome, one.breach) == (["EMAIL"], "", False)
    told = Entry.objects.get(act="others.noticed")
    assert (told.ref, told.operation, told.facts["file"]) == (one.handle, "restrict", False)


def test_a_mail_about_nobody_else_opens_none(publications: Any) -> None:
    mail(publications, "Ik ben alice@example.org, mijn bsn is 111222333")
    assert not Others.objects.exists()


def test_what_stands_in_a_quotation_is_noticed_and_covered_too(publications: Any) -> None:
    text = f"Zie hieronder.\n\n> Op maandag schreef {CAROL}:\n> Het werkt niet."
    one = case(publications, text, folds=((16, len(text), "quotation"),))
    assert shown(one.ticket, publications.bob) == [text.replace(CAROL, "[EMAIL]")]


def test_the_subject_belongs_to_the_text(publications: Any) -> None:
    one = case(publications, "Text", subject=f"Login van {CAROL}")
    assert one.kinds == ["EMAIL"]


def test_a_file_is_held_back_until_it_was_looked_into(publications: Any) -> None:
    file = mail(publications, files=(intake.File("a.txt", b"Niets bijzonders", "text/plain"),)).attachments.get()
    assert file.looked == "waiting"
    work()
    file.refresh_from_db()
    assert file.looked == "clear"
    assert not Others.objects.exists()


def test_what_stands_in_a_file_is_noticed(publications: Any) -> None:
    one = file_case(publications)
    assert one.attachment is not None
    assert (one.kinds, one.attachment.looked) == (["EMAIL"], "found")
    assert found(publications, "carol") == []


@pytest.mark.parametrize(
    "markup", [f"<p>Schrijf <b>{CAROL}</b></p>", f'<a href="mailto:{CAROL}">hier</a>', "<td>carol&#64;example.org</td>"]
)
def test_what_stands_in_markup_is_noticed_also_where_a_link_leads(publications: Any, markup: str) -> None:
    assert file_case(publications, markup.encode(), name="a.html", kind="text/html; charset=utf-8").kinds == ["EMAIL"]


def test_a_file_that_says_it_is_text_and_is_none_is_a_persons_to_decide(publications: Any) -> None:
    one = file_case(publications, b"\0\1\2\3", name="a.txt", kind="text/plain")
    assert one.attachment is not None
    assert (one.kinds, one.attachment.looked) == (["CLOSED"], "closed")


def test_a_kind_that_is_not_read_here_is_not_held_back(publications: Any) -> None:
    mail(publications, files=(intake.File("a.pdf", b"%PDF " + LIST, "application/pdf"),))
    assert Attachment.objects.get().looked == ""


def test_a_file_is_looked_into_once_however_often_the_job_runs(publications: Any) -> None:
    one = file_case(publications)
    work()
    work()
    assert Others.objects.get().pk == one.pk
    assert Entry.objects.filter(act="others.noticed").count() == 1


@pytest.mark.parametrize(
    ("noticed", "country", "due"),
    [
        ("2026-11-24T15:00", "NL", "2026-11-26"),  # a Tuesday
        ("2026-11-27T09:00", "NL", "2026-12-01"),  # a Friday
        ("2026-12-24T09:00", "NL", "2026-12-29"),  # two days of Christmas, of which one is a Saturday
        ("2026-12-04T09:00", "FI", "2026-12-08"),  # independence day is a Sunday
        ("2027-12-03T09:00", "FI", "2027-12-08"),  # and a Monday
        ("2026-11-27T09:00", "XX", "2026-12-01"),
    ],
)
def test_two_working_days_are_counted_in_the_country_of_the_desk(noticed: str, country: str, due: str) -> None:
    at = datetime.fromisoformat(noticed).replace(tzinfo=UTC)
    assert working_days.due(at, country=country).date().isoformat() == due


def test_whatever_recognition_knows_it_calls_others_only_when_it_says_so(publications: Any) -> None:
    assert {*recognition.Role} >= {"participant", "third_party"}
