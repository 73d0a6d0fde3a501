"""Composing: from the desk, to who asked, under ids that every programme threads by, and saying what must be said."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest

from balie import evidence, register, vault
from balie.channels.mail import composing
from balie.desk import conversation, forgetting, intake, phone, reporter, threading
from balie.desk.models import Ticket
from balie.desk.tests.coming_in import ALICE, mail, ticket
from balie.post.models import Outgoing

OUTLOOK = "AM0PR0402MB3587E9C1F6A2B3C4D5E6F7A8B9C0D1E2F3@AM0PR0402MB3587.eurprd04.prod.outlook.example.org"


def compose(row: Outgoing) -> EmailMessage | None:
    """The mail of a row, as the receiving side reads its bytes."""
    made = composing.compose(row, vault.Reading(sender_of(row), "mail.composed", row.handle))
    if made is None:
        return None
    read = message_from_bytes(made.raw(), policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


def text_of(made: EmailMessage) -> str:
    """What it says as plain text."""
    body = made.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def sender_of(row: Outgoing) -> Any:
    from balie.kernel import Actor

    return Actor.system("send", row.desk)


def acknowledged(one: Ticket) -> EmailMessage:
    found = compose(Outgoing.objects.get(kind="acknowledgement", refs__ticket=one.handle.hex))
    assert found is not None
    return found


def answered(cast: Any, one: Ticket, text: str = "Try again.") -> EmailMessage:
    conversation.answer(Ticket.objects.get(pk=one.pk), text=text, actor=cast.bob)
    found = compose(Outgoing.objects.filter(kind="answer").latest("created_at", "handle"))
    assert found is not None
    return found


def test_an_answer_comes_from_the_desk_and_goes_to_who_asked(advice: Any) -> None:
    made = answered(advice, ticket(advice), "Yritä uudelleen.\n\nTerveisin\nNeuvonta")
    assert made["From"].addresses[0].addr_spec == advice.address
    assert made["From"].addresses[0].display_name == "Neuvontapalvelun asiakasrekisteri"
    assert made["To"] == ALICE
    assert made["Subject"] == "Re: Locked out [1001]"
    assert text_of(made) == "Yritä uudelleen.\n\nTerveisin\nNeuvonta\n"
    assert made["Auto-Submitted"] is None
    assert made["Date"].datetime is not None
    assert [made["Cc"], made["Bcc"], made["X-Mailer"]] == [None, None, None]


def test_an_answer_to_it_finds_the_ticket_by_address_and_by_id(advice: Any) -> None:
    one = ticket(advice)
    made = answered(advice, one)
    word = threading.secret_word(one)
    assert made["Reply-To"].addresses[0].addr_spec == advice.address.replace("@", f"+{word}@")
    quoted = (str(made["Message-ID"]).strip("<>"),)
    by_id = mail(advice, sender=ALICE, quoted_ids=quoted, subject="")
    by_strangers_id = mail(advice, sender="mallory@example.net", quoted_ids=quoted, subject="")
    by_address = mail(
        advice, sender="carol@example.net", recipients=(made["Reply-To"].addresses[0].addr_spec,), subject=""
    )
    assert by_address.ticket == by_id.ticket == one != by_strangers_id.ticket


def test_the_secret_word_stands_where_answers_go_and_nowhere_else(advice: Any) -> None:
    """Ids and texts are passed on with a mail; whoever gets to see them must not get into the ticket by it."""
    made = answered(advice, ticket(advice))
    secret = threading.secret_word(Ticket.objects.get()).partition(".")[2]
    del made["Reply-To"]
    assert secret not in made.as_string()


def test_it_quotes_the_mail_that_it_answers_and_what_that_quoted(advice: Any) -> None:
    one = ticket(advice, message_id="second@example.org", quoted_ids=("first@example.org",))
    made = answered(advice, one)
    assert made["In-Reply-To"] == "<second@example.org>"
    assert made["References"] == "<first@example.org> <second@example.org>"


def test_ids_longer_than_a_line_stay_whole(advice: Any) -> None:
    quoted = tuple(f"{n}{OUTLOOK}" for n in range(25))
    conversation.answer(ticket(advice, message_id=OUTLOOK, quoted_ids=quoted), text="x", actor=advice.bob)
    row = Outgoing.objects.get(kind="answer")
    made = composing.compose(row, vault.Reading(sender_of(row), "mail.composed"))
    assert made is not None
    raw = made.raw().replace(b"\r\n", b"\n")
    head = raw.partition(b"\n\n")[0].replace(b"\n ", b" ").decode().splitlines()
    wanted = " ".join([*(f"<{one}>" for one in quoted[-20:]), f"<{OUTLOOK}>"])
    assert f"In-Reply-To: <{OUTLOOK}>" in head
    assert f"References: {wanted}" in head
    assert max(len(line) for line in raw.splitlines()) < 998


def test_an_id_that_no_header_can_carry_is_left_out(advice: Any) -> None:
    made = answered(advice, ticket(advice, message_id="ünïcode@example.org", quoted_ids=("first@example.org",)))
    assert made["References"] == "<first@example.org>"


def test_a_mail_without_an_id_is_answered_without_quoting_one(advice: Any) -> None:
    made = answered(advice, ticket(advice, message_id=""))
    assert (made["In-Reply-To"], made["References"]) == (None, None)


@pytest.mark.parametrize(
    ("subject", "sent"),
    [
        ("Locked out", "Re: Locked out [1001]"),
        ("Re: RE: re: Locked out", "Re: Locked out [1001]"),
        ("", "[1001]"),
        ("Fout\n in\tde  kop", "Re: Fout in de kop [1001]"),
        ("Ääkköset ja 🙂", "Re: Ääkköset ja 🙂 [1001]"),
    ],
)
def test_the_subject_is_that_of_the_conversation_with_its_number(advice: Any, subject: str, sent: str) -> None:
    assert answered(advice, ticket(advice, subject=subject))["Subject"] == sent


def test_the_address_that_was_written_down_counts_before_the_one_it_came_from(advice: Any) -> None:
    one = ticket(advice)
    reporter.write(one, item="email", value="alice.private@example.org", actor=advice.bob)
    assert answered(advice, one)["To"] == "alice.private@example.org"


def test_the_answer_goes_to_the_last_person_who_wrote_and_never_to_the_report_of_a_machine(advice: Any) -> None:
    one = ticket(advice)
    mail(
        advice, sender="carol@example.org", recipients=(advice.address.replace("@", f"+{threading.secret_word(one)}@"),)
    )
    bounce = mail(
        advice,
        sender="mailer-daemon@example.org",
        recipients=(advice.address.replace("@", f"+{threading.secret_word(one)}@"),),
        automatic=True,
    )
    assert bounce.ticket == one
    assert answered(advice, one)["To"] == "carol@example.org"


def test_a_domain_of_other_letters_is_written_as_the_mail_servers_write_it(advice: Any) -> None:
    made = answered(advice, ticket(advice, sender="alice@bücher.example"))
    assert made["To"] == "alice@xn--bcher-kva.example"


def test_what_was_said_by_phone_is_answered_by_mail_when_there_is_an_address(advice: Any) -> None:
    one = phone.register_call(None, number="", email=ALICE, text="Asked by phone", actor=advice.bob, close=False)
    made = answered(advice, one)
    assert (made["To"], made["Subject"], made["In-Reply-To"]) == (ALICE, f"[{one.number}]", None)
    assert "Asked by phone" not in made.as_string()


def test_a_body_in_any_language_and_with_any_line_is_carried_by_any_relay(advice: Any) -> None:
    text = "Äö " * 2000 + "\n.\nFrom here\n" + "x" * 5000
    made = answered(advice, ticket(advice), text)
    assert text_of(made).strip() == text.strip()
    raw = made.as_bytes()
    assert raw.isascii()
    assert max(len(line) for line in raw.splitlines()) <= 998


@pytest.mark.parametrize(
    ("desk", "phrases"),
    [
        ("publications", ["1001", "Zonder naam kunnen wij u niet laten weten", "U kunt bezwaar maken"]),
        ("citizens-advice", ["1001", "Sinulla on oikeus vastustaa"]),
    ],
)
def test_an_acknowledgement_says_number_consequence_right_to_object_and_notice(
    publications: Any, advice: Any, settings: Any, desk: str, phrases: list[str]
) -> None:
    """S0.5, S0.12: said in the desk's own language before anybody answers."""
    cast = publications if desk == publications.desk else advice
    settings.BALIE_URL = "https://desk.example.org"
    made = acknowledged(ticket(cast))
    body = text_of(made)
    for phrase in (*phrases, f"https://desk.example.org/{cast.desk}/notice"):
        assert phrase in body
    assert made["Auto-Submitted"] == "auto-replied"
    assert made["Subject"] == "Re: Locked out [1001]"
    assert made["To"] == ALICE


