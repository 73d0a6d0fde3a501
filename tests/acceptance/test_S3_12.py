"""S3.12: data of somebody else in a mail's text, its quoted history and its files are noticed and held back; a person decides with one
key; what was decided is carried out everywhere; undecided after two working days they go, and are asked for anew.

Files are text here; what stands in pictures and documents is read by `balie.recognition.reading`.
"""

import itertools
import sqlite3
from contextlib import closing

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from balie.config.demonstration import Demo
from tests.counter import ADDRESSES, Asked, Counter, new_address, text_of
from tests.installation import Installation, mail
from tests.invariants import thief
from tests.visitor import DORIEN, KERTTU, LOTTE, NOOR, TEUN

_numbers = itertools.count(1)
# A desk, its agent, and what somebody writes there in a language: with somebody else's address, now and in what is quoted.
DUTCH = ("publications", NOOR, "Goedemorgen, mijn collega {other} kan ook niet inloggen. Kunt u ons helpen?")
FINNISH = ("citizens-advice", KERTTU, "Hei, naapurini {other} ei myös pääse palveluun. Voitko auttaa, kun se ei toimi?")
ENGLISH = ("publications", NOOR, "Hello, my colleague {other} can not sign in and it is not clear to me why.")
SWEDISH = ("citizens-advice", KERTTU, "Hej, min granne {other} kan inte logga in och jag har samma problem.")
LANGUAGES = pytest.mark.parametrize(("desk", "agent", "text"), [DUTCH, FINNISH, ENGLISH], ids=["nl", "fi", "en"])


def somebody() -> str:
    """The address of somebody who has no part in the conversation, and nobody else's in these tests."""
    return f"buiten-beeld-{next(_numbers)}@example.net"


def kept(house: Installation) -> bytes:
    """All that a thief with the disk and the master key reads: each sealed value, in one."""
    values = thief.opened(
        thief.rows(house.data / "data.sqlite3"),
        thief.keys(house.data / "keys/keys.sqlite3", house.folder / "master.key"),
    )
    return b"\n".join(values.values()).lower()


def gone(counter: Counter, other: str, *, seconds: float = 30) -> None:
    """Nothing of it is left in any value, raw mail, draft or the index."""
    counter.house.wait(lambda: other.encode() not in kept(counter.house), seconds=seconds)
    counter.house.wait(
        lambda: not counter.house.rows("SELECT 1 FROM vault_erasure WHERE key_destroyed_at IS NULL LIMIT 1")
    )


def outcome(counter: Counter, asked: Asked) -> list[str]:
    query = """SELECT o.outcome FROM desk_others o JOIN desk_ticket t ON t.handle = o.ticket_id
               WHERE t.desk = ? AND t.number = ? AND o.done_at IS NOT NULL"""
    return [str(one) for (one,) in counter.house.rows(query, asked.desk, asked.number)]


def press(page: Page, key: str) -> None:
    """One key, as an agent presses it, and the page that follows."""
    with page.expect_navigation():
        page.keyboard.press(key)


def with_file(counter: Counter, content: str, *, name: str = "lijst.csv", text: str = "Zie de bijlage.") -> Asked:
    sender = new_address()
    written = mail(sender=sender, to=ADDRESSES["publications"], subject="Bijlage", text=text)
    written.add_attachment(content.encode(), maintype="text", subtype="csv", filename=name)
    asked = counter.deliver("publications", written, sender=sender)
    counter.house.wait(lambda: not counter.house.rows("SELECT 1 FROM desk_attachment WHERE looked = 'waiting' LIMIT 1"))
    return asked


def search(counter: Counter, agent: Demo, asked: Asked, words: str) -> str:
    visitor = counter.visitor(agent)
    visitor.get(f"/{asked.desk}/search")
    return visitor.post(f"/{asked.desk}/search", q=words).main


@LANGUAGES
def test_in_the_text_they_are_covered_and_masked_for_good_with_one_key(
    counter: Counter, desk: str, agent: Demo, text: str
) -> None:
    other = somebody()
    asked = counter.ask(desk, f"{other}?", text.format(other=other))
    assert other.encode() in kept(counter.house)
    with counter.opened(agent, asked) as page:
        expect(page.locator(".others")).to_contain_text("Data of somebody else")
        expect(page.locator(".others")).to_contain_text("an e-mail address")
        expect(page.locator(".msg-text")).to_contain_text("e-mail address 1")
        assert other not in page.content()
        press(page, "m")
        counter.house.wait(lambda: outcome(counter, asked) == ["masked"])
        page.reload()
        expect(page.locator(".others")).to_contain_text("Masked for good.")
        expect(page.locator(".msg-text")).to_contain_text("e-mail address 1")
        assert text.partition("{other}")[0].split()[0] in page.locator(".msg-text").inner_text()
    gone(counter, other)
    assert f"/tickets/{asked.number}" not in search(counter, agent, asked, other)


