"""The file of mailboxes: what it says, and one sentence for each fault in it."""

from pathlib import Path
from typing import Any

import pytest

from balie.desk import mailboxes
from balie.kernel import Invalid

GOOD = """
publications-inbox:
  desk: publications
  at: imaps://servicedesk@publications.test@mail.example.org/INBOX/K%C3%A4sittele
  password-file: {secret}
  after: move Done & dusted
  recipient-from: Delivered-To
"""


FILE = "…/mailboxes.yaml (BALIE_MAILBOXES)"
WHERE = "say where it is: at: imaps://USER@HOST/FOLDER, or at: maildir:/PATH."
PLACE = "imaps://servicedesk@publications.test@mail.example.org/INBOX/K%C3%A4sittele"
KNOWN = "after, at, certificates, desk, encryption, password-file, recipient-from, token-file"
AFTER = "say what becomes of a mail that was taken: after: delete, after: move FOLDER, or after: seen."


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "password"
    path.write_text("päss wörd\n", "utf-8")
    path.chmod(0o600)
    return path


@pytest.fixture
def told(publications: Any, settings: Any, tmp_path: Path, secret: Path) -> Any:
    """Write the file; what is found in it, and what is said of it."""

    def write(text: str) -> tuple[list[mailboxes.Connection], list[str]]:
        (tmp_path / "mailboxes.yaml").write_text(text.replace("{secret}", str(secret)), "utf-8")
        settings.BALIE_MAILBOXES = tmp_path / "mailboxes.yaml"
        found, faults = mailboxes.look()
        return found, [str(one).replace(str(tmp_path), "…") for one in faults]

    return write


def test_without_a_file_there_are_no_mailboxes(publications: Any) -> None:
    assert mailboxes.configured() == []


def test_a_mailbox_of_a_mail_server(told: Any, secret: Path) -> None:
    (one,), faults = told(GOOD)
    assert faults == []
    assert (one.name, one.desk, one.kind, one.host, one.port) == (
        "publications-inbox",
        "publications",
        "imap",
        "mail.example.org",
        993,
    )
    assert (one.user, one.folder, one.encryption) == ("servicedesk@publications.test", "INBOX/Käsittele", "tls")
    assert (one.after, one.target, one.recipient_from) == ("move", "Done & dusted", "Delivered-To")
    assert mailboxes.secret_of(one) == "päss wörd"


@pytest.mark.parametrize(
    ("at", "encryption", "then"),
    [
        ("imap://x@mail.example.org", "", ("starttls", 143)),
        ("imap://x@mail.example.org:1143", "none", ("none", 1143)),
        ("imap://x@127.0.0.1", "", ("none", 143)),
        ("imap://x@[::1]", "", ("none", 143)),
        ("imap://x@localhost", "", ("none", 143)),
        ("imaps://x@127.0.0.1", "", ("tls", 993)),
        ("imap://x@127.0.0.1.example.org", "", ("starttls", 143)),
    ],
)
def test_no_password_goes_unencrypted_to_another_machine_unless_that_is_said(
    told: Any, at: str, encryption: str, then: tuple[str, int]
) -> None:
    more = f"  encryption: {encryption}\n" if encryption else ""
    (one,), _ = told(f"a:\n  desk: publications\n  at: {at}\n  password-file: {{secret}}\n  after: seen\n{more}")
    assert (one.encryption, one.port) == then


def test_a_maildir(told: Any, tmp_path: Path) -> None:
    for part in ("new", "cur"):
        (tmp_path / "box" / part).mkdir(parents=True)
    (one,), faults = told(f"a:\n  desk: publications\n  at: maildir:{tmp_path}/box\n  after: seen\n")
    assert (one.kind, one.path, faults) == ("maildir", tmp_path / "box", [])


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("publications-inbox", "Inbox!"), "a name is up to 40 small letters, digits and dashes."),
        (
            ("desk: publications", "desk: nowhere"),
            "there is no desk «nowhere»; there are citizens-advice, publications.",
        ),
        (
            ("imaps://servicedesk@publications.test@mail", "imaps://mail"),
            WHERE,
        ),
        (("imaps://", "pop3://"), WHERE),
        (
            ("example.org/", "example.org:99999/"),
            WHERE,
        ),
        (
            ("servicedesk@publications.test@", "servicedesk:secret@"),
            "a password does not stand in the address: put it into a file (password-file).",
        ),
        (
            (PLACE, "maildir:/nowhere"),
            "/nowhere is no maildir: it has no folders new and cur.",
        ),
        (("password-file: {secret}", "encryption: none"), "name the file with its password: password-file."),
        (("{secret}", "/nowhere"), "the file /nowhere is not there."),
        (
            ("move Done & dusted", "burn"),
            "say what becomes of a mail that was taken: after: delete, after: move FOLDER, or after: seen.",
        ),
        (("Delivered-To", "Delivered To: x"), None),
        (("Delivered-To", "X Y"), "recipient-from is the name of one field of a mail's head, as Delivered-To."),
        (("recipient-from: Delivered-To", "certificates: /nowhere"), "the file /nowhere is not there."),
        (("recipient-from: Delivered-To", "encryption: none"), "encryption is «none», with imap://, or is left out."),
        (
            ("recipient-from:", "recipients:"),
            f"there is no setting «recipients»; there are {KNOWN}.",
        ),
    ],
)
def test_each_fault_is_one_sentence(told: Any, change: tuple[str, str], fault: str | None) -> None:
    found, faults = told(GOOD.replace(*change))
    assert found == []
    assert len(faults) == 1
    if fault is not None:
        assert faults[0].partition(": ")[2] == fault


def test_each_faulty_mailbox_is_named_and_the_others_are_found(told: Any) -> None:
    found, faults = told(GOOD + "b:\n  desk: x\nc: 7\n")
    assert [one.name for one in found] == ["publications-inbox"]
    assert [one.partition(": ")[0] for one in faults] == ["Mailbox «b»", "Mailbox «c»"]
    with pytest.raises(Invalid, match=r"Mailbox «b».*\n.*Mailbox «c»"):
        mailboxes.configured()


def test_one_place_is_read_for_one_desk_only(told: Any) -> None:
    twice = GOOD + GOOD.replace("publications-inbox", "again").replace("desk: publications", "desk: citizens-advice")
    assert told(twice)[1] == ["Mailboxes «publications-inbox» and «again» are the same place: keep one."]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: [", f"{FILE} is no YAML: look at line 1."),
        ("- a\n- b", f"{FILE} must name mailboxes, each with its settings."),
    ],
)
def test_a_file_that_is_none(told: Any, text: str, fault: str) -> None:
    assert told(text) == ([], [fault])


def test_a_file_that_is_not_there(publications: Any, settings: Any) -> None:
    settings.BALIE_MAILBOXES = "/nowhere/mailboxes.yaml"
    (fault,) = mailboxes.look()[1]
    assert str(fault) == "/nowhere/mailboxes.yaml (BALIE_MAILBOXES) cannot be read: No such file or directory."


def test_a_password_that_others_can_read_or_that_a_backup_takes_along_is_a_fault(
    told: Any, secret: Path, settings: Any
) -> None:
    secret.chmod(0o640)
    assert "others can read …/password: run `chmod 600` on it, and consider the password known." in told(GOOD)[1][0]
    secret.chmod(0o600)
    settings.DATA = secret.parent
    assert "lies in the data folder, so every backup of the data holds it: move it out." in told(GOOD)[1][0]
