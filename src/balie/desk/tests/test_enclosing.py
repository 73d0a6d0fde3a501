"""Files with an answer: kept sealed with it where the register declares them, refused in a sentence where not or too large."""

from typing import Any

import pytest

from balie import vault
from balie.desk import conversation, enclosing, forgetting, reporter
from balie.desk.intake import File
from balie.desk.models import Attachment, DraftFile, Message, Ticket
from balie.desk.tests.coming_in import fresh, ticket
from balie.evidence.models import Entry
from balie.kernel import Invalid, Refused
from balie.post.models import Outgoing
from balie.vault.models import Record
from balie.vault.tests.keeping import read

FORM = File("formulier.pdf", b"%PDF-1.7 empty form", "application/pdf")


@pytest.fixture
def asked(publications: Any) -> Ticket:
    """A ticket that may be answered."""
    one = ticket(publications)
    reporter.write(one, item="family-name", value="Voorbeeld", actor=publications.bob)
    reporter.write(one, item="relation", value="burger", actor=publications.bob)
    return fresh(one)


def test_files_are_kept_sealed_with_the_answer(publications: Any, asked: Ticket) -> None:
    message = conversation.answer(asked, text="Here it is.", files=[FORM], actor=publications.bob)
    (kept,) = message.attachments.all()
    assert (kept.size, kept.media_type, kept.inline) == (len(FORM.content), "application/pdf", False)
    assert read(publications.bob, kept.name, kept.content) == [b"formulier.pdf", FORM.content]
    rows = Record.objects.filter(handle__in=[kept.name, kept.content])
    assert {(row.item, row.source, row.held_by) for row in rows} == {("attachment", "staff", asked.handle)}
    assert all(row.erase_at for row in rows) or all(row.trigger for row in rows)


def test_where_the_register_declares_no_files_nothing_is_sent(advice: Any) -> None:
    one = ticket(advice)
    with pytest.raises(Refused):
        conversation.answer(one, text="Here it is.", files=[FORM], actor=advice.bob)
    assert not Outgoing.objects.filter(kind="answer").exists()
    assert not Message.objects.filter(kind="answer").exists()


def test_more_than_a_mail_carries_is_refused_with_both_sizes(publications: Any, asked: Ticket, settings: Any) -> None:
    settings.BALIE_ANSWER_FILES = 1
    large = File("scan.tif", b"x" * (700 * 1024))
    with pytest.raises(Invalid, match="2 MB together, and an answer carries 1 MB at most"):
        conversation.answer(asked, text="Two scans.", files=[large, large], actor=publications.bob)
    assert not Attachment.objects.exists()
    assert not Outgoing.objects.filter(kind="answer").exists()
    conversation.answer(asked, text="One scan.", files=[large], actor=publications.bob)


def test_an_empty_file_is_a_mistake(publications: Any, asked: Ticket) -> None:
    with pytest.raises(Invalid, match="is empty: nothing was sent"):
        conversation.answer(asked, text="Here.", files=[File("nothing.txt", b"")], actor=publications.bob)


def test_what_a_name_tells_is_masked_at_the_desk_as_everywhere(publications: Any, asked: Ticket) -> None:
    told = File("bsn 111222333.pdf", b"%PDF", "application/pdf")
    conversation.answer(asked, text="Here.", files=[told], actor=publications.bob)
    from balie import vault

    shown = conversation.shown(fresh(asked), vault.Reading(publications.bob, "ticket.looked-at", asked.handle))
    (name,) = [file.name for message in shown for file in message.files]
    assert "111222333" not in name


def kept_names(cast: Any, one: Ticket, actor: Any = None) -> list[str]:
    return [file.name for file in enclosing.kept(one, vault.Reading(actor or cast.bob, "ticket.looked-at"))]


def test_a_file_waits_with_the_draft_and_goes_with_the_answer(publications: Any, asked: Ticket) -> None:
    (row,) = enclosing.keep(asked, [FORM], actor=publications.bob)
    assert kept_names(publications, asked) == ["formulier.pdf"]
    assert kept_names(publications, asked, publications.dora) == []
    assert Entry.objects.get(act="draft.file-kept").operation == "store"
    message = conversation.answer(asked, text="Here.", files=[File("b.txt", b"b")], actor=publications.bob)
    assert sorted(message.attachments.values_list("size", flat=True)) == [1, len(FORM.content)]
    assert kept_names(publications, asked) == []
    assert read(publications.bob, row.content) == [FORM.content]


def test_a_file_that_is_left_out_again_is_erased(publications: Any, asked: Ticket) -> None:
    (row,) = enclosing.keep(asked, [FORM], actor=publications.bob)
    enclosing.drop(asked, handle=row.handle, actor=publications.bob)
    enclosing.drop(asked, handle=row.handle, actor=publications.bob)
    assert kept_names(publications, asked) == []
    assert not Record.objects.filter(handle__in=[row.name, row.content]).exists()


def test_what_waits_and_what_comes_count_together(publications: Any, asked: Ticket, settings: Any) -> None:
    settings.BALIE_ANSWER_FILES = 1
    large = File("scan.tif", b"x" * (700 * 1024))
    enclosing.keep(asked, [large], actor=publications.bob)
    with pytest.raises(Invalid, match="2 MB together"):
        enclosing.keep(asked, [large], actor=publications.bob)
    assert kept_names(publications, asked) == ["scan.tif"]


def test_what_the_register_does_not_declare_waits_nowhere(advice: Any) -> None:
    one = ticket(advice)
    with pytest.raises(Refused):
        enclosing.keep(one, [FORM], actor=advice.bob)
    assert not DraftFile.objects.exists()


def test_a_file_that_was_erased_waits_no_more(publications: Any, asked: Ticket) -> None:
    (row,) = enclosing.keep(asked, [FORM], actor=publications.bob)
    forgetting.forget([row.content])
    assert not DraftFile.objects.exists()
