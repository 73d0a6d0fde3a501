"""What a command says when it cannot do what it was asked, and what must still be there afterwards."""

import subprocess

from tests.installation import Installation

SIZES = ("desk_ticket", "desk_message", "desk_arrival", "vault_record", "register_adopted", "people_account")


def kept(house: Installation) -> dict[str, int]:
    """How much is kept of everything."""
    return {table: house.rows(f"SELECT count(*) FROM {table}")[0][0] for table in SIZES}


def one_sentence(told: subprocess.CompletedProcess[str]) -> str:
    """What was said: on standard error, without a trace of the program's insides."""
    assert told.returncode == 1
    assert "Traceback" not in told.stderr + told.stdout
    assert "Error:" not in told.stderr
    said = told.stderr.strip()
    assert said.endswith(".") or said.endswith("]"), said
    assert said.count("\n") == 0, said
    return said
