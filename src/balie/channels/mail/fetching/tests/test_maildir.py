"""A maildir, as mail servers on the same machine fill it: real files, taken, then renamed, moved or removed."""

import threading
import time
from pathlib import Path
from typing import Any

import pytest

from balie.channels.mail.fetching import rounds as rounds_module
from balie.channels.mail.fetching.maildir import MaildirSource
from balie.channels.mail.fetching.source import Trouble
from balie.channels.mail.fetching.tests.standing_mail import connection, kept, mail
from balie.channels.mail.fetching.watching import Fetcher
from balie.desk import mailboxes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for part in ("new", "cur", "tmp"):
        (tmp_path / "box" / part).mkdir(parents=True)
    return tmp_path / "box"


def put(folder: Path, name: str, raw: bytes, *, part: str = "new") -> None:
    """As a delivery does: written aside, then put into its place."""
    (folder / "tmp" / name).write_bytes(raw)
    (folder / "tmp" / name).rename(folder / part / name)


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def to(folder: Path, after: str = "delete", **more: Any) -> Any:
    return connection(kind="maildir", path=folder, after=after, **more)


@pytest.mark.parametrize(
    ("after", "then"),
    [
        ("delete", set()),
        ("seen", {"cur/1.host:2,S", "cur/2.host:2,FS"}),
        ("move", {".Done/cur/1.host:2,S", ".Done/cur/2.host:2,FS"}),
    ],
)
def test_files_are_taken_and_then_removed_renamed_or_moved(
    publications: Any, folder: Path, after: str, then: set[str]
) -> None:
    put(folder, "1.host", mail(1))
    put(folder, "2.host:2,F", mail(2), part="cur")
    made = to(folder, after, target="Done")
    Fetcher(made).once()
    assert kept() == [mail(1), mail(2)]
    assert names(folder) == then
    Fetcher(made).once()
    assert mailboxes.states(publications.door)[0].taken == 2


def test_what_was_read_before_the_first_look_stays_alone(publications: Any, folder: Path) -> None:
    put(folder, "1.host:2,S", mail(1), part="cur")
    made = to(folder, "seen")
    Fetcher(made).once()
    put(folder, "2.host:2,S", mail(2), part="cur")
    Fetcher(made).once()
    assert kept() == [mail(2)]


def test_half_written_thrown_away_and_odd_files_are_no_mail(publications: Any, folder: Path, tmp_path: Path) -> None:
    (folder / "tmp" / "half").write_bytes(b"From: x")
    put(folder, "gone.host:2,ST", mail(1), part="cur")
    put(folder, ".hidden", mail(2))
    (folder / "new" / "folder").mkdir()
    (tmp_path / "elsewhere").write_bytes(b"a secret of this machine")
    (folder / "new" / "link").symlink_to(tmp_path / "elsewhere")
    before = names(folder)
    Fetcher(to(folder)).once()
    assert (kept(), names(folder)) == ([], before)


def test_a_file_that_is_too_large_is_not_read(publications: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(folder, "1", mail(1))
    with (folder / "new" / "2").open("wb") as large:
        large.truncate(rounds_module.LARGEST + 1)
    Fetcher(to(folder)).once()
    assert kept() == [mail(1)]
    assert [(one.reason, one.size) for one in mailboxes.states(publications.door)[0].left] == [
        ("too-large", rounds_module.LARGEST + 1)
    ]
    assert names(folder) == {"new/2"}


def test_a_folder_that_is_gone_is_told_and_is_read_again_when_it_is_back(publications: Any, folder: Path) -> None:
    put(folder, "1", mail(1))
    made = to(folder)
    folder.rename(folder.with_name("away"))
    Fetcher(made).once()
    assert mailboxes.states(publications.door)[0].error == "no-folder"
    folder.with_name("away").rename(folder)
    Fetcher(made).once()
    assert kept() == [mail(1)]


def test_a_rename_by_a_mail_programme_meanwhile_loses_nothing(publications: Any, folder: Path) -> None:
    put(folder, "1.host", mail(1))
    made = to(folder, "seen")
    source = MaildirSource(made)
    standing = source.standing()
    (folder / "new" / "1.host").rename(folder / "cur" / "1.host:2,F")
    assert source.read(standing, allowed=1000) == {standing[0].place: mail(1)}
    source.settle(standing)
    assert names(folder) == {"cur/1.host:2,FS"}


def test_new_mail_is_noticed_within_moments(publications: Any, folder: Path) -> None:
    source = MaildirSource(to(folder))
    assert source.standing() == []
    later = threading.Timer(0.3, put, (folder, "1", mail(1)))
    later.start()
    begun = time.monotonic()
    source.wait(20)
    assert time.monotonic() - begun < 10
    assert len(source.standing()) == 1
    later.join()


def test_what_cannot_be_removed_says_so(publications: Any, folder: Path) -> None:
    """Not even root moves a file into a folder that is none."""
    put(folder, "1", mail(1))
    (folder / ".Done").write_text("in the way")
    Fetcher(to(folder, "move", target="Done")).once()
    assert (kept(), mailboxes.states(publications.door)[0].error) == ([mail(1)], "not-marked")
    (folder / ".Done").unlink()
    Fetcher(mailboxes.Connection("inbox", "publications", "maildir", "move", target="Done", path=folder)).once()
    assert (kept(), names(folder)) == ([mail(1)], {".Done/cur/1:2,S"})


def test_a_source_in_trouble_says_which(publications: Any, folder: Path) -> None:
    source = MaildirSource(to(folder))
    folder.rename(folder.with_name("away"))
    with pytest.raises(Trouble, match="no-folder"):
        source.standing()
