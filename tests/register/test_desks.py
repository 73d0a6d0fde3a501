"""The two desks that come with the product keep what their texts promise: the register's part of the rows of the mission."""

from datetime import date

import pytest

from balie import register
from balie.register import Facts, Version
from balie.register.doubts import in_the_way
from balie.register.linting.sentences import texts_of
from balie.register.tests.desks_read import answers_of, draft_of

NAME_NEEDED = "Nimi tarvitaan vastaamiseen tai asiaan palaamiseen."


@pytest.fixture(params=["publications", "citizens-advice"])
def v(request: pytest.FixtureRequest) -> Version:
    return draft_of(request.param)


def test_each_is_fit_to_be_in_force_and_its_doubts_are_answered(v: Version) -> None:
    assert in_the_way(register.lint(v), answers_of(v.desk), today=date(2026, 11, 24)) == []


def test_every_sentence_is_there_in_every_language(v: Version) -> None:
    for _, text in texts_of(v.data):
        assert set(v.wording(text).by_language) == set(v.languages), text
    for service in (*v.services.values(), *v.teams.values()):
        assert set(service.name.by_language) == set(v.languages)


def test_every_term_says_why(v: Version) -> None:
    assert all(term.get("why") for term in v.data["terms"].values())


def test_s0_4_what_is_asked_of_a_reporter() -> None:
    v = draft_of("publications")
    at = ("service-desk", "reporter")
    assert register.asked_items(v, *at) == ("family-name", "message", "phone", "email", "relation")
    for item in ("first-name", "initials", "name-prefix", "birth-name", "title", "mobile", "fax"):
        assert v.places[*at, item].need == "allowed"
    gender = register.may_collect(v, *at, "gender", holder="ticket")
    assert gender.yes
    assert "avoided" in str(gender.say)
    assert register.erase_rule(v, *at, "gender").term == "avoided"


def test_s0_5_without_a_name_a_placeholder_stands() -> None:
    v = draft_of("publications")
    answer = register.required_items(v, "service-desk", "reporter", given=frozenset({"message"}))
    assert answer.yes
    assert "family-name=dummy" in answer.need
    assert str(answer.say).startswith("Goes on with a placeholder. Without a name we cannot let you know")


def test_s0_6_of_staff_name_and_address_and_the_rest_apart() -> None:
    v = draft_of("publications")
    assert v.groups["agents", "staff"].required == ("name", "email", "sign-in-secret")
    assert not register.may_collect(v, "agents", "staff", "phone", holder="account").yes
    assert [place.activity for place in register.places_of(v, "act-record")] == ["evidence", "evidence"]
    assert [place.rule.event for place in register.places_of(v, "sign-in-secret")] == ["account.closed"]


def test_s0_7_only_the_trail_of_account_requests_is_permanent() -> None:
    v = draft_of("publications")
    permanent = {(one.activity, one.people, one.item) for one in v.places.values() if one.rule.event is None}
    assert permanent == {
        ("account-requests", "requester", "family-name"),
        ("account-requests", "holder", "family-name"),
        ("account-requests", "holder", "username"),
        ("account-requests", "holder", "access-rights"),
        ("account-requests", "holder", "initials"),
        ("account-requests", "holder", "name-prefix"),
        ("account-requests", "decider", "approval"),
    }
    rule = register.erase_rule(v, "service-desk", "reporter", "message")
    assert register.erase_on(rule, date(2027, 3, 10)) == date(2028, 3, 10)


def test_s0_8_a_supplier_gets_a_ticket_on_a_condition_and_by_name() -> None:
    v = draft_of("publications")
    at = ("service-desk", "reporter", "email")
    (condition,) = (one for line in v.shares["service-desk"] for one in line.when)
    confirmed = Facts(confirmed=frozenset({condition}))
    assert not register.may_disclose(v, *at, to="suppliers", party="Voorbeeldsoft B.V.").yes
    assert register.may_disclose(v, *at, to="suppliers", party="Voorbeeldsoft B.V.", facts=confirmed).yes
    assert not register.may_disclose(v, *at, to="suppliers", party="Andere B.V.", facts=confirmed).yes
    assert not register.may_disclose(
        v, *at[:2], "birth-name", to="suppliers", party="Voorbeeldsoft B.V.", facts=confirmed
    ).yes
    assert register.disclosure_ends(v, "service-desk", to="suppliers") == "ticket.closed"


