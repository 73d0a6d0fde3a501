"""Destruction with a person's approval: nothing goes before, all of it after, and the approved list declares what went."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balie import vault
from balie.desk import closing
from balie.evidence.models import Entry
from balie.jobs.models import Job
from balie.kernel import Actor, Conflict, Invalid, Refused
from balie.privacy import destroying, holding, jobs, objections, retention
from balie.privacy.checks.ended import erased_in_time
from balie.privacy.models import Destruction
from balie.privacy.tests.approving import YEAR, asking, ended, gathered
from balie.privacy.tests.at_the_desk import mail_in

Record, Erasure = apps.get_model("vault", "Record"), apps.get_model("vault", "Erasure")
IN_A_YEAR = timezone.now().date() + timedelta(days=365)


@pytest.fixture
def desk(publications: Any) -> Any:
    return asking(publications)


def handled(cast: Any) -> set[Any]:
    """Records under the term that asks."""
    return set(Record.objects.filter(desk=cast.desk, term="handled").values_list("handle", flat=True))


def approve(cast: Any, made: Destruction) -> None:
    destroying.approve(made, seen=destroying.seen(made), actor=cast.dora)


def test_what_is_due_stays_on_a_list_until_it_is_approved_and_the_rest_goes(desk: Any) -> None:
    ended(desk)
    before = handled(desk)
    swept = retention.run(desk.desk, now=YEAR)
    assert before
    assert handled(desk) == before
    assert (swept.listed, set(swept.terms)) == (len(before), {"mail-as-sent"})
    again = retention.run(desk.desk, now=YEAR)
    assert (again.listed, again.erased) == (0, 0)
    assert Destruction.objects.count() == 1


def test_approved_by_the_officer_it_goes_and_is_declared(desk: Any, django_capture_on_commit_callbacks: Any) -> None:
    ended(desk)
    before, made = handled(desk), gathered(desk)
    approve(desk, made)
    assert handled(desk) == before  # a worker does it, in batches
    with django_capture_on_commit_callbacks(execute=True):
        jobs.destroy(Job.objects.get(name="privacy.destroy").args)
    assert not handled(desk)
    made.refresh_from_db()
    assert made.carried_out_at is not None
    assert {handle for line in made.lines for handle in line["handles"]} == {one.hex for one in before}
    assert set(Erasure.objects.filter(handle__in=before).values_list("why", flat=True)) == {"handled"}
    acts = list(Entry.objects.filter(ref=made.handle).order_by("pk").values_list("act", "actor"))
    assert acts == [
        ("destruction.listed", "system:retain"),
        ("destruction.approved", str(desk.dora)),
        ("destruction.carried-out", "system:retain"),
    ]
    assert destroying.finish(desk.desk) == 0


def test_a_crash_between_two_batches_is_carried_on_and_declares_the_same(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended(desk)
    ended(desk, sender="b@example.org", subject="Another")
    before, made = handled(desk), gathered(desk)
    approve(desk, made)
    monkeypatch.setattr(destroying, "BATCH", 2)
    let_go, calls = destroying.let_go, []

    def twice(*args: Any, **more: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return let_go(*args, **more)

    monkeypatch.setattr(destroying, "let_go", twice)
    with pytest.raises(KeyboardInterrupt):
        destroying.finish(desk.desk)
    assert 0 < len(handled(desk)) < len(before)
    destroying.finish(desk.desk)
    made.refresh_from_db()
    assert not handled(desk)
    assert made.stayed == []
    assert Entry.objects.get(act="destruction.carried-out").facts["records"] == len(before)


def test_only_the_officer_by_name_approves_and_only_once(desk: Any) -> None:
    ended(desk)
    made = gathered(desk)
    seen = destroying.seen(made)
    strangers = [desk.bob, desk.ada, desk.charlie, Actor.system("retain", desk.desk)]
    as_officer = Actor("system", "retain", desk.desk, frozenset({"privacy-officer"}))
    elsewhere = Actor("staff", desk.dora.handle, "citizens-advice", desk.dora.roles)
    for actor in (*strangers, as_officer, elsewhere):
        with pytest.raises(Refused):
            destroying.approve(made, seen=seen, actor=actor)
        with pytest.raises(Refused):
            destroying.take_out(made, list(handled(desk))[:1], reason="archiving", until=IN_A_YEAR, actor=actor)
    approve(desk, made)
    with pytest.raises(Refused, match="has been approved"):
        destroying.approve(made, seen=seen, actor=desk.dora)


def test_a_list_that_changed_since_it_was_looked_at_is_not_approved(desk: Any) -> None:
    ended(desk)
    made = gathered(desk)
    seen = destroying.seen(made)
    ended(desk, sender="b@example.org")
    retention.run(desk.desk, now=YEAR)
    made.refresh_from_db()
    with pytest.raises(Conflict, match="has changed"):
        destroying.approve(made, seen=seen, actor=desk.dora)
    made.refresh_from_db()
    assert made.approved_at is None
    approve(desk, made)


def test_what_is_taken_out_is_held_for_its_reason_and_comes_on_a_later_list(desk: Any) -> None:
    ended(desk)
    made = gathered(desk)
    one, *rest = sorted(handled(desk))
    assert destroying.take_out(made, [one], reason="archiving", until=IN_A_YEAR, actor=desk.dora) == 1
    (kept,) = vault.describe(desk.desk, handles=[one])
    assert (kept.on_hold, kept.listed) == (True, None)
    approve(desk, made)
    destroying.finish(desk.desk)
    assert handled(desk) == {one}
    made.refresh_from_db()
    assert {handle for line in made.lines for handle in line["handles"]} == {other.hex for other in rest}
    vault.release([one], actor=desk.dora)
    assert [line.handle for line in destroying._on(gathered(desk))] == [one]


@pytest.mark.parametrize(("reason", "until"), [("because", IN_A_YEAR), ("archiving", None), ("", date(2020, 1, 1))])
def test_nothing_is_taken_out_without_a_reason_and_a_day_to_come(desk: Any, reason: str, until: Any) -> None:
    ended(desk)
    made = gathered(desk)
    with pytest.raises(Invalid):
        destroying.take_out(made, list(handled(desk))[:1], reason=reason, until=until, actor=desk.dora)
    with pytest.raises(Invalid, match="must stand on the list"):
        destroying.take_out(made, [], reason="archiving", until=IN_A_YEAR, actor=desk.dora)


def test_what_is_held_or_opened_again_meanwhile_stays_and_the_declaration_does_not_count_it(desk: Any) -> None:
    ticket, other = ended(desk), ended(desk, sender="b@example.org", subject="Another")
    opened = ended(desk, sender="c@example.org", subject="A third")
    made = gathered(desk)
    closing.reopen(opened, actor=desk.bob)
    approve(desk, made)
    holding.hold(ticket, reason="legal-claim", until=IN_A_YEAR, actor=desk.dora)
    destroying.finish(desk.desk)
    made.refresh_from_db()
    assert {one.held_by for one in vault.describe(desk.desk) if one.term == "handled"} == {
        ticket.handle,
        opened.handle,
    }
    stayed = {one.handle.hex for one in vault.describe(desk.desk, held_by=[ticket.handle]) if one.term == "handled"}
    assert set(made.stayed) == stayed
    assert not any(one.listed for one in vault.describe(desk.desk))
    assert not vault.describe(desk.desk, held_by=[other.handle])


def test_who_objects_waits_for_no_list(desk: Any) -> None:
    ticket = ended(desk)
    gathered(desk)
    made = objections.record(ticket, actor=desk.bob)
    objections.decide(made, outcome="upheld", reason="person-prevails", text="", actor=desk.dora)
    assert not handled(desk)


def test_an_empty_list_is_not_approved(desk: Any) -> None:
    ticket = ended(desk)
    made = gathered(desk)
    closing.reopen(ticket, actor=desk.bob)
    with pytest.raises(Invalid, match="Nothing stands"):
        approve(desk, made)


def test_what_waits_longer_than_the_term_allows_is_late_and_the_proof_says_so(desk: Any) -> None:
    ended(desk)
    now = timezone.now()
    Record.objects.filter(term="handled").update(erase_at=now - timedelta(days=29))
    retention.run(desk.desk, now=now)
    assert [one.late for one in destroying.waiting(desk.desk, now)] == [False]
    assert erased_in_time(desk.desk, now).ok
    after = now + timedelta(days=3)
    (waiting,) = destroying.waiting(desk.desk, after)
    assert (waiting.late, waiting.count, waiting.term) == (True, len(handled(desk)), "handled")
    check = erased_in_time(desk.desk, after)
    assert check.failed == len(handled(desk))


def test_an_approved_list_that_nobody_carries_out_fails_the_proof(desk: Any) -> None:
    ended(desk)
    made = gathered(desk)
    approve(desk, made)
    assert not erased_in_time(desk.desk, timezone.now() + timedelta(days=2)).ok


def test_where_the_register_does_not_ask_nothing_is_listed(publications: Any) -> None:
    ended(publications)
    swept = retention.run(publications.desk, now=YEAR)
    assert (swept.listed, handled(publications)) == (0, set())
    assert not Destruction.objects.exists()


def test_what_was_collected_before_the_register_asked_goes_as_it_said_then(publications: Any) -> None:
    ended(publications)
    asking(publications)
    later = ended(publications, sender="b@example.org", subject="Another")
    retention.run(publications.desk, now=YEAR)
    assert {one.held_by for one in vault.describe(publications.desk) if one.term == "handled"} == {later.handle}


def test_what_waits_costs_the_sweep_nothing(desk: Any) -> None:
    for number in range(4):
        ended(desk, sender=f"{number}@example.org", subject=f"Number {number}")
    gathered(desk)
    with CaptureQueriesContext(connection) as asked:
        retention.run(desk.desk, now=YEAR)
    assert len([one for one in asked if one["sql"].startswith("SELECT")]) == 1
    assert mail_in(desk)