def test_an_acknowledgement_says_nothing_of_a_consequence_when_nothing_is_missing(advice: Any) -> None:
    assert "emme voi vastata" not in text_of(acknowledged(ticket(advice)))


def test_an_acknowledgement_warns_of_data_of_others_in_the_registers_words(publications: Any, advice: Any) -> None:
    for cast, told in (
        (publications, "Stuur liever geen gegevens van anderen mee."),
        (advice, "Älä lähetä muita ihmisiä"),
    ):
        assert told in composing.acknowledgement_text(ticket(cast))


def test_an_acknowledgement_quotes_nothing_of_what_was_sent(publications: Any) -> None:
    made = acknowledged(ticket(publications, "My secret is aubergine", subject="Hello"))
    assert "aubergine" not in made.as_string()


def test_what_is_erased_meanwhile_is_not_sent(advice: Any) -> None:
    one = ticket(advice)
    message = conversation.answer(one, text="Too late", actor=advice.bob)
    vault.erase([message.text], actor=advice.bob, why="asked")
    forgetting.forget([message.text])
    assert compose(Outgoing.objects.get(kind="answer")) is None


def test_an_address_that_is_erased_meanwhile_is_written_to_no_more(advice: Any) -> None:
    one = ticket(advice)
    conversation.answer(one, text="Nobody there", actor=advice.bob)
    gone = [kept.handle for kept in vault.describe(advice.desk, held_by=[one.handle]) if kept.item == "email"]
    vault.erase(gone, actor=advice.bob, why="asked")
    assert compose(Outgoing.objects.get(kind="answer")) is None


