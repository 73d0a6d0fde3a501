"""`balie phone`: what a desk's telephone system needs to tell of incoming calls."""

import argparse

from balie.channels import access
from balie.channels.cli import asking, printing
from balie.kernel import Refused, sentence


def add_commands(commands: asking.Commands) -> None:
    own = asking.group(commands, "phone", "the telephone of a desk", "balie phone token citizens-advice")
    parser = asking.command(
        own,
        "token",
        token,
        "print the secret with which a telephone system tells of incoming calls",
        example="balie phone token citizens-advice",
        more="It goes into the header «Authorization: Bearer …» of the event (docs/incoming-calls.md).",
    )
    parser.add_argument("of", metavar="DESK", help="the desk")


def token(asked: argparse.Namespace) -> None:
    """Print the secret. Raises Refused when the desk takes no calls."""
    known = access.call_token(asking.one_desk(asked.of))
    if not known:
        raise Refused(sentence("The desk «{desk}» takes no calls: its settings do not name the phone.", desk=asked.of))
    printing.line(known)
