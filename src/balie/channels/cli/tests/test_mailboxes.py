"""`balie mail fetch` and `balie mail boxes`, and what the doctor says of mailboxes."""

from pathlib import Path
from typing import Any

import pytest

from balie.desk.mailboxes import Mailbox
from balie.desk.models import Arrival

MAIL = b"From: alice@example.org\r\nSubject: x\r\n\r\nHello\r\n"


@pytest.fixture
def folder(publications: Any, settings: Any, tmp_path: Path) -> Path:
    for part in ("new", "cur", "tmp"):
        (tmp_path / "box" / part).mkdir(parents=True)
    (tmp_path / "box" / "new" / "1").write_bytes(MAIL)
    settings.BALIE_MAILBOXES = tmp_path / "mailboxes.yaml"
    told = f"inbox:\n  desk: publications\n  at: maildir:{tmp_path}/box\n  after: delete\n"
    settings.BALIE_MAILBOXES.write_text(told)
    return tmp_path / "box"


def test_a_mailbox_is_read_once_and_says_how_it_went(balie: Any, folder: Path) -> None:
    assert balie("mail", "fetch").out == "inbox\tpublications\t1 fetched\tok\n"
    assert Arrival.objects.count() == 1
    (one,) = balie("mail", "fetch", "inbox", "--json").json
    assert (one["fetched"], one["taken"], one["error"], one["left"]) == (0, 1, "", [])
    assert not list((folder / "new").iterdir())


def test_trouble_is_said_and_ends_with_one(balie: Any, folder: Path) -> None:
    balie("mail", "fetch")
    folder.rename(folder.with_name("away"))
    folder.mkdir()
    for part in ("new", "cur"):
        (folder / part).mkdir()
    (folder / "new").rmdir()
    assert balie("mail", "fetch").err == (f"Mailbox «inbox»: {folder} is no maildir: it has no folders new and cur.")


def test_a_name_that_is_none_and_settings_without_mailboxes(balie: Any, folder: Path, settings: Any) -> None:
    assert balie("mail", "fetch", "outbox").err == "There is no mailbox «outbox»; there are: inbox."
    settings.BALIE_MAILBOXES = None
    assert balie("mail", "fetch").err == "The settings name no mailbox (BALIE_MAILBOXES)."


def test_mailboxes_are_listed_with_how_they_fare(balie: Any, folder: Path) -> None:
    assert "Mail is fetched from no mailbox." in balie("mail", "boxes").out + balie("mail", "boxes").err
    balie("mail", "fetch")
    (one,) = balie("mail", "boxes", "--json").json
    told = ("name", "desk", "kind", "after", "taken", "unmarked")
    assert [one[key] for key in told] == ["inbox", "publications", "maildir", "delete", 1, 0]
    assert one["succeeded_at"]


REFUSED = "The mail server does not accept the user and password."
STAYS = "What was fetched stays with the mail server beyond the terms of the register: empty it, or declare it."


def _says(balie: Any) -> list[tuple[str, str]]:
    found = balie("doctor", "--json").json
    return [(one["level"], one["says"]) for one in found if one["subject"] == "mailboxes"]


def test_the_doctor_tells_of_mailboxes(balie: Any, folder: Path, settings: Any) -> None:
    assert _says(balie) == [("warning", "«inbox»: It has not been read yet: `balie mail fetch inbox` tries it.")]
    balie("mail", "fetch")
    (one,) = _says(balie)
    assert one[0] == "ok"
    assert one[1].endswith("UTC, 1 mails until now.")
    Mailbox.objects.update(error="sign-in", failing_since="2026-03-04T05:06:07Z")
    assert _says(balie) == [
        (
            "warning",
            f"«inbox»: {REFUSED} So it is since 2026-03-04 05:06 UTC.",
        )
    ]
    settings.BALIE_MAILBOXES.write_text(settings.BALIE_MAILBOXES.read_text().replace("delete", "seen"))
    assert (
        "warning",
        f"«inbox»: {STAYS}",
    ) in _says(balie)
    settings.BALIE_MAILBOXES.write_text("inbox:\n  desk: nowhere\n")
    assert [level for level, _ in _says(balie)] == ["fault"]
