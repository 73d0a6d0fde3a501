"""What the pages say before the end: who will be told when, on the forecast and on the ticket, and what waits for approval."""

import html
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from balie import vault
from balie.desk import closing
from balie.privacy import retention, warning
from balie.privacy.tests.approving import WARNED, YEAR, asking, ended
from balie.privacy.tests.at_the_desk import mail_in
from balie.register.tests.desks_read import adopted
from balie.vault.models import Record


def read(client: Any, place: str) -> str:
    return html.unescape(client.get(place).content.decode().partition("<main")[2])


@pytest.fixture
def ticket(publications: Any) -> Any:
    """One that goes in twenty days, of which somebody is warned in thirteen."""
    adopted(WARNED, ("number: VB-0117", "number: VB-0118"), desk="publications", actor=publications.dora)
    made = mail_in(publications)
    closing.close(made, actor=publications.bob)
    Record.objects.filter(held_by=made.handle, term="handled").update(erase_at=timezone.now() + timedelta(days=20))
    return made


def test_the_forecast_and_the_ticket_say_who_is_told_when(publications: Any, browse: Any, ticket: Any) -> None:
    bob = browse(publications.bob)
    assert "Warnings before the end" in read(bob, "/publications/register/forecast")
    page = read(bob, f"/publications/tickets/{ticket.number}")
    assert "A warning goes out on" in page
    assert "Warned on" not in page


def test_what_was_sent_is_said_on_the_ticket(publications: Any, browse: Any, ticket: Any) -> None:
    assert warning.run(publications.desk, now=timezone.now()) == 1
    assert "Warned on" in read(browse(publications.bob), f"/publications/tickets/{ticket.number}")


def test_where_no_term_warns_nothing_is_said(publications: Any, browse: Any) -> None:
    made = ended(publications)
    assert "Warnings before" not in read(browse(publications.bob), "/publications/register/forecast")
    assert "warning goes out" not in read(browse(publications.bob), f"/publications/tickets/{made.number}")


def test_a_ticket_that_waits_on_the_list_says_so(publications: Any, browse: Any) -> None:
    made = ended(asking(publications))
    retention.run(publications.desk, now=YEAR)
    assert all(one.listed for one in vault.describe(publications.desk, held_by=[made.handle]))
    assert "once its destruction is approved" in read(browse(publications.bob), f"/publications/tickets/{made.number}")
