"""Invariant 6, erased: gone from rows, index, files and queue, and, since its key is gone, from every copy; after a restore the
erasures are replayed before any door opens."""

import shutil
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.counter import deliver
from tests.installation import Installation, mail
from tests.invariants import thief
from tests.visitor import KERTTU, NOOR, signed_in

pytestmark = pytest.mark.xdist_group("erased")

SECRET = "Salaisuus-Kuusenjuurella"
SENDER = "salaa@example.org"
DATA, KEYS = "data.sqlite3", "keys/keys.sqlite3"


@dataclass
class Erased:
    """An installation in which a mail was erased, and the copies that were taken before."""

    house: Installation
    copies: Path
    number: int
    gone: list[thief.Sealed]
    key_bytes: list[bytes]

    def copy(self, part: str) -> Path:
        return self.copies / Path(part).name

    def today(self, part: str) -> Path:
        return self.house.data / part

    @property
    def master(self) -> Path:
        return self.house.folder / "master.key"

    def branch(self, folder: Path) -> "Erased":
        """The same installation and copies in a folder of its own, to try something with."""
        shutil.copytree(self.house.folder, folder, ignore=shutil.ignore_patterns("tmp"))
        return Erased(Installation(folder), self.copies, self.number, self.gone, self.key_bytes)

    def restore(self, part: str) -> None:
        """Put a copy in place, as an administrator does: the file itself, without what lay beside it."""
        for left in self.today(part).parent.glob(f"{Path(part).name}*"):
            left.unlink()
        shutil.copy2(self.copy(part), self.today(part))

    def opens(self, data: Path, keys: Path) -> dict[str, bytes]:
        """What a thief reads of that which was erased, with these two files and the master key."""
        gone = {one.handle for one in self.gone}
        return thief.opened([row for row in thief.rows(data) if row.handle in gone], thief.keys(keys, self.master))


@pytest.fixture(scope="module")
def erased(settle: Callable[[Path], Installation], tmp_path_factory: pytest.TempPathFactory) -> Erased:
    house, copies = settle(tmp_path_factory.mktemp("erased")), tmp_path_factory.mktemp("copies")
    with house.serving():
        written = mail(
            sender=SENDER, to="neuvonta@citizens-advice.test", subject=SECRET, text=f"{SECRET} on kuusen alla."
        )
        number = deliver(house, "citizens-advice", written, sender=SENDER)
        house.wait_until_sent()
    for part in (DATA, KEYS):
        with (
            closing(sqlite3.connect(house.data / part)) as db,
            closing(sqlite3.connect(copies / Path(part).name)) as copy,
        ):
            db.backup(copy)
    keys = dict(house.rows("SELECT id, sealed FROM keys_recordkey WHERE sealed NOT NULL", database="keys"))
    _sweep(house)
    gone = {handle for (handle,) in house.rows("SELECT handle FROM vault_erasure")}
    records = [one for one in thief.rows(copies / DATA) if one.handle in gone]
    return Erased(house, copies, number, records, [bytes(keys[one.key]) for one in records])


def test_before_the_erasure_the_thief_reads_it(erased: Erased) -> None:
    """The control: somebody with both files and the master key reads what is not erased."""
    read = erased.opens(erased.copy(DATA), erased.copy(KEYS))
    assert any(SECRET.encode() in value for value in read.values())
    assert len(read) == len(erased.gone) > 4
    kept = thief.opened(thief.rows(erased.today(DATA))[:20], thief.keys(erased.today(KEYS), erased.master))
    assert len(kept) == 20


@pytest.mark.parametrize(("data", "keys"), [("today", "today"), ("copy", "today"), ("today", "copy")])
def test_afterwards_no_copy_of_the_rows_opens_with_what_is_left_of_the_keys(
    erased: Erased, data: str, keys: str
) -> None:
    rows = {"today": erased.today, "copy": erased.copy}[data](DATA)
    assert erased.opens(rows, {"today": erased.today, "copy": erased.copy}[keys](KEYS)) == {}


def test_no_byte_of_its_keys_is_left_in_any_file(erased: Erased) -> None:
    """Neither in the key store nor in its log; nor is what it sealed left among the rows."""
    left = [path.read_bytes() for path in erased.house.data.rglob("*") if path.is_file()]
    for one, key in zip(erased.gone, erased.key_bytes, strict=True):
        assert not any(key in data for data in left)
        assert not any(one.sealed in data for data in left), one.item


