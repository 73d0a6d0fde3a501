"""Bad input: one clear sentence each that says what to do, exit status 1, and nothing lost."""

import smtplib
from pathlib import Path
from typing import Any

import pytest

from balie.desk import contacts
from tests.counter import Counter, deliver
from tests.invariants.saying import one_sentence
from tests.registers import changed, copy_of, reworded
from tests.visitor import NOOR, Visitor

# A register that cannot be carried out


FAULTS: dict[str, Any] = {
    "a term that is none": lambda data: data["terms"]["two-years"].update(keep="for a while"),
    "an unknown field": lambda data: data["activities"]["advice"].update({"colour": "blue"}),
    "an item of no catalogue": lambda data: data["activities"]["advice"]["people"]["requester"].update(
        allowed=["raw-message", "shoe-size"]
    ),
    "a recipient that is not there": lambda data: data["activities"]["advice"]["share"].append(
        {"with": "nobody", "items": ["message"]}
    ),
    "no purpose": lambda data: data["activities"]["advice"].pop("purposes"),
    "another desk's name": lambda data: data.update(desk="publications"),
}


@pytest.mark.parametrize("fault", list(FAULTS))
def test_a_register_with_a_fault_is_not_adopted_and_the_one_in_force_stays(
    counter: Counter, tmp_path: Path, fault: str
) -> None:
    before = counter.house.rows("SELECT count(*) FROM register_adopted")
    file = changed("citizens-advice", tmp_path, FAULTS[fault])
    told = counter.house.balie("desk", "adopt", str(file), status=1)
    assert "Traceback" not in told.stderr
    lines = told.stderr.strip().splitlines()
    assert any("citizens-advice.yaml, line " in line for line in lines) or fault == "another desk's name"
    assert "[" in lines[-1]  # the clause or the rule that asks for it
    assert counter.house.rows("SELECT count(*) FROM register_adopted") == before


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("no YAML", "a: [b\n"),
        ("nothing", ""),
        ("a tag that would make an object", "desk: !!python/object/apply:os.system [true]\n"),
    ],
)
def test_what_is_no_register_at_all_is_told_in_a_sentence(
    counter: Counter, tmp_path: Path, name: str, text: str
) -> None:
    file = copy_of("citizens-advice", tmp_path)
    file.write_text(text, "utf-8")
    told = counter.house.balie("desk", "adopt", str(file), status=1)
    assert "Traceback" not in told.stderr
    assert "citizens-advice.yaml" in told.stderr
    assert len(told.stderr.strip()) > 20


def test_a_register_that_is_not_there_or_no_text(counter: Counter, tmp_path: Path) -> None:
    assert "cannot be read" in one_sentence(counter.house.balie("desk", "adopt", str(tmp_path / "none.yaml"), status=1))
    file = copy_of("citizens-advice", tmp_path)
    file.write_bytes(b"\xff\xfe\x00")
    assert "no text in UTF-8" in one_sentence(counter.house.balie("desk", "adopt", str(file), status=1))


def test_a_doubt_that_nobody_answered_is_named_and_how_to_answer_it(counter: Counter, tmp_path: Path) -> None:
    file = reworded("publications", tmp_path, "number: VB-0117", "number: VB-0119")
    file.with_name("publications.answers.yaml").write_text("[]\n", "utf-8")
    told = counter.house.balie("desk", "adopt", str(file), status=1).stderr
    assert "R10" in told
    assert "Traceback" not in told


# Words at the doors that nobody understands


@pytest.mark.parametrize(
    "arguments",
    [
        ("retention", "run", "--as-of", "soon"),
        ("serve", "--http", "nowhere"),
        ("why", "x"),
        ("ticket",),
    ],
)
def test_wrong_usage_is_told_from_a_failure(counter: Counter, arguments: tuple[str, ...]) -> None:
    told = counter.house.balie(*arguments, status=2)
    assert "usage: balie" in told.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("why", "999999"), "There is no ticket 999999."),
        (("ticket", "list", "--desk", "nowhere"), "There is no desk «nowhere»"),
        (("mail", "deliver", "/no/such/file.eml"), "cannot be read"),
        (("evidence", "verify", "--checkpoint", "x"), "say which with --desk"),
        (("staff", "appoint", "nowhere", "--name", "A", "--email", "a@example.org"), "There is no desk «nowhere»"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_sentence(counter: Counter, arguments: tuple[str, ...], said: str) -> None:
    assert said in one_sentence(counter.house.balie(*arguments, status=1))


UNREADABLE = {
    "empty": b"",
    "no header": b"just words, no header at all\n",
    "binary": bytes(range(256)) * 40,
    "a bomb of parts": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2000)
    ),
    "a false charset": b"From: a@example.org\nContent-Type: text/plain; charset=martian\n\n\xc3\x28 words\n",
    "broken base64": b"From: a@example.org\nContent-Transfer-Encoding: base64\n\n%%%not base64%%%\n",
    "an endless header": b"Subject: " + b"x" * 500_000 + b"\n\nwords\n",
    "a zip that is none": b"Content-Type: application/zip\nContent-Disposition: attachment; filename=a.zip\n\nPK\x03\x04zzz",
}


@pytest.mark.parametrize("kind", list(UNREADABLE))
def test_a_mail_that_nobody_can_read_is_kept_and_stands_in_the_queue(counter: Counter, kind: str) -> None:
    sender = f"unreadable-{list(UNREADABLE).index(kind)}@example.org"
    number = deliver(counter.house, "publications", UNREADABLE[kind], sender=sender)
    answer = counter.visitor(NOOR).get(f"/publications/tickets/{number}")
    assert answer.status == 200
    assert contacts.covered(sender) in answer.text or kind in ("a false charset", "broken base64")
    (raw,) = counter.house.rows(
        "SELECT r.item FROM vault_record r JOIN desk_arrival a ON a.raw = r.handle ORDER BY a.at DESC LIMIT 1"
    )
    assert raw == ("raw-message",)


def test_a_mail_larger_than_the_desk_takes_is_refused_to_its_sender(counter: Counter) -> None:
    with smtplib.SMTP("127.0.0.1", counter.house.smtp, timeout=30) as server:
        server.ehlo("example.org")
        size = int(server.esmtp_features["size"])
        assert server.docmd("MAIL", f"FROM:<large@example.org> SIZE={size + 1}")[0] == 552


def test_the_same_address_twice_is_told_and_who_had_it_goes_on(counter: Counter) -> None:
    house = counter.house
    told = house.balie("serve", "--http", f"127.0.0.1:{house.http}", "--smtp", f"127.0.0.1:{house.smtp}", status=1)
    assert "address" in one_sentence(told)
    assert Visitor(house.url).get("/healthz").status == 200
