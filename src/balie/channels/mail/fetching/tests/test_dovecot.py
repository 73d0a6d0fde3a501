"""A real IMAP server: Dovecot of the system's packages, by TLS, STARTTLS and without."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.system_mail import PASSWORD, Dovecot, a_folder, dovecot_missing

from balie.channels.mail.fetching.imap import ImapSource
from balie.channels.mail.fetching.tests.standing_mail import connection, kept, mail
from balie.channels.mail.fetching.watching import Fetcher
from balie.desk import mailboxes

pytestmark = pytest.mark.skipif(bool(dovecot_missing()), reason=dovecot_missing() or "Dovecot is there")


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with a_folder() as folder, Dovecot(folder).serving() as server:
        yield server


@pytest.fixture
def user(request: pytest.FixtureRequest) -> str:
    """An account of this test alone."""
    return f"desk{abs(hash(request.node.name)) % 10**9}"


def to(dovecot: Dovecot, user: str, tmp_path: Path, **more: Any) -> Any:
    secret = tmp_path / "password"
    secret.write_text(PASSWORD + "\n", "utf-8")
    secret.chmod(0o600)
    told = {"host": "127.0.0.1", "port": dovecot.plain, "user": user, "folder": "INBOX", "encryption": "none"}
    return connection(**{**told, "secret": secret, **more})


@pytest.mark.parametrize("encryption", ["tls", "starttls", "none"])
def test_mail_is_fetched_and_deleted(
    publications: Any, dovecot: Dovecot, user: str, tmp_path: Path, encryption: str
) -> None:
    dovecot.put(user, *map(mail, range(40)))
    port = dovecot.tls if encryption == "tls" else dovecot.plain
    made = to(dovecot, user, tmp_path, encryption=encryption, port=port, certificates=dovecot.authority)
    assert Fetcher(made).once()
    assert kept() == sorted(map(mail, range(40)))
    assert dovecot.contents(user) == []
    (state,) = mailboxes.states(publications.door)
    assert (state.error, state.taken, state.watch, state.left) == ("", 40, "idle", ())
    assert state.succeeded_at is not None


@pytest.mark.parametrize("encryption", ["tls", "starttls"])
def test_a_server_that_cannot_show_who_it_is_gets_no_password(
    publications: Any, dovecot: Dovecot, user: str, tmp_path: Path, encryption: str
) -> None:
    port = dovecot.tls if encryption == "tls" else dovecot.plain
    Fetcher(to(dovecot, user, tmp_path, encryption=encryption, port=port)).once()
    assert mailboxes.states(publications.door)[0].error == "certificate"
    assert f"user=<{user}>" not in dovecot.log()


def test_mail_is_marked_as_read_and_nothing_else_about_it_changes(
    publications: Any, dovecot: Dovecot, user: str, tmp_path: Path
) -> None:
    dovecot.put(user, mail(1), flags=(b"\\Flagged",))
    dovecot.put(user, mail(2), flags=(b"\\Seen",))
    made = to(dovecot, user, tmp_path, after="seen")
    Fetcher(made).once()
    dovecot.put(user, mail(3), flags=(b"\\Seen",))
    Fetcher(made).once()
    assert kept() == [mail(1), mail(3)]
    assert dovecot.contents(user) == [
        (mail(1), {b"\\Flagged", b"\\Seen"}),
        (mail(2), {b"\\Seen"}),
        (mail(3), {b"\\Seen"}),
    ]


def test_mail_is_moved_to_a_folder_that_is_made_for_it(
    publications: Any, dovecot: Dovecot, user: str, tmp_path: Path
) -> None:
    dovecot.put(user, mail(1), mail(2), folder="Balie")
    dovecot.put(user, mail(9))
    Fetcher(to(dovecot, user, tmp_path, folder="Balie", after="move", target="Käsitelty & valmis")).once()
    assert kept() == [mail(1), mail(2)]
    assert [raw for raw, _ in dovecot.contents(user, "Käsitelty & valmis")] == [mail(1), mail(2)]
    assert dovecot.contents(user, "Balie") == []
    assert [raw for raw, _ in dovecot.contents(user)] == [mail(9)]


def test_two_folders_of_one_account_are_two_desks(
    publications: Any, advice: Any, dovecot: Dovecot, user: str, tmp_path: Path
) -> None:
    dovecot.put(user, mail(1), folder="publications")
    dovecot.put(user, mail(2), folder="advice")
    Fetcher(to(dovecot, user, tmp_path, name="one", folder="publications")).once()
    Fetcher(to(dovecot, user, tmp_path, name="two", folder="advice", desk="citizens-advice")).once()
    assert [one.taken for one in mailboxes.states(advice.door)] == [1]
    assert kept() == [mail(1), mail(2)]


def test_what_others_marked_for_deletion_is_not_deleted_with_ours_and_is_not_fetched(
    publications: Any, dovecot: Dovecot, user: str, tmp_path: Path
) -> None:
    dovecot.put(user, mail(1))
    dovecot.put(user, mail(2), flags=(b"\\Deleted",))
    Fetcher(to(dovecot, user, tmp_path)).once()
    assert kept() == [mail(1)]
    assert dovecot.contents(user) == [(mail(2), {b"\\Deleted"})]


def test_any_bytes_come_as_they_are(publications: Any, dovecot: Dovecot, user: str, tmp_path: Path) -> None:
    raws = [
        b"From: x\r\n\r\n" + bytes(one for one in range(1, 256) if one not in (10, 13)) + b"\r\n.\r\n..\r\n",
        b"From: x\r\n\r\nno end of line",
        b"\r\n",
        b"Subject: ) {5}\r\n\r\n* 1 FETCH (UID 1 BODY[] {3}\r\nabc)\r\nA1 OK done\r\n",
        mail(1, "x" * 3_000_000),
    ]
    dovecot.put(user, *raws)
    Fetcher(to(dovecot, user, tmp_path)).once()
    assert kept() == sorted(raws)


def test_the_folder_or_the_password_is_wrong(publications: Any, dovecot: Dovecot, user: str, tmp_path: Path) -> None:
    made = to(dovecot, user, tmp_path, folder="No such folder")
    Fetcher(made).once()
    assert mailboxes.states(publications.door)[0].error == "no-folder"
    made.secret.write_text("another")
    Fetcher(made).once()
    assert mailboxes.states(publications.door)[0].error == "sign-in"


@pytest.mark.parametrize("after", ["seen", "move"])
def test_when_the_server_was_restored_and_all_numbers_changed_nothing_comes_twice(
    publications: Any, dovecot: Dovecot, user: str, tmp_path: Path, after: str
) -> None:
    dovecot.put(user, mail(1), mail(2))
    made = to(dovecot, user, tmp_path, after=after, target="Done")
    Fetcher(made).once()
    before = mailboxes.Mailbox.objects.get().series
    dovecot.renumber(user)
    dovecot.put(user, mail(3))
    Fetcher(made).once()
    assert mailboxes.Mailbox.objects.get().series != before
    assert kept() == [mail(1), mail(2), mail(3)]


def test_the_server_tells_of_new_mail_within_a_moment(
    dovecot: Dovecot, user: str, tmp_path: Path, publications: Any
) -> None:
    made = to(dovecot, user, tmp_path)
    with closing(ImapSource(made)) as source:
        assert source.standing() == []
        later = threading.Timer(0.5, lambda: dovecot.put(user, mail(1)))
        later.start()
        begun = time.monotonic()
        source.wait(20)
        assert 0.3 < time.monotonic() - begun < 10
        assert len(source.standing()) == 1
        later.join()
        begun = time.monotonic()
        source.wait(0.5)
        assert 0.4 < time.monotonic() - begun < 5


def test_three_hundred_mails_come_in_one_go(publications: Any, dovecot: Dovecot, user: str, tmp_path: Path) -> None:
    folder = dovecot.mail / user
    dovecot.put(user, mail(0))
    for number in range(1, 300):
        path = folder / "new" / f"{int(time.time())}.{number}.test"
        path.write_bytes(mail(number))
        path.chmod(0o666)
    Fetcher(to(dovecot, user, tmp_path)).once()
    assert mailboxes.states(publications.door)[0].taken == 300
