"""Where the data of a ticket stand: who asks at one place, the matter under the row of its service."""

from typing import Any

import pytest

from balie import register, vault
from balie.desk import bulk, closing, conversation, phone, placing, reporter, rules, triage
from balie.desk.models import Ticket
from balie.desk.tests.coming_in import fresh, items, mail, ticket
from balie.evidence.models import Entry
from balie.kernel import Invalid, Refused
from balie.people import accounts
from balie.vault.models import Record

ASKS = ("general", "contacts")


def where(one: Ticket) -> set[tuple[str, str, str]]:
    """Activity, group and kind of everything that a ticket holds."""
    return set(Record.objects.filter(held_by=one.handle).values_list("activity", "people", "item"))


def sort(one: Ticket, service: str, cast: Any) -> Ticket:
    triage.sort(one, service=service, kind="incident", actor=cast.bob)
    return fresh(one)


def test_s2_3_the_matter_comes_under_the_row_of_its_service_and_who_asks_stays(telecom: Any) -> None:
    one = ticket(telecom, "The alarm goes off by itself.", sender_name="Carla Drost")
    assert where(one) == {(*ASKS, "message"), (*ASKS, "email"), (*ASKS, "name")}
    reporter.write(one, item="function", value="owner", actor=telecom.bob)
    sorted_ = sort(one, "alarms", telecom)
    assert (sorted_.activity, sorted_.team) == ("alarms", "security")
    assert where(sorted_) == {
        ("alarms", "askers", "message"),
        *((*ASKS, item) for item in ("email", "name", "function")),
    }
    assert Entry.objects.filter(act="ticket.sorted").latest("pk").activity.startswith("/register/telecom/alarms/")


def test_each_part_has_the_term_of_its_own_row(telecom: Any) -> None:
    one = sort(ticket(telecom), "field-service", telecom)
    closing.close(one, actor=telecom.bob)
    terms = dict(Record.objects.filter(held_by=one.handle).values_list("item", "term"))
    assert terms == {"message": "customer", "email": "relation"}
    for record in Record.objects.filter(held_by=one.handle):
        assert record.trigger == "ticket.closed"  # nobody's customer yet: two years after closing
        assert record.erase_at is not None
        assert (record.erase_at.year, record.happened_at) == (fresh(one).closed_at.year + 2, fresh(one).closed_at)  # type: ignore[union-attr]


def test_what_is_written_later_stands_at_both_places_as_well(telecom: Any) -> None:
    one = sort(ticket(telecom), "cameras", telecom)
    conversation.note(one, text="The picture is black.", actor=telecom.bob)
    reporter.write(one, item="phone", value="020 123 4567", actor=telecom.bob)
    assert where(one) == {("cameras", "askers", "message"), (*ASKS, "email"), (*ASKS, "phone")}


def test_a_call_is_written_down_at_both_places_at_once(telecom: Any) -> None:
    one = phone.register_call(
        None, number="020 123 4567", email="", text="The line crackles.", actor=telecom.bob, service="fixed-lines"
    )
    assert where(one) == {("fixed-lines", "contacts", "message"), (*ASKS, "phone")}


def test_the_fields_are_those_of_who_asks(telecom: Any) -> None:
    one = sort(ticket(telecom), "mobile-inventory", telecom)
    shown = reporter.fields(one, vault.Reading(telecom.bob, "ticket.looked-at", one.handle))
    assert {(field.activity, field.people) for field in shown} == {ASKS}
    with pytest.raises(Refused, match="IMEI number is not declared for «Contactpersonen van klanten»"):
        reporter.write(one, item="imei", value="490154203237518", actor=telecom.bob)


def test_a_colleague_who_does_not_cover_the_row_has_it_no_longer(telecom: Any) -> None:
    one = ticket(telecom)
    eve, _ = accounts.appoint(
        name="Eve", email="eve@example.org", roles=["agent"], teams=["servicedesk"], actor=telecom.ada
    )
    triage.assign(one, to=eve, actor=telecom.bob)
    assert sort(one, "fleet", telecom).assignee == eve
    assert sort(one, "alarms", telecom).assignee is None
    assert not Ticket.objects.visible_to(accounts.actor_of(eve)).filter(pk=one.pk).exists()


def test_what_is_undone_stands_where_it_stood(telecom: Any) -> None:
    one = ticket(telecom)
    before = where(one)
    done = bulk.sort([one], service="alarms", kind="incident", actor=telecom.bob)
    assert where(one) != before
    assert done.undo is not None
    bulk.undo(done.undo, actor=telecom.bob)
    assert where(one) == before
    assert (fresh(one).service, fresh(one).activity) == ("general", "general")


def test_a_desk_whose_settings_name_no_other_place_keeps_each_ticket_within_its_activity(publications: Any) -> None:
    one = ticket(publications)
    assert {service.activity for service in placing.services(one)} == {"service-desk"}
    with pytest.raises(Invalid, match="A ticket stays within its activity"):
        triage.sort(one, service="accounts", kind="request", actor=publications.bob)


def test_s1_4_the_function_is_recorded_of_an_administrator_and_of_no_editor(editors: Any) -> None:
    one = ticket(editors)
    with pytest.raises(Refused, match="Function is not declared"):
        reporter.write(one, item="function", value="head of press", actor=editors.bob)
    assert where(one) == {("access", "editors", "message"), ("access", "editors", "email")}
    one = sort(one, "administrators", editors)
    reporter.write(one, item="function", value="head of press", actor=editors.bob)
    assert where(one) == {("access", "user-administrators", item) for item in ("message", "email", "function")}
    with pytest.raises(Refused, match="Function is not declared"):
        sort(one, "help", editors)
    assert {people for _, people, _ in where(one)} == {"user-administrators"}


def test_what_the_row_has_no_place_for_is_refused_and_nothing_moves(
    telecom: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = ticket(telecom)
    before = where(one)
    monkeypatch.setattr(register, "matter", lambda version, service: ("alarms", "operators"))
    with pytest.raises(Refused, match="is not declared"):
        triage.sort(one, service="alarms", kind="incident", actor=telecom.bob)
    assert where(one) == before


def test_a_file_that_no_row_declares_is_left_out_and_named(telecom: Any) -> None:
    from balie.desk import intake

    message = mail(telecom, files=(intake.File("card.png", b"picture"),))
    assert message.not_kept == ["attachment"]
    assert set(items(message.ticket)) == {"email", "message"}


def test_the_rule_for_an_answer_asks_what_is_needed_of_who_asks(telecom: Any) -> None:
    one = sort(ticket(telecom), "alarms", telecom)
    assert rules.answer(one, telecom.bob) is None
    assert rules.asker_of(one) == ASKS
    assert rules.group_of(one) == "askers"
