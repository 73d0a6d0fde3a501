"""Servers that hang, answer rubbish, drop, lie and flood: each is one code of trouble, nothing is lost, nothing comes twice."""

import socket
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.system_mail import certificate, server_context

from balie.channels.mail.fetching import rounds as rounds_module
from balie.channels.mail.fetching import watching, wire
from balie.channels.mail.fetching.imap import ImapSource
from balie.channels.mail.fetching.source import LARGEST, Trouble
from balie.channels.mail.fetching.tests.servers import BadServer, to
from balie.channels.mail.fetching.tests.standing_mail import kept, mail
from balie.channels.mail.fetching.watching import Fetcher
from balie.desk import mailboxes

Odd = Callable[[BadServer, socket.socket, str, str], bytes | None]


def hang(server: BadServer, line: socket.socket, tag: str, rest: str) -> bytes | None:
    line.settimeout(3)
    line.recv(1)  # until the other side has had enough
    return None


def drop(server: BadServer, line: socket.socket, tag: str, rest: str) -> bytes | None:
    return None


def says(text: str) -> Odd:
    return lambda server, line, tag, rest: text.format(tag=tag).encode("latin-1")


def bye(text: str) -> Odd:
    def odd(server: BadServer, line: socket.socket, tag: str, rest: str) -> bytes | None:
        line.sendall(f"* BYE {text}\r\n".encode())
        return None

    return odd


def drip(server: BadServer, line: socket.socket, tag: str, rest: str) -> bytes | None:
    for _ in range(100):
        line.sendall(b"*")
        time.sleep(0.02)
    return None


def flood(server: BadServer, line: socket.socket, tag: str, rest: str) -> bytes | None:
    while True:
        line.sendall(b"* 1 EXISTS\r\n" * 10_000)


def endless(server: BadServer, line: socket.socket, tag: str, rest: str) -> bytes | None:
    while True:
        line.sendall(b"* OK " + b"a" * 65536)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "PATIENCE", 0.3)
    monkeypatch.setattr(wire, "LINES", 500)


def state(cast: Any) -> Any:
    return mailboxes.states(cast.door)[0]


@pytest.mark.parametrize(
    ("command", "odd", "code"),
    [
        ("CAPABILITY", drop, "dropped"),
        ("AUTHENTICATE", drop, "dropped"),
        ("AUTHENTICATE", says("{tag} NO no\r\n"), "sign-in"),
        ("AUTHENTICATE", says("{tag} NO [UNAVAILABLE] later\r\n"), "busy"),
        ("AUTHENTICATE", bye("Too many connections"), "busy"),
        ("SELECT", says("{tag} NO there is none\r\n"), "no-folder"),
        ("SELECT", says("* OK [UIDVALIDITY pine] x\r\n{tag} OK done\r\n"), "rubbish"),
        ("NOOP", hang, "timeout"),
        ("NOOP", drip, "timeout"),
        ("NOOP", says("GET / HTTP/1.1\r\n\r\n"), "rubbish"),
        ("NOOP", says("\x00\x01\xff\r\n"), "rubbish"),
        ("NOOP", flood, "rubbish"),
        ("NOOP", endless, "rubbish"),
        ("UID SEARCH", says("* SEARCH one two three\r\n{tag} OK done\r\n"), "rubbish"),
        ("UID SEARCH", says("{tag} NO [LIMIT] slow down\r\n"), "busy"),
        ("UID SEARCH", says("{tag} BAD what?\r\n"), "refused"),
        ("UID SEARCH", bye("shutting down"), "dropped"),
        ("UID FETCH", says("* 1 FETCH (UID 1 RFC822.SIZE\r\n{tag} OK done\r\n"), "rubbish"),
        ("UID FETCH", says("* 1 FETCH " + "(" * 50_000 + "\r\n{tag} OK done\r\n"), "rubbish"),
        ("UID FETCH", says("* 1 FETCH (UID 1 RFC822.SIZE pine)\r\n{tag} OK done\r\n"), "rubbish"),
        ("UID FETCH", says("* 1 FETCH (UID 1 BODY[] {{99999999999}}\r\n"), "rubbish"),
    ],
)
@pytest.mark.usefixtures("impatient")
def test_what_a_server_does_wrong_is_one_word_and_loses_nothing(
    publications: Any, tmp_path: Path, command: str, odd: Odd, code: str
) -> None:
    with BadServer({1: mail(1)}, odd={command: odd}).serving() as server:
        made = to(server, tmp_path)
        begun = time.monotonic()
        assert Fetcher(made).once()
        assert time.monotonic() - begun < 4
        assert (state(publications).error, state(publications).attempts) == (code, 1)
        assert str(state(publications).says)
        assert (kept(), server.mails) == ([], {1: mail(1)})
        server.odd.clear()
        Fetcher(made).once()
    assert (kept(), server.mails) == ([mail(1)], {})
    assert (state(publications).error, state(publications).attempts, state(publications).taken) == ("", 0, 1)