def test_nor_a_hash_of_its_words_in_the_index(erased: Erased) -> None:
    import apsw

    with closing(apsw.Connection(str(erased.house.data / "index" / "index.sqlite3"))) as index:
        handles = {bytes(handle).hex() for (handle,) in index.execute("SELECT handle FROM doc")}
        lost = index.execute("SELECT count(*) FROM mark WHERE id NOT IN (SELECT id FROM doc)").fetchone()
    assert not handles & {one.handle for one in erased.gone}
    assert lost == (0,)


@contextmanager
def watched(house: Installation) -> Iterator[list[tuple[int, int]]]:
    """At the first moment at which a door opens: how many erasures wait for their key, and how many records have none."""
    seen: list[tuple[int, int]] = []
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            for port in (house.http, house.smtp):
                with socket.socket() as door:
                    if door.connect_ex(("127.0.0.1", port)) == 0 and not seen:
                        seen.append(unfinished(house))
            time.sleep(0.01)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        stop.set()
        thread.join()


def unfinished(house: Installation) -> tuple[int, int]:
    waiting = house.rows("SELECT count(*) FROM vault_erasure WHERE key_destroyed_at IS NULL")[0][0]
    living = {key for (key,) in house.rows("SELECT id FROM keys_recordkey WHERE sealed NOT NULL", database="keys")}
    rows = house.rows("SELECT key FROM vault_record")
    return int(waiting), sum(key not in living for (key,) in rows)


def look_for_it(house: Installation, number: int) -> str:
    """Everything that a member of staff could read of it."""
    kerttu = signed_in(house.url, KERTTU)
    pages = [kerttu.get(f"/citizens-advice/tickets/{number}"), kerttu.get("/citizens-advice/tickets?view=open")]
    pages += [kerttu.post("/citizens-advice/search", words=words) for words in ("Salaisuus", "kuusen", SENDER[:5])]
    return "".join(page.text.replace(f'value="{SENDER[:5]}"', "").replace('value="kuusen"', "") for page in pages)


def test_rows_that_are_older_than_the_keys_are_erased_again_before_a_door_opens(erased: Erased, tmp_path: Path) -> None:
    again = erased.branch(tmp_path / "again")
    again.restore(DATA)
    shutil.rmtree(again.house.data / "index")  # it is in no backup
    assert again.house.rows("SELECT 1 FROM vault_record WHERE handle = ?", erased.gone[0].handle)
    assert again.opens(again.today(DATA), again.today(KEYS)) == {}
    with watched(again.house) as first, again.house.serving():
        assert first == [(0, 0)]
        page = look_for_it(again.house, again.number)
        for told in (SECRET, SECRET[:9] + " ", "kuusen alla", SENDER):
            assert told not in page.replace('value="Salaisuus"', "")
        whys = {why for (why,) in again.house.rows("SELECT why FROM vault_erasure")}
        assert "erased-before-restore" in whys
        found = signed_in(again.house.url, NOOR).post("/publications/search", words="bekendmaking").text
        assert "/publications/tickets/1001" in found  # nothing else went, and the index was made anew
    again.house.balie("prove")


def test_keys_that_are_older_than_the_rows_are_destroyed_again_before_a_door_opens(
    erased: Erased, tmp_path: Path
) -> None:
    """And what comes in afterwards stays readable: numbers of keys that the ledger knows as destroyed are not given out anew."""
    again = erased.branch(tmp_path / "again")
    letter = tmp_path / "between.eml"  # something more is kept, and erased, under keys that the copy has never seen
    letter.write_bytes(_mail("between@example.org").as_bytes())
    again.house.balie("mail", "deliver", str(letter))
    _sweep(again.house)
    again.restore(KEYS)
    assert again.opens(again.copy(DATA), again.today(KEYS))  # for this moment the copies fit each other
    with watched(again.house) as first, again.house.serving():
        assert first == [(0, 0)]
        assert again.opens(again.copy(DATA), again.today(KEYS)) == {}
        number = deliver(again.house, "citizens-advice", _mail("after@example.org"), sender="after@example.org")
    left = [path.read_bytes() for path in again.house.data.rglob("*") if path.is_file()]
    assert not any(key in data for data in left for key in erased.key_bytes)
    with again.house.serving():
        assert "after@example.org" in signed_in(again.house.url, KERTTU).get(f"/citizens-advice/tickets/{number}").text
    again.house.balie("prove")


def _sweep(house: Installation) -> None:
    day = datetime.now(UTC).date()
    house.balie("retention", "run", "--desk", "citizens-advice", "--as-of", day.replace(year=day.year + 3).isoformat())


def _mail(sender: str) -> EmailMessage:
    return mail(sender=sender, to="neuvonta@citizens-advice.test", subject="Uusi", text=f"Kirjoittaja on {sender}.")
