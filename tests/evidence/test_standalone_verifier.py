"""The verifier that knows nothing of this program, run as anyone would run it, over what `export` lays out."""

import ast
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from balie import evidence
from balie.evidence.exporting import path
from balie.evidence.models import Entry
from balie.evidence.tests import tampering
from balie.evidence.tests.conftest import DESK, Key
from balie.kernel import Invalid

TOOL = Path(__file__).parents[2] / "tools" / "verify_evidence.py"
Sealed = Callable[..., str]

pytestmark = pytest.mark.usefixtures("db")


class Check:
    """Runs the tool over a folder and keeps what it said."""

    def __init__(self, tmp_path: Path, key: Key) -> None:
        self.folder, self.yesterday, self.key = tmp_path / "log", tmp_path / "yesterday.txt", key

    def __call__(self, *more: str, known: str | None = None, vkey: str | None = None) -> tuple[int, list[str]]:
        arguments = [sys.executable, "-I", str(TOOL), str(self.folder), "--vkey", vkey or self.key.vkey, *more]
        if known is not None:
            self.yesterday.write_text(known, encoding="utf-8")
            arguments += ["--checkpoint", str(self.yesterday)]
        done = subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=60)
        assert done.stderr == ""
        return done.returncode, done.stdout.splitlines()


@pytest.fixture
def check(tmp_path: Path, key: Key) -> Check:
    return Check(tmp_path, key)


def test_it_imports_nothing_but_the_standard_library_and_cryptography() -> None:
    tree = ast.parse(TOOL.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "." for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} - sys.stdlib_module_names == {"cryptography"}


def test_a_log_that_holds_is_said_to_hold(sealed: Sealed, check: Check) -> None:
    yesterday = sealed(300)
    sealed(600)
    assert evidence.export(DESK, check.folder) == 900
    assert check(known=yesterday) == (
        0,
        [
            "900 entries sealed: 900 as recorded, 0 expired under their term.",
            "The log continues the earlier checkpoint of 300 entries.",
        ],
    )


def test_without_an_earlier_checkpoint_it_says_what_it_cannot_see(sealed: Sealed, check: Check) -> None:
    sealed(3)
    evidence.export(DESK, check.folder)
    status, said = check()
    assert status == 0
    assert said[-1].startswith("No earlier checkpoint was given")


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        (tampering.change_one, ["Entry 2 was changed after it was sealed."]),
        (tampering.remove_one, ["Entry 2 is missing."]),
        (tampering.shorten_a_term, ["The seal of entry 2 was changed."]),
        (tampering.swap_two, ["The seal of entry 2 was changed.", "The seal of entry 3 was changed."]),
        (tampering.cut_the_rows, [f"Entry {index} is missing." for index in (4, 5, 6)]),
        (tampering.cut_the_tail, ["The tail was cut: 5 entries were signed earlier, now there are 4."]),
        (tampering.rebuild, ["The log was rebuilt: its first 5 entries are not those that were signed earlier."]),
        (
            tampering.lose_a_tile,
            ["Tile 0/0 is missing or not as long as the checkpoint says: the entries from 0 on cannot be checked."],
        ),
    ],
)
def test_given_yesterdays_checkpoint_it_finds_every_tampering_in_the_database(
    tamper: Callable[[Key], None], found: list[str], sealed: Sealed, key: Key, check: Check
) -> None:
    yesterday = sealed(5)
    sealed(2)
    tamper(key)
    evidence.export(DESK, check.folder)
    status, said = check(known=yesterday)
    assert (status, said[:-1]) == (1, found)
    assert said[-1] == f"This log does not hold: {len(found)} of the things above do not fit."


def test_an_entry_emptied_before_its_term_is_found(sealed: Sealed, key: Key, check: Check) -> None:
    sealed(5)
    tampering.empty_one(key)
    evidence.export(DESK, check.folder)
    status, said = check()
    assert status == 1
    assert said[0].startswith("Entry 2 was removed before its term, which ends on 20")


def test_what_has_expired_under_its_term_is_in_order_and_not_before(sealed: Sealed, check: Check) -> None:
    yesterday = sealed(2, kind="look")
    sealed(2)
    late = datetime.now(UTC).replace(year=datetime.now(UTC).year + 2, day=1)
    assert evidence.expire(now=late) == 2
    evidence.export(DESK, check.folder)
    assert check(f"--as-of={late.date()}", known=yesterday)[1][0] == (
        "4 entries sealed: 2 as recorded, 2 expired under their term."
    )
    status, said = check(known=yesterday)
    assert status == 1
    assert [one.partition(" before")[0] for one in said[:2]] == ["Entry 0 was removed", "Entry 1 was removed"]


