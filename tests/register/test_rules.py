"""Each rule of the lint has a register that breaks it and one that does not: one change to a desk of the product, and the same desk
before that change."""

from functools import cache
from typing import Any

import pytest

from balie import register
from balie.register import Finding, Version
from balie.register.reading import read
from balie.register.tests.desks_read import OURS, draft_of, text_of
from balie.register.versions import version_of

# rule, desk, what is changed (paths are written a/b/c; None takes a key away). One line or more for each rule.
BREAKS: list[tuple[str, str, dict[str, Any]]] = [
    ("R01", "publications", {"activities/service-desk/keep": "ten-years"}),
    ("R01", "citizens-advice", {"activities/advice/share/1/one-of": ["email", "iban"]}),
    ("R01", "newsletter-editors", {"activities/access/share/1/of": ["readers"]}),
    ("R02", "municipal-websites", {"activities/profiles/people/writers/usual": ["shoe-size"]}),
    ("R02", "telecom", {"words/resident-name/like": "nothing-known"}),
    ("R03", "municipal-websites", {"activities/profiles/people/writers/usual": ["name", "email"]}),
    ("R03", "citizens-advice", {"activities/advice/people/requester/details/iban": {"keep": "two-years"}}),
    ("R04", "municipal-websites", {"terms/spare": {"keep": "when purpose.done"}}),
    ("R05", "publications", {"controller": {"name": "De directeur", "country": "NL"}}),
    ("R06", "newsletter-editors", {"dpo": None}),
    ("R07", "municipal-websites", {"activities/tickets/role": "joint-controller"}),
    (
        "R07",
        "municipal-websites",
        {"activities/tickets/role": "joint-controller", "activities/tickets/for": ["nobody"]},
    ),
    ("R08", "municipal-websites", {"activities/tickets/role": "processor"}),
    ("R08", "telecom", {"activities/fixed-lines/role": "controller"}),
    ("R09", "newsletter-editors", {"recipients/mail-platform/parties": None}),
    ("R10", "municipal-websites", {"controller/public-body": True}),
    ("R11", "municipal-websites", {"activities/tickets/purposes/account-for/because": None}),
    ("R12", "citizens-advice", {"activities/advice/purposes/answer/because": None}),
    ("R13", "citizens-advice", {"objections/tell": None}),
    ("R14", "municipal-websites", {"activities/profiles/people/writers/usual": ["alarm-activation"]}),
    ("R15", "citizens-advice", {"activities/advice/people/requester/details/name/when": None}),
    ("R16", "publications", {"activities/service-desk/people/reporter/without": None}),
    ("R17", "telecom", {"activities/cameras/look": None}),
    ("R17", "telecom", {"activities/care-alarms/look/0/at": ["location"]}),
    (
        "R18",
        "telecom",
        {
            "activities/agents/people": {"others": {"who": "Iedereen", "required": ["name"]}},
            "activities/evidence": None,
        },
    ),
    ("R19", "publications", {"terms/account-trail/review": None}),
    ("R19", "publications", {"terms/account-trail/why": None}),
    ("R20", "citizens-advice", {"terms/two-years": {"keep": "permanent", "why": "Aina.", "review": "2028-01-01"}}),
    ("R21", "publications", {"activities/service-desk/people/reporter/details/gender": {"keep": "account-trail"}}),
    ("R22", "municipal-websites", {"activities/tickets/keep": "on-the-list"}),
    ("R22", "newsletter-editors", {"activities/access/people/editors/details/message": {"in": ["asset"]}}),
    ("R23", "municipal-websites", {"terms/leavers/then": ["erase", "report"]}),
    ("R23", "newsletter-editors", {"terms/organisation-takes-part/warn": ["30 days"]}),
    ("R24", "telecom", {"activities/mobile-provisioning/people/signatories/details/iban/keep": "customer"}),
    ("R25", "publications", {"recipients/suppliers/country": "NO"}),
    ("R25", "telecom", {"recipients/voip-providers/parties": [{"name": "Beyond Ltd", "country": "US"}]}),
    ("R25", "citizens-advice", {"recipients/competent-authority/country": None}),
    ("R26", "citizens-advice", {"activities/advice/share": ["competent-authority"]}),
    ("R27", "citizens-advice", {"systems/desk/run-by": "customers"}),
    ("R27", "municipal-websites", {"protection/access": "controller-only"}),
    ("R28", "municipal-websites", {"cookies/preferences/when": None}),
    ("R28", "publications", {"cookies/session/keep": "1 year"}),
    ("R29", "citizens-advice", {"activities/advice/purposes/answer/what": "Palvelupyyntöihin vastaaminen ja muuta."}),
    (
        "R30",
        "citizens-advice",
        {"protection/measures": ["Tiedot ovat omalla palvelimella", "johon muilla ei ole pääsyä."]},
    ),
    ("R31", "municipal-websites", {"activities/profiles/purposes/recognise/because": None}),
    ("R32", "municipal-websites", {"terms/leavers/if-never": None}),
    ("R32", "telecom", {"terms/customer/if-never": None}),
    ("R33", "newsletter-editors", {"activities/agents/people/staff/required": ["name", "email"]}),
    ("R34", "municipal-websites", {"terms/acts/keep": "2 years after account.closed"}),
    ("R34", "publications", {"activities/evidence/people/concerned/details": None}),
    ("R35", "telecom", {"activities/general/people/contacts/allowed": ["gender", "message"]}),
    ("R35", "newsletter-editors", {"terms/mail-as-sent/keep": "8 days after item.collected"}),
    ("R36", "publications", {"terms/handled/why": None, "terms/handled/not-before": "1 year"}),
    ("R36", "publications", {"terms/handled/not-before": "6 years"}),
    ("R36", "telecom", {"terms/acts/not-before": "7 years"}),
    ("R37", "citizens-advice", {"activities/advice/share/1/items": ["email"]}),
    ("R38", "telecom", {"activities/general/purposes/sell/basis": "contract"}),
    ("R38", "telecom", {"activities/general/people/contacts/details/message": {"source": ["person", "staff"]}}),
    ("R39", "telecom", {"activities/alarms/operations": ["consult"]}),
    ("R39", "telecom", {"operations": ["collect", "record", "store", "erase"]}),
    ("R40", "publications", {"terms/mail-as-sent/approve-within": "30 days"}),
    ("R40", "publications", {"terms/acts/approve-within": "30 days"}),
    ("R40", "newsletter-editors", {"terms/organisation-takes-part/approve-within": "30 days"}),
]


