"""Files that go with an answer: kept sealed with it, within what the register declares and what a mail can carry."""

from collections.abc import Sequence

from django.conf import settings

from balie import vault
from balie.desk import clocks, intake, looking_through, rules
from balie.desk.models import Attachment, Message, Ticket
from balie.kernel import Actor, Invalid, check, sentence

MEGABYTE = 1024 * 1024


def enclose(message: Message, files: Sequence[intake.File], *, ticket: Ticket, actor: Actor) -> None:
    """Keep files with an answer that is being written, in the caller's transaction.

    Raises Refused when the register does not declare files from staff, Invalid when one is empty or all of them together are
    more than the setting BALIE_ANSWER_FILES (megabytes) lets an answer carry; nothing is kept then.
    """
    if not files:
        return
    check(rules.enclose(ticket, actor))
    _check_sizes(files)
    about = (ticket.requester_id,) if ticket.requester_id else ()
    seen = [looking_through.look(ticket, file.name, sender="") for file in files]
    values = [value for file in files for value in ((file.name or "?").encode(), file.content)]
    place = (ticket.activity, rules.group_of(ticket), "attachment")
    put = vault.put(
        [vault.Item(*place, value, "ticket", ticket.handle, about, "staff") for value in values],
        actor=actor,
        version=rules.version_of(ticket),
    )
    clocks.wind(ticket, actor=actor)
    looking_through.note(ticket, dict(zip(put[::2], seen, strict=True)))
    Attachment.objects.bulk_create(
        Attachment(message=message, name=name, content=content, size=len(file.content), media_type=file.media_type[:80])
        for file, name, content in zip(files, put[::2], put[1::2], strict=True)
    )


def _check_sizes(files: Sequence[intake.File]) -> None:
    for file in files:
        if not file.content:
            raise Invalid(sentence("The file «{name}» is empty: nothing was sent.", name=file.name))
    most, together = settings.BALIE_ANSWER_FILES, sum(len(file.content) for file in files)
    if together > most * MEGABYTE:
        say = sentence(
            "The files are {size} MB together, and an answer carries {most} MB at most. Nothing was sent: leave one out.",
            size=-(-together // MEGABYTE),
            most=most,
        )
        raise Invalid(say, size=together, most=most * MEGABYTE)