def test_a_server_that_is_full_is_left_alone_for_a_while(publications: Any, tmp_path: Path) -> None:
    with BadServer(greeting="* BYE Too many connections from your address").serving() as server:
        Fetcher(to(server, tmp_path)).once()
    assert state(publications).error == "busy"
    assert (state(publications).next_at - state(publications).failing_since).total_seconds() == 60


def test_a_greeting_that_is_none_and_a_door_that_is_closed(publications: Any, tmp_path: Path) -> None:
    with BadServer(greeting="220 mail.example.org ESMTP").serving() as server:
        made = to(server, tmp_path)
        Fetcher(made).once()
        assert state(publications).error == "rubbish"
    Fetcher(made).once()
    assert (state(publications).error, state(publications).attempts) == ("unreachable", 2)


def _in_the_middle(server: BadServer, line: socket.socket, tag: str, rest: str) -> bytes | None:
    """Half a mail, then nothing more."""
    if "BODY" not in rest:
        return server.usual("UID FETCH", rest) + f"{tag} OK done\r\n".encode()
    line.sendall(server.fetched(server.numbers(rest)[0], rest)[:-30])
    return None


def test_a_line_that_breaks_within_a_mail_brings_no_half_mail(publications: Any, tmp_path: Path) -> None:
    with BadServer({1: mail(1), 2: mail(2)}, odd={"UID FETCH": _in_the_middle}).serving() as server:
        made = to(server, tmp_path)
        Fetcher(made).once()
        assert kept() == []
        assert [one.reason for one in state(publications).left] == ["not-fetched", "not-fetched"]
        server.odd.clear()
        mailboxes.FetchedMail.objects.all().delete()
        Fetcher(made).once()
    assert kept() == [mail(1), mail(2)]


def _lies(size: int) -> Odd:
    def odd(server: BadServer, line: socket.socket, tag: str, rest: str) -> bytes | None:
        number = server.numbers(rest)[0]
        return server.fetched(number, rest, size=size if number == 1 else None) + f"{tag} OK done\r\n".encode()

    return odd


def test_a_mail_that_is_said_to_be_enormous_is_not_asked_for(publications: Any, tmp_path: Path) -> None:
    with BadServer({1: mail(1)}, odd={"UID FETCH": _lies(LARGEST + 1)}).serving() as server:
        Fetcher(to(server, tmp_path)).once()
    assert not [one for one in server.asked if "BODY" in one]
    assert [(one.reason, one.size) for one in state(publications).left] == [("too-large", LARGEST + 1)]
    assert state(publications).error == ""


def _grows(server: BadServer, line: socket.socket, tag: str, rest: str) -> bytes | None:
    """Sizes are said to be small; mail 1 is announced with 60 GB all the same."""
    if "BODY" not in rest:
        said = b"".join(server.fetched(number, rest, size=100) for number in server.numbers(rest))
    else:
        said = b"".join(
            server.fetched(number, rest, size=60_000_000_000 if number == 1 else None)
            for number in server.numbers(rest)
        )
    return said + f"{tag} OK done\r\n".encode()


def test_a_literal_without_end_is_not_begun_and_the_others_come_in_the_same_run(
    publications: Any, tmp_path: Path
) -> None:
    with BadServer({n: mail(n) for n in (1, 2, 3)}, odd={"UID FETCH": _grows}).serving() as server:
        made = to(server, tmp_path)
        Fetcher(made).once()
        Fetcher(made).once()
    assert kept() == [mail(2), mail(3)]
    assert [one.reason for one in state(publications).left] == ["too-large"]
    assert server.mails == {1: mail(1)}


