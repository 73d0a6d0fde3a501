"""The command line as a function: what it answers, prints and says beside it."""

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from balie.channels import cli
from balie.kernel import Stop


@dataclass(frozen=True)
class Said:
    """How a command ended: status 0, 1 or 2, standard output, standard error."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(prog="balie")
    cli.add_commands(whole.add_subparsers(required=True))
    return whole


@pytest.fixture
def balie(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Run one command, with errors ended as the whole command line ends them."""

    def run(*arguments: object) -> Said:
        try:
            asked = parser().parse_args([str(one) for one in arguments])
            status = asked.run(asked) or 0
        except Stop as stop:
            print(stop.sentence)
            said = capsys.readouterr()
            return Said(1, "", said.out.splitlines()[-1])
        except SystemExit as end:
            status = int(end.code or 0)
        said = capsys.readouterr()
        return Said(status, said.out, said.err)

    return run
