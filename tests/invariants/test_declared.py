"""Invariant 2, declared: no field, source or item at any door that the register in force does not declare; and what stands in a free
text without being declared is covered before anybody sees it."""

import re
from email.message import EmailMessage
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.counter import ADDRESSES, Asked, Counter, new_address, text_of
from tests.visitor import DORIEN, KERTTU, NOOR, TUULIA

BSN, HETU, IBAN = "111222333", "131052-308T", "NL91 ABNA 0417 1643 00"  # documented examples, nobody's


def with_file(desk: str, sender: str, *, text: str = "Zie de bijlage.") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = f"Liite Lähettäjä <{sender}>", ADDRESSES[desk], "With a file"
    made["Message-ID"] = f"<{sender}>"
    made.set_content(text)
    made.add_attachment(b"a list of names", maintype="text", subtype="plain", filename="names.txt")
    return made


def held(counter: Counter, asked: Asked) -> set[str]:
    rows = counter.house.rows(
        "SELECT r.item FROM vault_record r JOIN desk_ticket t ON t.handle = r.held_by WHERE t.desk = ? AND t.number = ?",
        asked.desk,
        asked.number,
    )
    return {item for (item,) in rows}


def test_a_file_that_comes_by_mail_is_left_out_where_no_file_is_declared_and_the_page_says_so(counter: Counter) -> None:
    sender = new_address()
    asked = counter.deliver("citizens-advice", with_file("citizens-advice", sender), sender=sender)
    assert held(counter, asked) == {"email", "message"}
    page = counter.visitor(KERTTU).get(asked.path).text
    assert "names.txt" not in page
    assert "Attachment" in page.split("Left out on arrival")[1][:400]
    assert not counter.house.rows(
        "SELECT 1 FROM desk_attachment a JOIN desk_message m ON m.handle = a.message_id "
        "JOIN desk_ticket t ON t.handle = m.ticket_id WHERE t.desk = 'citizens-advice'"
    )


def test_where_it_is_declared_it_is_kept_and_handed_out(counter: Counter) -> None:
    sender = new_address()
    asked = counter.deliver("publications", with_file("publications", sender), sender=sender)
    assert held(counter, asked) == {"attachment", "email", "message"}
    with counter.opened(NOOR, asked) as page, page.expect_download() as got:
        page.get_by_role("link", name="names.txt").click()
    assert got.value.path().read_bytes() == b"a list of names"


@pytest.mark.parametrize("desk", ["publications", "citizens-advice"])
def test_headers_of_a_mail_are_kept_in_no_place_of_their_own(counter: Counter, desk: str) -> None:
    """Whom it also went to, whom to answer, from which machine and programme it came: nobody asked for that."""
    sender = new_address()
    made = with_file(desk, sender)
    made["Cc"], made["Reply-To"] = "Colleague <colleague@example.org>", "elsewhere@example.org"
    made["X-Originating-IP"], made["Organization"], made["User-Agent"] = "192.0.2.7", "Stadswerken", "Some Mailer 1"
    asked = counter.deliver(desk, made, sender=sender)
    who = {"publications": NOOR, "citizens-advice": KERTTU}[desk]
    page = counter.visitor(who).get(asked.path).text
    for told in ("colleague@", "elsewhere@", "192.0.2.7", "Stadswerken", "Some Mailer"):
        assert told not in page
        assert f"/tickets/{asked.number}" not in counter.visitor(who).post(f"/{desk}/search", words=told).main


UNDECLARED = [
    "iban",
    "national-id",
    "home-address",
    "no-such-word",
    "",
    "../message",
    "message",
    "attachment",
    "raw-message",
]


@pytest.mark.parametrize("item", UNDECLARED)
def test_an_item_that_the_register_does_not_declare_for_a_field_is_refused(counter: Counter, item: str) -> None:
    asked = counter.ask("citizens-advice", f"Item {quote(item)}", "Mistä saan ajan?")
    kerttu = counter.visitor(KERTTU)
    kerttu.get(asked.path)
    answer = kerttu.post(
        f"{asked.path}/items", item=item, value="something", confirm="yes", consent=["person", "customer"]
    )
    assert answer.status in (403, 422), answer.status
    assert 'role="alert"' in answer.text
    assert not counter.house.rows(
        "SELECT 1 FROM desk_reporteritem i JOIN desk_ticket t ON t.handle = i.ticket_id WHERE t.desk = ? AND t.number = ?",
        asked.desk,
        asked.number,
    )


