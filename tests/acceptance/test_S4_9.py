"""S4.9: the register is in the controller's use only: no outside party and no outside service sees it, each desk has a root key of its
own, and whoever operates the installation has no role in a desk."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal, get_args

import pytest

from balie import register
from balie.register.passing_on import Admitted
from conftest import Cast
from tests.counter import ADDRESSES, Asked, Counter, Running, deliver
from tests.installation import Installation, mail
from tests.registers import changed
from tests.visitor import NOOR, Visitor, signed_in

CANARY = "Ohikulkija-Kaislaranta"


@pytest.fixture(scope="module")
def asked(running: Running) -> Asked:
    sender = f"{CANARY}@example.org"
    written = mail(sender=sender, to=ADDRESSES["citizens-advice"], subject=f"{CANARY} kysyy", text=f"{CANARY}: missä?")
    return Asked("citizens-advice", deliver(running.house, "citizens-advice", written, sender=sender), sender)


@pytest.mark.parametrize(
    "command",
    [
        ("ticket", "list", "--json"),
        ("mail", "outbox", "--json"),
        ("retention", "forecast", "--json"),
        ("evidence", "checkpoint"),
    ],
    ids=" ".join,
)
def test_no_command_shows_its_operator_who_asked_or_what(
    counter: Counter, asked: Asked, command: tuple[str, ...]
) -> None:
    told = counter.house.balie(*command, status=None)
    assert CANARY.lower() not in (told.stdout + told.stderr).lower()


def test_why_something_is_kept_is_told_without_saying_what_it_says(counter: Counter, asked: Asked) -> None:
    told = counter.house.balie("why", str(asked.number), "--desk", "citizens-advice", "--json").stdout
    assert "E-mail address" in told
    assert CANARY.lower() not in told.lower()


def test_the_command_line_offers_nothing_that_is_done_at_a_desk(counter: Counter) -> None:
    """It has no command that answers, assigns, closes, searches or shows; what it does, it does as the software."""
    offered = set(re.findall(r"^    ([a-z-]+)", counter.house.balie("--help").stdout, re.MULTILINE))
    own = set(re.findall(r"^    ([a-z-]+)", counter.house.balie("ticket", "--help").stdout, re.MULTILINE))
    assert not offered & {"answer", "assign", "close", "search", "show", "read", "note", "shell", "dbshell"}
    assert own == {"list"}


def test_the_operator_has_no_account_unless_it_stands_in_the_desks_evidence(counter: Counter) -> None:
    """Whoever may run commands on the machine can appoint somebody; the desk's own log says so, and that the software did it."""
    before = counter.house.rows("SELECT count(*) FROM evidence_entry WHERE act = 'account.appointed'")[0][0]
    counter.house.balie("staff", "appoint", "citizens-advice", "--name", "Out Sider", "--email", "out@example.org")
    entries = counter.house.rows("SELECT desk, actor FROM evidence_entry WHERE act = 'account.appointed' ORDER BY id")
    assert len(entries) == before + 1
    assert entries[-1] == ("citizens-advice", "system:set-up")


def test_an_account_of_one_desk_is_nobody_at_the_other(counter: Counter, asked: Asked) -> None:
    visitor = Visitor(counter.house.url)
    visitor.get("/citizens-advice/sign-in")
    answer = visitor.post("/citizens-advice/sign-in", email=NOOR.email, password="open-for-everyone")
    assert answer.status == 403
    assert counter.visitor(NOOR).get(asked.path).status == 404


@contextmanager
def without_the_key_of(house: Installation, desk: str) -> Iterator[None]:
    """The desk's sealed root key is taken away, as somebody with the disk could."""
    with closing(sqlite3.connect(house.data / "keys" / "keys.sqlite3")) as keys, keys:
        assert keys.execute("DELETE FROM keys_deskkey WHERE desk = ?", (desk,)).rowcount == 1
    yield


@pytest.mark.parametrize(("gone", "stays", "who"), [("citizens-advice", "publications", NOOR)])
def test_with_one_desks_key_gone_that_desk_alone_cannot_be_read(
    house: Installation, gone: str, stays: str, who: Any
) -> None:
    with without_the_key_of(house, gone), house.serving():
        visitor = signed_in(house.url, who)
        page = visitor.get(f"/{stays}/tickets/1001")
        assert page.status == 200
        assert 'class="msg-text"' in page.text
        other = Visitor(house.url)
        other.get(f"/{gone}/sign-in")
        answer = other.post(f"/{gone}/sign-in", email="anybody@example.org", password="open-for-everyone")
        assert answer.status in (422, 503)
        assert f"The desk «{gone}» has no key" in answer.text
        # The desk that is left goes on working: mail comes in, is read, and its evidence is sealed.
        sender = "after@example.org"
        written = mail(sender=sender, to=ADDRESSES[stays], subject="Verder", text="Gaat het door?")
        number = deliver(house, stays, written, sender=sender)
        assert visitor.get(f"/{stays}/tickets/{number}").status == 200
        house.wait(lambda: not house.rows('SELECT 1 FROM evidence_entry WHERE desk = ? AND "index" IS NULL', stays))


@pytest.mark.parametrize("kind", [one for one in get_args(Admitted) if one != "staff"])
def test_the_register_of_this_desk_admits_nobody_but_staff(advice: Cast, kind: Literal["token"]) -> None:
    """A question that later doors must ask before they open: for now there is no other door."""
    answer = register.may_admit(register.in_force("citizens-advice"), kind)
    assert not answer.yes
    assert (
        str(answer.say) == "The register says: for the controller only. No account, token or webhook for anyone else."
    )
    assert register.may_admit(register.in_force("citizens-advice"), "staff").yes


@pytest.mark.parametrize("outsider", ["a processor", "a system that a processor runs"])
def test_a_register_that_promises_this_and_names_an_outsider_is_never_in_force(
    counter: Counter, tmp_path: Path, outsider: str
) -> None:
    def change(data: dict[str, Any]) -> None:
        data["recipients"]["outside"] = {
            "who": "Ulkopuolinen palvelu",
            "kind": "processor",
            "country": "FI",
            "parties": [{"name": "Esimerkkipalvelu Oy", "country": "FI"}],
        }
        if outsider != "a processor":
            data["systems"]["phone-system"]["run-by"] = "outside"

    told = counter.house.balie("desk", "adopt", str(changed("citizens-advice", tmp_path, change)), status=1)
    assert "controller-only" in told.stderr
