"""Invariant 5, proven: a look is in the evidence before its first byte leaves; what cannot be written down is not shown nor done."""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.counter import deliver
from tests.installation import Installation, mail
from tests.visitor import NOOR, Visitor, signed_in

pytestmark = pytest.mark.xdist_group("proven")

TOLD = ("Wortelkoning", "wortelkoning@example.org", "De wortels ontbreken")


@dataclass
class Desk:
    house: Installation
    noor: Visitor
    numbers: list[int]
    file: str

    @property
    def ticket(self) -> str:
        return f"/publications/tickets/{self.numbers[0]}"

    @contextmanager
    def unwritable(self, kind: str = "look") -> Iterator[None]:
        """Beside the running program nobody can add to the evidence any more, as when its table were broken."""
        when = f"WHEN NEW.kind = '{kind}' BEGIN SELECT RAISE(ABORT, 'broken'); END"
        refuse = f"CREATE TRIGGER broken BEFORE INSERT ON evidence_entry {when}"
        with closing(sqlite3.connect(self.house.data / "data.sqlite3", timeout=30)) as db:
            db.execute(refuse)
            try:
                yield
            finally:
                db.execute("DROP TRIGGER broken")

    def looks(self) -> list[dict[str, Any]]:
        """The looks of this member of staff, the oldest first."""
        rows = self.house.rows(
            "SELECT id, act, ref, about, activity, operation, facts, hex(trace) FROM evidence_entry "
            "WHERE kind = 'look' AND actor LIKE 'staff:%' ORDER BY id"
        )
        names = ("id", "act", "ref", "about", "activity", "operation", "facts", "trace")
        return [dict(zip(names, row, strict=True)) | {"about": json.loads(row[3])} for row in rows]

    def looking(self, ask: Callable[[], Any]) -> list[dict[str, Any]]:
        """The looks that one request added."""
        before = len(self.looks())
        assert ask().status == 200
        return self.looks()[before:]

    def person_of(self, number: int) -> str:
        rows = self.house.rows(
            "SELECT requester_id FROM desk_ticket WHERE desk = 'publications' AND number = ?", number
        )
        return str(rows[0][0])


@pytest.fixture(scope="module")
def desk(settle: Callable[[Path], Installation], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    house = settle(tmp_path_factory.mktemp("proven"))
    with house.serving():
        numbers = []
        for sender in (TOLD[1], "tweede@example.org", "derde@example.org"):
            made = mail(
                sender=sender,
                to="servicedesk@publications.test",
                subject=TOLD[2],
                text=f"{TOLD[0]} schrijft.",
                name=TOLD[0],
            )
            made.add_attachment(b"roots", maintype="text", subtype="plain", filename="roots.txt")
            numbers.append(deliver(house, "publications", made, sender=sender))
        noor = signed_in(house.url, NOOR)
        (file,) = re.findall(r'href="([^"]*/attachments/[^"]*)"', noor.get(f"/publications/tickets/{numbers[0]}").text)
        house.wait_until_sent()  # a mail that is just going out could not be written down either, and would be in the way
        yield Desk(house, noor, numbers, file)


PAGES = ["ticket", "beside its list", "list", "search", "attachment", "call"]


def ask(desk: Desk, page: str) -> Any:
    if page == "search":
        return desk.noor.post("/publications/search", words="wortels")
    paths = {
        "ticket": desk.ticket,
        "beside its list": f"{desk.ticket}?view=open",
        "list": "/publications/tickets?view=open",
        "attachment": desk.file,
        "call": "/publications/calls",
    }
    return desk.noor.get(paths[page])


@pytest.mark.parametrize("page", PAGES)
def test_a_page_whose_look_cannot_be_written_down_is_not_sent(desk: Desk, page: str) -> None:
    assert ask(desk, page).status == 200
    with desk.unwritable():
        answer = ask(desk, page)
    assert answer.status == 503
    assert "could not be written down, so it is not shown" in answer.text
    for told in (*TOLD, "roots", NOOR.name, "Noor"):
        assert told not in answer.text
        assert told.encode() not in answer.body
    assert "Content-Disposition" not in answer.headers
    assert ask(desk, page).status == 200


def test_pages_that_show_nothing_personal_do_not_hang_on_it(desk: Desk) -> None:
    with desk.unwritable():
        stranger = Visitor(desk.house.url)
        for path in ("/healthz", "/", "/publications/notice", "/publications/sign-in"):
            assert stranger.get(path).status == 200


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("closure", {}),
        ("notes", {"text": "Een notitie."}),
        ("items", {"item": "family-name", "value": "Wortel"}),
        ("assignment", {"to": "nobody"}),
        ("drafts", {"kind": "note", "text": "Een begin."}),
        ("objections", {}),
    ],
)
def test_an_act_that_cannot_be_written_down_is_not_done(desk: Desk, act: str, fields: dict[str, str]) -> None:
    tables = (
        "desk_ticket",
        "desk_message",
        "desk_reporteritem",
        "desk_draft",
        "vault_record",
        "privacy_objection",
        "post_outgoing",
    )

    def all_rows() -> dict[str, list[tuple[Any, ...]]]:
        return {table: desk.house.rows(f"SELECT * FROM {table} ORDER BY 1") for table in tables}

    desk.noor.get(desk.ticket)
    before = all_rows()
    with desk.unwritable("act"):
        answer = desk.noor.post(f"{desk.ticket}/{act}", **fields)
    assert answer.status == 500
    assert "Nothing half done was kept" in answer.text
    assert all_rows() == before


