"""The rules of the house, the settings that may only narrow, and a lint that never stumbles."""

import pytest

from balie import register
from balie.kernel import Invalid
from balie.register import Finding
from balie.register.tests.desks_read import OURS, changed_text, draft_of, text_of

RAW = ("raw-message: {keep: mail-as-sent, source: [person]}", "raw-message: {keep: two-years, source: [person]}")


def rules_of(found: list[Finding]) -> set[str]:
    return {one.rule for one in found}


@pytest.mark.parametrize("desk", OURS)
def test_the_desks_of_the_product_have_no_fault(desk: str) -> None:
    assert [str(one) for one in register.lint(draft_of(desk)) if one.level == "fault"] == []


def test_the_advice_line_has_no_doubt_either() -> None:
    assert register.lint(draft_of("citizens-advice")) == []


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("R33", ("required: [name, email, sign-in-secret]", "required: [name, email]")),
        ("R34", ("keep: 2 years after item.collected", "keep: 2 years after account.closed")),
        ("R34", ("        details:\n          look-record: {keep: looks}\n      concerned", "      concerned")),
        ("R35", ("        allowed: [raw-message]\n", "")),
        ("R35", ("keep: 72 hours after item.collected", "keep: 8 days after item.collected")),
        ("R35", ("keep: 72 hours after item.collected", "keep: 72 hours after ticket.closed")),
        ("R35", RAW),
        ("R22", ("keep: when account.closed", "keep: 2 years after ticket.last-contact")),
    ],
)
def test_what_every_desk_must_declare_is_missed(rule: str, change: tuple[str, str]) -> None:
    faults = [one for one in register.lint(draft_of("citizens-advice", change)) if one.level == "fault"]
    assert rule in rules_of(faults)
    assert all(str(one).startswith("citizens-advice.yaml, line ") for one in faults)


def test_evidence_without_looks_is_half_of_it() -> None:
    without = ("[act-record, look-record]\n        details:\n          look-record: {keep: looks}\n", "[act-record]\n")
    faults = register.lint(draft_of("citizens-advice", without, without))
    assert "R34" in rules_of(faults)


def test_a_desk_without_mail_needs_no_raw_message() -> None:
    text = changed_text(
        "citizens-advice.yaml",
        ("        allowed: [raw-message]\n", ""),
        ("          raw-message: {keep: mail-as-sent, source: [person]}\n", ""),
    )
    settings = changed_text("citizens-advice.desk.yaml", ("mail: {address: neuvonta@citizens-advice.test}\n", ""))
    assert "R35" not in rules_of(register.lint(register.draft(text, settings, name="citizens-advice.yaml")))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("activity: advice}\n  feedback", "activity: gossip}\n  feedback", "no activity «gossip» in the register"),
        ("covers: [advice, agents/work]", "covers: [advice, agents/spy]", "«agents/spy» is not in the register"),
        ("first-ticket: no-profile", "first-ticket: make-profile", "no activity of the register is held in a profile"),
        ("doors: [mail, phone]", "doors: [phone]", "`mail` is set, but it is no door"),
        ("doors: [mail, phone]", "doors: [mail]", "`phone` is set, but it is no door"),
        ("system: phone-system", "system: telegraph", "«telegraph» is no system of the register"),
        ("desk: citizens-advice", "desk: publications", "these are the settings of «publications»"),
        (
            "translations:",
            "quotes-and-orders: {approved-by: general, proof: approval}\ntranslations:",
            "the register holds no approvals",
        ),
        (
            "translations:",
            "approved-contacts: {list: advice.requester, kinds: {general: {name: Yleinen, may: [submit]}}, "
            "other-address: refuse, not-listed: take-up, "
            "nobody-reachable: {judge: urgency, may-take-up: [incident], always-cc: contact}}\ntranslations:",
            "the register knows no such list of contacts",
        ),
        (
            "translations:",
            "approved-contacts: {list: advice.requester, kinds: {general: {name: Yleinen, may: [submit]}}, "
            "other-address: refuse, not-listed: take-up, "
            "nobody-reachable: {judge: urgency, may-take-up: [incident], always-cc: contact}}\ntranslations:",
            "putting a contact in Cc discloses the ticket",
        ),
    ],
)
def test_settings_can_only_narrow(old: str, new: str, said: str) -> None:
    settings = changed_text("citizens-advice.desk.yaml", (old, new))
    found = register.lint(register.draft(text_of("citizens-advice.yaml"), settings, name="citizens-advice.yaml"))
    assert said in " ".join(str(one) for one in found)
    assert {(one.level, one.rule) for one in found} == {("fault", "settings")}
    assert all("citizens-advice.desk.yaml, line" in str(one) for one in found)


def test_a_word_like_nothing_is_a_fault() -> None:
    v = draft_of(
        "citizens-advice", ("recipients:\n", "words:\n  badge: {label: Kortti, like: nothing-known}\nrecipients:\n")
    )
    assert "R02" in rules_of(register.lint(v))


def test_each_rule_has_a_level_and_a_clause() -> None:
    codes = [rule.code for rule in register.RULES]
    assert codes == sorted(set(codes)) == [f"R{number:02}" for number in range(1, 41)]
    assert all(rule.clause and rule.level in ("fault", "doubt") and rule.look.__doc__ for rule in register.RULES)


def test_a_register_that_cannot_be_read_is_not_linted() -> None:
    with pytest.raises(Invalid):
        register.draft("format: 1", name="x.yaml")