def test_s0_9_no_machine_decides(v: Version) -> None:
    assert register.may_decide(v, by="person").yes
    assert not any(register.may_decide(v, by=by).yes for by in ("rule", "job", "import"))  # type: ignore[arg-type]


def test_s0_10_and_s4_6_nothing_leaves() -> None:
    assert not register.may_transfer(draft_of("publications"), "NO", to="suppliers").yes
    assert register.may_transfer(draft_of("citizens-advice"), "NO", to="competent-authority").yes
    assert not register.may_transfer(draft_of("citizens-advice"), "US", to="competent-authority").yes


def test_s4_2_a_name_only_when_needed_and_agreed() -> None:
    v = draft_of("citizens-advice")
    at = ("advice", "requester", "name")
    needed, agreed = frozenset({NAME_NEEDED}), frozenset({"person"})
    assert not register.may_collect(v, *at, holder="ticket").yes
    assert not register.may_collect(v, *at, holder="ticket", facts=Facts(confirmed=needed)).yes
    assert not register.may_collect(v, *at, holder="ticket", facts=Facts(consent=agreed)).yes  # type: ignore[arg-type]
    assert register.may_collect(v, *at, holder="ticket", facts=Facts(confirmed=needed, consent=agreed)).yes  # type: ignore[arg-type]
    assert "name" not in register.asked_items(v, *at[:2])


def test_s4_3_two_years_after_the_last_contact_closed_or_not() -> None:
    v = draft_of("citizens-advice")
    for item in ("message", "email", "phone", "name"):
        rule = register.erase_rule(v, "advice", "requester", item)
        assert (rule.event, rule.offset, rule.latest) == ("ticket.last-contact", "P2Y", "P3Y")
    assert register.erase_on(rule, date(2028, 2, 29)) == date(2030, 2, 28)


def test_s4_5_feedback_without_address_and_one_only_for_an_answer() -> None:
    v = draft_of("citizens-advice")
    about, service, answer = (one for line in v.shares["advice"] for one in line.when)

    def disclose(item: str, *said: str) -> bool:
        facts = Facts(confirmed=frozenset(said))
        at = ("advice", "requester", item)
        return register.may_disclose(v, *at, to="competent-authority", party=None, facts=facts).yes

    assert disclose("message", about)
    assert not disclose("email", about)
    assert not disclose("email", service)
    assert disclose("email", service, answer)
    assert not disclose("name", about, service, answer)


def test_s4_9_for_the_controller_only() -> None:
    v = draft_of("citizens-advice")
    assert register.may_admit(v, "staff").yes
    assert not any(
        register.may_admit(v, kind).yes for kind in ("token", "webhook", "customer-account", "processor-account")
    )  # type: ignore[arg-type]


def test_mail_as_it_came_in_goes_after_three_days(v: Version) -> None:
    for place in register.places_of(v, "raw-message"):
        assert (place.rule.event, place.rule.offset) == ("item.collected", "PT72H")
        assert register.may_collect(v, place.activity, place.people, "raw-message", holder="ticket").yes


def test_whoever_writes_in_has_a_group(v: Version) -> None:
    for service in v.services.values():
        people = register.requester_group(v, service.activity)
        assert people is not None
        assert register.may_collect(v, service.activity, people, "message", holder="ticket").yes


def test_nobody_of_flesh_and_blood_is_named(v: Version) -> None:
    text = str(v.data) + str(v.settings)
    for domain in {one.rpartition("@")[2].split("'")[0] for one in text.split() if "@" in one}:
        assert domain.endswith((".test", ".example.org"))
