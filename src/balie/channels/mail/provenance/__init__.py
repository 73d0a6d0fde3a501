"""Who sent it: what the receiving mail server and we ourselves know of a mail's sender, in codes that stay with the message."""

from balie.channels.mail.provenance.judging import judge

__all__ = ["judge"]
