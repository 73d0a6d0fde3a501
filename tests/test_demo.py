"""`balie demo` plays one message's life through the real doors and says truly whether all of it held."""

import subprocess
import sys

import pytest

from balie.config import demo_run
from balie.config.demo_house import House, NotHeld
from balie.config.demo_run import STEPS


def test_one_messages_life_holds_from_arrival_to_proof() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "balie", "demo"], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("✓") == len(STEPS)
    assert "All of it held" in done.stdout


@pytest.mark.parametrize("form", ["plain", "upper", "base64", "utf-16", "hexadecimal"])
def test_a_planted_word_in_any_file_is_found(form: str, tmp_path: object) -> None:
    import base64
    from pathlib import Path

    folder = Path(str(tmp_path))
    life = demo_run.Life(House(folder))
    word = life.words["subject"]
    forms = {
        "plain": word.encode(),
        "upper": word.upper().encode(),
        "base64": base64.b64encode(f"Subject: {word} and more".encode()),
        "utf-16": word.encode("utf-16"),
        "hexadecimal": word.encode().hex().encode(),
    }
    (folder / "left").write_bytes(b"before " + forms[form] + b" after")
    with pytest.raises(NotHeld, match="The planted subject stands in left"):
        demo_run._searched(life)
