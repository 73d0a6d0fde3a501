"""Reception: mail by SMTP is sealed and durable before it is accepted; several that come together share one commit."""

import asyncio
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import DatabaseError, close_old_connections

from balie import register
from balie.desk import arrivals
from balie.kernel import Actor, Stop, log

LARGEST = 50 * 1024 * 1024  # bytes of one mail
LONGEST_LINE = 1024 * 1024  # RFC 5321 says 1,000, the world does not keep to it
FRESH = 2.0  # seconds
TOGETHER = 64  # mails in one commit at most

ACCEPTED = "250 2.0.0 Accepted and kept"
LATER = "451 4.3.0 Cannot keep it right now, please try again"
NOT_KEPT = "550 5.7.1 This desk does not keep mail"
NOBODY = "550 5.1.1 There is no such address here"


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
    addresses = {register.mail_address(register.in_force(desk)).casefold(): desk for desk in register.desks()}
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
            batch = [first]
            while len(batch) < TOGETHER and not self._waiting.empty():
                following = self._waiting.get()
                if following is None:
                    self._waiting.put(None)
                    break
                batch.append(following)
            for desk in dict.fromkeys(one.desk for one in batch):
                _keep([one for one in batch if one.desk == desk], desk)


def _keep(batch: list[_Waiting], desk: str) -> None:
    answer = _tried(batch, desk)
    if answer is not None:
        for one in batch:
            one.answer.set_result(answer)
        return
    for one in batch:  # one of them may be what fails: the others must not wait for it
        one.answer.set_result(_tried([one], desk) or LATER)


def _tried(batch: list[_Waiting], desk: str) -> str | None:
    try:
        arrivals.take_in([one.delivery for one in batch], actor=Actor.system("receive", desk))
    except Stop:
        return NOT_KEPT
    except (DatabaseError, OSError) as error:  # locked, full: nothing is lost, the sender keeps it and tries again
        log.say("mail.not-kept", desk=desk, mails=len(batch), error=type(error).__name__)
        close_old_connections()
        return LATER if len(batch) == 1 else None
    return ACCEPTED


class Dialogue:
    """What aiosmtpd asks while a mail server talks to us."""

    def __init__(self, keeper: Keeper) -> None:
        self.keeper, self.book = keeper, AddressBook()

    async def handle_RCPT(  # noqa: N802 - aiosmtpd names the hooks and what they get
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if await self.book.desk_of(address) is None:
            return NOBODY
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        raw = envelope.original_content or b""
        answers = [
            self.keeper.keep(desk, arrivals.Delivery(envelope.mail_from or "", recipients, raw))
            for desk, recipients in self._by_desk(envelope.rcpt_tos).items()
        ]
        said = await asyncio.gather(*(asyncio.wrap_future(answer) for answer in answers))
        return next((one for one in said if one != ACCEPTED), ACCEPTED)

    def _by_desk(self, addresses: list[str]) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for address in addresses:
            desk = self.book.known(address)
            if desk is not None:
                found[desk] = (*found.get(desk, ()), address)
        return found


class _Server(SMTP):  # type: ignore[misc] - aiosmtpd is not typed
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
