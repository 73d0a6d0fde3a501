"""What the public reads: the desks, the notice of each in its languages, and the address of every activity."""

from typing import Any

import pytest

from balie import register


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