def test_a_mail_is_not_accepted_that_cannot_be_written_down_and_its_sender_is_asked_to_come_back(desk: Desk) -> None:
    import smtplib

    written = mail(
        sender="later@example.org", to="servicedesk@publications.test", subject="Later", text="Komt dit aan?"
    )
    before = desk.house.rows("SELECT count(*) FROM desk_arrival")
    with desk.unwritable("act"), pytest.raises(smtplib.SMTPDataError) as refused:
        desk.house.send(written, sender="later@example.org", to="servicedesk@publications.test")
    assert refused.value.smtp_code == 451
    assert desk.house.rows("SELECT count(*) FROM desk_arrival") == before
    assert deliver(desk.house, "publications", written, sender="later@example.org")


def test_a_look_at_a_ticket_is_one_trace_that_names_the_ticket_and_its_person(desk: Desk) -> None:
    (handle,) = desk.house.rows(
        "SELECT handle FROM desk_ticket WHERE desk = 'publications' AND number = ?", desk.numbers[0]
    )
    looks = desk.looking(lambda: ask(desk, "ticket"))
    of_ticket = [one for one in looks if one["act"] == "ticket.looked-at"]
    assert {one["ref"] for one in of_ticket} == {handle[0]}
    assert len({one["trace"] for one in of_ticket}) == 1
    (entry,) = [one for one in of_ticket if one["activity"] == "/register/publications/service-desk/versions/1"]
    assert desk.person_of(desk.numbers[0]) in entry["about"]
    assert entry["operation"] == "consult"
    assert json.loads(entry["facts"])["items"] >= 4
    assert len(looks) <= 4


def test_a_look_at_a_list_is_one_entry_an_activity_that_names_each_person_on_it(desk: Desk) -> None:
    looks = desk.looking(lambda: ask(desk, "list"))
    (entry,) = [one for one in looks if one["act"] == "list.looked-at" and "/service-desk/" in one["activity"]]
    assert {desk.person_of(number) for number in desk.numbers} <= set(entry["about"])
    assert len(looks) <= 3


def test_entries_hold_no_direct_identifiers(desk: Desk) -> None:
    for page in PAGES:
        ask(desk, page)
    for one in desk.looks():
        told = json.dumps(one)
        for word in (*TOLD, "@", "tweede", "derde", "roots", "wortels"):
            assert word not in told


def test_taking_a_file_is_a_look_of_its_own(desk: Desk) -> None:
    (entry,) = [one for one in desk.looking(lambda: ask(desk, "attachment")) if one["act"] == "attachment.taken"]
    assert desk.person_of(desk.numbers[0]) in entry["about"]


def test_whoever_looked_stands_on_the_ticket_for_all_to_read(desk: Desk) -> None:
    ask(desk, "ticket")
    strip = desk.noor.get(desk.ticket).text.partition('class="strip"')[2].partition("</details>")[0]
    assert NOOR.name in strip


def test_what_is_recorded_is_sealed_within_seconds_and_verifies(desk: Desk) -> None:
    desk.house.wait(lambda: not desk.house.rows('SELECT 1 FROM evidence_entry WHERE "index" IS NULL'), seconds=10)
    told = desk.house.json("evidence", "verify")
    assert all(report["ok"] for report in told.values())
