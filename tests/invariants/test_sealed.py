"""Invariant 1, sealed: canaries planted in every input of every channel, everything run, every file searched: no trace."""

import json
import shutil
import smtplib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from balie.config.demonstration import PASSWORD
from tests.counter import ADDRESSES, deliver
from tests.installation import Installation, mail
from tests.invariants.canaries import CALLER, MARKS, PHONE, canary, in_bytes, in_folder, solid
from tests.visitor import DORIEN, KERTTU, NOOR, Visitor, signed_in

pytestmark = pytest.mark.xdist_group("sealed")

DESKS = ("publications", "citizens-advice")
LARGE = 300 * 1024  # beyond what is kept in a row: such a file lies in a file of its own


@dataclass
class Planted:
    """An installation into which canaries were put at every door, and what its commands said meanwhile."""

    house: Installation
    told: dict[str, str] = field(default_factory=dict)

    def run(self, *command: str, status: int | None = 0) -> None:
        done = self.house.balie(*command, status=status)
        self.told[" ".join(command)] = done.stdout + done.stderr


def letter(desk: str, sender: str) -> EmailMessage:
    """A mail with a canary in every place that a mail has."""
    made = EmailMessage()
    made["From"] = f'"{canary("fromname")}" <{sender}>'
    made["To"], made["Cc"] = ADDRESSES[desk], f'"{canary("cc")}" <{solid("cc")}@example.org>'
    made["Subject"], made["Reply-To"] = canary("subject"), f"{solid('replyto')}@example.org"
    made["Message-ID"], made["References"] = (
        f"<{solid('messageid')}.{desk}@example.org>",
        f"<{solid('ref')}@example.org>",
    )
    made["X-Mailer"], made["Received"] = solid("mailer"), f"from {solid('received')} by example.org"
    text = (
        f"{canary('text')} ja {canary('kysymyksen')}\nBel mij: {PHONE}\nHenkilötunnus 131052-308T, {canary('masked')}\n"
    )
    made.set_content(text, cte="quoted-printable")
    made.add_alternative(f"<p title='{solid('title')}'>{canary('html')}</p><!-- {solid('comment')} -->", "html")
    file = f"{canary('filetext')}\n".encode()
    made.add_attachment(file, maintype="text", subtype="plain", filename=f"{solid('filename')}.txt")
    large = (canary("largefile") + "\n").encode() * (LARGE // 40)
    made.add_attachment(large, maintype="application", subtype="pdf", filename=f"{canary('largename')}.pdf")
    return made


def by_mail(house: Installation) -> dict[str, int]:
    """Ordinary mail, mail that is no mail, mail to nobody, and mail cut off in the middle."""
    numbers = {}
    for desk in DESKS:
        sender = f"{solid('sender')}.{desk}@example.org"
        numbers[desk] = deliver(house, desk, letter(desk, sender), sender=sender)
        answer = mail(
            sender=sender, to=ADDRESSES[desk], subject=f"Re: {canary('again')} [{numbers[desk]}]", text=canary("reply")
        )
        assert deliver(house, desk, answer, sender=sender) == numbers[desk]
    broken = f"Subject: {solid('broken')}\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\0{solid('nul')}\xff\xfe"
    house.send(broken.encode("latin-1"), sender=f"{solid('broken')}@example.org", to=ADDRESSES["publications"])
    with suppress(smtplib.SMTPRecipientsRefused):
        house.send(
            mail(sender="a@example.org", to="b@example.org", subject="x", text="x"),
            sender="a@example.org",
            to=f"{solid('nobody')}@example.org",
        )
    with smtplib.SMTP("127.0.0.1", house.smtp) as server:
        server.mail(f"{solid('cutoff')}@example.org")
        server.rcpt(ADDRESSES["publications"])
        server.putcmd("data")
        server.getreply()
        server.send(f"Subject: {solid('cut')}\r\n\r\n{solid('half')}".encode())
        server.close()
    house.wait_until_read()
    return numbers


def at_the_desk(house: Installation, numbers: dict[str, int]) -> None:
    """Everything that a member of staff can type anywhere."""
    noor, kerttu = signed_in(house.url, NOOR), signed_in(house.url, KERTTU)
    for visitor, desk, name in ((noor, "publications", "family-name"), (kerttu, "citizens-advice", "name")):
        ticket = f"/{desk}/tickets/{numbers[desk]}"
        need = visitor.get(ticket).text.partition('name="confirm" value="')[2].partition('"')[0]
        typed = {"confirm": need, "consent": "person"}
        for value in (canary("wrongname"), canary("name")):
            assert visitor.post(f"{ticket}/items", item=name, value=value, **typed).status == 303
        visitor.post(f"{ticket}/items", item="phone", value=PHONE)
        visitor.post(f"{ticket}/items", item="iban", value=canary("refused"))
        visitor.post(
            f"{ticket}/items", item=solid("item"), value=canary("nofield"), **{solid("unknown"): canary("unknownvalue")}
        )
        visitor.post(f"{ticket}/notes", text=canary("note"))
        visitor.post(f"{ticket}/drafts", kind="note", text=canary("throwaway"))
        visitor.post(f"{ticket}/drafts", kind="note", text="")
        visitor.post(f"{ticket}/drafts", kind="answer", text=canary("draft"))
        seen = visitor.get(ticket).text.partition('name="seen" value="')[2].partition('"')[0]
        assert visitor.post(f"{ticket}/answers", text=canary("answer"), seen=seen).status == 303
        visitor.post(f"{ticket}/answers", text=canary("toolate"), seen=seen)
        visitor.post(f"{ticket}/items/phone/erasure")
        for words in (canary("words"), solid("sender"), PHONE):
            assert visitor.post(f"/{desk}/search", words=words).status == 200
        call = {"reach": "phone", "number": CALLER, "text": canary("call"), "email": f"{solid('callmail')}@example.org"}
        visitor.get(f"/{desk}/calls")
        visitor.post(f"/{desk}/calls", then="close", **call)
        visitor.post(f"/{desk}/calls", then="open", **{**call, "text": ""})
        for path in (f"/{desk}/{solid('path')}", f"/{desk}/tickets?view={solid('query')}", f"/{solid('desk')}/tickets"):
            visitor.get(path)
        assert visitor.post(f"{ticket}/objections").status == 303
        place = visitor.get(ticket).text.partition("/objections/")[2].partition("/decision")[0]
        decision = {"decision": "rejected/legal-claims", "why": canary("why")}
        assert visitor.post(f"{ticket}/objections/{place}/decision", **decision).status == 303
        assert visitor.post(f"{ticket}/closure").status == 303


def from_outside(house: Installation) -> None:
    """What strangers and machines bring: failed sign-ins, events of a telephone, words in headers and addresses."""
    stranger = Visitor(house.url)
    stranger.get("/publications/sign-in?then=/publications/" + solid("then"))
    for _ in range(3):
        stranger.post("/publications/sign-in", email=f"{solid('failed')}@example.org", password=canary("password"))
    stranger.post("/publications/sign-in", email=NOOR.email, password=PASSWORD)
    stranger.post("/publications/sign-in/code", code=solid("code"))
    stranger.get(f"/publications/notice?language={solid('language')}")
    headers = {
        "User-Agent": solid("agent"),
        "Referer": f"http://{solid('referer')}.example.org/",
        "Cookie": f"session={solid('cookie')}",
    }
    stranger.post(f"/{solid('stranger')}", headers=headers, text=canary("posted"))
    for desk in DESKS:
        token = house.balie("phone", "token", desk).stdout.strip()
        for number in (CALLER, solid("number") + " 12"):
            machine = Visitor(house.url)
            machine.post(
                f"/{desk}/calls/incoming",
                headers={"Authorization": f"Bearer {token}"},
                number=number,
                name=canary("caller"),
            )
        machine.post(f"/{desk}/calls/incoming", headers={"Authorization": f"Bearer {solid('bearer')}"}, number=CALLER)


def by_command(planted: Planted, outside: Path) -> None:
    """Every command that reads or writes anything."""
    letter_file = outside / "letter.eml"
    letter_file.write_bytes(letter("publications", f"{solid('delivered')}@example.org").as_bytes())
    planted.run("mail", "deliver", str(letter_file), "--from", f"{solid('envelope')}@example.org")
    planted.run(
        "staff", "appoint", "publications", "--name", canary("staff"), "--email", f"{solid('staff')}@publications.test"
    )
    for command in (
        ("ticket", "list", "--json"),
        ("mail", "outbox", "--json"),
        ("why", "1001", "--desk", "publications", "--json"),
        ("retention", "forecast", "--json"),
        ("prove", "--json"),
        ("evidence", "export", str(planted.house.folder / "exported")),
    ):
        planted.run(*command, status=None)
    late = (datetime.now(UTC) + timedelta(days=5)).date().isoformat()
    planted.run("retention", "run", "--as-of", late, "--json")


@pytest.fixture(scope="module")
def planted(settle: Callable[[Path], Installation], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planted]:
    house = settle(tmp_path_factory.mktemp("sealed"))
    planted = Planted(house)
    with house.serving():
        numbers = by_mail(house)
        at_the_desk(house, numbers)
        from_outside(house)
        by_command(planted, tmp_path_factory.mktemp("outside"))
        house.wait_until_read()
        house.wait_until_sent()
        yield planted


def test_the_canaries_did_come_in(planted: Planted) -> None:
    """Else the search below would find nothing for a poor reason: what was planted is found at the desk and was sent out."""
    kerttu, noor = signed_in(planted.house.url, KERTTU), signed_in(planted.house.url, DORIEN)
    for visitor, desk in ((kerttu, "citizens-advice"), (noor, "publications")):
        for words in (f"{MARKS[0]}text", f"{MARKS[1]}kysymyksen", solid("sender"), f"{MARKS[0]}call"):
            assert "found</h2>" in visitor.post(f"/{desk}/search", words=words).text, words
    assert any(in_bytes(sent.as_bytes()) for sent in planted.house.sink.mails)


def test_no_file_of_the_installation_holds_one_while_its_doors_are_open(planted: Planted) -> None:
    """Databases, write-ahead logs, keys, index, files, static files, temporary files, exports and the log of the processes."""
    assert planted.house.rows("SELECT 1 FROM vault_record WHERE sealed IS NULL LIMIT 1")  # there are sealed files, too
    names = {path.name for path in planted.house.folder.rglob("*")}
    assert {"data.sqlite3", "keys.sqlite3", "index.sqlite3", "data.sqlite3-wal", "serve.log"} <= names
    assert in_folder(planted.house.folder) == {}


def test_nor_does_a_copy_that_was_taken_and_put_in_order(planted: Planted, tmp_path: Path) -> None:
    """A backup as an administrator takes it: no log beside it, and no page of the file in use twice."""
    for path in ("data.sqlite3", "keys/keys.sqlite3"):
        with (
            closing(sqlite3.connect(planted.house.data / path)) as db,
            closing(sqlite3.connect(tmp_path / Path(path).name)) as copy,
        ):
            db.backup(copy)
            copy.execute("VACUUM")
    assert in_folder(tmp_path) == {}


def test_no_command_has_said_one(planted: Planted) -> None:
    said = {command: in_bytes(told.encode()) for command, told in planted.told.items()}
    own = {
        command for command in said if command.startswith(("mail deliver", "staff appoint"))
    }  # repeat what was given to them
    assert {command: hits for command, hits in said.items() if hits and command not in own} == {}
    assert json.loads(planted.told["prove --json"])


def test_nothing_was_put_outside_the_folder_of_the_installation(planted: Planted) -> None:
    """Its temporary folder is its own, and is empty when nothing is being done."""
    assert list((planted.house.folder / "tmp").iterdir()) == []


@pytest.mark.parametrize(
    "where", ["a cell", "a log", "a name", "base64", "utf-16", "quoted-printable", "apart", "long"]
)
def test_the_search_would_find_one(planted: Planted, tmp_path: Path, where: str) -> None:
    """The control: the same search over a copy in which one was left."""
    copy = tmp_path / "copy"
    shutil.copytree(planted.house.data, copy)
    word = canary("control")
    if where in ("a cell", "long"):
        text = word if where == "a cell" else "x" * 4070 + word + "y" * 9000
        with closing(sqlite3.connect(copy / "data.sqlite3")) as db, db:
            db.execute("UPDATE desk_ticket SET team = ?", (text,))
    elif where == "a name":
        (copy / solid("control")).touch()
    else:
        made = EmailMessage()
        made.set_content(f"{word}\n", cte="base64" if where == "base64" else "quoted-printable")
        given = {"a log": f"GET /{word}".encode(), "utf-16": word.encode("utf-16-le"), "apart": PHONE.encode()}
        (copy / "left").write_bytes(given.get(where, made.as_bytes()))
    assert in_folder(copy) != {}
