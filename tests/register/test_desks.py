"""The five desks that come with the product keep what their texts promise: the register's part of the rows of the mission."""

from datetime import date

import pytest

from balie import register
from balie.register import Facts, Version
from balie.register.doubts import in_the_way
from balie.register.linting.sentences import texts_of
from balie.register.tests.desks_read import OURS, answers_of, draft_of

NAME_NEEDED = "Nimi tarvitaan vastaamiseen tai asiaan palaamiseen."


@pytest.fixture(params=OURS)
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


def test_s0_12_the_interest_is_named_and_the_right_to_object_is_told() -> None:
    v = draft_of("publications")
    purpose = v.data["activities"]["service-desk"]["purposes"]["support"]
    assert (purpose["basis"], bool(purpose["because"])) == ("legitimate-interest", True)
    assert register.right_to_object(v, "nl").startswith("U kunt bezwaar maken")


CONTACT_DATA = ("name", "name-prefix", "family-name", "email", "phone")


def test_s1_4_exactly_these_items_and_the_function_of_administrators_only() -> None:
    v = draft_of("newsletter-editors")
    of_mail = {"message", "raw-message"}  # set by us: what is asked, and the mail as it came
    assert set(register.declared_items(v, "access", "editors")) - of_mail == set(CONTACT_DATA)
    assert set(register.declared_items(v, "access", "user-administrators")) - of_mail == {*CONTACT_DATA, "function"}
    assert not register.may_collect(v, "access", "editors", "function", holder="ticket").yes
    assert register.may_collect(v, "access", "user-administrators", "function", holder="ticket").yes
    for people in ("editors", "user-administrators"):
        assert v.groups["access", people].required == ()
        assert v.data["activities"]["access"]["providing"] == "voluntary"


def test_s1_5_half_a_year_after_the_last_use_with_warnings() -> None:
    v = draft_of("newsletter-editors")
    rule = register.erase_rule(v, "access", "editors", "email", holder="account")
    assert (rule.event, rule.offset, rule.warn) == ("account.last-active", "P6M", ("P30D", "P7D"))
    assert rule.then == ("close-account", "deprovision", "erase")
    assert register.warnings_on(rule, date(2028, 2, 29)) == (date(2028, 1, 30), date(2028, 2, 22))


def test_s1_5_on_a_ticket_of_whoever_has_no_account_the_term_runs_from_its_closing() -> None:
    v = draft_of("newsletter-editors")
    for people in ("editors", "user-administrators"):
        rule = register.erase_rule(v, "access", people, "message", holder="ticket")
        assert (rule.event, rule.offset, rule.latest) == ("ticket.closed", "P6M", "P3Y")


def test_s1_6_user_administrators_stay_as_long_as_their_organisation() -> None:
    v = draft_of("newsletter-editors")
    rule = register.erase_rule(v, "access", "user-administrators", "phone", holder="account")
    assert (rule.event, rule.offset) == ("organisation.left", "P0D")
    assert rule.then == ("close-account", "deprovision", "report", "erase")


def test_s1_7_the_two_named_recipients_get_what_provisioning_needs() -> None:
    v = draft_of("newsletter-editors")
    for to, party in (("mail-platform", "Voorbeeldmail B.V."), ("mail-maintenance", "Voorbeeldbeheer B.V.")):
        for item in ("name", "name-prefix", "family-name", "email"):
            assert register.may_disclose(v, "access", "editors", item, to=to, party=party).yes
        for item in ("phone", "message"):
            assert not register.may_disclose(v, "access", "editors", item, to=to, party=party).yes
    assert not register.may_disclose(v, "access", "editors", "email", to="mail-platform", party="Andere B.V.").yes
    assert all(one["basis"] == "contract" for one in v.data["activities"]["access"]["purposes"].values())


def test_s2_1_one_row_of_our_own_and_thirteen_for_customers() -> None:
    v = draft_of("telecom")
    of_house = {"agents", "evidence"}
    assert set(register.record_of(v, article="30(1)")) == {"general", *of_house}
    assert len(register.record_of(v, article="30(2)")) == 13
    for activity in (*register.record_of(v, article="30(2)"), "general"):
        act = v.data["activities"][activity]
        assert act["systems"]
        assert act["purposes"]
        assert act["number"].startswith("VL-AVG-02.")


