"""Strangers: who knows the number of a ticket, its subject, the id of any mail of the conversation or the address of its requester,
each by itself, does not get into it. By SMTP, as a stranger comes; and whoever took part does get in."""

import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from tests.counter import ADDRESSES, deliver
from tests.installation import Installation, mail
from tests.visitor import NOOR, signed_in

pytestmark = pytest.mark.xdist_group("strangers")

DESK, AT = "publications", ADDRESSES["publications"]
ALICE, MALLORY = "alice.asks@example.org", "mallory@elsewhere.test"
SUBJECT = "The reading room is locked"
SERVER = "mx.publications.test"
_texts = itertools.count(1)


@dataclass
class Conversation:
    """One ticket at work: asked, acknowledged, answered; and all that went over the wire for it."""

    house: Installation
    number: int
    first: str  # the id of the requester's own mail
    acknowledgement: EmailMessage
    answer: EmailMessage

    @property
    def ids(self) -> dict[str, str]:
        sent = {"acknowledgement": self.acknowledgement, "answer": self.answer}
        return {"question": self.first} | {name: str(one["Message-ID"]).strip() for name, one in sent.items()}

    @property
    def answers_go_to(self) -> str:
        return str(self.answer["Reply-To"])

    def known_of_last(self) -> dict[str, Any]:
        """What is known of who sent the mail that came last."""
        query = "SELECT provenance FROM desk_message WHERE arrival IS NOT NULL ORDER BY rowid DESC LIMIT 1"
        return dict(json.loads(self.house.rows(query)[0][0]))

    def send(self, *, sender: str, to: str = AT, subject: str = "Hello", **headers: str) -> int:
        """Write to the desk; the number of the ticket on which it then stands."""
        written = mail(sender=sender, to=to, subject=subject, text=f"Let me in, please. {next(_texts)}")
        for name, value in headers.items():
            written[name.replace("_", "-")] = value
        return deliver(self.house, DESK, written, sender=sender, to=to)


@pytest.fixture(scope="module")
def held(settle: Callable[[Path], Installation], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Conversation]:
    house = settle(tmp_path_factory.mktemp("strangers"))
    house.env["BALIE_RECEIVING_SERVERS"] = SERVER
    with house.serving():
        question = mail(sender=ALICE, to=AT, subject=SUBJECT, text="I cannot get in.")
        number = deliver(house, DESK, question, sender=ALICE)
        house.wait(lambda: len(house.sink.to(ALICE)) == 1)
        noor, page = signed_in(house.url, NOOR), f"/{DESK}/tickets/{number}"
        assert noor.post(f"{page}/items", item="family-name", value="Zaagmolen").status == 303
        seen = noor.get(page).text.partition('name="seen" value="')[2].partition('"')[0]
        assert noor.post(f"{page}/answers", text="The key lies at the desk.", seen=seen).status == 303
        house.wait(lambda: len(house.sink.to(ALICE)) == 2)
        yield Conversation(house, number, str(question["Message-ID"]), *house.sink.to(ALICE))


SUBJECTS = ("[{}]", "Re: [{}]", "Re: The reading room is locked [{}]", "[#{}]", "[Ticket #{}]", "AW: [{}] SV: [{}]")


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_number_lets_no_stranger_in(held: Conversation, subject: str) -> None:
    assert held.send(sender=MALLORY, subject=subject.replace("{}", str(held.number))) != held.number


@pytest.mark.parametrize("behind", ["{}", "{}.", "{}.aaaaaaaaaaaaaaaa", "{}.k3j2", "%7B{}"])
def test_the_number_in_the_address_lets_no_stranger_in(held: Conversation, behind: str) -> None:
    to = AT.replace("@", f"+{behind.replace('{}', str(held.number))}@")
    assert held.send(sender=MALLORY, to=to) != held.number


@pytest.mark.parametrize("subject", [SUBJECT, f"Re: {SUBJECT}", f"RE: FW: {SUBJECT}", f"Antw: {SUBJECT}"])
def test_the_subject_lets_no_stranger_in(held: Conversation, subject: str) -> None:
    assert held.send(sender=MALLORY, subject=subject) != held.number


@pytest.mark.parametrize("which", ["question", "acknowledgement", "answer"])
@pytest.mark.parametrize("header", ["In_Reply_To", "References", "Message_ID", "Resent_Message_ID"])
def test_the_id_of_a_mail_lets_no_stranger_in(held: Conversation, which: str, header: str) -> None:
    written = mail(sender=MALLORY, to=AT, subject="Hello", text=f"Let me in, please. {next(_texts)}")
    del written["Message-ID"]
    written[header.replace("_", "-")] = held.ids[which]
    assert deliver(held.house, DESK, written, sender=MALLORY) != held.number


def test_the_id_as_an_address_lets_no_stranger_in(held: Conversation) -> None:
    """Its mark has the form of the secret word, and is another."""
    for which in ("acknowledgement", "answer"):
        mark = ".".join(held.ids[which].strip("<>").split(".")[:2])
        assert held.send(sender=MALLORY, to=AT.replace("@", f"+{mark}@")) != held.number