@LANGUAGES
def test_in_the_quoted_history_too_and_the_message_can_go_whole(
    counter: Counter, desk: str, agent: Demo, text: str
) -> None:
    other = somebody()
    asked = counter.ask(
        desk,
        "Re: vraag",
        f"Zie hieronder.\n\nOn Mon, 2 Nov 2026 at 10:00, {other} wrote:\n> {text.format(other=other)}\n",
    )
    with counter.opened(agent, asked) as page:
        expect(page.locator(".others")).to_be_visible()
        assert other not in page.content()
        press(page, "d")
        counter.house.wait(lambda: outcome(counter, asked) == ["message-deleted"])
        page.reload()
        expect(page.locator(".tomb").first).to_contain_text("data of somebody else stood in it")
    gone(counter, other)


def test_the_box_is_for_everybody(counter: Counter) -> None:
    """axe-core finds nothing on it, undecided and needed, with a file that is held back beside it."""
    other = somebody()
    asked = with_file(counter, f"Iemand;{other}\n", text=DUTCH[2].format(other=other))
    with counter.opened(NOOR, asked) as page:
        for summary in page.locator(".others summary, .files summary").all():
            summary.click()
        _no_violation(page)
        page.get_by_label("Without these data").first.check()
        page.get_by_label("Why they are needed").first.fill("Om het account te vinden")
        page.get_by_role("button", name="They are needed").first.click()
        expect(page.locator(".others").first).to_contain_text("Needed for the answer")
        _no_violation(page)
        assert page.get_by_role("button", name="Undo").count() == 1
        with page.expect_navigation():
            page.keyboard.press("z")
        expect(page.locator(".others").first).to_contain_text("Covered until somebody decides")


