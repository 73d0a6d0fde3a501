"""`balie demo`: one message's life, played through the real doors, from its arrival to the proof that it is gone."""

import argparse
import base64
import re
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from balie.config.demo_house import House, NotHeld
from balie.config.demo_visitor import Visitor
from balie.people import sign_in

DESK = "citizens-advice"
ADDRESS = "neuvonta@citizens-advice.test"
ADVISER = "kerttu@citizens-advice.test"
NATIONAL_NUMBER = "131052-308T"  # the form's documented example, nobody's number
TICKET = f"/{DESK}/tickets/1001"
AFTER = timedelta(days=2 * 365 + 30)


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    demo_ = commands.add_parser(
        "demo",
        help="play one message's life through the real doors, in half a minute",
        description="Plays one message's life in a folder of its own: in by SMTP, answered, closed, the years passing, erased, proven. "
        "Exit status 0 only if all of it held.",
        epilog="Example: balie demo",
    )
    demo_.set_defaults(run=demo)


def demo(asked: argparse.Namespace) -> int:
    """Play it, say after each step what was shown, and end with a table."""
    console, started = Console(highlight=False), time.monotonic()
    shown: list[tuple[str, bool, str]] = []
    with tempfile.TemporaryDirectory(prefix="balie-demo-") as folder:
        life = Life(House(Path(folder)))
        try:
            _play(life, console, shown)
        finally:
            life.house.close_doors()
    held = len(shown) == len(STEPS) and all(ok for _, ok, _ in shown)
    console.print(_table(shown))
    console.print(f"{'All of it held' if held else 'It did not hold'}, in {time.monotonic() - started:.0f} seconds.")
    return 0 if held else 1


class Life:
    """One message's life: the words that are planted in it, and who reads them where."""

    def __init__(self, house: House) -> None:
        self.house, self.visitor = house, Visitor(house.url)
        self.words = {
            where: f"kanarie{secrets.token_hex(5)}" for where in ("name", "address", "subject", "text", "answer")
        }
        self.password = self.checkpoint = ""
        self.one_time = b""

    @property
    def sender(self) -> str:
        return f"{self.words['address']}@example.org"

    def mail(self) -> EmailMessage:
        mail = EmailMessage()
        mail["From"], mail["To"] = f"{self.words['name']} <{self.sender}>", ADDRESS
        mail["Subject"], mail["Message-ID"] = (
            f"Ajanvaraus {self.words['subject']}",
            f"<{secrets.token_hex(8)}@example.org>",
        )
        mail.set_content(f"Hei, {self.words['text']} ei onnistu.\nHenkilötunnukseni on {NATIONAL_NUMBER}.\n")
        return mail

    def found_in(self, text: str) -> list[str]:
        return [where for where, word in self.words.items() if word in text]


def set_up(life: Life) -> str:
    """A fresh installation with a master key of its own, a register in force, and one adviser."""
    house = life.house
    house.balie("init")
    house.balie("desk", "adopt", str(settings.PACKAGE / "desks" / f"{DESK}.yaml"))
    said = house.balie(
        "staff",
        "appoint",
        DESK,
        "--name",
        "Kerttu Lauttala",
        "--email",
        ADVISER,
        "--role",
        "agent",
        "--role",
        "administrator",
    )
    password, authenticator = (line.partition(": ")[2] for line in said.splitlines())
    secret = parse_qs(urlsplit(authenticator).query)["secret"][0]
    life.password, life.one_time = password, base64.b32decode(secret + "=" * (-len(secret) % 8))
    return f"the register «{DESK}» is in force: two years after the last contact"


def open_doors(life: Life) -> str:
    """Pages, worker and mail reception start and answer."""
    life.house.open_doors()
    return f"pages at {life.house.url}, mail at 127.0.0.1:{life.house.smtp}"


def write_in(life: Life) -> str:
    """A mail comes in by SMTP; the name of its sender may not be kept and is not."""
    life.house.send(life.mail(), sender=life.sender, to=ADDRESS)
    return "accepted: sealed and durable before the mail server heard 250"


def see(life: Life) -> str:
    """An adviser signs in and reads it; the sender's own national number is masked, and the name is not there."""
    visitor = life.visitor
    visitor.get(f"/{DESK}/sign-in")
    visitor.send(f"/{DESK}/sign-in", email=ADVISER, password=life.password)
    visitor.send(f"/{DESK}/sign-in/code", code=sign_in.code_of(life.one_time, datetime.now(UTC)))
    visitor.wait_for(f"/{DESK}/tickets", life.words["subject"])
    page = visitor.get(TICKET)
    _must("text" in life.found_in(page), "The text of the mail is not on the page.")
    _must(NATIONAL_NUMBER not in page, "The national number stands on the page.")
    _must("name" not in life.found_in(page), "The name of the sender was kept without consent.")
    return "the text is read at the desk; number masked, name not kept"


def answer(life: Life) -> str:
    """The answer arrives where the mail came from, as part of the same conversation."""
    life.visitor.send(f"{TICKET}/answers", text=f"Hei, {life.words['answer']} on varattu.", kind="answer")
    mail = life.house.answers.wait_for(life.words["answer"])
    _must(life.sender in str(mail["To"]), "The answer went elsewhere.")
    _must(bool(mail["In-Reply-To"]), "The answer does not belong to its conversation.")
    return "sent by SMTP and arrived, threaded"


