"""Attachments: only of a visible ticket, only to be saved, only after the look was written down."""

from email.message import EmailMessage
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from balie.desk.models import Message, Ticket
from balie.evidence.models import Entry


@pytest.fixture
def with_file(publications: Any, bring_in: Any) -> Any:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "alice@example.org", publications.address, "Met bijlage"
    mail.set_content("Zie bijlage")
    mail.add_attachment(b"<script>alert(1)</script>", maintype="text", subtype="html", filename="bijlage één.html")
    return bring_in(publications, mail)


def test_a_file_is_handed_out_to_be_saved_and_never_run(publications: Any, browse: Any, with_file: Any) -> None:
    client = browse(publications.bob)
    (message,) = client.get(f"/publications/tickets/{with_file.number}").context["ticket"].messages
    (file,) = message.files
    got = client.get(file.url)
    assert got.content == b"<script>alert(1)</script>"
    assert got["Content-Type"] == "application/octet-stream"
    assert got["Content-Disposition"].startswith("attachment")
    assert "%C3%A9%C3%A9n" in got["Content-Disposition"]
    assert "sandbox" in got["Content-Security-Policy"]
    assert got["X-Content-Type-Options"] == "nosniff"
    assert Entry.objects.filter(act="attachment.taken", ref=with_file.handle).exists()


def test_a_file_of_another_ticket_is_not_there(publications: Any, browse: Any, with_file: Any, mail_in: Any) -> None:
    client = browse(publications.bob)
    (message,) = client.get(f"/publications/tickets/{with_file.number}").context["ticket"].messages
    other = mail_in(publications, "zonder", sender="mallory@example.org")
    url = message.files[0].url.replace(f"/{with_file.number}/", f"/{other.number}/")
    assert client.get(url).status_code == 404


def answered(client: Any, ticket: Ticket, **fields: Any) -> Any:
    return client.post(f"/{ticket.desk}/tickets/{ticket.number}/answers", {"kind": "answer", **fields})


@pytest.fixture
def ready(publications: Any, mail_in: Any) -> Ticket:
    """A ticket of a desk whose register lets staff send files, with what is required for an answer."""
    from balie.desk import reporter

    ticket = mail_in(publications, "Kunt u mij het formulier sturen?")
    reporter.write(ticket, item="family-name", value="Wending", confirmed=[], consent=[], actor=publications.bob)
    assert isinstance(ticket, Ticket)
    return ticket


def chosen(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def last(ticket: Ticket) -> UUID:
    return ticket.messages.order_by("-handle").values_list("handle", flat=True)[0]


def test_files_go_with_an_answer(publications: Any, browse: Any, ready: Ticket) -> None:
    client = browse(publications.bob)
    page = client.get(f"/publications/tickets/{ready.number}").content.decode()
    assert 'type="file"' in page
    assert "25 MB together at most" in page
    files = [chosen("formulier één.pdf", b"%PDF-1"), chosen("uitleg.pdf", b"%PDF-2")]
    assert answered(client, ready, text="Hierbij.", files=files, seen=last(ready).hex).status_code == 303
    shown = client.get(f"/publications/tickets/{ready.number}").context["ticket"].messages[-1]
    assert [(one.name, one.icon, one.size) for one in shown.files] == [
        ("formulier één.pdf", "file-type-pdf", 6),
        ("uitleg.pdf", "file-type-pdf", 6),
    ]
    assert client.get(shown.files[1].url).content == b"%PDF-2"


def test_an_answer_without_files_goes_as_before(publications: Any, browse: Any, ready: Ticket) -> None:
    assert answered(browse(publications.bob), ready, text="Dag.", seen=last(ready).hex).status_code == 303


def refused(page: Any, *, said: str) -> None:
    """Nothing went; the sentence, the text and the wish for the files again stand on the page."""
    html = page.content.decode()
    assert page.status_code == 422
    assert said in html
    assert "Choose the files again" in html
    assert ">Hierbij.</textarea>" in html
    assert not Message.objects.filter(kind="answer").exists()


def test_an_empty_file_is_refused_and_the_text_stays(publications: Any, browse: Any, ready: Ticket) -> None:
    page = answered(
        browse(publications.bob), ready, text="Hierbij.", files=[chosen("leeg.pdf", b"")], seen=last(ready).hex
    )
    refused(page, said="is empty: nothing was sent")


def test_too_much_together_is_refused_and_the_text_stays(
    publications: Any, browse: Any, ready: Ticket, settings: Any
) -> None:
    settings.BALIE_ANSWER_FILES = 1
    files = [chosen("een.pdf", b"1" * 700_000), chosen("twee.pdf", b"2" * 700_000)]
    page = answered(browse(publications.bob), ready, text="Hierbij.", files=files, seen=last(ready).hex)
    refused(page, said="an answer carries 1 MB at most")


def test_what_is_too_much_to_hold_is_refused_and_never_sent_without(
    publications: Any, browse: Any, ready: Ticket, settings: Any
) -> None:
    """The files are not even read then: without a check, the answer would go out and leave them behind."""
    settings.BALIE_ANSWER_FILES, settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1, 1_000_000
    page = answered(
        browse(publications.bob),
        ready,
        text="Hierbij.",
        files=[chosen("een.pdf", b"1" * 2_000_000)],
        seen=last(ready).hex,
    )
    refused(page, said="far more than the 1 MB")


def test_where_the_register_declares_no_files_from_staff_none_can_be_chosen(
    advice: Any, browse: Any, mail_in: Any
) -> None:
    ticket = mail_in(advice, "Mistä saan lomakkeen?")
    client = browse(advice.bob)
    assert 'type="file"' not in client.get(f"/citizens-advice/tickets/{ticket.number}").content.decode()
    page = answered(client, ticket, text="Hierbij.", files=[chosen("een.pdf", b"1")], seen=last(ticket).hex)
    assert page.status_code == 403
    assert not Message.objects.filter(kind="answer").exists()
