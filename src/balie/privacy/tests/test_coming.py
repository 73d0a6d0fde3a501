"""A version from a day to come: the old one holds until its midnight, the new one from then on, whatever runs or does not run."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from balie import register, vault
from balie.evidence.models import Entry, Log
from balie.jobs.registry import find, known
from balie.kernel import Conflict, Invalid, Refused
from balie.privacy import versions
from balie.privacy.tests.at_the_desk import mail_in
from balie.privacy.tests.test_versions import message_of
from balie.register import coming, in_use, proposing
from balie.register.tests.desks_read import text_of

LAST_CONTACT = "2 years after ticket.last-contact"
SHORTER = "6 months after ticket.last-contact"
HELSINKI = ZoneInfo("Europe/Helsinki")


@pytest.fixture
def clock(monkeypatch: Any) -> Any:
    """Sets what time it is for everything; what processes keep for a second is asked anew."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)
        in_use.forget_all()

    return set_to


def day_in(days: int) -> date:
    return timezone.now().astimezone(HELSINKI).date() + timedelta(days=days)


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=HELSINKI)


def proposed(cast: Any, day: date | None, now: str = SHORTER) -> proposing.Proposal:
    text = text_of(f"{cast.desk}.yaml").replace(LAST_CONTACT, now)
    files = (text, text_of(f"{cast.desk}.desk.yaml"), text_of(f"{cast.desk}.answers.yaml"))
    return proposing.propose(cast.desk, *files, valid_from=day, actor=cast.ada)


def approved(cast: Any, day: date, now: str = SHORTER) -> register.Version:
    return versions.approve(proposed(cast, day, now), actor=cast.dora)


def acts(cast: Any, *names: str) -> list[str]:
    rows = Entry.objects.filter(desk=cast.desk, act__in=names).order_by("pk")
    return [f"{one.act} {one.actor}" for one in rows]


def test_until_its_day_the_old_one_holds_and_the_coming_one_is_known(advice: Any) -> None:
    ticket = mail_in(advice)
    before, kept = register.in_force(advice.desk), message_of(advice, ticket)
    version = approved(advice, day_in(10))
    assert register.in_force(advice.desk) == before
    assert in_use.coming(advice.desk) == version
    assert (version.number, version.in_force_since) == (before.number + 1, day_in(10))
    assert message_of(advice, ticket) == kept
    assert in_use.numbers(advice.desk)[0] == before.number
    entry = Entry.objects.get(act="register.approved", desk=advice.desk)
    assert (entry.facts["number"], entry.facts["from"]) == (version.number, day_in(10).isoformat())


def test_it_is_in_force_from_the_midnight_of_the_desks_country_though_nothing_ran(advice: Any, clock: Any) -> None:
    day = day_in(10)
    before, version = register.in_force(advice.desk), approved(advice, day)
    clock(midnight(day) - timedelta(seconds=1))
    assert register.in_force(advice.desk) == before
    clock(midnight(day))
    assert register.in_force(advice.desk) == version
    assert in_use.coming(advice.desk) is None
    assert message_of(advice, mail_in(advice)).version == version.number


def test_what_comes_with_it_is_done_once_however_late(advice: Any, clock: Any) -> None:
    ticket = mail_in(advice)
    find()
    day = day_in(10)
    version = approved(advice, day)
    known("privacy.begin")({})
    assert message_of(advice, ticket).term_version < version.number
    Log.objects.filter(desk=advice.desk).update(acts="P9Y")
    clock(midnight(day) + timedelta(days=3, hours=5))  # nothing ran for days
    known("privacy.begin")({})
    known("privacy.begin")({})
    assert message_of(advice, ticket).term_version == version.number
    assert Log.objects.get(desk=advice.desk).acts != "P9Y"
    began = "register.adopted system:begin"
    assert acts(advice, "register.adopted").count(began) == 1
    assert acts(advice, "retention.shortened") == ["retention.shortened system:begin"]