def _other_mails(server: BadServer, line: socket.socket, tag: str, rest: str) -> bytes | None:
    """Answers for mails that nobody asked for, too."""
    raw = b"* 9 FETCH (UID 9 BODY[] {4}\r\nmore)\r\n* 9 FETCH (FLAGS (\\Seen))\r\n"
    return raw + server.usual("UID FETCH", rest) + f"{tag} OK done\r\n".encode()


def test_mails_that_were_not_asked_for_are_not_taken(publications: Any, tmp_path: Path) -> None:
    with BadServer({1: mail(1)}, odd={"UID FETCH": _other_mails}).serving() as server:
        Fetcher(to(server, tmp_path)).once()
    assert kept() == [mail(1)]


def test_a_server_that_marks_nothing_is_read_once_all_the_same(publications: Any, tmp_path: Path) -> None:
    with BadServer({1: mail(1)}, odd={"UID STORE": says("{tag} NO read-only\r\n")}).serving() as server:
        made = to(server, tmp_path)
        for _ in range(3):
            Fetcher(made).once()
    assert kept() == [mail(1)]
    assert len([one for one in server.asked if "BODY" in one]) == 1
    assert (state(publications).error, state(publications).unmarked) == ("not-marked", 1)


def test_a_server_without_uidplus_is_never_told_to_delete_what_others_marked(publications: Any, tmp_path: Path) -> None:
    with BadServer({1: mail(1)}, capabilities="IMAP4rev1 AUTH=PLAIN").serving() as server:
        Fetcher(to(server, tmp_path)).once()
    assert [one for one in server.asked if "STORE" in one] == [r"UID STORE 1 +FLAGS.SILENT (\Deleted)"]
    assert not [one for one in server.asked if "EXPUNGE" in one]


def test_where_move_is_not_known_a_mail_is_copied_before_it_goes(publications: Any, tmp_path: Path) -> None:
    with BadServer({1: mail(1)}, capabilities="IMAP4rev1 AUTH=PLAIN UIDPLUS").serving() as server:
        Fetcher(to(server, tmp_path, after="move", target="Käsitelty & Done")).once()
    done = [
        one for one in server.asked if one.split()[0] in ("CREATE", "UID") and one.split()[1] not in ("SEARCH", "FETCH")
    ]
    folder = '"K&AOQ-sitelty &- Done"'
    assert done == [
        f"CREATE {folder}",
        f"UID COPY 1 {folder}",
        r"UID STORE 1 +FLAGS.SILENT (\Deleted)",
        "UID EXPUNGE 1",
    ]


def test_when_all_numbers_change_nothing_comes_twice(publications: Any, tmp_path: Path) -> None:
    with BadServer({1: mail(1), 2: mail(2)}).serving() as server:
        made = to(server, tmp_path, after="seen")
        Fetcher(made).once()
        server.series, server.mails = 2, {1: mail(2), 2: mail(3), 3: mail(1)}
        Fetcher(made).once()
    assert kept() == [mail(1), mail(2), mail(3)]


def test_without_uidvalidity_and_uidnext_an_old_server_is_read_as_well(publications: Any, tmp_path: Path) -> None:
    odd = {"SELECT": says("* 1 EXISTS\r\n{tag} OK done\r\n")}
    with BadServer({1: mail(1)}, odd=odd).serving() as server:
        Fetcher(to(server, tmp_path)).once()
    assert kept() == [mail(1)]


def test_a_password_is_never_sent_where_encryption_was_asked_for_and_is_not_offered(
    publications: Any, tmp_path: Path
) -> None:
    for odd in ({}, {"STARTTLS": says("{tag} NO not today\r\n")}):
        with BadServer(
            {1: mail(1)}, capabilities=f"{'STARTTLS ' if odd else ''}IMAP4rev1 AUTH=PLAIN", odd=odd
        ).serving() as server:
            Fetcher(to(server, tmp_path, encryption="starttls")).once()
        assert state(publications).error == "no-tls"
        assert not [one for one in server.asked if one.startswith(("AUTHENTICATE", "LOGIN"))]


