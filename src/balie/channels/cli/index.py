"""`balie index`: make the search index anew from what is kept, as after a restore."""

import argparse

from balie import vault
from balie.channels.cli import asking, printing


def add_commands(commands: asking.Commands) -> None:
    own = asking.group(commands, "index", "the search index", "balie index rebuild")
    parser = asking.command(
        own,
        "rebuild",
        rebuild,
        "index everything anew; the desk may go on working meanwhile",
        example="balie index rebuild --desk publications",
        more="The index is in no backup. Nothing of what it is made from is shown.",
    )
    asking.desk(parser)


def rebuild(asked: argparse.Namespace) -> None:
    """Index the records of one desk or of all."""
    with printing.steps() as steps:
        for desk in asking.desks(asked):
            steps.at(f"indexing {desk}")
            printing.line(f"{desk}: {vault.rebuild_index(desk)} records can be found")
    vault.tidy()