def test_the_address_of_the_requester_alone_lets_nobody_in(held: Conversation) -> None:
    """Whoever puts it in the From line, in the envelope or in both, whatever name stands with it."""
    assert held.send(sender=ALICE) != held.number
    written = mail(sender=ALICE, to=AT, subject="Hello", text="It is me", name="Alice")
    assert deliver(held.house, DESK, written, sender=MALLORY) != held.number
    written = mail(sender=MALLORY, to=AT, subject="Hello", text="It is me as well", name=ALICE)
    assert deliver(held.house, DESK, written, sender=ALICE) != held.number


@pytest.mark.parametrize("header", ["Sender", "Reply_To", "X_Original_From", "Return_Path", "Cc"])
def test_the_address_of_the_requester_in_another_place_makes_nobody_a_participant(
    held: Conversation, header: str
) -> None:
    headers = {header: ALICE, "In_Reply_To": held.ids["answer"]}
    assert held.send(sender=MALLORY, subject=f"[{held.number}]", **headers) != held.number


def test_all_that_goes_over_the_wire_together_lets_no_stranger_in(held: Conversation) -> None:
    """But the address to which answers go, which is the key."""
    ids = " ".join(held.ids.values())
    together = {"subject": str(held.answer["Subject"]), "In_Reply_To": held.ids["answer"], "References": ids}
    assert held.send(sender=MALLORY, to=AT.replace("@", f"+{held.number}@"), **together) != held.number
    assert held.send(sender=ALICE.replace("example.org", "examp1e.org"), **together) != held.number
    assert held.send(sender=f"x{ALICE}", **together) != held.number


def test_the_answers_address_stands_in_no_other_place_of_a_mail(held: Conversation) -> None:
    for one in (held.acknowledgement, held.answer):
        secret = str(one["Reply-To"]).partition("+")[2].partition("@")[0].split(".")[1]
        assert len(secret) == 16
        assert [name for name, value in one.items() if secret in str(value)] == ["Reply-To"]
        assert secret not in one.as_string().partition("\n\n")[2]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_who_asked_gets_in_by_the_number(held: Conversation, subject: str) -> None:
    assert held.send(sender=ALICE.upper(), subject=subject.replace("{}", str(held.number))) == held.number


@pytest.mark.parametrize("which", ["acknowledgement", "answer"])
@pytest.mark.parametrize("header", ["In_Reply_To", "References"])
def test_who_asked_gets_in_by_a_mail_that_we_sent(held: Conversation, which: str, header: str) -> None:
    assert held.send(sender=ALICE, **{header: held.ids[which]}) == held.number


def test_whoever_was_given_the_answers_address_gets_in_and_takes_part_from_then_on(held: Conversation) -> None:
    colleague = "colleague@example.org"
    assert held.send(sender=colleague, subject=f"[{held.number}]") != held.number
    assert held.send(sender=colleague, to=held.answers_go_to) == held.number
    assert held.send(sender=colleague, subject=f"[{held.number}]") == held.number


@pytest.mark.parametrize("way", ["number", "id"])
def test_whose_domain_does_not_vouch_for_it_does_not_get_in_as_the_requester(held: Conversation, way: str) -> None:
    """Who knows both the number and the address, and forges the address: the receiving server's word stands against it."""
    quoted = {"subject": f"[{held.number}]"} if way == "number" else {"In_Reply_To": held.ids["answer"]}
    forged = held.send(sender=ALICE, Authentication_Results=f"{SERVER}; dmarc=fail header.from=example.org", **quoted)
    assert forged != held.number
    assert held.known_of_last()["warnings"] == ["failed"]
    assert held.known_of_last()["may_belong_to"] == held.number
    true = held.send(sender=ALICE, Authentication_Results=f"{SERVER}; dmarc=pass header.from=example.org", **quoted)
    assert true == held.number
    assert held.known_of_last()["dmarc"] == "pass"
    assert "may_belong_to" not in held.known_of_last()


def test_a_word_of_praise_that_a_stranger_writes_himself_is_not_believed(held: Conversation) -> None:
    own = "mx.elsewhere.test; dmarc=pass header.from=example.org"
    assert held.send(sender=MALLORY, subject=f"[{held.number}]", Authentication_Results=own) != held.number
    assert (held.known_of_last()["by"], held.known_of_last()["ignored"]) == ("", 1)


@pytest.mark.parametrize("way", ["number", "id", "address"])
def test_what_is_not_proved_is_not_lost_but_shown_where_it_may_belong(held: Conversation, way: str) -> None:
    quoted = {
        "number": {"subject": f"Re: {SUBJECT} [{held.number}]"},
        "id": {"In_Reply_To": held.ids["answer"]},
        "address": {"to": AT.replace("@", f"+{held.number}.aaaaaaaaaaaaaaaa@")},
    }[way]
    assert held.send(sender=MALLORY, **quoted) > held.number
    assert held.known_of_last()["may_belong_to"] == held.number
    held.send(sender=MALLORY, subject="Something else")
    assert "may_belong_to" not in held.known_of_last()


def test_the_number_that_a_mail_is_given_itself_is_no_hint(held: Conversation) -> None:
    following = held.send(sender=MALLORY) + 1
    assert held.send(sender=MALLORY, subject=f"[{following}]") == following
    assert "may_belong_to" not in held.known_of_last()
