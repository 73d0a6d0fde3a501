"""The look before an answer goes: it says what is worth a second look, says nothing else, and stops nothing."""

from typing import Any

import pytest

from balie.desk import checking, conversation, reporter
from balie.desk.models import Ticket
from balie.desk.tests.coming_in import ALICE, BSN, fresh, ticket
from balie.evidence.models import Entry
from balie.post.models import Outgoing


def codes(one: Ticket, text: str, *, files: int = 0) -> list[str]:
    return [remark.code for remark in checking.before(one, text, files=files, address=ALICE)]


def test_of_a_good_answer_there_is_nothing_to_say(advice: Any) -> None:
    one = ticket(advice)
    for text in (
        "",
        "  \n",
        "Dear Alice,\n\nIt works again (see [1001] and [#12]).\n\nBob",
        "Write to alice@example.org.",
    ):
        assert codes(one, text) == []


def test_what_the_register_does_not_declare_is_named_once_for_each_kind(publications: Any) -> None:
    one = ticket(publications)
    found = checking.before(one, f"Your number is {BSN}, I repeat {BSN}.", files=0, address=ALICE)
    assert [(each.code, str(each.said)) for each in found] == [
        ("undeclared", "There is a BSN in it, which this desk does not keep: leave it out if you can.")
    ]


def test_somebody_elses_address_is_asked_about(advice: Any) -> None:
    one = ticket(advice)
    (found,) = checking.before(one, "Carol (carol@example.net) had it too.", files=0, address=ALICE)
    assert (found.code, str(found.said)) == (
        "others",
        "There is data of somebody else in it (an e-mail address): is the requester to have it?",
    )


def test_what_it_quotes_of_others_is_told_apart(advice: Any) -> None:
    one = ticket(advice)
    assert codes(one, "See below.\n\n> Write to carol@example.net\n> or alice@example.org") == ["others-quoted"]
    assert codes(one, "Dave: dave@example.net\n> Carol: carol@example.net") == ["others", "others-quoted"]


def test_what_this_desk_avoids_is_said_by_name(publications: Any) -> None:
    (found,) = checking.before(ticket(publications), "Geslacht: vrouw", files=0, address=ALICE)
    assert found.code == "avoided"
    assert "this desk avoids" in str(found.said)


@pytest.mark.parametrize(
    "place", ["[name]", "{date}", "{{link}}", "<<naam>>", "______", "XXX", "......", "[uw naam]", "[päivämäärä]"]
)
def test_a_place_that_was_to_be_filled_in_is_found(advice: Any, place: str) -> None:
    (found,) = checking.before(ticket(advice), f"Dear {place}, it works.", files=0, address=ALICE)
    assert (found.code, found.said.args["place"]) == ("open", place)


@pytest.mark.parametrize("fine", ["[1001]", "[#1001]", "[]", "Wait...", "a < b and c > d", "{}", "_it_", "XX", "MAXXX"])
def test_what_people_write_is_no_open_place(advice: Any, fine: str) -> None:
    assert codes(ticket(advice), f"See {fine} there.") == []


@pytest.mark.parametrize(
    "said",
    [
        "See the attached form.",
        "The form is in the attachment.",
        "In de bijlage staat het formulier.",
        "Bijgevoegd vindt u het.",
        "Lomake on liitteenä.",
        "Ohessa lomake.",
        "Liitän lomakkeen.",
        "Formuläret bifogas inte, se bilagan.",
    ],
)
def test_a_file_that_is_spoken_of_and_does_not_go_along_is_missed(publications: Any, said: str) -> None:
    one = ticket(publications)
    assert codes(one, said) == ["no-file"]
    assert codes(one, said, files=1) == []


@pytest.mark.parametrize("said", ["Liittymä on poikki.", "Wij bijna klaar.", "An attack.", "We file it."])
def test_words_that_only_look_like_it_are_let_be(advice: Any, said: str) -> None:
    assert codes(ticket(advice), said) == []


def test_an_answer_to_a_mail_that_warns_of_its_sender_says_so_until_an_address_was_written_down(advice: Any) -> None:
    one = ticket(advice, provenance={"dmarc": "none", "warnings": ["look-alike"]})
    assert codes(one, "Here you are.") == ["outside"]
    reporter.write(one, item="email", value="alice@example.net", actor=advice.bob)
    assert codes(fresh(one), "Here you are.") == []


def test_it_stops_nothing_and_leaves_no_trace(advice: Any) -> None:
    one = ticket(advice)
    before = Entry.objects.count()
    assert codes(one, "See [name] attached, carol@example.net") == ["others", "open", "no-file"]
    assert Entry.objects.count() == before
    conversation.answer(one, text="See [name] attached, carol@example.net", actor=advice.bob)
    assert Outgoing.objects.filter(kind="answer").exists()
