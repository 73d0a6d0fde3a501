"""Reads one mail, whatever was sent: `read` gives a `ReadMail` for any bytes, in bounded time and space.

Nothing here knows Django, models or the network: it runs in the child process of `balie.channels.mail.child`.
"""

from balie.channels.mail.parsing.outcome import BouncedRecipient, ReadAttachment, ReadBounce, ReadMail
from balie.channels.mail.parsing.reading import read

__all__ = ["BouncedRecipient", "ReadAttachment", "ReadBounce", "ReadMail", "read"]
