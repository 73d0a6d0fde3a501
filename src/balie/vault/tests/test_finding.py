"""Finding: by words in any of their forms, by names, addresses, numbers and their beginnings; a dump of the index holds no word."""

import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st

from balie import vault
from balie.kernel import handles
from balie.vault import index, words
from balie.vault.tests.keeping import OFF_LIMITS, put

DUTCH = "Geachte redactie, de vergunningen voor onze gebouwen zijn door de gemeenten afgewezen."
FINNISH = "Hakemuksissani oli virheitä, enkä pääse palveluihin. Kirjastoissa autettiin."
ENGLISH = "The applications kept crashing while we were publishing several announcements."
SWEDISH = "Ansökningarna försvann när tjänsterna uppdaterades."
SAME_DESK = tried(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)  # nothing is written


def found(cast: Any, text: str) -> list[Any]:
    return [one.handle for one in vault.search(cast.bob, text)]


def begun(cast: Any, text: str) -> list[Any]:
    return [one.handle for one in vault.find_beginning(cast.bob, text)]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (DUTCH, ["vergunning", "Vergunningen", "gebouw", "gemeente", "afgewezen", "vergunningen gebouwen gemeente"]),
        (FINNISH, ["virhe", "virheet", "palvelu", "palvelussa", "kirjasto", "kirjastot", "hakemuksissa", "PÄÄSE"]),
        (ENGLISH, ["application", "crash", "crashes", "publish", "announcement", "publishing announcements"]),
        (SWEDISH, ["ansökning", "tjänst", "tjänster", "uppdaterade"]),
    ],
)
def test_a_text_is_found_by_any_form_of_its_words(publications: Any, text: str, asked: list[str]) -> None:
    handle = put(publications, "message", text)
    put(publications, "message", "Something else altogether, iets anders, jotain muuta.")
    assert {words: found(publications, words) for words in asked} == {words: [handle] for words in asked}


def test_all_words_that_were_asked_for_must_be_there(publications: Any) -> None:
    handle = put(publications, "message", DUTCH)
    assert found(publications, "gebouw gemeente") == [handle]
    assert found(publications, "gebouw kasteel") == []


@pytest.mark.parametrize("text", ["", "   ", "!?", '"', "* ^ : ( ) { } + -", "NEAR(a b) OR", "x" * 70, "\ud83d"])
def test_whatever_is_typed_finds_nothing_rather_than_an_error(publications: Any, text: str) -> None:
    put(publications, "message", "ordinary words")
    assert found(publications, text) == []
    assert begun(publications, text) == []


def test_thousands_of_words_are_searched_for_without_an_error(publications: Any) -> None:
    handle = put(publications, "message", " ".join(f"word{n}" for n in range(3000)))
    assert found(publications, " ".join(f"word{n}" for n in range(3000))) == [handle]


def test_accents_capitals_and_full_width_signs_make_no_difference(publications: Any) -> None:
    handle = put(publications, "message", "CAFÉ Ｂａｌｉｅ straße")
    for asked in ("café", "Cafe\u0301", "balie", "STRASSE"):
        assert found(publications, asked) == [handle], asked


def test_an_address_is_found_whole_whatever_its_capitals_and_not_by_a_part(publications: Any) -> None:
    handle = put(publications, "email", "Alice.Example@Example.ORG")

    def exact(text: str) -> list[Any]:
        return [one.handle for one in vault.find(publications.bob, "email", text)]

    assert exact(" alice.example@example.org ") == [handle]
    assert exact("alice.example@example.or") == []
    assert exact("example@example.org") == []
    assert exact("") == []


@pytest.mark.parametrize(
    "typed", ["+31 20 794 0123", "020-7940123", "(020) 794 01 23", "0031207940123", "+31 (0)20 7940123"]
)
@pytest.mark.parametrize("asked", ["+31207940123", "020 794 0123", "0031 20 794 0123"])
def test_a_number_is_found_whole_however_either_was_written(publications: Any, typed: str, asked: str) -> None:
    handle = put(publications, "phone", typed)
    other = put(publications, "phone", "020 794 0124")
    assert [one.handle for one in vault.find(publications.bob, "phone", asked)] == [handle]
    assert other != handle


@pytest.mark.parametrize("typed", ["+31 20 794 0123", "020-7940123"])
@pytest.mark.parametrize(
    "begins", ["020", "020 79", "020-794 01", "+31 20", "+31(0)20 794", "0031 20", "20794", "(020) 794"]
)
def test_a_number_is_found_by_its_beginning_as_dialled_at_home_or_from_abroad(
    publications: Any, typed: str, begins: str
) -> None:
    handle = put(publications, "phone", typed)
    put(publications, "phone", "+358 9 123 456")
    assert begun(publications, begins) == [handle]


def test_a_number_of_another_country_is_found_as_it_is_dialled_there(publications: Any) -> None:
    handle = put(publications, "mobile", "+358 40 123 4567", source="staff")
    assert begun(publications, "040 123") == begun(publications, "+358 40") == [handle]


@pytest.mark.parametrize("begins", ["ali", "alice@", "ALICE@EX", "alice@example.org"])
def test_an_address_is_found_by_its_beginning(publications: Any, begins: str) -> None:
    handle = put(publications, "email", "alice@example.org")
    assert begun(publications, begins) == [handle]