def test_s2_2_the_closed_list_of_twenty_operations() -> None:
    v = draft_of("telecom")
    assert len(v.data["operations"]) == 20
    assert not register.may_do(v, "general", "sell").yes


def test_s2_3_who_asks_is_of_the_general_row_and_the_matter_of_its_own() -> None:
    v = draft_of("telecom")
    assert {register.asker(v, service) for service in v.services} == {("general", "contacts")}
    assert {register.matter(v, service)[0] for service in v.services} == {
        *register.record_of(v, article="30(2)"),
        "general",
    }


def test_s2_3_a_row_holds_only_its_own_kinds_of_data_and_goes_only_to_its_own_sub_processors() -> None:
    v = draft_of("telecom")
    assert not register.may_collect(v, "mobile-inventory", "users", "email", holder="asset").yes
    assert register.may_collect(v, "mobile-inventory", "users", "imei", holder="asset").yes
    assert not register.may_disclose(v, "mobile-inventory", "users", "name", to="mobile-providers", party=None).yes
    assert not register.may_disclose(v, "fixed-lines", "contacts", "name", to="fixed-providers", party=None).yes
    assert register.may_disclose(
        v, "fixed-lines", "contacts", "name", to="fixed-providers", party="Voorbeeldvast B.V."
    ).yes
    assert not register.may_disclose(
        v, "general", "contacts", "name", to="fixed-providers", party="Voorbeeldvast B.V."
    ).yes


def test_s2_3_what_a_customers_agreement_does_not_pick_is_refused() -> None:
    v = draft_of("telecom")
    agreed = Facts(agreed=frozenset({"name", "email", "voip-providers"}))
    at = ("cloud-telephony", "users")
    assert register.may_collect(v, *at, "email", holder="ticket", facts=agreed).yes
    assert not register.may_collect(v, *at, "profile-photo", holder="ticket", facts=agreed).yes
    party = "Voorbeeldcloudbellen B.V."
    assert register.may_disclose(v, *at, "email", to="voip-providers", party=party, facts=agreed).yes
    assert not register.may_disclose(v, *at, "phone", to="voip-providers", party=party, facts=agreed).yes


def test_s2_5_documents_are_seen_by_those_who_need_them_and_go_when_that_is_done() -> None:
    v = draft_of("telecom")
    servicedesk, ports = v.teams["servicedesk"].covers, v.teams["number-ports"].covers
    for item in ("bank-card-copy", "iban", "trade-register-extract"):
        assert register.may_see(v, "mobile-provisioning", "signatories", item, covers=servicedesk).yes
        assert not register.may_see(v, "mobile-provisioning", "phone-users", item, covers=servicedesk).yes
        assert register.may_see(v, "mobile-provisioning", "phone-users", item, covers=ports).yes
        for people in ("signatories", "phone-users"):
            assert register.erase_rule(v, "mobile-provisioning", people, item).event == "purpose.done"
    assert register.erase_rule(v, "mobile-provisioning", "phone-users", "name").event == "purpose.done"


def test_s2_6_a_recording_is_opened_for_one_fault_and_shut_again() -> None:
    v = draft_of("telecom")
    at = ("field-service", "callers", "call-recording")
    covers, asked = v.teams["servicedesk"].covers, Facts(asked_by=frozenset({"customer"}))
    assert not register.may_see(v, *at, covers=covers, facts=asked).yes
    (when,) = v.places[at].look.when  # type: ignore[union-attr]
    told = Facts(asked_by=frozenset({"customer"}), confirmed=frozenset({when}), reason="echo op de hoofdlijn")
    assert "8 hours" in str(register.may_see(v, *at, covers=covers, facts=told).say)
    assert register.erase_rule(v, *at).event == "ticket.closed"


def test_s2_7_pictures_at_the_customers_request_and_to_authorities_with_its_consent() -> None:
    v = draft_of("telecom")
    at = ("cameras", "filmed", "video")
    covers = v.teams["security"].covers
    assert not register.may_see(v, *at, covers=covers, facts=Facts(reason="nieuwsgierig")).yes
    assert register.may_see(v, *at, covers=covers, facts=Facts(reason="inbraak", asked_by=frozenset({"customer"}))).yes
    assert not register.may_collect(v, *at, holder="ticket").yes
    assert not register.may_disclose(v, *at, to="authorities", party=None).yes
    assert register.may_disclose(v, *at, to="authorities", party=None, facts=Facts(consent=frozenset({"customer"}))).yes