def _switches(folder: Path, slipped: str = "") -> Odd:
    def odd(server: BadServer, line: socket.socket, tag: str, rest: str) -> bytes | None:
        line.sendall(f"{tag} OK go ahead\r\n{slipped}".encode())
        with server_context(folder).wrap_socket(line, server_side=True) as safe:
            server.talk(safe)
        return None

    return odd


def test_what_is_slipped_in_before_the_switch_to_encryption_counts_for_nothing(
    publications: Any, tmp_path: Path
) -> None:
    authority = certificate(tmp_path)

    for slipped, code in (("* CAPABILITY IMAP4rev1 AUTH=LOGIN\r\n", "rubbish"), ("", "")):
        odd = {"STARTTLS": _switches(tmp_path, slipped)}
        with BadServer(capabilities="IMAP4rev1 STARTTLS AUTH=PLAIN", odd=odd).serving() as server:
            Fetcher(to(server, tmp_path, encryption="starttls", certificates=authority)).once()
        assert state(publications).error == code
        assert bool([one for one in server.asked if one.startswith("AUTHENTICATE")]) == (code == "")


def test_a_certificate_that_nobody_vouches_for_ends_the_dialogue(publications: Any, tmp_path: Path) -> None:
    certificate(tmp_path)
    odd = {"STARTTLS": _switches(tmp_path)}
    with BadServer(capabilities="IMAP4rev1 STARTTLS AUTH=PLAIN", odd=odd).serving() as server:
        Fetcher(to(server, tmp_path, encryption="starttls")).once()
    assert state(publications).error == "certificate"
    assert not [one for one in server.asked if one.startswith("AUTHENTICATE")]


def test_a_password_file_that_others_can_read_is_not_used(publications: Any, tmp_path: Path) -> None:
    with BadServer({1: mail(1)}).serving() as server:
        made = to(server, tmp_path)
        (tmp_path / "password").chmod(0o640)
        Fetcher(made).once()
    assert state(publications).error == "secret"
    assert not [one for one in server.asked if one.startswith(("AUTHENTICATE", "LOGIN"))]


def test_a_token_is_shown_as_a_token(publications: Any, tmp_path: Path) -> None:
    with BadServer({1: mail(1)}, capabilities="IMAP4rev1 AUTH=XOAUTH2 UIDPLUS").serving() as server:
        Fetcher(to(server, tmp_path, token=True)).once()
    assert [one for one in server.asked if one.startswith("AUTH")] == ["AUTHENTICATE XOAUTH2"]
    assert kept() == [mail(1)]


@pytest.mark.usefixtures("impatient")
def test_a_server_that_promises_to_tell_of_new_mail_and_does_not_is_asked_now_and_then(
    publications: Any, tmp_path: Path
) -> None:
    with BadServer(
        capabilities="IMAP4rev1 AUTH=PLAIN IDLE", odd={"IDLE": says("{tag} BAD what?\r\n")}
    ).serving() as server:
        fetcher = Fetcher(to(server, tmp_path))
        with closing(ImapSource(fetcher.connection)) as source, pytest.raises(Trouble, match="no-idle"):
            source.wait(1)
        box = mailboxes.Mailbox.objects.get()
        code = fetcher._read(rounds_module.Rounds(fetcher.connection, box), stay=True)
        assert (code, fetcher._rest(box, code)) == ("no-idle", 0)
        with closing(fetcher._opened()) as source:
            assert source.watch == "poll"
    assert state(publications).error == ""


def test_rests_grow_and_a_refused_password_is_not_tried_often(publications: Any, tmp_path: Path) -> None:
    with BadServer().serving() as server:
        made = to(server, tmp_path)
    fetcher, box = Fetcher(made), mailboxes.Mailbox.objects.get()
    assert [fetcher._rest(box, "unreachable") for _ in range(5)] == [2, 4, 8, 16, 32]
    assert [fetcher._rest(box, "sign-in") for _ in range(3)] == [1920, 3600, 3600]
    box.refresh_from_db()
    assert (box.attempts, box.error) == (8, "sign-in")
    assert box.next_at > box.failing_since
    assert watching.LONGEST.total_seconds() == 900
