"""A version: nothing in it can be changed, and its words are read in the language of the reader."""

from dataclasses import FrozenInstanceError

import pytest
from tests.register.examples_read import HERE, example

from balie import register
from balie.register.reading import read
from balie.register.tests.desks_read import draft_of, text_of
from balie.register.versions import version_of


def test_nothing_in_a_version_can_be_changed() -> None:
    v = draft_of("publications")
    with pytest.raises(FrozenInstanceError):
        v.number = 7  # type: ignore[misc]
    with pytest.raises(TypeError):
        v.data["desk"] = "other"  # type: ignore[index]
    with pytest.raises(TypeError):
        v.data["controller"]["name"] = "other"
    assert isinstance(v.data["languages"], tuple)
    with pytest.raises(TypeError):
        v.settings["teams"]["servicedesk"] = {}
    with pytest.raises(TypeError):
        v.places["a", "b", "c"] = None  # type: ignore[index]


def test_each_activity_of_a_version_has_an_address() -> None:
    v = version_of(read(text_of("publications.yaml"), name="x"), number=12)
    assert v.uri("service-desk") == "/register/publications/service-desk/versions/12"


def test_labels_and_sentences_are_read_in_the_language_of_the_reader() -> None:
    v = draft_of("citizens-advice")
    assert v.label("phone").read("sv") == "Telefonnummer"
    assert v.wording("Kansalaisten neuvonta").read("en") == "Advice to citizens"
    assert v.wording("Kansalaisten neuvonta").read("nl") == "Kansalaisten neuvonta"
    assert v.wording("Tuntematon lause.").read("sv") == "Tuntematon lause."
    assert v.label("no-such-word").read("fi") == "no-such-word"


def test_services_and_teams_come_from_the_settings() -> None:
    v = draft_of("publications")
    assert v.services["accounts"].activity == "account-requests"
    assert v.services["accounts"].name.read("en") == "Accounts and access"
    assert v.teams["servicedesk"].covers == {"service-desk", "account-requests", "agents/work"}
    assert example("publications").services == {}


def test_the_same_file_makes_the_same_version() -> None:
    assert draft_of("publications") == draft_of("publications")
    assert hash(draft_of("publications")) == hash(draft_of("publications"))
    assert draft_of("publications") != draft_of("publications", ("1 year after", "2 years after"))


def test_a_file_s_own_words_take_from_the_word_that_they_are_like() -> None:
    v = register.draft(_with_own_words(), name="x.yaml")
    assert v.label("badge-number").read("nl") == "Pasnummer"
    assert v.words["badge-number"].dpv == "pd:UID"
    assert v.words["illness"].special == "health"


def _with_own_words() -> str:
    text = (HERE / "examples" / "publications.yaml").read_text(encoding="utf-8")
    return text.replace(
        "stays-in: EU",
        "words:\n  badge-number: {label: Pasnummer, like: serial-number}\n"
        "  illness: {label: Ziekte, like: message, special: health}\nstays-in: EU",
    )
