"""What is written down about who asks: only what is declared, only by a person, with the conditions and consents that it needs."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from balie import vault
from balie.desk import closing, looking, reporter
from balie.desk.models import Consent, ReporterItem
from balie.desk.tests.coming_in import fresh, items, ticket
from balie.evidence.models import Entry
from balie.kernel import Invalid, Refused
from balie.people import accounts

NECESSARY = "Nimi tarvitaan vastaamiseen tai asiaan palaamiseen."


def fields(cast: Any, one: Any, actor: Any = None) -> dict[str, reporter.Field]:
    reading = vault.Reading(actor or cast.bob, "ticket.looked-at", one.handle)
    return {field.item: field for field in reporter.fields(one, reading)}


def test_the_fields_are_those_of_the_register_in_its_order(publications: Any) -> None:
    """S0.4: family name required; phone, e-mail and relation usual; the rest allowed; gender never asked for."""
    found = fields(publications, ticket(publications))
    assert [(item, field.need) for item, field in found.items()] == [
        ("family-name", "required"),
        *((item, "usual") for item in ("phone", "email", "relation")),
        *(
            (item, "allowed")
            for item in ("first-name", "initials", "name-prefix", "birth-name", "title", "mobile", "fax")
        ),
    ]
    assert [item for item, field in found.items() if field.asked] == ["family-name", "phone", "email", "relation"]
    assert (found["family-name"].placeholder, found["relation"].placeholder) == ("dummy", "burger")
    assert not any(field.value for field in found.values())


def test_the_advice_line_asks_for_an_address_or_a_number_and_a_name_only_under_conditions(advice: Any) -> None:
    """S4.2."""
    found = fields(advice, ticket(advice))
    assert [(item, field.need) for item, field in found.items()] == [
        ("email", "one-of"),
        ("phone", "one-of"),
        ("name", "when-necessary"),
    ]
    assert [str(one.by_language["fi"]) for one in found["name"].when] == [NECESSARY]
    assert (found["name"].consent, found["phone"].consent) == ("person", None)


def test_what_is_written_down_stands_in_its_field_and_is_found(publications: Any) -> None:
    one = ticket(publications)
    assert reporter.write(one, item="family-name", value="  Van den Voorbeeld ", actor=publications.bob) is None
    assert fields(publications, one)["family-name"].value == "Van den Voorbeeld"
    assert [line.handle for line in looking.search("voorbeeld", actor=publications.bob)] == [one.handle]
    told = Entry.objects.get(act="item.written-down")
    assert (told.operation, told.facts) == ("record", {"item": "family-name", "ticket": one.number})
    assert vault.about(publications.desk, [ReporterItem.objects.get().record]) == [one.requester_id]


def test_writing_it_anew_erases_what_stood_there(publications: Any) -> None:
    one = ticket(publications)
    for value in ("Voorbeld", "Voorbeeld"):
        reporter.write(one, item="family-name", value=value, actor=publications.bob)
    assert fields(publications, one)["family-name"].value == "Voorbeeld"
    assert items(one).count("family-name") == 1
    assert [line.why for line in vault.ended(publications.desk, [one.handle])] == ["corrected"]
    assert vault.find(publications.bob, "family-name", "Voorbeeld") != []


def test_what_is_avoided_is_warned_of_and_goes_on_closing(publications: Any) -> None:
    """S0.4."""
    one = ticket(publications)
    warning = reporter.write(one, item="gender", value="x", actor=publications.bob)
    assert "is avoided: strike it out" in str(warning)
    assert fields(publications, one)["gender"].value == "x"
    reporter.strike(one, item="gender", actor=publications.bob)
    assert "gender" not in fields(publications, one)


@pytest.mark.parametrize("text", ["Geslacht: vrouw", "geslacht = v", "Gender: x"])
def test_a_text_that_says_what_is_avoided_is_noticed(publications: Any, text: str) -> None:
    found = reporter.avoided_words(ticket(publications), f"Naam: Voorbeeld\n{text}\n")
    assert [word.read("nl").lower() for word in found] == ["geslacht"]
    assert reporter.avoided_words(ticket(publications), "Het geslacht van het zelfstandig naamwoord") == []


@pytest.mark.parametrize("item", ["iban", "name", "message-of-the-day", "national-number"])
def test_what_is_not_declared_is_refused_and_nothing_is_kept(publications: Any, item: str) -> None:
    one = ticket(publications)
    before = items(one)
    with pytest.raises(Refused):
        reporter.write(one, item=item, value="something", actor=publications.bob)
    assert items(one) == before
    assert not ReporterItem.objects.exists()


@pytest.mark.parametrize("value", ["", "   "])
def test_an_empty_value_is_nothing_to_write_down(publications: Any, value: str) -> None:
    with pytest.raises(Invalid, match="nothing to write down"):
        reporter.write(ticket(publications), item="phone", value=value, actor=publications.bob)


@pytest.mark.parametrize(
    "value",
    ["alice", "alice@example", "a b@example.org", "a@b@example.org", "a@x.org, b@x.org", "a@x.org\nBcc: b@x.org"],
)
def test_what_is_no_address_is_not_written_down_as_one(publications: Any, value: str) -> None:
    with pytest.raises(Invalid, match="This is no e-mail address"):
        reporter.write(ticket(publications), item="email", value=value, actor=publications.bob)


def test_a_name_needs_the_agents_word_and_the_persons_consent_which_are_recorded(advice: Any) -> None:
    """S4.2."""
    one = ticket(advice)
    with pytest.raises(Refused, match="only when a named agent confirms"):
        reporter.write(one, item="name", value="Onni Esimerkki", actor=advice.bob, consent=["person"])
    with pytest.raises(Refused, match="only with the recorded consent of the person"):
        reporter.write(one, item="name", value="Onni Esimerkki", actor=advice.bob, confirmed=[NECESSARY])
    assert not Consent.objects.exists()
    reporter.write(
        one, item="name", value="Onni Esimerkki", actor=advice.bob, confirmed=[NECESSARY], consent=["person"]
    )
    given = Consent.objects.get()
    assert (given.item, given.party, given.wording, given.withdrawn_at) == ("name", "person", NECESSARY, None)
    assert given.heard_by == accounts.account_of(advice.bob)
    assert fields(advice, one)["name"].value == "Onni Esimerkki"


def test_consent_that_is_taken_back_erases_the_name_at_once(real: Any) -> None:
    """S4.2; GDPR 7(3)."""
    from balie.vault.models import Erasure
    from conftest import cast_of

    advice = cast_of("citizens-advice", other="publications")
    one = ticket(advice)
    reporter.write(
        one, item="name", value="Onni Esimerkki", actor=advice.bob, confirmed=[NECESSARY], consent=["person"]
    )
    reporter.strike(one, item="name", actor=advice.bob)
    assert "name" not in items(one)
    assert Consent.objects.get().withdrawn_at is not None
    line = Erasure.objects.get(item="name")
    assert (line.why, line.key_destroyed_at is None) == ("struck-out", False)
    assert vault.find_beginning(advice.bob, "onni") == []
    told = Entry.objects.get(act="item.struck-out")
    assert (told.operation, told.facts) == ("erase", {"item": "name", "ticket": one.number})


def test_striking_what_does_not_stand_there_changes_nothing(publications: Any) -> None:
    one = ticket(publications)
    reporter.strike(one, item="phone", actor=publications.bob)
    assert not Entry.objects.filter(act="item.struck-out").exists()


def test_what_is_on_hold_or_must_be_kept_is_not_struck_out_and_stays_in_its_field(publications: Any) -> None:
    one = ticket(publications)
    reporter.write(one, item="phone", value="020 794 0123", actor=publications.bob)
    vault.hold([ReporterItem.objects.get().record], reason="claim", actor=publications.dora)
    with pytest.raises(Refused, match="may not be erased yet"):
        reporter.strike(one, item="phone", actor=publications.bob)
    assert fields(publications, one)["phone"].value == "020 794 0123"


def test_what_is_struck_out_of_a_closed_ticket_goes_too(publications: Any) -> None:
    one = ticket(publications)
    reporter.write(one, item="phone", value="020 794 0123", actor=publications.bob)
    closing.close(one, actor=publications.bob)
    with pytest.raises(Refused, match="open it again first"):
        reporter.write(one, item="phone", value="020 794 0124", actor=publications.bob)
    reporter.strike(one, item="phone", actor=publications.bob)
    assert "phone" not in items(one)


def test_what_is_written_down_late_runs_from_the_last_contact_as_all_the_rest(advice: Any) -> None:
    one = ticket(advice, at=timezone.now() - timedelta(days=300))
    reporter.write(one, item="phone", value="09 123 4567", actor=advice.bob)
    assert len({kept.erase_at for kept in vault.describe(advice.desk, held_by=[one.handle])}) == 1


def test_dora_and_charlie_see_what_their_teams_cover_in_the_fields(publications: Any) -> None:
    one = ticket(publications)
    reporter.write(one, item="phone", value="020 794 0123", actor=publications.bob)
    assert fields(publications, one, publications.dora)["phone"].value == "020 794 0123"
    assert fields(publications, fresh(one), publications.charlie)["phone"].value == ""
