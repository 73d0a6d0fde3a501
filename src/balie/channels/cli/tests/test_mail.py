"""Mail from files goes the way of mail from a mail server; what came of it is said by number."""

import io
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from balie.desk.models import Message, Ticket

MAIL = "From: Alice Example <alice@example.org>\nTo: {to}\nSubject: Locked out\nMessage-ID: <1@example.org>\n\nNo way in.\n"


@pytest.fixture
def letter(publications: Any, tmp_path: Path) -> Path:
    path = tmp_path / "letter.eml"
    path.write_text(MAIL.format(to=publications.address))
    return path


@pytest.mark.django_db(transaction=False, databases=["default", "keys"])
def test_a_mail_from_a_file_opens_a_ticket(balie: Any, publications: Any, letter: Path) -> None:
    (one,) = balie("mail", "deliver", letter, "--json").json
    assert (one["desk"], one["ticket"], one["opened"], one["again"]) == ("publications", 1001, True, False)
    ticket = Ticket.objects.get()
    assert ticket.channel == "mail"
    assert Message.objects.get().arrival.hex == one["handle"]
    assert "alice" not in str(one).lower()


def test_the_same_mail_twice_is_kept_once(balie: Any, publications: Any, letter: Path) -> None:
    first = balie("mail", "deliver", letter)
    assert first.out.rstrip().endswith("opened ticket 1001")
    again = balie("mail", "deliver", letter)
    assert again.out.rstrip().endswith("came before, ticket 1001")
    assert Message.objects.count() == 1


def test_a_mail_for_no_desk_is_refused_and_the_others_are_taken(
    balie: Any, publications: Any, letter: Path, tmp_path: Path
) -> None:
    lost = tmp_path / "lost.eml"
    lost.write_text(MAIL.format(to="nobody@example.org"))
    said = balie("mail", "deliver", lost, letter)
    assert said.status == 1
    assert "No desk receives mail" in said.err
    assert Ticket.objects.count() == 1


def test_the_envelope_counts_before_the_header(balie: Any, advice: Any, tmp_path: Path) -> None:
    letter = tmp_path / "letter.eml"
    letter.write_text("Return-Path: <>\n" + MAIL.format(to="undisclosed-recipients:;"))
    assert balie("mail", "deliver", letter, "--to", advice.address).status == 0
    assert Ticket.objects.get().desk == "citizens-advice"
    assert Message.objects.get().automatic  # an empty sender is a machine's


def test_a_mail_can_come_by_standard_input(
    balie: Any, publications: Any, letter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(letter.read_bytes())))
    assert balie("mail", "deliver", "-").status == 0
    assert Ticket.objects.exists()


def test_a_file_that_is_not_there_is_one_sentence(balie: Any, publications: Any) -> None:
    said = balie("mail", "deliver", "/nowhere/letter.eml")
    assert said.status == 1
    assert said.err == "/nowhere/letter.eml cannot be read: No such file or directory."


def test_addresses_are_those_of_the_settings(balie: Any, publications: Any) -> None:
    assert {"desk": "publications", "address": publications.address} in balie("mail", "addresses", "--json").json


def test_the_outbox_shows_kinds_and_states_and_no_address(balie: Any, publications: Any, letter: Path) -> None:
    balie("mail", "deliver", letter)
    said = balie("mail", "outbox", "--desk", "publications", "--json")
    assert [(one["kind"], one["state"], one["attempts"]) for one in said.json] == [("acknowledgement", "to_send", 0)]
    assert "@" not in said.out