def test_fields_that_no_form_has_are_as_if_they_were_not_sent(counter: Counter) -> None:
    asked = counter.ask("publications", "Unknown fields", "Waar staat het?")
    noor = counter.visitor(NOOR)
    noor.get(asked.path)
    more = {
        "gender": "x",
        "birthday": "1 May",
        "status": "closed",
        "desk": "citizens-advice",
        "assignee": "me",
        "service": "accounts",
    }
    assert noor.post(f"{asked.path}/notes", text="Only this.", **more).status == 303
    assert noor.post(f"{asked.path}/items", item="family-name", value="Zaagmolen", **more).status == 303
    assert held(counter, asked) == {"email", "message", "family-name"}
    (row,) = counter.house.rows(
        "SELECT status, service, desk FROM desk_ticket WHERE desk = 'publications' AND number = ?", asked.number
    )
    assert row == ("open", "announcements", "publications")


def test_a_ticket_never_leaves_the_activity_under_which_its_data_stand(counter: Counter) -> None:
    asked = counter.ask("publications", "Other activity", "Waar staat het?")
    noor = counter.visitor(NOOR)
    noor.get(asked.path)
    assert noor.post(f"{asked.path}/sorting", service="accounts", kind="request").status == 422
    assert noor.post(f"{asked.path}/sorting", service="no-such-service", kind="request").status == 422
    assert noor.post(f"{asked.path}/sorting", service="other", kind="no-such-kind").status == 422


@pytest.mark.parametrize(
    ("desk", "who", "number", "word"),
    [
        ("publications", NOOR, BSN, "BSN"),
        ("publications", DORIEN, IBAN, "IBAN"),
        ("citizens-advice", KERTTU, HETU, "personal identity code"),
        ("citizens-advice", TUULIA, IBAN, "IBAN"),
    ],
)
def test_a_number_that_is_not_declared_is_covered_wherever_the_text_is_shown(
    counter: Counter, desk: str, who: object, number: str, word: str
) -> None:
    asked = counter.ask(desk, f"About {number}", f"My number is {number}, please help.\n\nIt is {number}.")
    digits = re.sub(r"\W", "", number)
    page = counter.page(who)  # type: ignore[arg-type]
    for path in (asked.path, f"/{desk}/tickets?view=open", f"{asked.path}?view=open"):
        page.goto(counter.house.url + path)
        expect(page.locator("main")).to_contain_text(word)
        assert digits not in re.sub(r"\W", "", page.content())
    (acknowledgement,) = counter.sent_to(asked.sender)
    assert digits not in re.sub(r"\W", "", str(acknowledgement["Subject"]) + text_of(acknowledgement))


@pytest.mark.parametrize("number", [BSN, "111 222 333"])
def test_nor_is_the_ticket_found_by_it(counter: Counter, number: str) -> None:
    asked = counter.ask("publications", "Found by", f"Mijn nummer is {BSN}, groeten.")
    assert f"/tickets/{asked.number}" not in counter.visitor(NOOR).post("/publications/search", words=number).text
    assert f"/tickets/{asked.number}" in counter.visitor(NOOR).post("/publications/search", words="groeten").text


def test_what_an_adviser_types_of_a_call_is_looked_through_as_well(counter: Counter) -> None:
    kerttu = counter.visitor(KERTTU)
    kerttu.get("/citizens-advice/calls")
    kept = kerttu.post(
        "/citizens-advice/calls", reach="phone", number="09 310 16161", text=f"Tunnus on {HETU}.", then="open"
    )
    assert kept.status == 303
    page = kerttu.get(kept.location).text
    assert HETU not in page
    assert "personal identity code" in page


def test_a_mail_that_nobody_can_read_is_kept_shown_to_nobody_and_said_so(counter: Counter) -> None:
    sender = new_address()
    bomb = b"From: %b\r\nTo: servicedesk@publications.test\r\nSubject: nested\r\n" % sender.encode()
    for level in range(150):
        bomb += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (level, level)
    asked = counter.deliver("publications", bomb + b"\r\nhidden words", sender=sender)
    page = counter.visitor(NOOR).get(asked.path).text
    assert "could not be read" in page
    assert "hidden words" not in page
