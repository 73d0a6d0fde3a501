"""Jobs of the mail door: reading what arrived, sending what waits."""

from functools import cache
from uuid import UUID

from django.utils import timezone

from balie import jobs, post
from balie.channels.mail import sending
from balie.channels.mail.child import Reader
from balie.channels.mail.parsing import ReadMail
from balie.desk import arrivals, intake
from balie.desk.models import Arrival
from balie.kernel import Actor


@cache
def reader() -> Reader:
    """The child process of this worker that reads mail."""
    return Reader()


@jobs.job("mail.read")
def read(args: dict[str, str]) -> None:
    """Read one mail that arrived and take it in; one that is read already stays as it is."""
    arrival = Arrival.objects.filter(handle=UUID(args["arrival"]), read_at=None).first()
    if arrival is None:
        return
    delivery = arrivals.opened(arrival)
    mail = reader().read(delivery.raw)
    intake.receive(arrival, incoming(delivery, mail), actor=Actor.system("receive", arrival.desk))


@jobs.job("mail.send")
def send(args: dict[str, str]) -> None:
    """Send what waits in the outbox."""
    sending.send_waiting()


def incoming(delivery: arrivals.Delivery, mail: ReadMail) -> intake.Incoming:
    """A mail that was read, as the desk takes it in. The envelope's null sender means that a machine wrote."""
    quoted = tuple(dict.fromkeys((*mail.references, mail.in_reply_to)))
    bounced = (mail.bounce.original,) if mail.bounce and mail.bounce.original else ()
    return intake.Incoming(
        sender=mail.from_address or delivery.sender,
        sender_name=mail.from_name,
        recipients=delivery.recipients,
        subject=mail.subject,
        text=mail.text,
        files=files_of(delivery, mail),
        message_id=mail.message_id,
        quoted_ids=tuple(one for one in (*quoted, *bounced) if one),
        automatic=mail.automatic or mail.bounce is not None or not delivery.sender,
        unreadable=mail.unreadable,
        folds=tuple((one.start, one.end, one.kind) for one in mail.folds),
        protection=mail.protection,
    )


def files_of(delivery: arrivals.Delivery, mail: ReadMail) -> tuple[intake.File, ...]:
    """The files that come with a mail; one that could not be read is a file itself, whole, so that nothing is lost."""
    if mail.unreadable:
        return (intake.File("message.eml", delivery.raw, "message/rfc822"),)
    return tuple(intake.File(one.name, one.content, one.media_type[:80], one.inline) for one in mail.attachments)


@jobs.job("post.tidy")
def tidy(args: dict[str, str]) -> None:
    """Take away rows of the outbox that were sent long ago."""
    post.tidy(now=timezone.now())
