"""`balie recognise`: what is recognised in what you give it, without anything of the installation."""

import argparse

from balie.channels.cli import asking, recognise_files
from balie.kernel import Invalid, sentence


def add_commands(commands: asking.Commands) -> None:
    parser = asking.command(
        commands,
        "recognise",
        run,
        "show the texts in a file as the product reads what people send",
        example="balie recognise --image screenshot.png --json",
        more="Nothing is kept. What could not be looked into is said, and is no failure.",
    )
    recognise_files.add_arguments(parser)
    asking.as_json(parser)


def run(asked: argparse.Namespace) -> None:
    """Look into the file that was named."""
    if recognise_files.wanted(asked):
        recognise_files.run(asked)
        return
    raise Invalid(sentence("Name a file, with --image or --file."))
