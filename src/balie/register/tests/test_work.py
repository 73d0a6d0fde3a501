"""What the desk's daily work asks of a version."""

import pytest
from tests.register.examples_read import example

from balie import register
from balie.register.tests.desks_read import draft_of


def test_a_ticket_without_a_service_gets_the_first_of_the_catalogue() -> None:
    v = draft_of("publications")
    assert register.first_service(v) == "announcements"
    assert register.activity_of(v, "accounts") == "account-requests"
    assert register.mail_activity(v) == "service-desk"


def test_where_mail_and_calls_come_from() -> None:
    v = draft_of("citizens-advice")
    assert register.mail_address(v) == "neuvonta@citizens-advice.test"
    assert register.phone_system(v) == "phone-system"
    assert register.country(v) == "FI"
    assert (register.mail_address(example("publications")), register.phone_system(example("publications"))) == (
        "",
        "person",
    )


def test_the_group_of_whoever_writes_in_and_the_home_of_what_staff_hold() -> None:
    v = draft_of("publications")
    assert register.writers(v, "account-requests") == "requester"
    home = register.home_of(v, "sign-in-secret", holder="account")
    assert (home.activity, home.people) == ("agents", "staff")
    with pytest.raises(KeyError):
        register.writers(v, "agents")
    with pytest.raises(KeyError):
        register.home_of(v, "sign-in-secret", holder="ticket")


def test_a_team_is_found_for_an_activity() -> None:
    v = draft_of("publications")
    assert register.team_for(v, "service-desk") == "servicedesk"
    assert register.team_for(v, "evidence") == "privacy"
    assert register.team_for(v, "elsewhere") == "servicedesk"


def test_items_come_in_the_register_s_order_with_what_differs() -> None:
    v = draft_of("citizens-advice")
    needs = register.declared_items(v, "advice", "requester")
    assert list(needs.items()) == [
        ("message", "required"),
        ("email", "one-of"),
        ("phone", "one-of"),
        ("raw-message", "allowed"),
        ("name", "when-necessary"),
    ]
    detail = register.detail(v, "advice", "requester", "name")
    assert [one.read("en") for one in detail.when] == ["The name is needed to answer or to come back to the matter."]
    assert detail.consent == "person"
    facts = register.every_condition_met(v, "advice", "requester", "name")
    assert register.may_collect(v, "advice", "requester", "name", holder="ticket", facts=facts).yes
    assert register.consequence(v, "advice", "requester").read("en").startswith("Without an e-mail address")


def test_an_avoided_item_is_noticed_when_it_is_typed() -> None:
    v = draft_of("publications")
    found = register.avoided_in(v, "service-desk", "reporter", "Naam: Jansen\nGeslacht: V")
    assert [one.read("nl") for one in found] == ["Geslacht"]
    assert register.avoided_in(v, "service-desk", "reporter", "Over het geslacht van woorden") == []


def test_the_officer_s_address_and_the_right_to_object() -> None:
    assert register.officer_address(draft_of("citizens-advice")) == "tietosuoja@citizens-advice.test"
    assert register.officer_address(example("publications")) == ""
    assert register.right_to_object(draft_of("citizens-advice"), "en").startswith("You have the right to object")
    assert register.right_to_object(example("telecom"), "nl") == ""
