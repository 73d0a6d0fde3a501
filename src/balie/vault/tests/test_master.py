"""The master key: missing, wrong, readable by others, or no key at all: one sentence each that says what to do, and nothing changed."""

import base64
import secrets
from pathlib import Path
from typing import Any

import pytest

from balie import vault
from balie.kernel import Invalid
from balie.vault.keys.models import DeskKey
from balie.vault.tests.keeping import put, read


@pytest.fixture
def file(tmp_path: Path, settings: Any) -> Path:
    """The place of the master key, taken from a file from now on. There is none yet."""
    settings.BALIE_MASTER_KEY = ""
    settings.BALIE_MASTER_KEY_FILE = tmp_path / "elsewhere" / "master.key"
    vault.forget()
    return Path(settings.BALIE_MASTER_KEY_FILE)


def said(desk: str) -> str:
    """The one sentence, the same whatever is asked."""
    sentences = set()
    for ask in (vault.check_master_key, lambda: vault.open_desk(desk), lambda: vault.lookup(desk, "account", "x")):
        with pytest.raises(Invalid) as stop:
            ask()
        sentences.add(str(stop.value))
    (sentence,) = sentences
    return sentence


def write(file: Path, content: bytes, mode: int = 0o600) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content)
    file.chmod(mode)
    vault.forget()


def test_a_missing_key_is_named_with_its_place_and_what_to_do(publications: Any, file: Path) -> None:
    sentence = said(publications.desk)
    assert str(file) in sentence
    assert "Put the key back there" in sentence


def test_another_key_opens_nothing_and_changes_nothing(publications: Any, file: Path) -> None:
    before = list(DeskKey.objects.values_list("desk", "sealed"))
    write(file, base64.b64encode(secrets.token_bytes(32)))
    assert said(publications.desk) == (
        "This master key is not the one with which the data were sealed: take the right one; nothing was changed."
    )
    with pytest.raises(Invalid):
        vault.open_desk("a-third-desk")
    assert list(DeskKey.objects.values_list("desk", "sealed")) == before


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o777])
def test_a_key_that_others_can_read_is_refused(publications: Any, file: Path, mode: int) -> None:
    write(file, base64.b64encode(secrets.token_bytes(32)), mode)
    assert "Others can read the master key" in said(publications.desk)
    assert "chmod 600" in said(publications.desk)


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"short", base64.b64encode(b"x" * 31), base64.b64encode(b"x" * 33), b"not base64 !" * 4]
)
def test_what_is_no_key_is_said_so(publications: Any, file: Path, content: bytes) -> None:
    write(file, content)
    assert "not 32 bytes in base64" in said(publications.desk)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", None])
def test_what_cannot_be_read_is_said_so(publications: Any, file: Path, content: bytes | None) -> None:
    if content is None:
        file.mkdir(parents=True)
    else:
        write(file, content)
    assert "cannot be read" in said(publications.desk)


def test_a_fresh_key_is_written_once_for_its_owner_only(file: Path, settings: Any) -> None:
    vault.make_master_key(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(base64.b64decode(file.read_bytes())) == 32
    written = file.read_bytes()
    with pytest.raises(Invalid, match="There is a master key already; it was left as it is"):
        vault.make_master_key(file)
    assert file.read_bytes() == written


def test_the_right_key_from_a_file_serves_as_well(publications: Any, settings: Any, tmp_path: Path) -> None:
    handle = put(publications, "message", "sealed before")
    file = tmp_path / "master.key"
    write(file, settings.BALIE_MASTER_KEY.encode() + b"\n")
    settings.BALIE_MASTER_KEY, settings.BALIE_MASTER_KEY_FILE = "", file
    vault.forget()
    vault.check_master_key()
    assert read(publications.bob, handle) == ["sealed before"]


def test_a_desk_that_was_never_opened_is_told_what_to_run(publications: Any) -> None:
    with pytest.raises(Invalid, match="run `balie init`"):
        vault.lookup("no-such-desk", "account", "x")


def test_opening_a_desk_twice_leaves_its_key_as_it_is(publications: Any) -> None:
    before = vault.lookup(publications.desk, "account", "x")
    vault.open_desk(publications.desk)
    vault.forget()
    assert vault.lookup(publications.desk, "account", "x") == before
