"""Ten minutes of mails that a fuzzer and a generator make, none of which breaks the reader."""

import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.corpus import mails
from hypothesis import given, settings
from hypothesis import strategies as st

from balie.channels.mail.parsing import read
from balie.channels.mail.tests import attacks
from balie.channels.mail.tests.active import ACTIVE
from balie.channels.mail.tests.sound import fit, harmless
from balie.channels.mail.tests.test_attacks import MAIL_PIECES
from balie.channels.mail.tests.test_wrapped_mail import CALENDAR, FILE, SIGNED
from balie.channels.mail.tests.wrapped import HEAD, parts, pkcs7, signed, winmail

ROOT = Path(__file__).resolve().parents[2]
MINUTES = 8
SMALL = 20_000  # bytes: what a fuzzer changes must stay small to be changed often

pytestmark = pytest.mark.torture


def seeds(folder: Path) -> None:
    """Mails of every kind to begin from."""
    kinds = [*mails(41, 40), *map(attacks.page, ACTIVE), *attacks.bombs().values()]
    kinds += [parts(b"\r\nx", winmail(FILE)), pkcs7(signed(SIGNED, pieces=3)), HEAD + CALENDAR]
    kinds += [raw for name in attacks.NAMES for raw in attacks.named(name)]
    kinds += [f"From: {written}\r\n\r\nx".encode() for written in attacks.SPOOFED]
    for number, raw in enumerate(kinds):
        (folder / str(number)).write_bytes(raw[:SMALL])


def test_no_mail_that_a_fuzzer_finds_breaks_the_reader(tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="there is no atheris for this Python")
    found, begin = tmp_path / "found", tmp_path / "begin"
    found.mkdir()
    begin.mkdir()
    seeds(begin)
    limits = [
        f"-max_total_time={MINUTES * 60}",
        f"-max_len={SMALL}",
        "-timeout=5",
        "-rss_limit_mb=1500",
        "-verbosity=0",
    ]
    command = [sys.executable, "-m", "tests.torture.fuzz_mail", *limits, f"-artifact_prefix={tmp_path}/", found, begin]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]


@settings(deadline=None, max_examples=20_000)
@given(st.lists(MAIL_PIECES | st.binary(max_size=30), max_size=80).map(b"".join))
def test_no_mail_that_a_generator_makes_breaks_the_reader(raw: bytes) -> None:
    for one in (raw, attacks.FROM.encode() + raw):
        mail = read(one, with_html=True)
        fit(mail)
        harmless(mail.html)