@pytest.mark.parametrize("kind", ["answer", "acknowledgement"])
def test_what_a_row_refers_to_may_be_gone_altogether(advice: Any, kind: str) -> None:
    from balie import post
    from balie.kernel import handles

    nowhere = handles.new().hex
    assert compose(post.add(advice.desk, kind=kind, refs={"ticket": nowhere, "message": nowhere})) is None


def test_a_checkpoint_goes_to_the_privacy_officer_with_what_checks_it(publications: Any) -> None:
    from balie import post

    row = post.add(publications.desk, kind="checkpoint", refs={})
    assert compose(row) is None  # nothing was sealed yet
    ticket(publications)
    evidence.seal(vault.signer_for)
    made = compose(row)
    assert made is not None
    assert made["To"] == register.officer_address(register.in_force(publications.desk)) == "fg@publications.test"
    assert made["Auto-Submitted"] == "auto-generated"
    assert (evidence.checkpoint(publications.desk) or "").strip() in text_of(made)


def test_composing_is_a_look_that_can_be_proven(advice: Any) -> None:
    from balie.evidence.models import Entry

    one = ticket(advice)
    row = Outgoing.objects.get(kind="acknowledgement")
    reading = vault.Reading(sender_of(row), "mail.composed", row.handle)
    composing.compose(row, reading)
    reading.record()
    look = Entry.objects.get(act="mail.composed")
    assert (look.actor, look.ref, look.about) == ("system:send", row.handle, [one.requester_id.hex])


def test_it_is_text_and_the_same_as_a_page(advice: Any) -> None:
    made = answered(advice, ticket(advice), "Hei,\n\nkatso https://example.org/ohje <tästä>.")
    assert made.get_content_type() == "multipart/alternative"
    page = made.get_body(("html",))
    assert page is not None
    assert '<a href="https://example.org/ohje">' in page.get_content()
    assert "&lt;tästä&gt;" in page.get_content()
    assert not list(made.iter_attachments())


