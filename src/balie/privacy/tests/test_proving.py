"""The proof: it holds for a desk at work, and for each thing that can be wrong it says which one it is."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.conf import settings
from django.utils import timezone

from balie import evidence, vault
from balie.desk import closing, conversation, intake
from balie.desk.models import Ticket
from balie.evidence import notes
from balie.evidence.models import Entry
from balie.kernel import handles
from balie.privacy import objections, proving, retention
from balie.privacy.checks.agreed import strays
from balie.privacy.models import Objection
from balie.privacy.proof import Check, Proof
from balie.privacy.tests.at_the_desk import mail_in

Erasure, Record = apps.get_model("vault", "Erasure"), apps.get_model("vault", "Record")
RecordKey = apps.get_model("keys", "RecordKey")
LARGE = b"x" * 300_000


@pytest.fixture
def desk(publications: Any) -> Iterator[Any]:
    """A desk at work: one ticket answered by a note and closed, one open with a large file."""
    vault.rebuild_index(publications.desk)
    closed = mail_in(publications)
    conversation.note(closed, text="Password reset.", actor=publications.bob)
    closing.close(closed, actor=publications.bob)
    mail_in(publications, sender="other@example.org", files=(intake.File("big.bin", LARGE),))
    yield publications
    for path in Path(settings.BALIE_FILES).glob("*/*"):
        path.unlink()


def proof_of(cast: Any, now: datetime | None = None) -> dict[str, Check]:
    return {check.name: check for check in proving.prove(cast.desk, now=now or timezone.now())}


def only(checks: dict[str, Check], *names: str) -> None:
    """Exactly these checks fail; each failure names a handle or place and has a sentence."""
    failing = {name: [str(one.sentence) for one in check.failures] for name, check in checks.items() if not check.ok}
    assert set(failing) == set(names), failing
    assert all(
        one.handle and str(one.sentence).endswith((".", "?")) for check in checks.values() for one in check.failures
    )


def a_record(cast: Any, item: str = "message") -> Any:
    return Record.objects.filter(desk=cast.desk, item=item, holder="ticket").order_by("handle").first()


def test_all_holds_at_a_desk_at_work(desk: Any) -> None:
    only(proof_of(desk))
    assert not [one for check in strays(timezone.now()) for one in check.failures]


def test_all_holds_after_everything_has_gone(desk: Any, django_capture_on_commit_callbacks: Any) -> None:
    kept = Record.objects.filter(desk=desk.desk, sealed=None)
    in_files = {one.hex for one in kept.values_list("handle", flat=True)}
    assert in_files
    with django_capture_on_commit_callbacks(execute=True):
        retention.run(desk.desk, now=timezone.now() + timedelta(days=6 * 365))
    only(proof_of(desk, timezone.now() + timedelta(minutes=2)))
    assert not [one for check in strays(timezone.now()) for one in check.failures]
    assert in_files.isdisjoint(one.name for one in Path(settings.BALIE_FILES).glob("*/*"))


def test_what_the_register_does_not_declare_is_named(desk: Any) -> None:
    record = a_record(desk)
    Record.objects.filter(handle=record.handle).update(item="iban")
    checks = proof_of(desk)
    only(checks, "declared")
    assert [one.handle for one in checks["declared"].failures] == [record.handle.hex]


def test_a_record_of_a_version_that_never_was_is_named(desk: Any) -> None:
    Record.objects.filter(handle=a_record(desk).handle).update(version=99)
    only(proof_of(desk), "declared")


def test_a_record_under_another_term_than_declared_is_named(desk: Any) -> None:
    Record.objects.filter(handle=a_record(desk).handle).update(term="for-ever")
    only(proof_of(desk), "declared")


def test_what_is_overdue_is_named_after_a_day_of_grace(desk: Any) -> None:
    due = min(one.erase_at for one in vault.describe(desk.desk) if one.erase_at)
    only(proof_of(desk, due + timedelta(hours=23)))
    only(proof_of(desk, due + timedelta(hours=25)), "in-time")


def test_what_would_be_kept_longer_than_declared_is_named(desk: Any) -> None:
    record = a_record(desk)
    Record.objects.filter(handle=record.handle).update(erase_at=record.erase_at + timedelta(days=1))
    checks = proof_of(desk)
    only(checks, "ends")
    assert [one.handle for one in checks["ends"].failures] == [record.handle.hex]


def test_what_has_lost_its_day_is_named(desk: Any) -> None:
    Record.objects.filter(handle=a_record(desk).handle).update(erase_at=None)
    only(proof_of(desk), "ends")


def test_a_clock_that_does_not_tell_the_time_of_its_ticket_is_named(desk: Any) -> None:
    Ticket.objects.filter(status="closed").update(closed_at=timezone.now() - timedelta(days=3))
    only(proof_of(desk), "clocks")


def test_a_note_on_a_closed_ticket_runs_from_the_closing(desk: Any) -> None:
    conversation.note(Ticket.objects.get(status="closed"), text="Filed.", actor=desk.bob)
    only(proof_of(desk))


def test_a_record_that_hangs_on_nothing_is_named(desk: Any) -> None:
    Record.objects.filter(handle=a_record(desk).handle).update(held_by=handles.new())
    only(proof_of(desk), "hangs")


def test_a_key_that_is_gone_is_named(desk: Any) -> None:
    record = a_record(desk)
    RecordKey.objects.filter(pk=record.key).update(sealed=None, destroyed_at=timezone.now())
    checks = proof_of(desk)
    only(checks, "keys")
    assert [one.handle for one in checks["keys"].failures] == [record.handle.hex]


def test_a_key_of_another_desk_is_no_key(desk: Any) -> None:
    RecordKey.objects.filter(pk=a_record(desk).key).update(desk="citizens-advice")
    checks = proof_of(desk)
    assert not checks["keys"].ok


def test_an_erased_record_whose_key_outlives_it_by_a_minute_is_named(desk: Any) -> None:
    vault.erase_soon([a_record(desk).handle], actor=desk.bob, why="test")  # the test's transaction never commits
    only(proof_of(desk, timezone.now()))
    late = proof_of(desk, timezone.now() + timedelta(minutes=2))
    only(late, "erased")


def test_a_record_that_came_back_from_the_dead_is_named(desk: Any) -> None:
    record = a_record(desk)
    Erasure.objects.create(
        handle=record.handle, desk=desk.desk, version=1, activity=record.activity, item=record.item,
        held_by=record.held_by, why="test", by="system:retain", at=timezone.now(), key=record.key,
    )  # fmt: skip
    only(proof_of(desk), "ledger")


def test_what_the_index_does_not_find_is_named(desk: Any) -> None:
    from balie.vault import index

    record = a_record(desk, "email")
    index.remove([record.handle])
    checks = proof_of(desk)
    only(checks, "found")
    assert [one.handle for one in checks["found"].failures] == [record.handle.hex]
    vault.rebuild_index(desk.desk)
    only(proof_of(desk))


def test_what_only_the_index_knows_is_named_unless_the_worker_may_still_tidy_it(desk: Any) -> None:
    from balie.vault import index

    stray = handles.new()
    index.put([index.Entry(stray, handles.new(), words=["00ff00ff00ff00ff"])])
    assert all(check.ok for check in strays(timezone.now()))
    (failure,) = [one for check in strays(timezone.now() + timedelta(minutes=20)) for one in check.failures]
    assert failure.handle == stray.hex


def test_a_missing_or_cut_file_is_named(desk: Any) -> None:
    (record,) = Record.objects.filter(sealed__isnull=True)
    path = Path(settings.BALIE_FILES) / record.handle.hex[-2:] / record.handle.hex
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    only(proof_of(desk), "files")
    path.unlink()
    only(proof_of(desk), "files")
    path.write_bytes(whole)
    only(proof_of(desk))


def test_a_file_of_nothing_is_named(desk: Any) -> None:
    folder = Path(settings.BALIE_FILES) / "00"
    folder.mkdir(exist_ok=True)
    (folder / "somebody-was-here").write_bytes(b"?")
    (failure,) = [one for check in strays(timezone.now()) for one in check.failures]
    assert failure.handle == "00/somebody-was-here"


@pytest.mark.parametrize(("day", "ok"), [(date(2027, 11, 1), True), (date(2027, 11, 2), False)])
def test_a_missed_review_of_register_term_or_doubt_fails(desk: Any, day: date, ok: bool) -> None:
    check = proof_of(desk, datetime(day.year, day.month, day.day, tzinfo=UTC))["reviews"]
    assert check.ok is ok
    places = [one.handle for one in check.failures]
    assert ok or places[:2] == ["/register/publications", "/register/publications#terms/account-trail"]
    assert ok or len(places) == 4  # and the two doubts


def test_what_is_kept_permanently_past_its_review_is_counted(desk: Any) -> None:
    Record.objects.filter(handle=a_record(desk).handle).update(review=date(2020, 1, 1), erase_at=None)
    check = proof_of(desk)["reviews"]
    assert check.failed == 1
    assert "message" in check.failures[0].handle


def test_a_hold_past_its_day_is_named(desk: Any) -> None:
    record = a_record(desk)
    vault.hold([record.handle], reason="claim", actor=desk.dora, until=date(2020, 1, 1))
    only(proof_of(desk), "reviews")


def test_an_objection_that_nobody_decides_is_named_after_a_month(desk: Any) -> None:
    ticket = Ticket.objects.get(status="closed")
    objections.record(ticket, actor=desk.bob)
    only(proof_of(desk))
    Objection.objects.update(recorded_at=timezone.now() - timedelta(days=32))
    only(proof_of(desk), "objections")
    Ticket.objects.update(restricted_at=None)
    assert proof_of(desk)["objections"].failed == 2


def test_a_changed_entry_of_the_evidence_is_named(desk: Any) -> None:
    evidence.seal(vault.signer_for)
    only(proof_of(desk))
    last = Entry.objects.filter(desk=desk.desk, index__isnull=False).latest("index")
    Entry.objects.filter(pk=last.pk).update(actor="staff:somebody")
    only(proof_of(desk), "evidence")


def test_the_result_is_signed_and_recorded(desk: Any) -> None:
    proof = proving.prove(desk.desk, now=timezone.now())
    signer = vault.signer_for(desk.desk)
    text = notes.opened(proof.note, evidence.vkey(signer.origin, signer.public_key))
    assert text.splitlines()[0] == "balie/publications/proof"
    assert text.splitlines()[2:] == ["holds", proof.digest()]
    entry = Entry.objects.filter(act="desk.proven").latest("id")
    assert entry.facts == {"ok": True, "checks": len(proof.checks), "failures": 0, "digest": proof.digest()}


def test_of_many_failures_the_first_hundred_are_named_and_all_are_counted(desk: Any) -> None:
    check = Check("many", proving.prove(desk.desk, now=timezone.now()).checks[0].asks)
    for _ in range(250):
        check.fail(UUID(int=1), check.asks)
    assert (len(check.failures), check.failed) == (100, 250)
    assert not Proof("x", timezone.now(), [check]).ok


def test_the_proof_as_plain_data_is_stable_and_holds_nothing_personal(desk: Any) -> None:
    Record.objects.filter(handle=a_record(desk).handle).update(item="iban")
    text = json.dumps([proof.plain() for proof in proving.prove_all(now=timezone.now())])
    assert "alice" not in text.lower()
    assert '"name": "declared"' in text


def test_every_desk_is_proven_and_what_is_left_over_once(desk: Any, advice: Any) -> None:
    told: list[tuple[str, str]] = []
    hear: Callable[[str, str], None] = lambda one, check: told.append((one, check))  # noqa: E731
    proofs = proving.prove_all(now=timezone.now(), told=hear)
    assert [proof.desk for proof in proofs] == ["citizens-advice", "publications", ""]
    assert len(told) == sum(len(proof.checks) for proof in proofs[:2])
