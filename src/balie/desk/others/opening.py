"""Opening what is held back, all the same: asked for by one person, one file at a time, with a reason that stands on the ticket."""

from django.db import transaction

from balie import vault
from balie.desk import conversation
from balie.desk.models import Attachment, Others
from balie.desk.others import showing
from balie.kernel import Actor


@transaction.atomic
def open_file(file: Attachment, case: Others | None, *, reason: str, actor: Actor) -> vault.Reading:
    """The reading through which a file that is held back is opened: a look of its own (`others.file-opened`), and a note on the
    ticket with the reason. Raises Refused without a reason, or when what was decided lets nobody see it any more."""
    reading = showing.open_file(case, file, reason=reason, actor=actor)
    conversation.note(file.message.ticket, text=reason, actor=actor)
    return reading
