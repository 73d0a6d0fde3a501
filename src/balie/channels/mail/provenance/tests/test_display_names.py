"""Names that deceive: an address in them, the desk's own name, the name of a member of staff; and those that do not."""

from typing import Any

import pytest

from balie import vault
from balie.channels.mail.provenance.display_names import deceives
from balie.people import accounts

OUT = "someone@mail.test"


@pytest.mark.parametrize(
    "name",
    [
        "alice@example.org",
        "Alice Example (alice@example.org)",
        "'alice@example.org' via a list",
        "alice＠example.org",  # a wide @
        "<alice@example.org>",
        "alice@sub.example.org.",
        "servicedesk@publications.test",
    ],
)
def test_a_name_that_shows_another_address(publications: Any, name: str) -> None:
    assert deceives(name, OUT, desk=publications.desk)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Alice Example",
        "someone@mail.test",
        "someone@office.mail.test",
        "SOMEONE@MAIL.TEST",
        "Alice @ Example",
        "@alice",
        "Alice | example.org",
        "Service desk",
        "info",
        "x" * 5000,
        "@" * 5000,
        "a@" * 3000,
    ],
)
def test_a_name_that_shows_none(publications: Any, name: str) -> None:
    assert not deceives(name, OUT, desk=publications.desk)


@pytest.mark.parametrize(
    "name",
    [
        "Servicedesk van het publicatiebureau",
        "SERVICEDESK  VAN HET PUBLICATIEBUREAU",
        "De Servicedesk van het publicatiebureau (spoed)",
        "Servicedesk vаn het publicаtiebureau",  # with Cyrillic letters
        "Serv1cedesk van het publicatiebureau",
        "Voorbeeldministerie, Rijksbureau Voorbeeldpublicaties",
    ],
)
def test_the_name_of_the_desk_on_a_strangers_mail(publications: Any, name: str) -> None:
    assert deceives(name, OUT, desk=publications.desk)
    assert not deceives(name, publications.address, desk=publications.desk)
    assert not deceives(name, "colleague@mail.publications.test", desk=publications.desk)


def test_the_name_of_a_member_of_staff_on_a_strangers_mail(publications: Any) -> None:
    account, _ = accounts.appoint(
        name="Quirina Zwaardvisser", email="quirina@example.org", roles=["agent"], teams=[], actor=publications.ada
    )
    for name in ("Quirina Zwaardvisser", "QUIRINA  ZWAARDVISSER", '"Zwaardvisser, Quirina"', "Zwaardvisser, Quirina"):
        assert deceives(name, OUT, desk=publications.desk), name
    for name in ("Quirina", "Zwaardvisser", "Quirina Zwaardvissers", "Quirina Z."):
        assert not deceives(name, OUT, desk=publications.desk), name
    assert not deceives("Quirina Zwaardvisser", "Quirina@Example.org", desk=publications.desk)
    accounts.end(account, actor=publications.ada)
    assert not deceives("Quirina Zwaardvisser", OUT, desk=publications.desk)


def test_a_name_of_staff_is_found_without_opening_any(publications: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    accounts.appoint(name="Quirina Zwaardvisser", email="q@example.org", roles=[], teams=[], actor=publications.ada)

    def refuse(*_: Any) -> None:
        raise AssertionError("a record was opened")

    monkeypatch.setattr(vault.Reading, "open", refuse)
    assert deceives("Quirina Zwaardvisser", OUT, desk=publications.desk)


def test_staff_of_another_desk_are_nobody_here(publications: Any, advice: Any) -> None:
    accounts.appoint(name="Quirina Zwaardvisser", email="q@example.org", roles=["agent"], teams=[], actor=advice.ada)
    assert not deceives("Quirina Zwaardvisser", OUT, desk=publications.desk)
    assert deceives("Quirina Zwaardvisser", OUT, desk=advice.desk)