def test_reports_about_an_answer_come_home_and_about_an_acknowledgement_nowhere(advice: Any) -> None:
    one = ticket(advice)
    first = conversation.answer(Ticket.objects.get(pk=one.pk), text="One", actor=advice.bob)
    second = conversation.answer(Ticket.objects.get(pk=one.pk), text="Two", actor=advice.bob)
    found = {}
    for row in Outgoing.objects.filter(desk=advice.desk):
        letter = composing.compose(row, vault.Reading(sender_of(row), "mail.composed", row.handle))
        assert letter is not None
        assert letter.recipient == ALICE
        found[row.refs.get("message", row.kind)] = letter.sender
    word = threading.secret_word(one)
    assert found == {
        "acknowledgement": "",
        first.handle.hex: advice.address.replace("@", f"+{word}.1@"),
        second.handle.hex: advice.address.replace("@", f"+{word}.2@"),
    }


def test_what_a_machine_wrote_says_so_and_what_a_person_wrote_does_not(advice: Any) -> None:
    fields = ("Auto-Submitted", "Precedence", "X-Auto-Response-Suppress")
    one = ticket(advice)
    assert [acknowledged(one)[name] for name in fields] == ["auto-replied", "auto_reply", "All"]
    assert [answered(advice, one)[name] for name in fields] == [None, None, None]


def test_the_language_is_named_where_it_is_known(publications: Any, advice: Any) -> None:
    """Our own sentences are in the desk's first language; what an agent of a desk with two wrote, nobody said."""
    assert acknowledged(ticket(publications))["Content-Language"] == "nl"
    assert len(register.in_force(advice.desk).data["languages"]) > 1
    assert answered(advice, ticket(advice))["Content-Language"] is None


def named(cast: Any) -> Ticket:
    """A ticket that may be answered with files."""
    one = ticket(cast)
    for item, value in (("family-name", "Voorbeeld"), ("relation", "burger")):
        reporter.write(one, item=item, value=value, actor=cast.bob)
    return Ticket.objects.get(pk=one.pk)


FILES = [
    intake.File("Überzicht 2026.pdf", b"%PDF \x00\xff" * 999, "application/pdf"),
    intake.File("map/../naam.txt", b"tekst", "text/plain"),
    intake.File("bericht.eml", b"From: x\r\n\r\ny", "message/rfc822"),
    intake.File("raar", b"1", "no type at all"),
]


def test_files_go_along_as_they_are(publications: Any) -> None:
    one = named(publications)
    conversation.answer(one, text="Bijgevoegd.", files=FILES, actor=publications.bob)
    made = compose(Outgoing.objects.get(kind="answer"))
    assert made is not None
    assert made.get_content_type() == "multipart/mixed"
    got = [
        (part.get_filename(), part.get_content_type(), part.get_payload(decode=True))
        for part in made.iter_attachments()
    ]
    assert got == [
        ("Überzicht 2026.pdf", "application/pdf", FILES[0].content),
        ("naam.txt", "text/plain", b"tekst"),
        ("bericht.eml", "application/octet-stream", FILES[2].content),
        ("raar", "application/octet-stream", b"1"),
    ]
    assert text_of(made).strip() == "Bijgevoegd."


def test_an_answer_one_of_whose_files_is_gone_is_not_sent_without_it(publications: Any) -> None:
    message = conversation.answer(named(publications), text="Bijgevoegd.", files=FILES[:2], actor=publications.bob)
    vault.erase([message.attachments.all()[0].content], actor=publications.bob, why="asked")
    assert compose(Outgoing.objects.get(kind="answer")) is None


def test_nothing_in_it_tells_when_it_is_read(publications: Any) -> None:
    conversation.answer(named(publications), text="Zie https://example.org/a", files=FILES[:1], actor=publications.bob)
    made = compose(Outgoing.objects.get(kind="answer"))
    assert made is not None
    asked = {"disposition-notification-to", "return-receipt-to", "x-confirm-reading-to", "list-unsubscribe", "x-mailer"}
    assert asked.isdisjoint(name.lower() for name in made)
    page = made.get_body(("html",))
    assert page is not None
    assert not any(word in page.get_content().lower() for word in ("<img", "src=", "url(", "<link", "<script"))