def close(life: Life) -> str:
    """The ticket is closed, found by a word of its text, and a checkpoint of the evidence is kept elsewhere."""
    life.visitor.get(TICKET)
    life.visitor.send(f"{TICKET}/closure")
    life.visitor.get(f"/{DESK}/search")
    _must(
        TICKET in life.visitor.send(f"/{DESK}/search", words=life.words["text"]), "The search did not find the ticket."
    )
    life.checkpoint = life.house.balie("evidence", "checkpoint", "--desk", DESK)
    kept = len(life.house.json("why", "1001", "--desk", DESK)["kept"])
    return f"closed and found again; {kept} items are kept, each with its reason and its day"


def sealed(life: Life) -> str:
    """While all of it is kept, no file of the installation holds a word of it."""
    return f"none of {len(life.words)} planted words in {_searched(life)} files, though all are kept"


def years_pass(life: Life) -> str:
    """Two years and a month after the last contact everything has gone."""
    day = (datetime.now(UTC) + AFTER).date()
    (swept,) = life.house.json("retention", "run", "--desk", DESK, "--as-of", day.isoformat())["desks"]
    why = life.house.json("why", "1001", "--desk", DESK)
    _must(not why["kept"], "Something of the ticket is kept.")
    _must(bool(why["gone"]), "Nobody can say what went.")
    return f"as of {day}: {swept['erased']} records erased, with their keys"


def look_again(life: Life) -> str:
    """The ticket's page says that it went, and why; the search finds nothing."""
    _must(not life.found_in(life.visitor.get(TICKET)), "The page still shows what was erased.")
    life.visitor.get(f"/{DESK}/search")
    _must(
        TICKET not in life.visitor.send(f"/{DESK}/search", words=life.words["text"]),
        "The search still finds the ticket.",
    )
    return "the page says what went and when; the search finds nothing"


def prove(life: Life) -> str:
    """All checks of the installation hold."""
    proofs = life.house.json("prove")["proofs"]
    checks = [check for proof in proofs for check in proof["checks"]]
    return f"{len(checks)} checks hold; the result is signed"


def verify(life: Life) -> str:
    """The evidence of all this is as it was recorded, and continues the checkpoint that was kept."""
    note = life.house.folder / "checkpoint.txt"
    note.write_text(life.checkpoint)
    said = life.house.json("evidence", "verify", "--desk", DESK, "--checkpoint", str(note))[DESK]
    entries = re.search(r"(\d+) entries sealed", " ".join(said["lines"]))
    return f"{entries[1] if entries else 'all'} entries, as recorded"


def gone(life: Life) -> str:
    """With all doors closed, no file holds a word of it."""
    life.house.close_doors()
    return f"none of {len(life.words)} planted words in {_searched(life)} files"


STEPS: tuple[tuple[str, Callable[[Life], str]], ...] = (
    ("A fresh installation", set_up),
    ("Its doors open", open_doors),
    ("A mail comes in", write_in),
    ("An adviser reads it", see),
    ("The answer arrives", answer),
    ("The ticket is closed", close),
    ("Sealed while it is kept", sealed),
    ("Two years pass", years_pass),
    ("Looked for again", look_again),
    ("Everything proven", prove),
    ("The evidence verified", verify),
    ("Gone from every file", gone),
)


def _play(life: Life, console: Console, shown: list[tuple[str, bool, str]]) -> None:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not sys.stdout.isatty()) as bar:
        task = bar.add_task("", total=len(STEPS))
        for name, step in STEPS:
            bar.update(task, description=name)
            try:
                shown.append((name, True, step(life)))
            except NotHeld as failed:
                shown.append((name, False, str(failed)))
            bar.advance(task)
            _, held, said = shown[-1]
            console.print(f"{'✓' if held else '✗'} {name}: {said}", markup=False, soft_wrap=True)
            if not held:
                return


def _table(shown: list[tuple[str, bool, str]]) -> Table:
    table = Table(title="What was shown", title_justify="left")
    for head in ("step", "held"):
        table.add_column(head)
    for name, ok, _ in shown:
        table.add_row(name, "yes" if ok else "no")
    for name, _ in STEPS[len(shown) :]:
        table.add_row(name, "not tried")
    return table


def _searched(life: Life) -> int:
    """How many files were searched. Raises NotHeld for one that holds a planted word, in any usual coding."""
    files = [path for path in life.house.folder.rglob("*") if path.is_file()]
    for path in files:
        content = path.read_bytes()
        lower = content.lower()
        for where, word in life.words.items():
            if any(form in content or form in lower for form in _forms(word)):
                raise NotHeld(f"The planted {where} stands in {path.relative_to(life.house.folder)}.")
    return len(files)


def _forms(word: str) -> Iterator[bytes]:
    """A word as it may stand in a file: plain, in two bytes a sign, in hexadecimal, and in base64 from any of three beginnings."""
    plain = word.encode()
    yield from (plain, word.encode("utf-16-le"), plain.hex().encode())
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + plain)
        yield coded[4 if before else 0 : -4]


def _must(held: bool, otherwise: str) -> None:
    if not held:
        raise NotHeld(otherwise)
