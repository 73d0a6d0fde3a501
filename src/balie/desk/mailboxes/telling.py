"""How the mailboxes of a desk fare, for the administrator: last success, last error, what was left and why."""

from dataclasses import dataclass
from datetime import datetime

from balie.desk.mailboxes.models import FetchedMail, Mailbox
from balie.kernel import Actor, Sentence, sentence

# What keeps a mailbox from being read, by code. The door that fetches gives the code.
TROUBLES: dict[str, Sentence] = {
    "unreachable": sentence("The mail server cannot be reached."),
    "timeout": sentence("The mail server does not answer in time."),
    "dropped": sentence("The mail server ended the connection."),
    "rubbish": sentence("What the mail server says is no IMAP."),
    "busy": sentence("The mail server asks to come back later."),
    "certificate": sentence("The certificate of the mail server is not to be trusted."),
    "no-tls": sentence("The mail server offers no encryption, and without it no password is sent."),
    "secret": sentence("The file with the password cannot be used: it must be there and be its owner's alone (0600)."),
    "sign-in": sentence("The mail server does not accept the user and password."),
    "no-folder": sentence("The folder is not there, or may not be opened."),
    "refused": sentence("The mail server refuses what it was asked."),
    "not-marked": sentence("Mail was taken, but may not be marked, moved or deleted in the mailbox."),
    "not-kept": sentence("The register of this desk does not declare that mail is kept."),
    "cannot-keep": sentence(
        "Mail cannot be kept at the moment (disk, database or master key); it stays in the mailbox."
    ),
}

# Why a mail was left in the mailbox.
REASONS: dict[str, Sentence] = {
    "too-large": sentence("The mail is larger than 50 MB; it stays in the mailbox."),
    "not-fetched": sentence("The mail server does not hand this mail over; it is tried again every hour."),
    "not-kept": sentence("This mail could not be kept; it is tried again every hour."),
}


@dataclass(frozen=True)
class LeftMail:
    """A mail that stays in the mailbox because it could not be taken. reason: a code of REASONS. size: bytes, 0 unknown."""

    reason: str
    size: int
    since: datetime

    @property
    def says(self) -> Sentence:
        return REASONS[self.reason]


@dataclass(frozen=True)
class MailboxState:
    """One mailbox. after: seen, move, delete. watch: idle, poll, or nothing yet. taken: mails since ever. unmarked: taken, but
    still to be marked, moved or deleted. error: a code of TROUBLES, or nothing when the last attempt went well."""

    name: str
    desk: str
    kind: str
    after: str
    watch: str
    taken: int
    unmarked: int
    taken_at: datetime | None
    succeeded_at: datetime | None
    error: str
    attempts: int
    failing_since: datetime | None
    next_at: datetime | None
    left: tuple[LeftMail, ...]

    @property
    def says(self) -> Sentence | None:
        """What is wrong, in words."""
        return TROUBLES[self.error] if self.error else None


def states(actor: Actor) -> list[MailboxState]:
    """The mailboxes of the actor's desk that the settings name, by name. Nothing personal is in it: names that an
    administrator gave, numbers and codes."""
    return [_state(box) for box in Mailbox.objects.filter(desk=actor.desk, in_use=True).order_by("name")]


def _state(box: Mailbox) -> MailboxState:
    mails = FetchedMail.objects.filter(mailbox=box)
    left = mails.filter(state=FetchedMail.State.LEFT).order_by("at", "id")
    return MailboxState(
        name=box.name,
        desk=box.desk,
        kind=box.kind,
        after=box.after,
        watch=box.watch,
        taken=box.taken,
        unmarked=mails.filter(state=FetchedMail.State.TAKEN).count(),
        taken_at=box.taken_at,
        succeeded_at=box.succeeded_at,
        error=box.error,
        attempts=box.attempts,
        failing_since=box.failing_since,
        next_at=box.next_at,
        left=tuple(LeftMail(row.reason, row.size, row.at) for row in left),
    )
