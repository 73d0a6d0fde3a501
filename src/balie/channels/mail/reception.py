"""Reception: mail by SMTP is sealed and durable before it is accepted; several that come together share one commit."""

import asyncio
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import DatabaseError, OperationalError, close_old_connections, connections
from django.utils import timezone

from balie import register
from balie.channels.mail.loops import MOST_HOPS, hops
from balie.channels.mail.pacing import Pace
from balie.desk import arrivals
from balie.kernel import Actor, Refused, Stop, log

LARGEST = 50 * 1024 * 1024  # bytes of one mail
LONGEST_LINE = 1024 * 1024  # RFC 5321 says 1,000, the world does not keep to it
FRESH = 2.0  # seconds
TOGETHER = 64  # mails in one commit at most

ACCEPTED = "250 2.0.0 Accepted and kept"
LATER = "451 4.3.0 Cannot keep it right now, please try again"
NOT_KEPT = "550 5.7.1 This desk does not keep mail"
NOBODY = "550 5.1.1 There is no such address here"
ROUND = "554 5.4.6 This mail goes round in circles"


@dataclass(frozen=True)
class _Waiting:
    desk: str
    delivery: arrivals.Delivery
    answer: Future[str]


class AddressBook:
    """Which desk receives mail at which address; asked anew when older than two seconds, off the event loop."""

    def __init__(self) -> None:
        self._desks: dict[str, str] = {}
        self._asked_at = 0.0

    async def desk_of(self, address: str) -> str | None:
        """The desk at whose address, with or without a secret word behind a plus, a mail arrives; None for no desk."""
        if time.monotonic() - self._asked_at > FRESH:
            self._desks = await asyncio.to_thread(_addresses)
            self._asked_at = time.monotonic()
        return self.known(address)

    def known(self, address: str) -> str | None:
        local, _, domain = address.casefold().rpartition("@")
        return self._desks.get(f"{local.partition('+')[0]}@{domain}")


def _addresses() -> dict[str, str]:
    try:
        addresses = {register.mail_address(register.in_force(desk)).casefold(): desk for desk in register.desks()}
    finally:
        connections.close_all()  # this thread is borrowed from a pool and asks once in a while
    return {address: desk for address, desk in addresses.items() if address}


class Keeper(threading.Thread):
    """Keeps what the dialogues hand over: takes all that waits, puts it away in one transaction a desk, then answers each."""

    def __init__(self) -> None:
        super().__init__(name="keeper", daemon=True)
        self._waiting: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()

    def keep(self, desk: str, delivery: arrivals.Delivery) -> Future[str]:
        """The answer to give, once it is known."""
        waiting = _Waiting(desk, delivery, Future())
        self._waiting.put(waiting)
        return waiting.answer

    def stop(self) -> None:
        self._waiting.put(None)

    def run(self) -> None:
        while (first := self._waiting.get()) is not None:
            batch = [one for one in self._with_others(first) if one.answer.set_running_or_notify_cancel()]
            for desk in dict.fromkeys(one.desk for one in batch):
                _keep([one for one in batch if one.desk == desk], desk)
        connections.close_all()

    def _with_others(self, first: _Waiting) -> list[_Waiting]:
        batch = [first]
        while len(batch) < TOGETHER and not self._waiting.empty():
            following = self._waiting.get()
            if following is None:
                self._waiting.put(None)
                break
            batch.append(following)
        return batch


def _keep(batch: list[_Waiting], desk: str) -> None:
    answer = _tried(batch, desk)
    for one in batch:  # without an answer for all, one of them may be what fails: the others must not suffer from it
        one.answer.set_result(answer or _tried([one], desk) or LATER)


def _tried(batch: list[_Waiting], desk: str) -> str | None:
    """What to answer to all of them; None when it is not known whose fault it was."""
    try:
        arrivals.take_in([one.delivery for one in batch], actor=Actor.system("receive", desk))
    except Refused:
        return NOT_KEPT
    except (
        Stop,
        OperationalError,
    ) as error:  # no key, locked, full: nothing is lost, the senders keep it and try again
        return _later(batch, desk, error)
    except Exception as error:  # noqa: BLE001 - whatever it is, this thread must live, or no mail is kept any more
        return _later(batch, desk, error) if len(batch) == 1 else None
    return ACCEPTED


def _later(batch: list[_Waiting], desk: str, error: Exception) -> str:
    log.say("mail.not-kept", desk=desk, mails=len(batch), error=type(error).__name__)
    close_old_connections()
    return LATER


class Dialogue:
    """What aiosmtpd asks while a mail server talks to us."""

    def __init__(self, keeper: Keeper) -> None:
        self.keeper, self.book, self.pace = keeper, AddressBook(), Pace()

    async def handle_RCPT(  # noqa: N802 - aiosmtpd names the hooks and what they get
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        try:
            desk = await self.book.desk_of(address)
        except (DatabaseError, Stop):
            return LATER
        if desk is None:
            return NOBODY
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        raw = envelope.original_content or b""
        sender = (
            "" if envelope.mail_from in (None, "<>") else envelope.mail_from
        )  # nobody: a machine wrote (RFC 5321 4.5.5)
        if hops(raw) > MOST_HOPS:
            return ROUND
        due = self.pace.due(sender, timezone.now())
        answers = [
            self.keeper.keep(desk, arrivals.Delivery(sender, recipients, raw, due))
            for desk, recipients in self._by_desk(envelope.rcpt_tos).items()
        ]
        said = await asyncio.gather(*(asyncio.wrap_future(answer) for answer in answers))
        return next((one for one in said if one != ACCEPTED), ACCEPTED if said else LATER)

    async def handle_exception(self, error: Exception) -> str:
        """Nothing that goes wrong here is the sender's fault: it may try again, and is told nothing of what it was."""
        log.say("mail.dialogue-failed", error=type(error).__name__)
        return LATER

    def _by_desk(self, addresses: list[str]) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for address in addresses:
            desk = self.book.known(address)
            if desk is not None:
                found[desk] = (*found.get(desk, ()), address)
        return found


class _Server(SMTP):
    line_length_limit = LONGEST_LINE


async def serve(host: str, port: int, *, ready: Callable[[int], None] = lambda port: None) -> None:
    """Take in mail until cancelled. `ready` is told the port once mail is taken."""
    keeper = Keeper()
    keeper.start()
    dialogue = Dialogue(keeper)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: _Server(
            dialogue, data_size_limit=LARGEST, enable_SMTPUTF8=True, hostname="balie", loop=loop, timeout=300
        ),
        host,
        port,
    )
    ready(server.sockets[0].getsockname()[1])
    try:
        await server.serve_forever()
    finally:
        keeper.stop()
