"""Putting a register in force: what is kept, what is refused, and that nothing is half done."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from balie import register
from balie.evidence.models import Entry, Log
from balie.kernel import Actor, Conflict, Invalid, Refused
from balie.register import in_use
from balie.register.models import Adopted, Desk
from balie.register.tests.desks_read import ANNEX, adopted, answers_of, changed_text, text_of

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

DORA = Actor(kind="staff", handle="0198d0fa", desk=ANNEX, roles=frozenset({"privacy-officer"}))
BOB = Actor(kind="staff", handle="0198b0bb", desk=ANNEX, roles=frozenset({"agent"}))
SHORTER = ("keep: 1 year after ticket.closed", "keep: 6 months after ticket.closed")
MISSPELLED = ("keep: handled\n    source", "keep: handeld\n    source")
ANNEX_TEXT = changed_text("publications.yaml", ("desk: publications", f"desk: {ANNEX}"))
ANNEX_SETTINGS = changed_text("publications.desk.yaml", ("desk: publications", f"desk: {ANNEX}"))


def test_a_register_in_force_answers_and_is_numbered_from_one() -> None:
    version = adopted()
    assert (version.desk, version.number) == (ANNEX, 1)
    assert version.in_force_since is not None
    assert register.in_force(ANNEX) == version
    assert ANNEX in register.desks()
    assert version.uri("service-desk") == f"/register/{ANNEX}/service-desk/versions/1"


def test_the_same_again_changes_nothing() -> None:
    first = adopted()
    assert adopted() is first
    assert Adopted.objects.filter(desk=ANNEX).count() == 1
    assert Entry.objects.filter(desk=ANNEX).count() == 1


def test_the_same_with_other_spaces_and_remarks_is_the_same() -> None:
    first = adopted()
    assert adopted(("format: 1", "# a remark\nformat:   1"), ("1 year after", "P1Y after")) is first


def test_a_change_makes_the_next_version_and_the_old_one_stays_as_it_was() -> None:
    first = adopted()
    second = adopted(SHORTER)
    assert (first.number, second.number) == (1, 2)
    assert register.in_force(ANNEX) == second
    assert register.version(ANNEX, 1) == first
    asked = ("service-desk", "reporter", "message")
    assert register.erase_rule(register.version(ANNEX, 1), *asked).offset == "P1Y"
    assert register.erase_rule(register.in_force(ANNEX), *asked).offset == "P6M"


def test_the_evidence_hears_of_it_and_learns_its_terms() -> None:
    version = adopted(actor=DORA)
    entry = Entry.objects.get(act="register.adopted", desk=ANNEX)
    assert entry.actor == str(DORA)
    assert version.digest in str(entry.facts)
    assert list(Log.objects.filter(desk=ANNEX).values_list("acts", "looks")) == [("P2Y", "P1Y")]


def test_a_fault_is_refused_with_a_sentence_and_nothing_is_changed() -> None:
    with pytest.raises(Invalid) as stop:
        adopted(MISSPELLED)
    assert f"{ANNEX}.yaml, line" in str(stop.value)
    assert "term «handeld» is not declared" in str(stop.value)
    assert not Adopted.objects.filter(desk=ANNEX).exists()
    assert not Entry.objects.filter(desk=ANNEX).exists()


def test_each_finding_has_its_own_sentence() -> None:
    with pytest.raises(Invalid) as stop:
        adopted(
            MISSPELLED,
            ("basis: contract\n        because: De arbeids", "basis: consent\n        because: De arbeids"),
            (
                "providing: for-handling\n        without: Zonder naam kan",
                "providing: for-handling\n        # Zonder naam kan",
            ),
        )
    findings: Any = stop.value.data["findings"]
    assert len(findings) == len(str(stop.value).splitlines()) - 1 >= 2


def test_an_unanswered_doubt_keeps_a_register_out_of_force() -> None:
    with pytest.raises(Invalid, match="answer the doubt with reason, review date and role"):
        register.adopt(ANNEX, ANNEX_TEXT, ANNEX_SETTINGS, actor=DORA, answers=answers_of("publications")[:1])
    assert not Adopted.objects.filter(desk=ANNEX).exists()


def test_an_answer_whose_review_date_has_passed_is_no_answer() -> None:
    stale = [replace(one, review=date(2020, 1, 1)) for one in answers_of("publications")]
    with pytest.raises(Invalid, match="the review date has passed"):
        register.adopt(ANNEX, ANNEX_TEXT, ANNEX_SETTINGS, actor=DORA, answers=stale)


def test_the_same_again_changes_nothing_even_when_a_review_has_become_due(monkeypatch: pytest.MonkeyPatch) -> None:
    first = adopted()
    monkeypatch.setattr(timezone, "now", lambda: datetime(2029, 1, 1, tzinfo=UTC))
    assert adopted() is first
    with pytest.raises(Invalid, match="the review date has passed"):
        adopted(SHORTER)


def test_an_answer_to_a_doubt_that_there_is_not_must_go() -> None:
    extra = [*answers_of("publications"), replace(answers_of("publications")[0], at="terms/acts")]
    with pytest.raises(Invalid, match="a doubt that there is not"):
        register.adopt(ANNEX, ANNEX_TEXT, ANNEX_SETTINGS, actor=DORA, answers=extra)


def test_answers_are_kept_with_the_version() -> None:
    kept = [(one.rule, one.review) for one in adopted().answers]
    assert kept == [("R10", date(2027, 11, 1)), ("R20", date(2027, 11, 1))]


def test_only_the_privacy_officer_of_the_desk_puts_a_register_in_force() -> None:
    with pytest.raises(Refused, match="Only the privacy officer"):
        adopted(actor=BOB)
    with pytest.raises(Refused, match="at its own desk"):
        adopted(actor=replace(DORA, desk="citizens-advice"))
    assert adopted(actor=DORA).number == 1


def test_a_register_of_another_desk_is_refused() -> None:
    elsewhere = Actor.system("set-up", "elsewhere")
    with pytest.raises(Invalid, match="this is the register of «publications», not of «elsewhere»"):
        register.adopt("elsewhere", text_of("publications.yaml"), text_of("publications.desk.yaml"), actor=elsewhere)
    assert not Desk.objects.filter(slug="elsewhere").exists()


def test_settings_that_widen_are_refused() -> None:
    wide = ANNEX_SETTINGS.replace("covers: [service-desk", "covers: [payroll, service-desk", 1)
    with pytest.raises(Invalid, match=r"annex.desk.yaml, line \d+: «payroll» is not in the register"):
        register.adopt(ANNEX, ANNEX_TEXT, wide, actor=DORA, answers=answers_of("publications"))


def test_a_version_that_was_in_force_is_never_changed() -> None:
    adopted()
    row = Adopted.objects.get(desk=ANNEX)
    row.text = "format: 2"
    with pytest.raises(Conflict, match="never changed"):
        row.save()
    with pytest.raises(Conflict):
        row.delete()
    with pytest.raises(Conflict):
        Adopted.objects.filter(desk=ANNEX).update(text="")
    with pytest.raises(Conflict):
        Adopted.objects.filter(desk=ANNEX).delete()


def test_two_versions_of_one_number_cannot_be() -> None:
    adopted()
    twin = Adopted.objects.get(desk=ANNEX)
    twin.pk, twin._state.adding = None, True
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_a_desk_without_a_register_says_so() -> None:
    with pytest.raises(Invalid, match="put one in force first"):
        register.in_force("nowhere")
    with pytest.raises(Invalid):
        register.version("nowhere", 1)


def test_the_version_in_force_is_asked_once_a_second_with_one_small_query(django_assert_num_queries: Any) -> None:
    first = adopted()
    register.in_force(ANNEX)
    with django_assert_num_queries(0):
        assert register.in_force(ANNEX) == first
    in_use._seen[ANNEX] = (in_use._seen[ANNEX][0] - 2, first)
    with django_assert_num_queries(1):
        assert register.in_force(ANNEX) == first
