"""What the register would rather not have: said quietly to whoever types it, never in the way (mission S0.4)."""

from balie.channels import telling
from balie.channels.tags import said
from balie.desk import checking, reporter
from balie.desk.models import Message, Ticket
from balie.kernel import Sentence, sentence


def warning(ticket: Ticket, text: str) -> Sentence | None:
    """What to say of a text that seems to fill in an avoided item; None when it does not."""
    words = reporter.avoided_words(ticket, text) if text else []
    if not words:
        return None
    names = ", ".join(word.read(telling.language()) for word in words)
    return sentence(
        "This seems to say what this desk avoids: {names}. Leave it out, unless it cannot be helped.", names=names
    )


def before_it_goes(ticket: Ticket, kind: str, text: str, *, address: str, files: int = 0) -> str:
    """What is worth a second look in what is being written, each on a line: of an answer all, of a note what is avoided.

    address: where the answer goes. files: how many were chosen to go along. It stops nothing.
    """
    if kind == Message.Kind.NOTE:
        return said(warning(ticket, text))
    return "\n".join(said(one.said) for one in checking.before(ticket, text, files=files, address=address))
