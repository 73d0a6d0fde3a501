"""A message on the page: its new text, the rest folded in place, who sent it, what could not be read, what did not arrive."""

import html
import re
from typing import Any

import pytest

from balie.channels import correspondence, provenance
from balie.channels.console import attached
from balie.desk import conversation, phone
from balie.desk.intake import File
from balie.desk.models import Message, Ticket
from balie.desk.tests import coming_in

WRITTEN = "It works now.\n\nKind regards,\nAlice\n\nOn Monday Bob wrote:\n> Is 111222333 yours?\n"
SIGN, QUOTED = WRITTEN.index("Kind"), WRITTEN.index("On Monday")
FOLDS = ((SIGN, QUOTED, "signature"), (QUOTED, len(WRITTEN), "quotation"))


def page_of(client: Any, message: Message) -> str:
    page = client.get(f"/{message.ticket.desk}/tickets/{message.ticket.number}")
    assert page.status_code == 200
    return str(page.content.decode())


def plain(page: str) -> str:
    """What a page says, tags taken away."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def test_the_new_text_stands_open_and_the_rest_is_folded_in_its_place(publications: Any, browse: Any) -> None:
    page = page_of(browse(publications.bob), coming_in.mail(publications, WRITTEN, folds=FOLDS))
    text = page.partition('<div class="msg-text">')[2].partition("</article>")[0]
    without_folds = re.sub(r"<details.*?</details>", "", text.partition('<details class="kept">')[0], flags=re.DOTALL)
    assert plain(without_folds).strip() == "It works now."
    assert re.findall(r'data-fold="(\w+)"', text) == ["signature", "quotation"]
    assert "open" not in "".join(re.findall(r"<details[^>]*>", text))
    folded = plain(text)
    assert folded.index("Signature") < folded.index("Kind regards,") < folded.index("Quoted text, 2 lines")
    assert folded.index("Quoted text, 2 lines") < folded.index("On Monday Bob wrote:")


def test_what_is_masked_is_masked_in_the_quotation_as_well(publications: Any, browse: Any) -> None:
    page = page_of(browse(publications.bob), coming_in.mail(publications, WRITTEN, folds=FOLDS))
    assert "111222333" not in page
    assert "BSN 1" in plain(page).partition("Quoted text")[2]


def test_a_mail_without_folds_stands_as_it_came(publications: Any, browse: Any) -> None:
    assert "data-fold" not in page_of(browse(publications.bob), coming_in.mail(publications, "> Just this"))


def test_a_checked_sender_is_told_in_a_calm_line(publications: Any, browse: Any) -> None:
    checked = {"spf": "pass", "dkim": "pass", "dmarc": "pass", "by": "server"}
    page = page_of(browse(publications.bob), coming_in.mail(publications, provenance=checked))
    assert plain(page).count("Sender checked") == 2  # in the strip, and at the message
    assert "(DMARC)" in page
    assert "Look closely" not in page


@pytest.mark.parametrize("code", ["failed", "not-aligned", "display-name", "look-alike", "reply-to"])
def test_each_warning_has_its_sentence_in_the_strip_and_at_the_message(
    code: str, publications: Any, browse: Any
) -> None:
    doubted = {"spf": "pass", "by": "server", "warnings": [code]}
    told = provenance.told(doubted)
    page = plain(page_of(browse(publications.bob), coming_in.mail(publications, provenance=doubted)))
    (said,) = told.warnings
    assert page.count(str(said)) == 2
    assert page.count("Look closely at the sender") == 2
    assert "Sender checked" not in page


def test_warnings_have_sentences_of_their_own_and_an_unknown_one_is_not_passed_over() -> None:
    codes = ["failed", "not-aligned", "display-name", "look-alike", "reply-to", "something-new"]
    assert len({str(said) for code in codes for said in provenance.told({"warnings": [code]}).warnings}) == len(codes)


def test_an_older_warning_is_not_forgotten_when_a_calm_mail_follows(publications: Any, browse: Any) -> None:
    first = coming_in.mail(publications, provenance={"warnings": ["look-alike"]}, message_id="one@mail.example.org")
    coming_in.mail(publications, provenance={"dmarc": "pass"}, quoted_ids=("one@mail.example.org",))
    page = browse(publications.bob).get(f"/publications/tickets/{first.ticket.number}")
    shown = page.context["ticket"].strip.sender
    assert (shown.told.level, shown.place) == ("warning", "#m1")


@pytest.mark.parametrize("codes", [{}, {"arc": "pass"}, {"spf": "none", "dkim": "none", "ignored": 2}])
def test_what_nobody_checked_is_not_called_checked(codes: dict[str, object]) -> None:
    assert provenance.told(codes).level == "unknown"


def test_who_was_not_believed_is_told() -> None:
    assert "2 other servers" in " ".join(map(str, provenance.told({"ignored": 2}).said))


def test_a_call_has_no_sender_to_check(publications: Any, browse: Any) -> None:
    ticket = phone.register_call(None, number="020 123 4567", email="", text="Waar?", actor=publications.bob)
    page = browse(publications.bob).get(f"/publications/tickets/{ticket.number}")
    assert page.context["ticket"].strip.sender is None


def test_protection_is_named(publications: Any, browse: Any) -> None:
    client = browse(publications.bob)
    assert "</svg>Signed</span>" in page_of(client, coming_in.mail(publications, protection="signed"))
    locked = page_of(client, coming_in.mail(publications, "", protection="encrypted"))
    assert "Encrypted: cannot be read here" in locked


@pytest.mark.parametrize(
    "code",
    ["not-mail", "header-too-large", "too-many-parts", "too-deep", "too-large", "took-too-long", "reader-died"],
)
def test_what_could_not_be_read_says_why_and_is_there_as_a_file(code: str, publications: Any, browse: Any) -> None:
    whole = File("message.eml", b"From: ?", "message/rfc822")
    message = coming_in.mail(publications, "", unreadable=code, files=(whole,))
    page = page_of(browse(publications.bob), message)
    assert str(correspondence.unreadable(code)) in html.unescape(page)
    assert "could not be read" in str(correspondence.unreadable(code))
    assert "message.eml" in page
    assert str(correspondence.unreadable(code)) != str(correspondence.unreadable("?"))


@pytest.mark.parametrize(
    ("state", "code", "said"),
    [
        ("failed", "5.1.1", "There is no such address at the recipient's mail server."),
        ("delayed", "4.4.1", "The recipient's mail server cannot be reached."),
        ("failed", "", "Not delivered."),
    ],
)
def test_an_answer_that_did_not_arrive_says_so(state: str, code: str, said: str, advice: Any, browse: Any) -> None:
    message = conversation.answer(coming_in.ticket(advice), text="Try again now.", actor=advice.bob)
    assert said not in plain(page_of(browse(advice.bob), message))
    Message.objects.filter(pk=message.pk).update(delivery=state, delivery_code=code)
    page = plain(page_of(browse(advice.bob), message))
    assert said in page
    assert ("Not delivered. " in page) == (state == "failed")


@pytest.mark.parametrize(
    ("media_type", "name", "word"),
    [
        ("application/octet-stream", "Foto.JPG", "Picture"),
        ("image/png", "", "Picture"),
        ("message/rfc822", "", "Mail"),
        ("text/html", "invoice.pdf", "PDF"),
        ("application/x-msdownload", "setup.exe", "File"),
    ],
)
def test_files_are_called_by_what_opens_them(media_type: str, name: str, word: str) -> None:
    assert attached.kind_of(media_type, name)[1] == word


def test_pictures_of_the_text_come_last_and_say_so(publications: Any, browse: Any) -> None:
    files = (File("logo.png", b"1", "image/png", inline=True), File("brief.pdf", b"2", "application/pdf"))
    page = plain(page_of(browse(publications.bob), coming_in.mail(publications, files=files)))
    assert page.index("brief.pdf") < page.index("logo.png")
    assert "stands in the text" in page.partition("logo.png")[2][:60]


def test_where_a_strangers_mail_may_belong_is_shown(publications: Any, browse: Any) -> None:
    one = coming_in.ticket(publications)
    quoting = coming_in.mail(publications, sender="mallory@example.org", subject=f"Re: [{one.number}] Locked out")
    assert quoting.ticket != one
    nowhere = coming_in.mail(publications, sender="oscar@example.org", provenance={"may_belong_to": 9999})
    client = browse(publications.bob)
    assert f'href="/publications/tickets/{one.number}">To ticket {one.number}' in page_of(client, quoting)
    assert "It may belong" not in page_of(client, nowhere)


def test_a_ticket_that_is_not_the_readers_to_see_is_not_named(publications: Any, browse: Any) -> None:
    one = coming_in.ticket(publications)
    quoting = coming_in.mail(publications, sender="mallory@example.org", provenance={"may_belong_to": one.number})
    Ticket.objects.filter(pk=one.pk).update(activity="agents-of-others")
    assert "It may belong" not in page_of(browse(publications.bob), quoting)
