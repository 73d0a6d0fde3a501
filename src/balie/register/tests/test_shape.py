"""The form of a register: what does not fit is named by key, with what may stand there instead."""

import json

import pytest
from jsonschema import Draft202012Validator

from balie import register
from balie.kernel import Invalid
from balie.register.places import DEFAULT_LATEST
from balie.register.shape import schema
from balie.register.terms import EVENTS
from balie.register.tests.desks_read import changed_text, text_of


def refused(*changes: tuple[str, str]) -> str:
    with pytest.raises(Invalid) as stop:
        register.draft(changed_text("citizens-advice.yaml", *changes), name="citizens-advice.yaml")
    return str(stop.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("number: EV", "kenmerk: EV", "«kenmerk» is no key here; known are: activities"),
        ("number: EV", "kenmerk: EV", "the file lacks «number»; add it"),
        ("format: 1", "format: 2", "«2» cannot stand at «format»; write one of: 1"),
        (
            "keep: 2 years after",
            "keep: two years after",
            "«two years after ticket.last-contact» cannot stand at «terms/two-years/keep»",
        ),
        ("after ticket.last-contact", "after ticket.burned", "Events: ticket.closed, ticket.last-contact"),
        ("basis: public-task", "basis: law", "write one of: consent, contract, legal-obligation"),
        ("one-of: [email, phone]", "one-of: [email, email]", "names the same thing twice"),
        ("public-body: true", "public-body: yes", "at «controller/public-body» is expected true or false, not «yes»"),
        ("country: FI\n  visiting", "country: Finland\n  visiting", "Two capitals (NL, FI, SE)"),
        ("review: 2027-11-01", "review: 1-11-2027", "A date, year first: 2027-11-01."),
        (
            "languages: [fi, sv, en]",
            "languages: fi",
            "is expected a list in square brackets, or one thing a line after a hyphen, not «fi»",
        ),
        ("email: tietosuoja@", "email: tietosuoja at ", "A mail address: name@example.org."),
        ("smallest-group: 10", "smallest-group: 2", "a number from 3 to 100"),
        ("name: Kansalaisten neuvonta", "name: K", "is empty or too short"),
        (
            "- with: competent-authority",
            "- to: competent-authority",
            "«to» is no key here; known are: asked-by, consent",
        ),
        ("latest: 3 years", "latest: 3 decades", "`2 years`, `30 days`"),
    ],
)
def test_what_does_not_fit_is_said_in_words_of_the_file(old: str, new: str, said: str) -> None:
    found = refused((old, new))
    assert said in found
    assert "citizens-advice.yaml, line " in found


def test_several_things_are_said_at_once_in_the_order_of_lines() -> None:
    found = refused(("format: 1", "format: 2"), ("basis: public-task", "basis: law"))
    assert found.startswith("2 things must be put right first:")
    assert found.index("format") < found.index("basis")


def test_settings_and_answers_have_a_form_too() -> None:
    settings = changed_text("citizens-advice.desk.yaml", ("open-to: anyone", "open-to: friends"))
    with pytest.raises(
        Invalid, match=r"citizens-advice.desk.yaml, line 16: «friends» cannot stand at «intake/open-to»"
    ):
        register.draft(text_of("citizens-advice.yaml"), settings, name="citizens-advice.yaml")
    with pytest.raises(Invalid, match=r"answers.yaml, line 1: .* lacks «reason»"):
        register.read_answers("- {rule: R10, at: terms/x, review: 2027-01-01, role: Officer}")


@pytest.mark.parametrize("kind", ["schema.json", "settings.schema.json", "answers.schema.json"])
def test_each_schema_is_one_and_helps_at_every_key(kind: str) -> None:
    found = schema(kind)  # type: ignore[arg-type]
    Draft202012Validator.check_schema(found)
    assert found["description"]


def test_the_schema_knows_the_events_and_the_default_of_the_program() -> None:
    found = schema("schema.json")
    for event in EVENTS:
        assert event.replace(".", "\\.") in found["$defs"]["keep"]["pattern"]
        assert event in found["$defs"]["keep"]["description"]
    assert DEFAULT_LATEST in json.dumps(found["properties"]["latest"])