@cache
def sound(desk: str) -> tuple[Finding, ...]:
    return tuple(register.lint(draft_of(desk)))


def broken(desk: str, changes: dict[str, Any]) -> Version:
    """A desk of the product with some values replaced."""
    text = read(text_of(f"{desk}.yaml"), name=f"{desk}.yaml")
    for path, value in changes.items():
        at: Any = text.data
        *way, last = path.split("/")
        for step in way:
            at = at[int(step)] if isinstance(at, list) else at.setdefault(step, {})
        if value is None:
            del at[last]
        else:
            at[last] = value
    return version_of(text, read(text_of(f"{desk}.desk.yaml"), name=f"{desk}.desk.yaml"))


def test_each_rule_has_a_register_that_breaks_it_and_one_that_does_not() -> None:
    assert {rule for rule, _, _ in BREAKS} == {rule.code for rule in register.RULES}
    for rule in register.RULES:
        keep_to_it = [desk for desk in OURS if rule.code not in {one.rule for one in sound(desk)}]
        assert keep_to_it, rule.code


@pytest.mark.parametrize(("rule", "desk", "changes"), BREAKS, ids=[f"{rule}-{desk}" for rule, desk, _ in BREAKS])
def test_one_change_breaks_it_and_is_named_with_place_line_and_clause(
    rule: str, desk: str, changes: dict[str, Any]
) -> None:
    before = {(one.rule, one.at) for one in sound(desk)}
    new = [one for one in register.lint(broken(desk, changes)) if (one.rule, one.at) not in before]
    found = [one for one in new if one.rule == rule]
    assert found, [str(one) for one in new]
    told = next(one for one in register.RULES if one.code == rule)
    assert all((one.level, one.clause) == (told.level, told.clause) and one.line >= 1 and one.at for one in found)