def test_an_address_longer_than_any_beginning_is_found_whole(publications: Any) -> None:
    address = "a.rather.long.name@a-rather-long-domain.example.org"
    handle = put(publications, "email", address)
    assert begun(publications, address.upper()) == begun(publications, address[:24]) == [handle]


@pytest.mark.parametrize("begins", ["van", "van den", "Van den Voor", "voor", "beeld", "den"])
def test_a_name_is_found_by_the_beginning_of_it_or_of_each_of_its_words(publications: Any, begins: str) -> None:
    handle = put(publications, "family-name", "Van den Voorbeeld-Beeldema", source="staff")
    assert begun(publications, begins) == [handle]


@pytest.mark.parametrize("begins", ["a", "al", "02", "lice", "xample", "@example.org", "31"])
def test_less_than_three_signs_or_a_middle_finds_nothing(publications: Any, begins: str) -> None:
    put(publications, "email", "alice@example.org")
    put(publications, "phone", "020 794 0123")
    assert begun(publications, begins) == []


def test_only_the_whole_name_counts_as_exact(publications: Any) -> None:
    handle = put(publications, "family-name", "Van den Voorbeeld", source="staff")
    assert [one.handle for one in vault.find(publications.bob, "family-name", "van den voorbeeld")] == [handle]
    assert vault.find(publications.bob, "family-name", "Voorbeeld") == []


def test_the_other_desk_finds_nothing_of_ours_by_the_same_words(publications: Any) -> None:
    put(publications, "message", DUTCH)
    put(publications, "email", "alice@example.org")
    assert vault.search(publications.charlie, "vergunning") == []
    assert vault.find(publications.charlie, "email", "alice@example.org") == []
    assert vault.find_beginning(publications.charlie, "alice") == []


def test_the_newest_come_first_among_addresses(publications: Any) -> None:
    kept = [put(publications, "email", "alice@example.org") for _ in range(4)]
    assert [one.handle for one in vault.find(publications.bob, "email", "alice@example.org")] == kept[::-1]
    assert [one.handle for one in vault.find(publications.bob, "email", "alice@example.org", limit=2)] == kept[:1:-1]


def test_a_text_is_not_found_by_what_is_masked_in_it(publications: Any) -> None:
    text = "Mijn nummer is 111222333 en dat was het"
    handle = put(publications, "message", text, unsearched=((text.index("1"), text.index("1") + 9),))
    assert found(publications, "nummer") == found(publications, "het") == [handle]
    assert found(publications, "111222333") == []


def test_the_ids_of_a_mail_are_found_by_nobody(publications: Any) -> None:
    put(publications, "message", b'["abcdef@mailer.example.org"]')
    assert found(publications, "mailer") == []
    assert list(index.all_handles()) == []


def test_files_and_secrets_are_found_by_nothing(publications: Any) -> None:
    put(publications, "attachment", b"vergunning.pdf")
    put(publications, "raw-message", b"vergunning")
    assert found(publications, "vergunning") == []


def test_a_dump_of_the_index_holds_no_word_and_no_number(publications: Any) -> None:
    put(publications, "message", f"{OFF_LIMITS} rings on 0207940123 about {DUTCH}")
    put(publications, "family-name", OFF_LIMITS, source="staff")
    put(publications, "phone", "0207940123")
    put(publications, "email", "quintessa@example.org")
    index.close()
    dump = b"".join(path.read_bytes() for path in Path(settings.BALIE_INDEX).parent.iterdir()).lower()
    assert len(dump) > 1000
    for text in (OFF_LIMITS, DUTCH, "quintessa@example.org", "0207940123"):
        for word in re.findall(r"\w{4,}", text.lower()):
            for stem in {word, word[:5] if word.isalpha() else word}:  # five digits may stand in a hash by chance
                assert stem.encode() not in dump, stem
                assert stem.encode("utf-16-le") not in dump, stem


def test_equal_words_look_equal_within_a_desk_and_different_between_desks(publications: Any) -> None:
    assert words.of_text("publications", "woord") == words.of_text("publications", "Woord")
    assert not set(words.of_text("publications", "woord")) & set(words.of_text("citizens-advice", "woord"))
    assert words.of_value("publications", "email", "a@example.org", "NL").isdisjoint(
        words.of_value("citizens-advice", "email", "a@example.org", "FI")
    )


@SAME_DESK
@given(text=st.text(max_size=60))
def test_every_text_is_found_by_each_of_its_own_words(publications: Any, text: str) -> None:
    kept = set(words.of_text("publications", text))
    for group in words.of_query("publications", text):
        assert kept & set(group)


@SAME_DESK
@given(name=st.text(min_size=1, max_size=40), length=st.integers(3, 24))
def test_every_name_is_found_by_each_of_its_own_beginnings(publications: Any, name: str, length: int) -> None:
    kept = words.of_value("publications", "family-name", name, "NL")
    begins = unicodedata.normalize("NFKC", name).casefold().strip()[:length].strip()
    if len(begins) >= 3:
        assert kept & set(words.beginnings_of("publications", begins))


def test_a_record_put_twice_under_one_handle_is_found_once(publications: Any) -> None:
    handle, ticket = handles.new(), handles.new()
    for text in ("first", "second"):
        index.put([index.Entry(handle, ticket, words.of_text("publications", text))])
    assert found(publications, "first") == []
    assert [one.held_by for one in vault.search(publications.bob, "second")] == [ticket]
