"""What the register would rather not have: said quietly to whoever types it, never in the way (mission S0.4)."""

from balie.channels import telling
from balie.desk import reporter
from balie.desk.models import Ticket
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
