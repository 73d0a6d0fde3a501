"""`balie staff`: the first people of a desk. Afterwards its own administrators do this."""

import argparse
import base64
from urllib.parse import quote, urlencode

from balie import register
from balie.channels.cli import asking, printing
from balie.kernel import Actor
from balie.people import accounts


def add_commands(commands: asking.Commands) -> None:
    own = asking.group(commands, "staff", "people who work at a desk", "balie staff appoint publications")
    parser = asking.command(
        own,
        "appoint",
        appoint,
        "make an account at a desk, and print once what it signs in with",
        example="balie staff appoint publications --role administrator --role agent",
        more="Name and address are asked for when they are not given, so that they need not stand in the shell's history.",
    )
    parser.add_argument("of", metavar="DESK", help="the desk")
    parser.add_argument("--name", metavar="NAME", help="as colleagues and requesters may read it")
    parser.add_argument("--email", metavar="ADDRESS", help="what is signed in with")
    parser.add_argument(
        "--role", action="append", choices=sorted(accounts.ROLES), help="again for each (default: administrator)"
    )
    parser.add_argument(
        "--team", action="append", metavar="TEAM", help="again for each (default: all teams of the desk)"
    )


def appoint(asked: argparse.Namespace) -> None:
    """Appoint, and print the password and the secret of the one-time codes; neither can be shown again."""
    desk = asking.one_desk(asked.of)
    email = asked.email or asking.typed("E-mail address")
    account, keys = accounts.appoint(
        name=asked.name or asking.typed("Name"),
        email=email,
        roles=asked.role or ["administrator"],
        teams=asked.team or list(register.in_force(desk).teams),
        actor=Actor.system("set-up", desk),
    )
    printing.line(f"password: {keys.password}")
    printing.line(f"authenticator: {_otpauth(desk, email, keys.one_time)}")
    printing.say(f"Account {account.handle.hex} of «{desk}». Hand both over safely: they are not shown again.")


def _otpauth(desk: str, email: str, secret: bytes) -> str:
    """The address from which authenticators take the secret (RFC 6238: SHA-1, six digits, 30 seconds)."""
    label = quote(f"Balie {desk}:{email}")
    return f"otpauth://totp/{label}?" + urlencode(
        {"secret": base64.b32encode(secret).decode().rstrip("="), "issuer": f"Balie {desk}"}, quote_via=quote
    )
