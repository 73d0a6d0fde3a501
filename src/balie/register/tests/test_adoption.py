"""Putting a register in force: what is kept, what is refused, and that nothing is half done."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection, transaction

from balie import register
from balie.evidence.models import Entry, Log
from balie.kernel import Actor, Conflict, Invalid, Refused
from balie.register import in_use
from balie.register.models import Adopted, Desk
from balie.register.tests.desks_read import adopted, answers_of, changed_text, text_of

pytestmark = pytest.mark.django_db

DORA = Actor(kind="staff", handle="0198d0ra", desk="publications", roles=frozenset({"privacy-officer"}))
BOB = Actor(kind="staff", handle="0198b0b", desk="publications", roles=frozenset({"agent"}))
SHORTER = ("keep: 1 year after ticket.closed", "keep: 6 months after ticket.closed")


def test_a_register_in_force_answers_and_is_numbered_from_one() -> None:
    version = adopted("publications")
    assert (version.desk, version.number, version.in_force_since) == ("publications", 1, version.in_force_since)
    assert register.in_force("publications") == version
    assert register.desks() == ["publications"]
    assert version.uri("service-desk") == "/register/publications/service-desk/versions/1"


def test_the_same_again_changes_nothing() -> None:
    first = adopted("publications")
    assert adopted("publications") is first
    assert Adopted.objects.count() == 1
    assert Entry.objects.count() == 1


def test_the_same_with_other_spaces_and_comments_is_the_same() -> None:
    first = adopted("publications")
    again = adopted("publications", ("format: 1", "# a remark\nformat:   1"), SHORTER[:1] * 2)
    assert again is first


def test_a_change_makes_the_next_version_and_the_old_one_stays_as_it_was() -> None:
    first = adopted("publications")
    second = adopted("publications", SHORTER)
    assert (first.number, second.number) == (1, 2)
    assert register.in_force("publications") == second
    assert register.version("publications", 1) == first
    asked = ("service-desk", "reporter", "message")
    assert register.erase_rule(register.version("publications", 1), *asked).offset == "P1Y"
    assert register.erase_rule(register.in_force("publications"), *asked).offset == "P6M"


def test_the_evidence_hears_of_it_and_learns_its_terms() -> None:
    version = adopted("publications", actor=DORA)
    entry = Entry.objects.get(act="register.adopted")
    assert (entry.actor, entry.desk) == (str(DORA), "publications")
    assert version.digest in str(entry.facts)
    assert list(Log.objects.values_list("desk", "acts", "looks")) == [("publications", "P2Y", "P1Y")]


def test_a_fault_is_refused_with_a_sentence_and_nothing_is_changed() -> None:
    with pytest.raises(Invalid) as stop:
        adopted("publications", ("keep: handled\n    source", "keep: handeld\n    source"))
    assert "publications.yaml, line" in str(stop.value)
    assert "term «handeld» is not declared" in str(stop.value)
    assert not Adopted.objects.exists()
    assert not Entry.objects.exists()


def test_each_finding_has_its_own_sentence() -> None:
    with pytest.raises(Invalid) as stop:
        adopted(
            "publications",
            ("keep: handled\n    source", "keep: handeld\n    source"),
            ("country: NL\n    parties", "parties"),
        )
    assert len(stop.value.data["findings"]) == len(str(stop.value).splitlines()) - 1 >= 2


def test_an_unanswered_doubt_keeps_a_register_out_of_force() -> None:
    with pytest.raises(Invalid, match="answer the doubt with reason, review date and role"):
        register.adopt(
            "publications",
            text_of("publications.yaml"),
            text_of("publications.desk.yaml"),
            actor=DORA,
            answers=answers_of("publications")[:1],
        )
    assert not Adopted.objects.exists()


def test_an_answer_whose_review_date_has_passed_is_no_answer() -> None:
    stale = [replace(one, review=date(2020, 1, 1)) for one in answers_of("publications")]
    with pytest.raises(Invalid, match="the review date has passed"):
        register.adopt(
            "publications", text_of("publications.yaml"), text_of("publications.desk.yaml"), actor=DORA, answers=stale
        )


def test_an_answer_to_a_doubt_that_there_is_not_must_go() -> None:
    with pytest.raises(Invalid, match="a doubt that there is not"):
        register.adopt(
            "citizens-advice",
            text_of("citizens-advice.yaml"),
            text_of("citizens-advice.desk.yaml"),
            actor=Actor.system("set-up", "citizens-advice"),
            answers=answers_of("publications")[:1],
        )


def test_answers_are_kept_with_the_version() -> None:
    version = adopted("publications")
    assert [(one.rule, one.review) for one in version.answers] == [
        ("R10", date(2027, 11, 1)),
        ("R20", date(2027, 11, 1)),
    ]


def test_only_the_privacy_officer_of_the_desk_puts_a_register_in_force() -> None:
    with pytest.raises(Refused, match="Only the privacy officer"):
        adopted("publications", actor=BOB)
    with pytest.raises(Refused, match="at its own desk"):
        adopted("publications", actor=replace(DORA, desk="citizens-advice"))
    assert adopted("publications", actor=DORA).number == 1


def test_a_register_of_another_desk_is_refused() -> None:
    with pytest.raises(Invalid, match="this is the register of «publications», not of «elsewhere»"):
        register.adopt(
            "elsewhere",
            text_of("publications.yaml"),
            text_of("publications.desk.yaml"),
            actor=Actor.system("set-up", "elsewhere"),
        )
    assert not Desk.objects.exists()


def test_settings_that_widen_are_refused() -> None:
    wide = changed_text(
        "publications.desk.yaml", ("covers: [service-desk, account-requests", "covers: [payroll, service-desk")
    )
    with pytest.raises(Invalid, match=r"publications.desk.yaml, line \d+: «payroll» is not in the register"):
        register.adopt(
            "publications", text_of("publications.yaml"), wide, actor=DORA, answers=answers_of("publications")
        )


def test_a_version_that_was_in_force_is_never_changed() -> None:
    adopted("publications")
    row = Adopted.objects.get()
    row.text = "format: 2"
    with pytest.raises(Conflict, match="never changed"):
        row.save()
    with pytest.raises(Conflict):
        row.delete()
    with pytest.raises(Conflict):
        Adopted.objects.update(text="")
    with pytest.raises(Conflict):
        Adopted.objects.all().delete()


def test_two_versions_of_one_number_cannot_be() -> None:
    adopted("publications")
    twin = Adopted.objects.get()
    twin.pk, twin._state.adding = None, True
    with pytest.raises(Exception, match="UNIQUE|unique"), transaction.atomic():
        twin.save()


def test_a_desk_without_a_register_says_so() -> None:
    with pytest.raises(Invalid, match="put one in force first"):
        register.in_force("nowhere")
    with pytest.raises(Invalid):
        register.version("nowhere", 1)


def test_asking_for_the_version_in_force_costs_one_small_query(django_assert_num_queries: object) -> None:
    adopted("publications")
    register.in_force("publications")
    with django_assert_num_queries(1):  # type: ignore[operator]
        register.in_force("publications")


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_is_asked_once_a_second() -> None:
    adopted("publications")
    first = register.in_force("publications")
    with connection.execute_wrapper(_no_query):
        assert register.in_force("publications") is first
    in_use._seen["publications"] = (in_use._seen["publications"][0] - 2, first)
    assert register.in_force("publications") is first


def _no_query(*_: object) -> object:
    raise AssertionError("no query was expected")
