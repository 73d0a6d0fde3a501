"""One round through a mailbox: what stands there is kept, a few mails at a time, and only then marked, moved or deleted."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.db import OperationalError
from django.utils import timezone

from balie.channels.mail.fetching import envelope
from balie.channels.mail.fetching.source import LARGEST, Source, Standing, TooLarge, Trouble
from balie.channels.mail.pacing import Pace
from balie.desk import arrivals, mailboxes
from balie.desk.mailboxes import Connection, Mailbox
from balie.kernel import Actor, Refused, Stop, log

TOGETHER = 32  # mails in one commit at most
WEIGHT = 8 * 1024 * 1024  # bytes in one commit, but for a mail that is larger by itself
PACE = Pace()  # of all mailboxes of this process
TRIES = 3  # until a mail that its server does not hand over is left


class Rounds:
    """The rounds through one mailbox. Between them it remembers which mails broke the connection: those go alone, and are
    left when they do it again and again, so that one mail never keeps others waiting for ever."""

    def __init__(self, connection: Connection, box: Mailbox) -> None:
        self.connection, self.box = connection, box
        self.actor = Actor.system("receive", connection.desk)
        self._broke: Counter[str] = Counter()
        self._unmarked = False

    def go(self, source: Source) -> int:
        """Deal with everything that stands there; how many mails were new. Raises Trouble when it could not all be done."""
        mailboxes.opened(
            self.box, series=source.series, following=source.following, watch=source.watch, actor=self.actor
        )
        self._unmarked = False
        standing, known = source.standing(), mailboxes.known(self.box)
        self._settle(source, standing)
        wanted, old = self._divided(standing, known)
        if any(not place.startswith(f"{source.series}.") for place in known):
            self._recognise(source, old)
        taken = sum(self._take(source, some) for some in self._portions(source, wanted))
        mailboxes.forget_gone(self.box, {mail.place for mail in standing}, actor=self.actor)
        if self._unmarked:
            raise Trouble("not-marked")
        return taken

    @property
    def stumbled(self) -> bool:
        """Whether the last trouble came over a mail, so that trying again at once may get further."""
        return bool(self._broke)

    def _divided(self, standing: Sequence[Standing], known: dict[str, str]) -> tuple[list[Standing], list[Standing]]:
        """What is to be taken, and what was read by somebody before the first look at this series: that stays alone."""
        again = mailboxes.due_again(self.box, now=timezone.now())
        open_ = [mail for mail in standing if mail.place not in known or mail.place in again]
        old = [mail for mail in open_ if self._is_old(mail)]
        return [mail for mail in open_ if not self._is_old(mail)], old

    def _is_old(self, mail: Standing) -> bool:
        return self.connection.after == "seen" and mail.seen and mail.number < self.box.begins_at

    def _recognise(self, source: Source, old: Sequence[Standing]) -> None:
        """All places have changed: what was dealt with must be known by its bytes at its new place, before the old one is
        forgotten, or a further change that loses the marks would bring it again."""
        for portion in self._portions(source, old, leave=False):
            raws = self._read(source, portion)
            mailboxes.recognised(self.box, raws, now=timezone.now(), actor=self.actor)

    def _portions(self, source: Source, wanted: Sequence[Standing], *, leave: bool = True) -> Iterator[list[Standing]]:
        """What is read together: a few small ones, or one alone. One that is too large is left where it is, and told."""
        portion, weight = list[Standing](), 0
        for first in range(0, len(wanted), 500):
            some = wanted[first : first + 500]
            sizes = source.sizes(some)
            for mail in some:
                size = sizes.get(mail.place, -1)
                if size > LARGEST and leave:
                    self._leave(mail, "too-large", size)
                if not 0 <= size <= LARGEST:
                    continue
                alone = self._broke[mail.place] > 0
                if portion and (len(portion) == TOGETHER or weight + size > WEIGHT or alone):
                    yield portion
                    portion, weight = [], 0
                portion, weight = [*portion, mail], weight + (WEIGHT if alone else size)
        if portion:
            yield portion

    def _take(self, source: Source, portion: list[Standing]) -> int:
        read = self._read(source, portion)
        mails = [mail for mail in portion if mail.place in read]
        found = [mailboxes.Found(mail.place, self._delivery(read[mail.place])) for mail in mails]
        taken = self._keep(found)
        if taken is None and len(found) > 1:
            taken = sum(self._keep([one]) or 0 for one in found)  # one of them may be what fails
        self._settle(source, mails)
        return taken or 0

    def _delivery(self, raw: bytes) -> arrivals.Delivery:
        """With its envelope, and a later turn to be read when its sender has filled the mailbox."""
        made = envelope.delivery(raw, self.connection)
        return replace(made, due=PACE.due(made.sender, timezone.now()))

    def _read(self, source: Source, portion: list[Standing]) -> dict[str, bytes]:
        """Their bytes. A mail that is larger than was said, or breaks the connection, goes alone the next time; alone it is
        left where it is when it is too large, or breaks the connection again and again."""
        alone = len(portion) == 1
        try:
            read = dict(source.read(portion, allowed=LARGEST if alone else 2 * WEIGHT))
        except (TooLarge, Trouble) as broken:
            self._broke += Counter(mail.place for mail in portion)
            if alone and isinstance(broken, TooLarge):
                self._leave(portion[0], "too-large", LARGEST + 1)
            elif alone and self._broke[portion[0].place] > TRIES:
                self._leave(portion[0], "not-fetched", 0)
            raise Trouble(getattr(broken, "code", "dropped")) from None
        for mail in portion:
            del self._broke[mail.place]
        return read

    def _keep(self, found: Sequence[mailboxes.Found]) -> int | None:
        """How many were new, once they are kept; None when it is not known whose fault it was that they are not.

        What cannot be kept at the moment stays in the mailbox, like all that follows.
        """
        try:
            return mailboxes.take(self.box, found, now=timezone.now(), actor=self.actor)
        except Refused:
            raise Trouble("not-kept") from None
        except (Stop, OperationalError):
            raise Trouble("cannot-keep") from None
        except Exception as error:  # noqa: BLE001 - whatever it is in this mail, the others must not wait for it
            log.say("mail.not-kept", mailbox=self.box.name, mails=len(found), error=type(error).__name__)
            if len(found) == 1:
                self._leave_at(found[0].place, "not-kept", len(found[0].delivery.raw))
            return None

    def _settle(self, source: Source, mails: Sequence[Standing]) -> None:
        """What is kept may go. A mailbox that does not let it go is read on, and says so in the end."""
        kept = mailboxes.unmarked(self.box)
        mails = [mail for mail in mails if mail.place in kept]
        if not mails:
            return
        try:
            source.settle(mails)
        except Trouble as trouble:
            if trouble.code != "not-marked":
                raise
            self._unmarked = True
            return
        mailboxes.settled(self.box, [mail.place for mail in mails], actor=self.actor)

    def _leave(self, mail: Standing, reason: str, size: int) -> None:
        self._broke.pop(mail.place, None)
        self._leave_at(mail.place, reason, size)

    def _leave_at(self, place: str, reason: str, size: int) -> None:
        log.say("mail.left", mailbox=self.box.name, reason=reason, size=size)
        mailboxes.leave(self.box, place, reason=reason, size=size, now=timezone.now(), actor=self.actor)
