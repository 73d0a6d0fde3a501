"""Speaking with the mail server that takes our mail: for the mail door, which sends, and for the command line, which tries."""

from balie.channels.relay.connection import Away, Connection, NotTaken, Secured
from balie.channels.relay.credentials import check, password

__all__ = ["Away", "Connection", "NotTaken", "Secured", "check", "password"]