def lines(folder: Path) -> list[str]:
    return (folder / "entries.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)


def write(folder: Path, kept: list[str]) -> None:
    (folder / "entries.jsonl").write_text("".join(kept), encoding="utf-8")


def change_a_line(folder: Path) -> None:
    write(
        folder,
        [line.replace('"late":false', '"late":true') if '"index":2,' in line else line for line in lines(folder)],
    )


def take_a_line(folder: Path) -> None:
    write(folder, [line for line in lines(folder) if '"index":2,' not in line])


def double_a_line(folder: Path) -> None:
    write(folder, [*lines(folder)[:3], *lines(folder)[2:]])


def spoil_a_line(folder: Path) -> None:
    write(folder, ["{" if '"index":2,' in line else line for line in lines(folder)])


def add_a_line(folder: Path) -> None:
    write(folder, [*lines(folder), lines(folder)[-1].replace('"index":299', '"index":300')])


def cut_the_checkpoint(folder: Path) -> None:
    note = folder / "checkpoint"
    note.write_text(note.read_text(encoding="utf-8").replace("\n300\n", "\n256\n"), encoding="utf-8")


def lose_the_checkpoint(folder: Path) -> None:
    (folder / "checkpoint").unlink()


def spoil_a_higher_tile(folder: Path) -> None:
    (folder / "tile/1/000.p/1").write_bytes(bytes(32))


def cut_the_leaves(folder: Path) -> None:
    bundle = folder / "tile/entries/000"
    bundle.write_bytes(bundle.read_bytes()[:-40])


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        (change_a_line, "Entry 2 was changed after it was sealed."),
        (take_a_line, "Entry 2 was removed before its term, which ends on "),
        (double_a_line, "Line 2 of the entries is out of order or doubled."),
        (spoil_a_line, "Line 3 of the entries cannot be read."),
        (add_a_line, "There are entries from 300 on that no checkpoint covers."),
        (cut_the_checkpoint, "is no checkpoint signed with the given key."),
        (lose_the_checkpoint, "is no checkpoint signed with the given key."),
        (spoil_a_higher_tile, "Tile 1/0 is missing or does not fit the entries under it."),
        (cut_the_leaves, "The leaves from 0 on are 255 instead of 256."),
    ],
)
def test_what_was_changed_in_the_files_themselves_is_found(
    tamper: Callable[[Path], None], found: str, sealed: Sealed, check: Check
) -> None:
    yesterday = sealed(300)
    evidence.export(DESK, check.folder)
    tamper(check.folder)
    status, said = check(known=yesterday)
    assert status == 1
    assert found in said[0]


def test_another_key_or_a_checkpoint_of_another_key_does_not_pass(sealed: Sealed, key: Key, check: Check) -> None:
    yesterday = sealed(3)
    evidence.export(DESK, check.folder)
    other = Key(key.origin, b"\x09" * 32)
    assert check(vkey=other.vkey)[0] == 1
    assert check(known=yesterday.replace("\n3\n", "\n2\n"))[0] == 1
    assert check(vkey="nonsense")[1][0].startswith("The public key is not of the form NAME+ID+KEY")


def test_wrong_usage_is_told_from_a_log_that_does_not_hold() -> None:
    done = subprocess.run([sys.executable, "-I", str(TOOL)], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert "--vkey" in done.stderr


def test_numbers_of_every_size_are_read_back_as_they_were_recorded(
    fill: Callable[..., None], key: Key, check: Check, bob: object
) -> None:
    numbers = [0.1, -0.0, 1e-7, 1e-6, 123456.789, 1e21, 1.5e300, 5e-324, 2.0, 6.091154021069529e16, -1 / 3]
    for number in numbers:
        evidence.record("number.noted", bob, None, operation="record", facts={"number": number, "whole": 2**53 - 1})  # type: ignore[arg-type]
    evidence.seal(lambda desk: key)
    evidence.export(DESK, check.folder)
    assert evidence.verify(DESK, vkey=key.vkey, now=datetime.now(UTC)).ok
    assert check()[0] == 0


def test_files_lie_as_other_verifiers_expect_them_and_are_for_their_owner_only(sealed: Sealed, check: Check) -> None:
    sealed(600)
    evidence.export(DESK, check.folder)
    files = {str(file.relative_to(check.folder)): file.stat() for file in check.folder.rglob("*") if file.is_file()}
    assert {name: stat.st_size for name, stat in files.items() if name.startswith("tile")} == {
        **{f"tile/0/{name}": size for name, size in (("000", 8192), ("001", 8192), ("002.p/88", 88 * 32))},
        **{
            f"tile/entries/{name}": size for name, size in (("000", 256 * 40), ("001", 256 * 40), ("002.p/88", 88 * 40))
        },
        "tile/1/000.p/2": 64,
    }
    assert {oct(stat.st_mode & 0o777) for stat in files.values()} == {"0o600"}


def test_a_tile_far_out_lies_in_groups_of_three() -> None:
    assert path(1234067, 256) == "x001/x234/067"
    assert path(1000, 3) == "x001/000.p/3"


def test_what_was_sealed_after_the_checkpoint_is_not_in_the_export_and_nothing_sealed_is_refused(
    fill: Callable[..., None], sealed: Sealed, check: Check
) -> None:
    with pytest.raises(Invalid, match="Nothing has been sealed"):
        evidence.export(DESK, check.folder)
    sealed(3)
    fill(2)
    evidence.export(DESK, check.folder)
    assert len(lines(check.folder)) == 3
    assert Entry.objects.count() == 5
    assert check()[0] == 0
