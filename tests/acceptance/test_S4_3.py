"""S4.3: everything is kept for two years after the last contact, closed or not, so that one can come back to it by number or address;
then it is gone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from balie import register, vault
from balie.desk import arrivals, closing, conversation, intake, phone
from balie.desk.models import Arrival, Ticket
from conftest import Cast
from tests.counter import Asked, deliver
from tests.installation import Installation, mail
from tests.visitor import KERTTU, Visitor, signed_in

pytestmark = pytest.mark.xdist_group("S4_3")

PHONE = "09 310 10023"


@dataclass
class Years:
    """An installation of its own, in which years pass; and who wrote to it."""

    house: Installation
    kerttu: Visitor
    closed: Asked
    open: Asked
    call: int
    due: date

    def found(self, words: str) -> str:
        return self.kerttu.post("/citizens-advice/search", words=words).main

    def sweep(self, day: date) -> int:
        """Let the sweep take what is due by the end of a day; how many records went at this desk."""
        swept = self.house.json("retention", "run", "--as-of", day.isoformat(), "--desk", "citizens-advice")
        return int(swept["desks"][0]["erased"])


@pytest.fixture(scope="module")
def years(settle: Callable[[Path], Installation], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Years]:
    house = settle(tmp_path_factory.mktemp("years"))
    with house.serving():
        kerttu = signed_in(house.url, KERTTU)
        asked = [_ask(house, f"{name}@example.org", f"Asia {name}") for name in ("suljettu", "avoin")]
        kerttu.get(asked[0].path)
        assert kerttu.post(f"{asked[0].path}/closure").status == 303
        call = kerttu.post(
            "/citizens-advice/calls", reach="phone", number=PHONE, text="Kysyi aukioloajoista.", then="close"
        )
        assert call.status == 303
        today = datetime.now(UTC).date()
        yield Years(house, kerttu, *asked, int(call.location.rsplit("/", 1)[1]), today.replace(year=today.year + 2))


def _ask(house: Installation, sender: str, subject: str) -> Asked:
    written = mail(
        sender=sender, to="neuvonta@citizens-advice.test", subject=subject, text=f"{subject}: mistä saan ajan?"
    )
    return Asked("citizens-advice", deliver(house, "citizens-advice", written, sender=sender), sender)


def test_closed_or_not_all_of_it_goes_two_years_after_the_last_contact(years: Years) -> None:
    for number in (years.closed.number, years.open.number, years.call):
        kept = years.house.json("why", str(number), "--desk", "citizens-advice")["kept"]
        days = {one["until"][:10] for one in kept if one["term"] == "two-years"}
        assert days == {years.due.isoformat()}, kept
        assert {one["term"] for one in kept} <= {"two-years", "mail-as-sent"}
    assert f"Kept until {years.due:%-d %B %Y}" in years.kerttu.get(years.open.path).text


def test_until_the_last_day_one_comes_back_to_it_by_number_or_address(years: Years) -> None:
    years.sweep(years.due - timedelta(days=2))  # to the end of that day; it goes with the first moment of its own
    for asked in (years.closed, years.open):
        assert f"/tickets/{asked.number}" in years.found(str(asked.number))
        assert f"/tickets/{asked.number}" in years.found(asked.sender)
        assert f"/tickets/{asked.number}" in years.found(asked.sender[:6])
        assert "mistä saan ajan?" in years.kerttu.get(asked.path).text
    for words in (PHONE, "+358 9 31010023", str(years.call)):
        assert f"/tickets/{years.call}" in years.found(words)


def test_on_that_day_it_is_gone_from_every_page_and_from_the_search(years: Years) -> None:
    assert years.sweep(years.due) > 0
    for number, words in (
        (years.closed.number, (years.closed.sender, "Asia suljettu", "mistä")),
        (years.open.number, (years.open.sender, "Asia avoin", "mistä")),
        (years.call, (PHONE, "+358 9 31010023", "aukioloajoista")),
    ):
        for word in words:
            assert f"/tickets/{number}" not in years.found(word)
        page = years.kerttu.get(f"/citizens-advice/tickets/{number}").text
        for told in ("suljettu", "avoin@", "mistä saan ajan?", "310", "aukioloajoista"):
            assert told not in page
        assert "its term" in page  # it says that it went, and under which
    listed = years.kerttu.get("/citizens-advice/tickets?view=open").text
    assert "Asia avoin" not in listed
    assert years.open.sender not in listed


def test_a_call_that_nobody_took_goes_as_well(advice: Cast) -> None:
    told = phone.incoming(number=PHONE, actor=advice.door)
    assert told.number is not None
    (kept,) = vault.describe("citizens-advice", handles=[told.number])
    assert kept.erase_at is not None
    assert kept.erase_at.date() <= _two_years_after(datetime.now(UTC))


def test_what_went_is_in_the_ledger_its_keys_are_destroyed_and_the_proof_holds(years: Years) -> None:
    told = years.house.json("why", str(years.open.number), "--desk", "citizens-advice")
    assert told["kept"] == []
    assert {one["why"] for one in told["gone"]} >= {"two-years"}
    keys = [key for (key,) in years.house.rows("SELECT key FROM vault_erasure")]
    living = years.house.rows("SELECT id FROM keys_recordkey WHERE sealed IS NOT NULL", database="keys")
    assert not set(keys) & {key for (key,) in living}
    years.house.balie("prove")


def test_a_later_mail_starts_a_new_ticket_since_there_is_nothing_to_come_back_to(years: Years) -> None:
    again = _ask(years.house, years.closed.sender, f"Re: Asia suljettu [{years.closed.number}]")
    assert again.number not in (years.closed.number, years.open.number)


def test_each_contact_begins_the_two_years_anew(advice: Cast) -> None:
    """With the moments set by hand, since no test can wait: a mail of long ago, then one of today, then an answer."""
    long_ago = datetime.now(UTC) - timedelta(days=700)
    ticket = _received(advice, "ensin@example.org", "Ensimmäinen", at=long_ago)
    assert _ends(ticket) == {_two_years_after(long_ago)}
    again = _received(advice, "ensin@example.org", f"Re: Ensimmäinen [{ticket.number}]", at=datetime.now(UTC))
    assert again.pk == ticket.pk
    assert _ends(again) == {_two_years_after(datetime.now(UTC))}


@pytest.mark.parametrize("act", ["answer", "note", "close"])
def test_only_contact_counts_and_neither_a_note_nor_closing_prolongs_it(advice: Cast, act: str) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=700)
    ticket = _received(advice, "kauan@example.org", "Kauan sitten", at=long_ago)
    if act == "answer":
        conversation.answer(ticket, text="Vastaus.", actor=advice.bob)
    elif act == "note":
        conversation.note(ticket, text="Sisäinen.", actor=advice.bob)
    else:
        closing.close(ticket, actor=advice.bob)
    expected = datetime.now(UTC) if act == "answer" else long_ago
    assert _ends(ticket) == {_two_years_after(expected)}


def _received(cast: Cast, sender: str, subject: str, *, at: datetime) -> Ticket:
    raw = mail(sender=sender, to=cast.address, subject=subject, text="Mistä saan ajan?").as_bytes()
    (handle,) = arrivals.take_in([arrivals.Delivery(sender, (cast.address,), raw)], actor=cast.door)
    Arrival.objects.filter(handle=handle).update(at=at)
    came = intake.Incoming(sender, "", (cast.address,), subject, "Mistä saan ajan?")
    return intake.receive(Arrival.objects.get(handle=handle), came, actor=cast.door).ticket


def _ends(ticket: Ticket) -> set[date]:
    return {one.erase_at.date() for one in vault.describe(ticket.desk, held_by=[ticket.handle]) if one.erase_at}


def _two_years_after(moment: datetime) -> date:
    version = register.in_force("citizens-advice")
    rule = register.erase_rule(version, "advice", "requester", "message")
    assert (rule.offset, rule.event) == ("P2Y", "ticket.last-contact")
    day = register.erase_on(rule, moment.date())
    assert day is not None
    return day
