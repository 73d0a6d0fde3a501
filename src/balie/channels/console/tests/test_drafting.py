"""Drafts with their files: kept while one writes, the same on any machine, and going along with the answer."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from balie.desk import reporter
from balie.desk.models import DraftFile

NEEDED = {"family-name": "Bakker", "relation": "burger"}


def url(ticket: Any, more: str = "") -> str:
    return f"/{ticket.desk}/tickets/{ticket.number}{more}"


def form(name: str = "formulier.pdf", content: bytes = b"%PDF-1.7") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


@pytest.fixture
def asked(publications: Any, mail_in: Any) -> Any:
    ticket = mail_in(publications, "Een vraag")
    for item, value in NEEDED.items():
        reporter.write(ticket, item=item, value=value, actor=publications.bob)
    return ticket


def waiting(client: Any, ticket: Any) -> list[str]:
    return [file.name for file in client.get(url(ticket)).context["ticket"].beside.files]


def test_a_file_is_kept_at_once_shown_on_any_machine_and_goes_with_the_answer(
    asked: Any, publications: Any, browse: Any
) -> None:
    told = browse(publications.bob).post(url(asked, "/drafts/files"), {"files": form()}, headers={"X-Part": "files"})
    assert told.status_code == 200
    assert "formulier.pdf" in told.content.decode()
    elsewhere = browse(publications.bob)
    assert waiting(elsewhere, asked) == ["formulier.pdf"]
    assert waiting(browse(publications.ada), asked) == []
    seen = elsewhere.get(url(asked)).context["ticket"].seen
    elsewhere.post(url(asked, "/answers"), {"text": "Zie de bijlage.", "kind": "answer", "seen": seen})
    sent = asked.messages.get(kind="answer")
    assert sent.attachments.count() == 1
    assert waiting(elsewhere, asked) == []


def test_without_a_script_keeping_the_draft_keeps_its_files(asked: Any, publications: Any, browse: Any) -> None:
    client = browse(publications.bob)
    done = client.post(url(asked, "/drafts"), {"text": "Zie de bijlage.", "kind": "answer", "files": form()})
    assert (done.status_code, waiting(client, asked)) == (303, ["formulier.pdf"])
    assert ">Zie de bijlage.</textarea>" in client.get(url(asked)).content.decode()


def test_leaving_a_file_out_keeps_what_is_written(asked: Any, publications: Any, browse: Any) -> None:
    client = browse(publications.bob)
    client.post(url(asked, "/drafts/files"), {"files": form()})
    (row,) = DraftFile.objects.all()
    done = client.post(url(asked, f"/drafts/files/{row.handle}/erasure"), {"text": "Toch niet", "kind": "answer"})
    assert (done.status_code, waiting(client, asked)) == (303, [])
    assert ">Toch niet</textarea>" in client.get(url(asked)).content.decode()


def test_a_file_that_is_too_large_is_refused_in_one_sentence_to_the_script(
    asked: Any, publications: Any, browse: Any, settings: Any
) -> None:
    settings.BALIE_ANSWER_FILES = 1
    large = form(content=b"x" * (1024 * 1024 + 1))
    told = browse(publications.bob).post(url(asked, "/drafts/files"), {"files": large}, headers={"X-Part": "files"})
    assert told.status_code == 422
    assert "an answer carries 1 MB at most" in told.content.decode()
    assert "<html" not in told.content.decode()
    whole = browse(publications.bob).post(url(asked, "/drafts/files"), {"files": form(content=b"")})
    assert whole.status_code == 422
    assert "<html" in whole.content.decode()


def test_a_file_waits_for_its_writer_alone(asked: Any, publications: Any, browse: Any) -> None:
    browse(publications.bob).post(url(asked, "/drafts/files"), {"files": form()})
    (row,) = DraftFile.objects.all()
    for other in (publications.charlie, publications.dora):
        refused = browse(other).post(url(asked, f"/drafts/files/{row.handle}/erasure"))
        assert refused.status_code in (403, 404)
    assert DraftFile.objects.count() == 1


def test_a_file_counts_in_the_look_before_it_goes(asked: Any, publications: Any, browse: Any) -> None:
    client = browse(publications.bob)
    typed = {"text": "Zie de bijlage.", "kind": "answer"}
    missed = client.post(url(asked, "/drafts"), typed, headers={"X-Part": "check"})
    assert "none goes along" in missed.content.decode()
    client.post(url(asked, "/drafts/files"), {"files": form()})
    fine = client.post(url(asked, "/drafts"), typed, headers={"X-Part": "check"})
    assert "none goes along" not in fine.content.decode()
