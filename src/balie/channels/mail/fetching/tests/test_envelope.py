"""For whom a fetched mail was, and from whom: what its own server wrote, else the desk's address; never what a stranger claims."""

from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balie import jobs
from balie.channels.mail.fetching.envelope import delivery
from balie.channels.mail.fetching.tests.standing_mail import Box, MemorySource, connection, rounds
from balie.desk.mailboxes import Connection
from balie.desk.models import Message, Ticket
from balie.desk.threading import secret_word

OURS = "servicedesk@publications.test"


def at(field: str = "") -> Connection:
    return Connection("inbox", "publications", "imap", "delete", recipient_from=field)


def test_without_a_word_of_the_server_a_mail_is_for_the_desk(publications: Any) -> None:
    got = delivery(b"From: Alice <alice@example.org>\r\nTo: list@example.org\r\n\r\nx", at())
    assert (got.sender, got.recipients, got.raw[:5]) == ("alice@example.org", (OURS,), b"From:")


@pytest.mark.parametrize("field", ["Delivered-To", "X-Original-To", "Envelope-To"])
def test_the_topmost_field_that_the_settings_trust_is_believed(publications: Any, field: str) -> None:
    own, forged = "servicedesk+1001.abc@publications.test", "servicedesk+9999.forged@publications.test"
    head = f"{field}: {own}\r\n{field}: {forged}\r\nFrom: a@example.org\r\n\r\n"
    assert delivery(head.encode(), at(field)).recipients == ("servicedesk+1001.abc@publications.test",)
    assert delivery(head.encode(), at()).recipients == (OURS,)


def test_an_address_that_is_not_the_desks_is_no_recipient(publications: Any) -> None:
    head = b"Delivered-To: other@publications.test\r\nTo: servicedesk@example.org, Desk <SERVICEDESK+7.word@Publications.Test>\r\n\r\n"
    assert delivery(head, at("Delivered-To")).recipients == ("SERVICEDESK+7.word@Publications.Test",)


@pytest.mark.parametrize(
    ("head", "sender"),
    [
        (b"Return-Path: <bounces@example.org>\r\nFrom: a@example.org\r\n\r\n", "bounces@example.org"),
        (b"Return-Path: <>\r\nFrom: a@example.org\r\n\r\n", ""),
        (b"From: =?utf-8?q?=C3=84?= <a@example.org>\r\n\r\n", "a@example.org"),
        (b"Return-Path: <a\x01b@example.org>\r\n\r\n", ""),
        (b"no head at all", ""),
        (b"", ""),
    ],
)
def test_the_sender_is_the_return_path_else_from(publications: Any, head: bytes, sender: str) -> None:
    assert delivery(head, at()).sender == sender


def _head(text: str) -> bytes:
    return f"To: {text}\r\nReturn-Path: {text}\r\n\r\n".encode("utf-8", "replace")


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(head=st.binary(max_size=300) | st.text(max_size=200).map(_head))
def test_whatever_stands_in_a_head_there_is_an_envelope_of_single_lines(publications: Any, head: bytes) -> None:
    got = delivery(head, at("Delivered-To"))
    assert got.raw == head
    assert got.recipients
    for address in (got.sender, *got.recipients):
        assert address.isprintable()


def test_the_secret_word_of_an_answer_finds_its_ticket_through_a_mailbox(publications: Any) -> None:
    """A first mail opens a ticket; the reply to its address with the word joins it, though nobody quotes an id or a number."""
    box, made = Box(), connection()
    box.put(b"From: alice@example.org\r\nTo: servicedesk@publications.test\r\nSubject: First\r\n\r\nHello\r\n")
    _read(box, made, publications)
    ticket = Ticket.objects.order_by("-number")[0]
    word = f"servicedesk+{secret_word(ticket)}@publications.test"
    box.put(f"From: other@example.org\r\nTo: Desk <{word}>\r\nSubject: Second\r\n\r\nMore\r\n".encode())
    _read(box, made, publications)
    assert Message.objects.filter(ticket=ticket, kind="incoming").count() == 2


def _read(box: Box, made: Connection, cast: Any) -> None:
    rounds(made, cast.door).go(MemorySource(box, "delete"))
    jobs.find()
    while jobs.work(timezone.now()):
        pass
