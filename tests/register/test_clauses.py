"""What GDPR 13, 14 and 21(4) ask to be told: each clause is walked to the element of the page that tells it, for every register."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from tests.register.examples_read import changed, example
from tests.register.published import page

from balie import register
from balie.register import Version
from balie.register.tests.desks_read import draft_of

EXAMPLES = ("publications", "newsletter-editors", "telecom", "municipal-websites", "citizens-advice")
REGISTERS = (*(f"example {name}" for name in EXAMPLES), *EXAMPLES)


@cache
def version(name: str) -> Version:
    return example(name.removeprefix("example ")) if name.startswith("example ") else draft_of(name)


def told(v: Version) -> list[dict[str, Any]]:
    """The activities that the public is told of and in which we decide ourselves."""
    acts = [act for act in v.data["activities"].values() if act.get("notice", "public") == "public"]
    return [act for act in acts if act.get("role") != "processor"]


def bases(v: Version) -> set[str]:
    return {purpose["basis"] for act in told(v) for purpose in act["purposes"].values()}


def places(v: Version) -> list[register.Place]:
    acts = v.data["activities"]
    return [one for one in v.places.values() if acts[one.activity].get("notice", "public") == "public"]


# clause: the ids at which it may be told, whether this register owes it, and words of the register that must be read there.
Words = Callable[[Version], list[str]]
TABLE: dict[str, tuple[tuple[str, ...], Callable[[Version], bool], Words]] = {
    "13(1)(a), 14(1)(a)": (("controller",), lambda v: True, lambda v: [v.data["controller"]["name"]]),
    "13(1)(b), 14(1)(b)": (("officer",), lambda v: "dpo" in v.data, lambda v: [v.data["dpo"]["email"]]),
    "13(1)(c), 14(1)(c)": (
        ("purpose", "basis", "services"),
        lambda v: True,
        lambda v: [purpose["what"] for act in told(v) for purpose in act["purposes"].values()],
    ),
    "13(1)(d), 14(2)(b)": (
        ("basis",),
        lambda v: "legitimate-interest" in bases(v),
        lambda v: [
            purpose["because"]
            for act in told(v)
            for purpose in act["purposes"].values()
            if purpose["basis"] == "legitimate-interest"
        ],
    ),
    "14(1)(d)": (
        ("data-",),
        lambda v: any(set(one.sources) - {"person"} for one in places(v)),
        lambda v: [block["who"] for act in told(v) for block in act["people"].values()],
    ),
    "13(1)(e), 14(1)(e)": (
        ("recipients",),
        lambda v: True,
        lambda v: [v.data["recipients"][line.to]["who"] for line in v.shares[next(iter(v.data["activities"]))]],
    ),
    "13(1)(f), 14(1)(f)": (("transfers",), lambda v: True, lambda v: []),
    "13(2)(a), 14(2)(a)": (
        ("retention-", "retention"),
        lambda v: True,
        lambda v: [
            v.data["terms"][one.rule.term].get("why", "") for one in places(v) if one.rule.term in v.data["terms"]
        ],
    ),
    "13(2)(b), 14(2)(c)": (("rights",), lambda v: True, lambda v: []),
    "13(2)(c), 14(2)(d)": (
        ("right-withdraw",),
        lambda v: "consent" in bases(v) or any(one.consent == "person" for one in places(v)),
        lambda v: [],
    ),
    "13(2)(d), 14(2)(e)": (("complaint",), lambda v: True, lambda v: []),
    "13(2)(e)": (
        ("obligation-",),
        lambda v: True,
        lambda v: [act["without"] for act in told(v) if "without" in act],
    ),
    "14(2)(f)": (("source-",), lambda v: any(set(one.sources) - {"person"} for one in places(v)), lambda v: []),
    "13(2)(f), 14(2)(g)": (("decisions",), lambda v: True, lambda v: []),
    "21(4)": (
        ("objection",),
        lambda v: bool(bases(v) & {"legitimate-interest", "public-task"}),
        lambda v: [v.data["objections"]["tell"]] if "tell" in v.data.get("objections", {}) else [],
    ),
}


def cases() -> Iterator[tuple[str, str, str]]:
    for name in REGISTERS:
        for language in version(name).languages:
            for clause in TABLE:
                yield name, language, clause


@cache
def published(name: str, language: str) -> Any:
    return page(version(name), language)


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(("name", "language", "clause"), list(cases()))
def test_each_clause_is_told_where_the_notice_says(name: str, language: str, clause: str) -> None:
    v = version(name)
    begins, owed, words = TABLE[clause]
    notice, elements = published(name, language)
    found = {one.number: one for one in notice.clauses}
    assert (clause in found) == owed(v)
    if not owed(v):
        return
    at = found[clause].at
    assert at, f"nothing tells {clause}"
    assert all(one.startswith(begins) for one in at)
    read = flat(" ".join(elements.found[one] for one in at))
    assert len(read) > 10
    for expected in filter(None, words(v)):
        assert flat(v.wording(expected).read(language)).rstrip(".").lower() in read.lower(), expected
    assert f"#{at[0]}" in elements.links


@pytest.mark.parametrize("name", REGISTERS)
def test_the_right_to_object_stands_in_a_block_of_its_own(name: str) -> None:
    notice, elements = published(name, version(name).languages[0])
    apart = [section.id for section in notice.sections if section.apart]
    assert apart == (["objection"] if notice.right_to_object else [])
    if apart:
        assert len(flat(elements.found["objection"])) > 40


@pytest.mark.parametrize("name", REGISTERS)
def test_every_link_of_the_page_leads_to_one_of_its_elements(name: str) -> None:
    _, elements = published(name, version(name).languages[0])
    assert elements.links
    assert {one[1:] for one in elements.links if one.startswith("#")} <= elements.found.keys()


def test_each_kind_of_organisation_has_its_layout() -> None:
    layouts = {name: published(name, version(name).languages[0])[0].layout for name in EXAMPLES}
    assert layouts == {
        "publications": "record",
        "newsletter-editors": "record",
        "telecom": "services",
        "municipal-websites": "policy",
        "citizens-advice": "seloste",
    }


@pytest.mark.parametrize("name", ["publications", "newsletter-editors"])
def test_s0_11_and_s1_8_the_dutch_register_page_has_every_heading(name: str) -> None:
    notice, _elements = published(f"example {name}", "nl")
    headings = [section.heading.partition(":")[0] for section in notice.sections]
    asked = (
        *("Gegevensverwerking", "Doel van de verwerking", "Rechtsgrond", "Betrokkenen en gegevens"),
        *("Automatische besluitvorming", "Ontvangers", "Doorgifte buiten EU", "Verantwoordelijken"),
        "Gerelateerde verwerkingen",
    )
    order = [headings.index(one) for one in asked]
    assert order == sorted(order)
    labels = {row.label for section in notice.sections for row in section.rows}
    assert {"Omschrijving", "Organisatie", "Referentienummer", "Naam"} <= labels
    each = ("Betrokkene(n)", "Persoonsgegevens", "Verzameldoel", "Bewaartermijn", "Bron", "Aanleverplicht")
    for section in notice.sections:
        if section.id.startswith("data-"):
            assert tuple(row.label for row in section.rows) == each
    if name == "publications":
        assert {"Bezoekadres", "Postadres"} <= labels
    else:
        groups = [one for one in notice.sections if one.id.startswith("data-access-")]
        assert len(groups) == 2
        assert len(dict.fromkeys(version(f"example {name}").data["activities"]["access"]["purposes"])) == 2


def test_s2_1_the_processors_table_has_a_row_for_each_service() -> None:
    v = version("example telecom")
    notice, _ = published("example telecom", "nl")
    table = notice.section("services").table
    assert table.heads == ("Dienst", "Persoonsgegevens", "Doeleinden", "Grondslag", "Verwerkers en andere ontvangers")
    public = {name: act for name, act in v.data["activities"].items() if act.get("notice", "public") == "public"}
    assert [row.id for row in table.rows] == [f"service-{name}" for name in public]
    assert len(table.rows) >= 14
    for row, act in zip(table.rows, public.values(), strict=True):
        assert row.name == act["name"]
        assert ("Onze rol: verwerker." in row.below) == (act.get("role") == "processor")
        for system in act.get("systems", ()):
            assert v.data["systems"][system]["name"] in " ".join(row.below)
        data, purposes, _basis, _others = (" ".join(cell) for cell in row.cells)
        for block in act["people"].values():
            assert block["who"] in data
        for purpose in act["purposes"].values():
            assert purpose["what"] in purposes
    assert table.rows[0].cells[3] == ("Geen",)


def test_s3_the_help_desks_page_says_how_it_works_with_cookies_and_other_people_s_data() -> None:
    v = register.draft(*_help_desk(), name="municipal-websites.yaml")
    notice, elements = page(v, "nl")
    ids = [section.id for section in notice.sections]
    assert (
        ids.index("work")
        < ids.index("cookies")
        < ids.index("others")
        < ids.index("objection")
        < ids.index("controller")
    )
    assert "session (noodzakelijk)" in elements.found["cookies"]
    assert "preferences (functioneel)" in elements.found["cookies"]
    assert "Contactpersoon algemeen: mag melden, offertes goedkeuren" in elements.found["contacts-approved"]
    assert "nooit met naam of adres" in elements.found["contacts-approved"]
    assert "alleen op uitnodiging" in elements.found["work"]


def _help_desk() -> tuple[bytes, bytes]:
    from tests.register.examples_read import HERE

    folder = HERE / "examples"
    return (folder / "municipal-websites.yaml").read_bytes(), (folder / "municipal-websites.desk.yaml").read_bytes()


def test_what_the_law_does_not_ask_may_be_kept_for_the_record() -> None:
    v = changed("citizens-advice", {"notice": {"protection": "internal", "systems": "public"}})
    public = {one.id for one in register.notice_for(v, audience="public", language="fi").sections}
    record = {one.id: one for one in register.notice_for(v, audience="staff", language="fi").sections}
    assert "protection" not in public
    assert "systems" in public
    assert not record["protection"].public
    assert record["systems"].public
    assert not record["operations"].public


def test_no_part_that_a_clause_asks_for_can_be_kept_for_the_record() -> None:
    from balie.register.shape import schema

    chosen = set(schema("schema.json")["properties"]["notice"]["properties"])
    owed = {begin.rstrip("-") for begins, _, _ in TABLE.values() for begin in begins}
    assert not chosen & owed
