"""What the public reads: the desks, the notice of each in its languages, and the address of every activity."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from balie import register
from balie.kernel import Actor
from balie.register.tests.desks_read import text_of


def test_every_desk_is_named_with_its_address_and_notice(publications: Any, browse: Any) -> None:
    page = browse().get("/").content.decode()
    for desk in ("publications", "citizens-advice"):
        assert f'href="/{desk}/notice"' in page
        assert register.mail_address(register.in_force(desk)) in page


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_notice_is_read_in_each_language_of_its_register(language: str, advice: Any, browse: Any) -> None:
    answer = browse().get("/citizens-advice/notice", {"language": language})
    page = answer.content.decode()
    told = register.notice_for(register.in_force("citizens-advice"), audience="public", language=language)
    assert f'<html lang="{language}">' in page
    assert told.name in page
    assert all(section.heading in page for section in told.sections)


def test_a_language_that_the_register_does_not_have_is_its_first(publications: Any, browse: Any) -> None:
    assert browse(language="fi").get("/publications/notice")["Content-Language"] == "nl"


def test_the_right_to_object_stands_apart(advice: Any, browse: Any) -> None:
    page = browse(language="fi").get("/citizens-advice/notice").content.decode()
    assert page.count('class="notice apart"') == 1


def test_the_address_in_the_evidence_can_be_read(publications: Any, browse: Any) -> None:
    version = register.in_force("publications")
    page = browse().get(version.uri("service-desk")).content.decode()
    assert version.digest in page


def test_what_never_was_is_not_there(publications: Any, browse: Any) -> None:
    for url in (
        "/register/publications/service-desk/versions/99",
        "/register/publications/no-such/versions/1",
        "/register/no-such/service-desk/versions/1",
    ):
        assert browse().get(url).status_code == 404


def test_an_internal_activity_is_for_the_desks_own_staff(publications: Any, browse: Any) -> None:
    version = register.in_force("citizens-advice")
    hidden = [name for name, act in version.data["activities"].items() if act.get("notice") == "internal"]
    for name in hidden:
        assert browse().get(version.uri(name)).status_code == 404
        assert browse(publications.bob).get(version.uri(name)).status_code == 404
        assert browse(publications.charlie).get(version.uri(name)).status_code == 200


@pytest.fixture
def longer(publications: Any) -> register.Version:
    """A second version of the publication office's register, with a longer term and one more kind of data."""
    first = register.in_force("publications")
    text = text_of("publications.yaml").replace("keep: 1 year after ticket.closed", "keep: 2 years after ticket.closed")
    text = text.replace("usual: [phone, email, relation]", "usual: [phone, email, relation, function]")
    answers = list(first.answers)
    actor = Actor.system("set-up", "publications")
    return register.adopt("publications", text, text_of("publications.desk.yaml"), actor=actor, answers=answers)


def test_an_earlier_notice_can_be_read_and_says_what_changed_since(longer: register.Version, browse: Any) -> None:
    page = browse(language="nl").get(f"/publications/notice/versions/{longer.number - 1}").content.decode()
    assert "Deze versie is niet meer van kracht." in page
    assert "was 1 jaar na het sluiten van de melding, is nu 2 jaar na het sluiten van de melding" in page
    assert "voortaan ook bewaard: Functie" in page
    now = browse(language="nl").get("/publications/notice").content.decode()
    assert "niet meer van kracht" not in now
    assert f'href="/publications/notice/versions/{longer.number - 1}?language=nl"' in now
    assert browse().get(f"/publications/notice/versions/{longer.number + 1}").status_code == 404


def test_the_public_hears_nothing_of_changes_to_internal_activities(advice: Any) -> None:
    old = register.in_force("citizens-advice")
    text = text_of("citizens-advice.yaml")
    at = text.index("  agents:")
    more = text[:at] + text[at:].replace("required: [name, email", "required: [name, mobile, email", 1)
    new = register.draft(more, text_of("citizens-advice.desk.yaml"))
    assert register.compared(old, new, language="en").meant
    told = register.compared(old, new, language="en", audience="public")
    assert told.meant == ()
    assert told.passages == ()


@pytest.mark.parametrize("kind", ["schema.json", "settings.schema.json", "answers.schema.json"])
def test_the_form_of_each_file_is_at_an_address_that_stays(kind: str, publications: Any, browse: Any) -> None:
    answer = browse().get(f"/register/{kind}")
    assert answer["Content-Type"] == "application/schema+json"
    found = json.loads(answer.content)
    assert found["$id"].endswith(f"/register/{kind}")
    Draft202012Validator.check_schema(found)
    assert browse().get("/register/other.json").status_code == 404