def _no_violation(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def test_a_file_is_held_back_opened_only_with_a_reason_and_deleted(counter: Counter) -> None:
    other = somebody()
    asked = with_file(counter, f"naam;adres\nIemand;{other}\n")
    with counter.opened(NOOR, asked) as page:
        held = page.locator(".files details")
        expect(held).to_contain_text("held back")
        held.locator("summary").click()
        held.get_by_label("Why do you open it all the same?").fill("Om te zien wat erin staat")
        with page.expect_download() as opened:
            held.get_by_role("button", name="Open it all the same").click()
        assert other in opened.value.path().read_text()
        page.reload()
        expect(page.locator(".msg.inside")).to_contain_text("Om te zien wat erin staat")
        page.locator("h1").focus()
        press(page, "f")
        counter.house.wait(lambda: outcome(counter, asked) == ["file-deleted"])
        page.reload()
        expect(page.locator(".files")).to_contain_text("Erased")
        expect(page.locator(".msg-text").first).to_contain_text("Zie de bijlage.")
    gone(counter, other)
    acts = counter.house.rows("SELECT act FROM evidence_entry WHERE act = 'others.file-opened'")
    assert len(acts) == 1


def test_a_file_is_masked_and_goes_on_without_them(counter: Counter) -> None:
    other = somebody()
    asked = with_file(counter, f"naam;adres\nIemand;{other}\n", name=f"{other}.csv")
    with counter.opened(NOOR, asked) as page:
        press(page, "m")
        counter.house.wait(lambda: outcome(counter, asked) == ["masked"])
        page.reload()
        with page.expect_download() as opened:
            page.locator(".files a.file").click()
        assert opened.value.path().read_text() == "naam;adres\nIemand;[EMAIL 1]\n"
    gone(counter, other)


@pytest.mark.parametrize(
    ("desk", "agent", "text", "told"),
    [
        (*DUTCH, "In uw bericht stonden gegevens van iemand anders: een e-mailadres."),
        (*FINNISH, "Viestissäsi oli jonkun toisen tietoja: sähköpostiosoite."),
        (*ENGLISH, "Your message held data of somebody else: an e-mail address."),
        (*SWEDISH, "Ditt meddelande innehöll uppgifter om någon annan: en e-postadress."),
    ],
    ids=["nl", "fi", "en", "sv"],
)
def test_asked_again_the_sender_reads_in_their_language_what_and_why(
    counter: Counter, desk: str, agent: Demo, text: str, told: str
) -> None:
    other = somebody()
    asked = counter.ask(desk, "Vraag", text.format(other=other))
    counter.sent_to(asked.sender)
    with counter.opened(agent, asked) as page:
        press(page, "s")
        answer = counter.sent_to(asked.sender, count=2)[1]
        assert told in text_of(answer)
        assert other not in answer.as_string()
        page.reload()
        expect(page.locator(".msg.answer")).to_contain_text(told)
    gone(counter, other)


def test_undecided_after_two_working_days_they_go_and_are_asked_for_anew(counter: Counter) -> None:
    other = somebody()
    asked = counter.ask("municipal-websites", "Inloggen", DUTCH[2].format(other=other))
    counter.sent_to(asked.sender)
    with counter.opened(LOTTE, asked) as page:
        expect(page.locator(".others")).to_contain_text("else it is deleted and asked for again")
    with closing(sqlite3.connect(counter.house.data / "data.sqlite3", timeout=30)) as db, db:
        db.execute("UPDATE desk_others SET due_at = '2026-01-05 09:00:00' WHERE outcome = ''")
    counter.house.wait(lambda: "lapsed" in outcome(counter, asked), seconds=120)
    assert "Dat is hier niet zo, of niemand kon op tijd zeggen" in text_of(counter.sent_to(asked.sender, count=2)[1])
    gone(counter, other)


def test_what_is_needed_stands_open_to_who_decided_and_to_who_asks(counter: Counter) -> None:
    other = somebody()
    asked = counter.ask("publications", "Account van een collega", DUTCH[2].format(other=other))
    with counter.opened(NOOR, asked) as page:
        page.keyboard.press("y")
        page.keyboard.press("Space")
        page.get_by_label("Why they are needed").fill("Om het account te vinden")
        page.get_by_role("button", name="They are needed").click()
        expect(page.locator(".msg-text")).to_contain_text(other)
        expect(page.locator(".others")).to_contain_text("Om het account te vinden")
    with counter.opened(TEUN, asked) as page:
        assert other not in page.content()
        page.get_by_role("button", name="Show them this time").click()
        expect(page.locator(".msg-text")).to_contain_text(other)
        page.goto(counter.house.url + asked.path)
        assert other not in page.content()
    noor = counter.visitor(NOOR)
    noor.get(asked.path)
    assert noor.post(f"{asked.path}/closure").status == 303
    gone(counter, other, seconds=120)  # the purpose is done


def test_a_possible_breach_is_told_to_the_officer(counter: Counter) -> None:
    asked = counter.ask("publications", "Te veel gestuurd", DUTCH[2].format(other=somebody()))
    with counter.opened(NOOR, asked) as page:
        press(page, "p")
        expect(page.locator(".others")).to_contain_text("Possible data breach")
        press(page, "t")
    page = counter.page(DORIEN)
    page.goto(f"{counter.house.url}/publications/register")
    expect(page.locator("#others-to-decide")).to_contain_text("possible data breach")


@pytest.mark.parametrize(
    ("desk", "told"),
    [
        ("publications", "Stuur liever geen gegevens van anderen mee."),
        ("citizens-advice", "Älä lähetä muita ihmisiä koskevia tietoja"),
        ("municipal-websites", "Stuur gegevens van anderen alleen mee als uw vraag anders niet te beantwoorden is"),
    ],
)
def test_the_first_answer_warns_before_anything_more_is_sent(counter: Counter, desk: str, told: str) -> None:
    asked = counter.ask(desk, "Een vraag", "Werkt het portaal?")
    assert told in text_of(counter.sent_to(asked.sender)[0])
    page = counter.page()
    page.goto(f"{counter.house.url}/{desk}/notice?language={'fi' if desk == 'citizens-advice' else 'nl'}")
    expect(page.locator("article")).to_contain_text(told)


def test_before_an_answer_goes_others_in_it_and_in_what_it_quotes_are_told_of(counter: Counter) -> None:
    asked = counter.ask("citizens-advice", "Kysymys", "Hei, miten ilmoitan vian?")
    with counter.opened(KERTTU, asked) as page:
        page.locator("#answer").fill(f"Kirjoita: {somebody()}\n> vanha {somebody()}")
        checks = page.get_by_text("There is data of somebody else")
        expect(checks).to_have_count(2)
        expect(checks.last).to_contain_text("in what it quotes (an e-mail address)")
