"""What was done under each activity in numbers, and when what is looked at again."""

import re
from datetime import timedelta
from typing import Any

from django.utils import timezone

from balie import register
from balie.desk import closing, conversation
from balie.privacy import holding, reviewing

URL = "/citizens-advice/register/evidence"


def section(client: Any, activity: str) -> str:
    page = client.get(URL).content.decode()
    found = re.search(rf'<section[^>]*aria-labelledby="deeds-{activity}".*?</section>', page, re.DOTALL)
    assert found
    return " ".join(found[0].split())


def counted(text: str) -> dict[str, int]:
    told = re.findall(r"<li>(?:<i[^>]*></i>)?([^<]+)<b>(\d+)</b>", text)
    return {name.strip(): int(number) for name, number in told}


def test_acts_are_counted_by_kind_under_their_activity(advice: Any, browse: Any, mail_in: Any) -> None:
    before = counted(section(browse(advice.dora), "advice"))
    ticket = mail_in(advice, "kysymys")
    browse(advice.bob).get(f"/citizens-advice/tickets/{ticket.number}")
    conversation.answer(ticket, text="Näin se on.", actor=advice.bob)
    closing.close(ticket, actor=advice.bob)
    after = counted(section(browse(advice.dora), "advice"))
    assert after["Came in, or written down"] > before.get("Came in, or written down", 0)
    assert after["Looked at"] > before.get("Looked at", 0)
    assert after["Answered and sent"] == before.get("Answered and sent", 0) + 1


def test_the_last_of_each_act_is_for_the_privacy_officer_with_handle_role_and_time(
    advice: Any, browse: Any, mail_in: Any
) -> None:
    ticket = mail_in(advice, "kysymys")
    note = conversation.note(ticket, text="Muistiinpano.", actor=advice.bob)
    told = section(browse(advice.dora), "advice")
    row = re.search(r"<tr>(?:(?!</tr>).)*message\.noted.*?</tr>", told)
    assert row
    assert "agent" in row[0]
    assert note.handle.hex in row[0]
    assert "Bob" not in told
    assert "kysymys" not in told
    for other in (advice.bob, advice.ada):
        assert "message.noted" not in section(browse(other), "advice")


def test_every_activity_has_its_place_and_what_is_under_none(advice: Any, browse: Any) -> None:
    page = browse(advice.dora).get(URL).content.decode()
    for activity in (*register.in_force(advice.desk).data["activities"], "none"):
        assert f'id="deeds-{activity}"' in page
    assert "register.adopted" in section(browse(advice.dora), "none")


def test_what_is_looked_at_again_stands_in_order_with_what_is_overdue_first(
    advice: Any, browse: Any, mail_in: Any, monkeypatch: Any
) -> None:
    ticket = mail_in(advice, "kysymys")
    soon = timezone.now().date() + timedelta(days=3)
    holding.hold(ticket, reason="legal-claim", until=soon, actor=advice.dora)
    found = reviewing.reviews(advice.desk)
    assert [one.day for one in found] == sorted(one.day for one in found)
    kinds = {one.kind for one in found}
    assert {"register", "hold"} <= kinds
    page = " ".join(browse(advice.dora).get(URL).content.decode().partition('id="reviews"')[2].split())
    assert "On hold: Legal claim" in page
    assert "overdue" not in page
    later = timezone.now() + timedelta(days=5)
    monkeypatch.setattr("balie.channels.console.deeds.timezone.localdate", lambda: later.date())
    page = " ".join(browse(advice.dora).get(URL).content.decode().partition('id="reviews"')[2].split())
    first = page.partition("<tbody>")[2].partition("</tr>")[0]
    assert "Legal claim" in first
    assert "overdue" in first


def test_it_is_linked_from_the_registers_page(advice: Any, browse: Any) -> None:
    assert f'href="{URL}"' in browse(advice.bob).get("/citizens-advice/register").content.decode()
