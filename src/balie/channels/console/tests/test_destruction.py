"""What is to be destroyed on the officer's pages: looked at by numbers, some of it taken out, the rest approved, and declared."""

import html
import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balie.privacy import destroying, retention
from balie.privacy.tests.approving import YEAR, asking, ended

URL = "/publications/register/destruction"
DECLARED = "/publications/register/declarations"
Record = apps.get_model("vault", "Record")
SECRET = "Aurelia Quintessa-Verholt"


@pytest.fixture
def desk(publications: Any) -> Any:
    """A desk with a list that waits."""
    cast = asking(publications)
    ended(cast, sender="aurelia@example.org", subject=SECRET, text=f"{SECRET} asks.")
    retention.run(cast.desk, now=YEAR)
    return cast


def main(answer: Any) -> str:
    return html.unescape(answer.content.decode().partition("<main")[2])


def seen(client: Any) -> dict[str, str]:
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', main(client.get(URL)))
    assert found
    return {"seen": found[1]}


def carried_out(cast: Any) -> None:
    destroying.finish(cast.desk)


def test_the_officer_sees_what_waits_by_numbers_and_nothing_of_anybody(desk: Any, browse: Any) -> None:
    year = datetime.now(UTC).year
    page = main(browse(desk.dora).get(f"{URL}?activity=service-desk&item=message&year={year}"))
    assert "1 year after the ticket is closed" in page
    assert "Approve the destruction of" in page
    assert "Ticket " in page
    for word in (*SECRET.split(), "aurelia"):
        assert word not in page


def test_it_is_the_officers_page_and_the_officers_act(desk: Any, browse: Any) -> None:
    given = seen(browse(desk.dora))
    for actor in (desk.bob, desk.ada):
        client = browse(actor)
        assert client.get(URL).status_code == 403
        assert client.post(f"{URL}/approval", given).status_code == 403
        assert client.post(f"{URL}/exceptions", {}).status_code == 403
    assert browse(desk.charlie).get(URL).status_code == 404
    assert destroying.open_at(desk.desk) is not None


def test_single_ones_are_taken_out_and_the_rest_is_approved_and_declared(desk: Any, browse: Any) -> None:
    dora = browse(desk.dora)
    one = Record.objects.filter(item="message", term="handled").first()
    keep = {"record": [one.handle.hex], "reason": "archiving", "until": "2099-01-01"}
    assert dora.post(f"{URL}/exceptions", keep).status_code == 303
    approved = dora.post(f"{URL}/approval", seen(dora))
    assert approved.status_code == 303
    assert "being carried out" in main(dora.get(approved.url))
    carried_out(desk)
    page = main(browse(desk.bob).get(approved.url))
    assert "Destroyed on" in page
    assert "Dora" in page
    assert one.handle.hex not in page
    assert [row.handle for row in Record.objects.filter(term="handled")] == [one.handle]
    assert "Nothing waits for your approval" in main(dora.get(URL))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"record": "x", "reason": "archiving", "until": "2099-01-01"}, "Choose what is to stay"),
        ({"reason": "archiving", "until": "2099-01-01"}, "Choose what is to stay"),
        ({"record": "0" * 32, "reason": "archiving", "until": "2099-01-01"}, "Choose what is to stay"),
        ({"record": "0" * 32, "reason": "because", "until": "2099-01-01"}, "Choose why"),
        ({"record": "0" * 32, "reason": "archiving", "until": "soon"}, "is no day"),
    ],
)
def test_what_is_not_understood_is_said_on_the_same_page(
    desk: Any, browse: Any, given: dict[str, str], told: str
) -> None:
    answer = browse(desk.dora).post(f"{URL}/exceptions", given)
    assert answer.status_code == 422
    assert told in main(answer)


def test_a_list_that_changed_is_shown_anew(desk: Any, browse: Any) -> None:
    dora = browse(desk.dora)
    before = seen(dora)
    ended(desk, sender="b@example.org", subject="Another")
    retention.run(desk.desk, now=YEAR)
    answer = dora.post(f"{URL}/approval", before)
    assert answer.status_code == 409
    assert "has changed since you looked at it" in main(answer)
    assert seen(dora) != before


def test_what_waits_too_long_is_overdue_on_the_officers_pages(desk: Any, browse: Any) -> None:
    Record.objects.filter(term="handled").update(erase_at=timezone.now() - timedelta(days=40))
    for place in (URL, "/publications/register"):
        assert "was to be approved by" in main(browse(desk.dora).get(place))
    assert "Look at what is to be destroyed" not in main(browse(desk.bob).get("/publications/register"))


def test_a_declaration_is_taken_along_as_a_page_as_markdown_and_as_json(desk: Any, browse: Any) -> None:
    dora = browse(desk.dora)
    place = dora.post(f"{URL}/approval", seen(dora)).url
    carried_out(desk)
    told = json.loads(dora.get(f"{place}/json").content)
    handles = [handle for line in told["declaration"]["destroyed"] for handle in line["handles"]]
    assert len(handles) == told["declaration"]["records"] > 0
    assert told["digest"] in told["signature"]
    markdown = dora.get(f"{place}/md")
    assert markdown.headers["Content-Disposition"].endswith('.md"')
    text = markdown.content.decode()
    assert all(handle in text for handle in handles)
    assert told["digest"] in text
    for file in (text, json.dumps(told)):
        for word in (*SECRET.split(), "aurelia", "Dora"):
            assert word not in file
    pytest.importorskip("weasyprint", exc_type=OSError, reason="needs Pango")
    pdf = dora.get(f"{place}/pdf")
    assert pdf.content.startswith(b"%PDF-")


@pytest.mark.parametrize("language", ["nl", "fi", "en"])
def test_a_month_of_the_sweep_is_declared_in_each_language(desk: Any, browse: Any, language: str) -> None:
    client = browse(desk.bob, language=language)
    month = f"{timezone.now():%Y-%m}"
    assert f"{DECLARED}/{month}" in main(client.get(DECLARED))
    page = main(client.get(f"{DECLARED}/{month}"))
    assert {"nl": "72 uur", "fi": "72 tuntia", "en": "72 hours"}[language] in page
    assert client.get(f"{DECLARED}/{month}/md").status_code == 200


@pytest.mark.parametrize("which", ["2026-13", "0" * 32, "0000-01", "nothing"])
def test_there_is_no_other_declaration(desk: Any, browse: Any, which: str) -> None:
    assert browse(desk.dora).get(f"{DECLARED}/{which}").status_code == 404
    assert browse(desk.dora).get(f"{DECLARED}/{which}/json").status_code == 404


def test_another_desks_declaration_does_not_exist(desk: Any, browse: Any, advice: Any) -> None:
    dora = browse(desk.dora)
    place = dora.post(f"{URL}/approval", seen(dora)).url
    assert browse(advice.dora).get(place).status_code == 404
    assert browse(advice.dora).get(place.replace("publications", "citizens-advice")).status_code == 404


def test_ten_records_cost_as_many_queries_as_one(desk: Any, browse: Any) -> None:
    dora, year = browse(desk.dora), datetime.now(UTC).year

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            dora.get(f"{URL}?activity=service-desk&item=message&year={year}")
        return sum(any(table in one["sql"] for table in ("vault_", "privacy_", "desk_ticket")) for one in asked)

    cost()
    before = cost()
    for number in range(9):
        ended(desk, sender=f"{number}@example.org", subject=f"Number {number}")
    retention.run(desk.desk, now=YEAR)
    cost()
    assert cost() == before
