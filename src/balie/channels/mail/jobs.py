"""Jobs of the mail door: reading what arrived, sending what waits."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from balie import jobs, post, vault
from balie.channels.mail import loops, provenance, sending
from balie.channels.mail.child import Reader
from balie.channels.mail.fetching import watching
from balie.channels.mail.parsing import ReadMail
from balie.desk import arrivals, intake
from balie.desk.models import Arrival
from balie.kernel import Actor

AT_ONCE = 8 * 1024 * 1024  # bytes of mail that are open at once


@cache
def reader() -> Reader:
    """The child process of this worker that reads mail."""
    return Reader()


@jobs.together("mail.read")
def read(several: Sequence[dict[str, str]]) -> None:
    """Read mails that arrived and take them in, all or none; one that is read already stays as it is."""
    wanted = [UUID(args["arrival"]) for args in several]
    found = Arrival.objects.filter(handle__in=wanted, read_at=None).in_bulk(wanted)
    waiting = [found[handle] for handle in wanted if handle in found]
    for _desk, some in groupby(waiting, key=lambda arrival: arrival.desk):
        for bundle in _bundles(some):
            _take_in(bundle)


def _take_in(waiting: Sequence[Arrival]) -> None:
    """Mails of one desk: read first, which may take long, then kept in one transaction."""
    opened = zip(waiting, arrivals.opened(waiting), strict=True)
    read_ = [_read(delivery, arrival.desk) for arrival, delivery in opened]
    with transaction.atomic(), vault.together():
        for arrival, mail in zip(waiting, read_, strict=True):
            intake.receive(arrival, mail, actor=Actor.system("receive", arrival.desk))


def _read(delivery: arrivals.Delivery, desk: str) -> intake.Incoming:
    mail = reader().read(delivery.raw)
    found = incoming(delivery, mail, provenance.judge(mail, delivery.raw, desk=desk))
    goes_round = loops.is_ours(desk, found.sender, mail.message_id) or loops.hops(delivery.raw) > loops.MANY_HOPS
    return replace(found, automatic=True) if goes_round else found


def _bundles(waiting: Iterable[Arrival]) -> Iterator[list[Arrival]]:
    """Mails in their order, as many at once as memory holds with ease."""
    bundle: list[Arrival] = []
    for arrival in waiting:
        if bundle and sum(one.size for one in bundle) + arrival.size > AT_ONCE:
            yield bundle
            bundle = []
        bundle.append(arrival)
    if bundle:
        yield bundle


@jobs.job("mail.send")
def send(args: dict[str, str]) -> None:
    """Send what waits in the outbox."""
    sending.send_waiting()


@jobs.job("mail.leave-off")
def leave_off(args: dict[str, str]) -> None:
    """The process ends: finish the mail that is under way, and begin no other."""
    sending.leave_off()


def incoming(
    delivery: arrivals.Delivery, mail: ReadMail, judged: Mapping[str, intake.Provenance] | None = None
) -> intake.Incoming:
    """A mail that was read, as the desk takes it in. The envelope's null sender means that a machine wrote.

    judged: what was found out about who sent it.
    """
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
        provenance=judged or {},
        copied=(*mail.to, *mail.cc, *mail.reply_to),
        reports=tuple((one.action, one.status) for one in mail.bounce.recipients) if mail.bounce else (),
    )


def files_of(delivery: arrivals.Delivery, mail: ReadMail) -> tuple[intake.File, ...]:
    """The files that come with a mail; one that could not be read is a file itself, whole, so that nothing is lost."""
    if mail.unreadable:
        return (intake.File("message.eml", delivery.raw, "message/rfc822"),)
    return tuple(intake.File(one.name, one.content, one.media_type[:80], one.inline) for one in mail.attachments)


@jobs.job("mail.fetch")
def fetch(args: dict[str, str]) -> None:
    """Read one mailbox of the settings once, unless another process is at it."""
    watching.fetch(args["mailbox"])


@jobs.job("post.tidy")
def tidy(args: dict[str, str]) -> None:
    """Take away rows of the outbox that were sent long ago."""
    post.tidy(now=timezone.now())
