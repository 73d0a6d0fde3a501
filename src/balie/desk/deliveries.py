"""Whether an answer arrived: what mail servers report, and what our own could not pass on, stands on the answer itself."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from balie import evidence, post
from balie.desk import clocks, rules, threading
from balie.desk.models import Message, Status, Ticket
from balie.kernel import Actor
from balie.post.models import Outgoing

LATE = timedelta(hours=4)  # after which an answer that waits is called delayed, as mail servers do (RFC 5321 4.5.4.1)

_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_ACTIONS = {"failed": "failed", "delayed": "delayed", "delivered": "", "relayed": "", "expanded": ""}
_CLASSES = {"5": "failed", "4": "delayed", "2": ""}
_WORST = ("", "delayed", "failed")


def return_path(message: Message, own: str) -> str:
    """The envelope sender of an answer: the desk's address with the ticket's secret word and which answer it is.

    `desk+1001.k3j2….2@…`: a report that comes back to it is about the second answer of ticket 1001, and nobody else can know it.
    """
    home = message.moved_from or message.ticket
    word, which = threading.secret_word(home), _answers(message.ticket, home).filter(handle__lte=message.handle)
    return own.replace("@", f"+{word}.{which.count()}@", 1)


def reported(
    ticket: Ticket, recipients: Iterable[str], reports: Iterable[tuple[str, str]], *, actor: Actor
) -> Message | None:
    """A delivery report came in on a ticket: it is noted on the answer that it is about, which is given back.

    reports: action and status code for each recipient (RFC 3464: `failed`, `5.1.1`). Nothing changes unless the report came to
    the answer's own return path, which only mail servers on its way know (see `return_path`). An answer that failed puts the
    ticket back into the queue. In the caller's transaction.
    """
    told = [_read(action, status) for action, status in reports]
    message = _answer_of(ticket, recipients) if told else None
    if message is None:
        return None
    state, code = max(told, key=lambda one: _WORST.index(one[0]))
    _note(message, state, code, actor=actor)
    return message


def sent(row: Outgoing, *, now: datetime) -> None:
    """A row of the outbox went out: an answer that was late is so no longer."""
    with transaction.atomic():
        if post.sent(row, now=now) and (message := _answer_in(row)):
            _note(message, "", "", actor=Actor.system("send", row.desk))


def not_sent(row: Outgoing, code: str, *, permanent: bool, now: datetime) -> None:
    """Our own mail server did not take a row: tried again, or, when it never will be, the answer has failed."""
    actor = Actor.system("send", row.desk)
    with transaction.atomic():
        ended = post.failed(row, code, permanent=permanent, now=now)
        message = _answer_in(row) if ended or now - row.created_at >= LATE else None
        if message is not None:
            _note(message, "failed" if ended else "delayed", code, actor=actor)


@transaction.atomic
def try_now(handle: UUID, *, actor: Actor) -> None:
    """Have a row of the outbox tried at once; an answer that had failed is under way again. Raises Refused (`post.may_decide`)."""
    message = _answer_in(post.try_now(handle, actor=actor))
    if message is not None and message.delivery == "failed":
        Message.objects.filter(pk=message.pk).update(delivery="", delivery_code="")


@transaction.atomic
def give_up(handle: UUID, *, actor: Actor) -> None:
    """Give a row of the outbox up; its answer has failed and its ticket waits in the queue. Raises Refused (`post.may_decide`)."""
    row = post.give_up(handle, actor=actor)
    message = _answer_in(row)
    if message is not None:
        _note(message, "failed", row.last_error, actor=actor)


def _answer_of(ticket: Ticket, recipients: Iterable[str]) -> Message | None:
    """The answer to whose return path something came, on the ticket on which it was given, or that this was merged with."""
    wanted = [one.lower() for one in recipients]
    for home in (ticket, *Ticket.objects.filter(pk__in=ticket.messages.values("moved_from"))):
        place = re.compile(rf"\+{re.escape(threading.secret_word(home))}\.([1-9][0-9]{{0,5}})@")
        found = next((match for one in wanted if (match := place.search(one))), None)
        if found is not None:
            which = int(found[1]) - 1
            return _answers(ticket, home).order_by("handle")[which : which + 1].first()
    return None


def _answer_in(row: Outgoing) -> Message | None:
    if row.kind != "answer" or "message" not in row.refs:
        return None
    return Message.objects.filter(handle=UUID(row.refs["message"])).select_related("ticket").first()


def _answers(ticket: Ticket, home: Ticket) -> QuerySet[Message]:
    """The answers that stand on a ticket and were given on `home`: that ticket, or one that was merged into it."""
    return ticket.messages.filter(kind=Message.Kind.ANSWER, moved_from=None if home == ticket else home)


def _read(action: str, status: str) -> tuple[str, str]:
    """State and code as they are kept. An action that is not known is read from the class of the status."""
    code = status if _STATUS.fullmatch(status) else ""
    state = _ACTIONS.get(action, _CLASSES.get(code[:1], ""))
    return state, code or {"failed": "5.0.0", "delayed": "4.0.0"}.get(state, "")


def _note(message: Message, state: str, code: str, *, actor: Actor) -> None:
    """What is known of an answer now. One that failed stays so; one that arrived and was not late is no news."""
    if message.delivery in (state, "failed"):
        return
    message.delivery, message.delivery_code = state, code if state else ""
    message.save(update_fields=["delivery", "delivery_code"])
    if state == "failed":
        _back(message.ticket, actor)
    ticket = message.ticket
    evidence.record(
        f"delivery.{state or 'arrived'}",
        actor,
        message.handle,
        operation="use",
        activity=rules.version_of(ticket).uri(ticket.activity),
        about=[ticket.requester_id] if ticket.requester_id else [],
        facts={"ticket": ticket.number, "service": ticket.service, "channel": ticket.channel, "code": code or None},
    )


def _back(ticket: Ticket, actor: Actor) -> None:
    """Whoever waits for an answer that did not come is waited for in vain: back into the queue, also from closed."""
    if ticket.status not in (Status.WAITING, Status.CLOSED):
        return
    if ticket.status == Status.CLOSED:
        clocks.wait_again(ticket, actor=actor)
    ticket.status, ticket.closed_at = Status.OPEN, None
    ticket.save(update_fields=["status", "closed_at"])