def test_s2_9_at_the_end_of_the_contract_it_is_returned_or_erased_with_a_report() -> None:
    v = draft_of("telecom")
    rule = register.erase_rule(v, "care-alarms", "residents", "resident-name", holder="asset")
    assert (rule.event, rule.then) == ("contract.ended", ("offer-return", "report", "erase"))


def test_s2_10_alarm_data_are_consulted_and_only_the_warning_contact_altered() -> None:
    v = draft_of("telecom")

    def may(operation: str, people: str, item: str) -> bool:
        return register.may_do(v, "alarms", operation, people=people, item=item).yes

    for people, item in (("operators", "name"), ("operators", "activity-log"), ("warned", "warning-contact")):
        assert may("consult", people, item)
        assert may("alter", people, item) == (item == "warning-contact")
        assert not any(may(one, people, item) for one in ("collect", "combine", "disseminate", "transmit"))


def test_s2_11_an_objection_to_the_offer_is_absolute_and_leaves_the_rest() -> None:
    v = draft_of("telecom")
    assert register.objection_steps(v, activity="general", purpose="sell") == ("record", "stop this purpose", "answer")
    assert "restrict (18(1)(d))" in register.objection_steps(v, activity="general", purpose="communicate")
    for item in ("message", "raw-message"):
        assert v.places["general", "contacts", item].purposes == ("communicate",)


def test_s2_11_care_data_are_special_and_shut_until_needed() -> None:
    v = draft_of("telecom")
    special = {item for item, word in v.words.items() if word.special == "health"}
    held = {(place.people, place.item): place for place in v.places.values() if place.item in special}
    assert {item for _, item in held} == special
    for place in held.values():
        assert place.look is not None
        asked = register.may_see(v, place.activity, place.people, place.item, covers=v.teams["security"].covers)
        assert not asked.yes


def test_s3_8_and_s3_9_the_profile_goes_in_january_and_the_ticket_stays_under_the_organisations_term() -> None:
    v = draft_of("municipal-websites")
    profile = register.erase_rule(v, "profiles", "writers", "email", holder="profile")
    assert (profile.month, profile.at_once, profile.then[-1]) == (1, ("deactivate-account",), "erase")
    assert register.erase_on(profile, date(2027, 2, 3)) == date(2028, 1, 1)
    for item in ("name", "email", "message", "approval"):
        rule = register.erase_rule(v, "tickets", "reporters", item)
        assert (rule.event, rule.offset) == ("organisation.left", "P5Y")
        alone = register.erase_rule(v, "tickets", "reporters", item, holder="ticket")
        assert (alone.event, alone.offset) == ("ticket.closed", "P2Y")


def test_s3_10_no_cookie_but_the_two_and_the_second_only_when_it_is_needed() -> None:
    v = draft_of("municipal-websites")
    assert register.may_set_cookie(v, "session", needed_now=False).yes
    assert not register.may_set_cookie(v, "preferences", needed_now=False).yes
    assert register.may_set_cookie(v, "preferences", needed_now=True).yes
    assert not register.may_set_cookie(v, "analytics", needed_now=True).yes


def test_s3_12_what_is_not_needed_of_others_goes_at_once() -> None:
    v = draft_of("municipal-websites")
    assert register.third_party_steps(v, needed=False)[0] == "erase at once"
    assert not register.may_collect(v, "tickets", "others", "attachment", holder="ticket").yes
    assert register.erase_rule(v, "tickets", "others", "message").event == "purpose.done"


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
    facts = Facts(confirmed=frozenset({about, service, answer}))
    at = ("advice", "requester")
    second = register.may_disclose(
        v, *at, "phone", to="competent-authority", party=None, facts=facts, along=frozenset({"email", "message"})
    )
    assert not second.yes
    assert str(second.say).startswith("Only one of these goes along: E-mail address, Phone number")
    with_message = register.may_disclose(
        v, *at, "phone", to="competent-authority", party=None, facts=facts, along=frozenset({"message"})
    )
    assert with_message.yes


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