def test_cut_off_in_the_middle_nothing_of_it_is_done_and_it_is_done_the_next_time(
    advice: Any, clock: Any, monkeypatch: Any
) -> None:
    ticket = mail_in(advice)
    day = day_in(10)
    version = approved(advice, day)
    clock(midnight(day) + timedelta(minutes=1))
    with monkeypatch.context() as broken:
        broken.setattr(vault, "shorten", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            versions.begin(timezone.now())
    assert coming.due(timezone.now()) == [(advice.desk, version.number)]
    assert acts(advice, "register.adopted").count("register.adopted system:begin") == 0
    assert versions.begin(timezone.now()) == 1
    assert message_of(advice, ticket).term_version == version.number


def test_it_is_withdrawn_before_its_day_for_a_reason_and_its_number_is_not_used_again(advice: Any, clock: Any) -> None:
    day = day_in(10)
    before, version = register.in_force(advice.desk), approved(advice, day)
    with pytest.raises(Refused):
        coming.withdraw(advice.desk, version.number, reason="mistake", actor=advice.bob)
    with pytest.raises(Invalid, match="Say why"):
        coming.withdraw(advice.desk, version.number, reason="", actor=advice.dora)
    coming.withdraw(advice.desk, version.number, reason="mistake", actor=advice.ada)
    entry = Entry.objects.get(act="register.approval-withdrawn", desk=advice.desk)
    assert (entry.facts["reason"], entry.actor) == ("mistake", str(advice.ada))
    assert in_use.coming(advice.desk) is None
    with pytest.raises(Conflict):
        coming.withdraw(advice.desk, version.number, reason="mistake", actor=advice.ada)
    clock(midnight(day) + timedelta(days=1))
    assert register.in_force(advice.desk) == before
    assert versions.begin(timezone.now()) == 0
    assert versions.approve(proposed(advice, None), actor=advice.dora).number == version.number + 1
    assert in_use.numbers(advice.desk) == [version.number + 1, *range(before.number, 0, -1)]


def test_it_is_not_withdrawn_any_more_when_its_day_begins(advice: Any, clock: Any) -> None:
    day = day_in(10)
    version = approved(advice, day)
    clock(midnight(day) - timedelta(seconds=30))
    with pytest.raises(Conflict, match="does not wait"):
        coming.withdraw(advice.desk, version.number, reason="mistake", actor=advice.dora)


def test_one_waits_at_a_time_and_none_overtakes_it(advice: Any) -> None:
    version = approved(advice, day_in(10))
    with pytest.raises(Conflict, match=f"Version {version.number} is approved"):
        versions.approve(proposed(advice, None, "3 months after ticket.last-contact"), actor=advice.dora)
    with pytest.raises(Conflict):
        versions.approve(proposed(advice, day_in(20), "3 months after ticket.last-contact"), actor=advice.dora)


@pytest.mark.parametrize("days", [0, -1, 800])
def test_a_day_that_has_begun_or_is_far_away_is_no_day_to_come(advice: Any, days: int) -> None:
    with pytest.raises(Invalid, match="on a day to come"):
        proposed(advice, day_in(days))


def test_approved_too_late_it_comes_in_force_at_once(advice: Any, clock: Any) -> None:
    made = proposed(advice, day_in(1))
    clock(timezone.now() + timedelta(days=2))
    version = versions.approve(made, actor=advice.dora)
    assert register.in_force(advice.desk) == version
    assert version.in_force_since == day_in(0)


def test_an_answer_must_still_hold_on_the_day(publications: Any) -> None:
    answer = text_of("publications.answers.yaml")
    soon = day_in(5).isoformat()
    lines = [f"  review: {soon}" if "review:" in line else line for line in answer.splitlines()]
    text = text_of("publications.yaml").replace(
        "keep: 1 year after ticket.closed", "keep: 6 months after ticket.closed"
    )
    files = (text, text_of("publications.desk.yaml"), "\n".join(lines))
    made = proposing.propose("publications", *files, valid_from=day_in(10), actor=publications.ada)
    assert any("review date has passed" in str(one.say) for one in proposing.in_the_way(made))
    with pytest.raises(Invalid, match="review date has passed"):
        versions.approve(made, actor=publications.dora)


def test_what_is_wider_asks_for_the_day_of_telling_before_it_is_approved(advice: Any) -> None:
    made = proposed(advice, day_in(10), "4 years after ticket.last-contact")
    with pytest.raises(Invalid, match="Tell them first"):
        versions.approve(made, actor=advice.dora)
    with pytest.raises(Invalid, match="still to come"):
        versions.approve(made, told_on=day_in(5), actor=advice.dora)
    assert versions.approve(made, told_on=day_in(0), actor=advice.dora).in_force_since == day_in(10)
