"""Attachments: only of a visible ticket, only to be saved, only after the look was written down."""

from typing import Any

import pytest

from balie.config import worker
from balie.desk import arrivals
from balie.desk.models import Ticket
from balie.evidence.models import Entry


@pytest.fixture
def with_file(publications: Any) -> Any:
    from balie.config import demonstration

    mail = demonstration.mail_of("", "alice@example.org", publications.address, "Met bijlage", "Zie bijlage")
    mail.add_attachment(b"<script>alert(1)</script>", maintype="text", subtype="html", filename="bijlage één.html")
    arrivals.take_in(
        [arrivals.Delivery("alice@example.org", (publications.address,), mail.as_bytes())], actor=publications.door
    )
    worker.work_all()
    return Ticket.objects.visible_to(publications.door).get()


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
    assert Entry.objects.filter(act="attachment.taken", ref=with_file.handle).exists()


def test_a_file_of_another_ticket_is_not_there(publications: Any, browse: Any, with_file: Any, mail_in: Any) -> None:
    client = browse(publications.bob)
    (message,) = client.get(f"/publications/tickets/{with_file.number}").context["ticket"].messages
    other = mail_in(publications, "zonder", sender="mallory@example.org")
    url = message.files[0].url.replace(f"/{with_file.number}/", f"/{other.number}/")
    assert client.get(url).status_code == 404
