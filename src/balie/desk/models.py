"""Tickets as structure: what was said and by whom is in the vault, and stands here as handles."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from balie.kernel import Actor, handles
from balie.people.models import Account, Person

if TYPE_CHECKING:
    from balie.desk.gathering import Gathered


class Status(models.TextChoices):
    NEW = "new"
    OPEN = "open"
    WAITING = "waiting"
    CLOSED = "closed"


class Kind(models.TextChoices):
    QUESTION = "question"
    INCIDENT = "incident"
    REQUEST = "request"
    FEEDBACK = "feedback"


class Channel(models.TextChoices):
    MAIL = "mail"
    PHONE = "phone"


# From each status, where a verb may take the ticket. Complete and tested: every status has a row.
TRANSITIONS: dict[str, frozenset[str]] = {
    Status.NEW: frozenset({Status.OPEN, Status.WAITING, Status.CLOSED}),
    Status.OPEN: frozenset({Status.WAITING, Status.CLOSED}),
    Status.WAITING: frozenset({Status.OPEN, Status.CLOSED}),
    Status.CLOSED: frozenset({Status.OPEN}),
}


# By what the open tickets are counted, in the order of the index that holds just this (see `counting`).
GROUPED = ("activity", "status", "assignee", "service", "kind", "channel", "team", "unread")


Among = Iterable[UUID] | models.QuerySet[Any, UUID]


class TicketQuerySet(models.QuerySet["Ticket"]):
    def visible_to(self, actor: Actor, *, among: "Among | None" = None) -> "TicketQuerySet":
        """The only way to a ticket: those of the actor's desk, in activities that the actor's teams cover (invariant 8), and
        where they cover a purpose only, from the version on that has it or for which it was decided that it reaches them.

        among: only of these. The desk is then asked of each, for SQLite would look through all of it rather than look them up.
        """
        if among is None:
            mine = self.filter(desk=actor.desk)
        else:
            those = among if isinstance(among, models.QuerySet) else list(among)
            mine = self.filter(handle__in=those).alias(at=Coalesce("desk", Value(""))).filter(at=actor.desk)
        if actor.kind == "system":
            return mine
        if actor.kind != "staff":
            return mine.none()
        mine = mine.filter(activity__in={cover.partition("/")[0] for cover in actor.covers})
        for activity, first in sorted(actor.since):
            mine = mine.exclude(activity=activity, version__lt=first)
        return mine


class Ticket(models.Model):
    """One matter of one person at one desk, about one service."""

    handle = models.UUIDField(primary_key=True, default=handles.new)
    desk = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    service = models.CharField(max_length=60)
    activity = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.NEW)
    team = models.CharField(max_length=60)
    assignee = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    requester = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    subject = models.UUIDField(null=True)
    opened_at = models.DateTimeField()
    last_contact_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    restricted_at = models.DateTimeField(null=True)  # somebody objected: kept, and not used until that is decided
    unread = models.BooleanField(default=False)  # the requester wrote, and nobody of the staff has opened it since
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="merged")

    gathered: "Gathered | None" = None  # what stands on it, where a page asked for all of that (see `gathering`)

    objects = TicketQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["desk", "number"], name="a_number_once_a_desk"),
            models.CheckConstraint(
                name="closed_has_a_time",
                condition=Q(status="closed", closed_at__isnull=False)
                | (~Q(status="closed") & Q(closed_at__isnull=True)),
            ),
        ]
        indexes = [
            # What is open is a small part of all there ever was: lists and counts of it look at nothing else.
            models.Index(
                fields=["desk", "last_contact_at", "number", "activity", "status", "assignee"],
                name="desk_open",
                condition=Q(closed_at__isnull=True),
            ),
            models.Index(
                fields=["desk", *GROUPED],
                name="desk_counted",
                condition=Q(closed_at__isnull=True),
            ),
            models.Index(
                fields=["desk", "-closed_at", "number", "activity"],
                name="desk_closed",
                condition=Q(closed_at__isnull=False),
            ),
            models.Index(fields=["desk", "last_contact_at", "number"], name="desk_by_contact"),
            models.Index(fields=["assignee", "status"], name="desk_of_assignee"),
            models.Index(fields=["requester"], name="desk_of_requester"),
            models.Index(fields=["desk"], name="desk_restricted", condition=Q(restricted_at__isnull=False)),
        ]


class LastNumber(models.Model):
    """The number that a desk gave out last."""

    desk = models.CharField(max_length=60, primary_key=True)
    number = models.PositiveIntegerField()


class Message(models.Model):
    """What was said once: by the requester (incoming), to the requester (answer), or behind the counter (note)."""

    class Kind(models.TextChoices):
        INCOMING = "incoming"
        ANSWER = "answer"
        NOTE = "note"

    handle = models.UUIDField(primary_key=True, default=handles.new)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    arrival = models.UUIDField(null=True, unique=True)  # the raw mail that it was read from
    automatic = models.BooleanField(default=False)
    unreadable = models.CharField(max_length=40, blank=True)
    folds = models.JSONField(default=list)  # stretches of the text that are folded: start, end, kind
    protection = models.CharField(max_length=12, blank=True)  # signed, encrypted
    provenance = models.JSONField(default=dict)  # what was found out about who sent it, in codes
    delivery = models.CharField(
        max_length=12, blank=True
    )  # of an answer: delayed, failed; else it is under way or there
    delivery_code = models.CharField(max_length=64, blank=True)
    sender = models.UUIDField(null=True)
    sender_name = models.UUIDField(null=True)
    text = models.UUIDField(null=True)
    envelope = models.UUIDField(null=True)  # message ids, for threading
    not_kept = models.JSONField(default=list)  # items that the register does not declare, by word
    moved_from = models.ForeignKey(Ticket, null=True, on_delete=models.SET_NULL, related_name="+")  # where it was said

    class Meta:
        indexes = [
            models.Index(fields=["ticket", "at"], name="desk_conversation"),
            models.Index(fields=["at"], name="desk_unreadable", condition=~Q(unreadable="")),
            models.Index(fields=["at"], name="desk_not_delivered", condition=~Q(delivery="")),
        ]


class Attachment(models.Model):
    """A file that came with a message."""

    handle = models.UUIDField(primary_key=True, default=handles.new)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    name = models.UUIDField()
    content = models.UUIDField()
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=80, default="application/octet-stream")
    inline = models.BooleanField(default=False)  # shown in the text by its writer, as a picture of a signature is
    looked = models.CharField(
        max_length=8, blank=True
    )  # waiting, clear, found, closed; empty: nothing here reads such files


class Finding(models.Model):
    """A place in a text where personal data were recognised; while `masked` nobody sees what stands there."""

    record = models.UUIDField(db_index=True)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="findings")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    label = models.CharField(max_length=20)
    role = models.CharField(max_length=20)
    masked = models.BooleanField()


class ReporterItem(models.Model):
    """One thing that a person wrote down about the requester of a ticket."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="reporter_items")
    item = models.CharField(max_length=60)
    record = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "item"], name="an_item_once_a_ticket")]


class Consent(models.Model):
    """That a person agreed to something being kept: what was asked, who heard it, when; and when it was taken back."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="consents")
    item = models.CharField(max_length=60)
    party = models.CharField(max_length=20)
    wording = models.TextField()  # the register's own sentences, nobody's data
    heard_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)


class Draft(models.Model):
    """What an agent is writing, kept sealed until it is sent or thrown away."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="drafts")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Message.Kind.choices)
    text = models.UUIDField()
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "account", "kind"], name="one_draft_a_kind")]


class DraftFile(models.Model):
    """A file that is to go with an answer that an agent is writing, kept sealed until the answer goes."""

    handle = models.UUIDField(primary_key=True, default=handles.new)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="draft_files")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    name = models.UUIDField()
    content = models.UUIDField()
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=80, default="application/octet-stream")


class Arrival(models.Model):
    """A mail that was accepted, whole and sealed: it waits to be read, and for a week its fingerprint stops a second copy."""

    handle = models.UUIDField(primary_key=True, default=handles.new)
    desk = models.CharField(max_length=60)
    fingerprint = models.BinaryField(max_length=16)
    at = models.DateTimeField(db_index=True)
    raw = models.UUIDField()
    size = models.PositiveBigIntegerField(default=0)  # bytes
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["desk", "fingerprint"], name="a_mail_once")]


class Tally(models.Model):
    """How many automatic mails went since a moment to one address, on one ticket or from the desk (no mark), for limits.

    mark: a keyed hash of the address, or the ticket's handle. Gone after two days.
    """

    desk = models.CharField(max_length=60)
    mark = models.BinaryField(max_length=16)
    since = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["desk", "mark", "since"], name="one_tally_a_mark")]


class Call(models.Model):
    """A telephone call that came in: its number waits for an agent to write down what was asked."""

    handle = models.UUIDField(primary_key=True, default=handles.new)
    desk = models.CharField(max_length=60)
    at = models.DateTimeField()
    number = models.UUIDField(null=True)
    taken_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    ticket = models.OneToOneField(Ticket, null=True, on_delete=models.CASCADE, related_name="call")
    ended_at = models.DateTimeField(null=True)


class Presence(models.Model):
    """That a member of staff has a ticket before them, and whether they write on it: true for a minute, then gone."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    writing = models.CharField(max_length=8, blank=True, choices=Message.Kind.choices)  # empty: looking
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "account"], name="there_once")]


class Follow(models.Model):
    """A member of staff wants to see what happens on a ticket. seen_at: until when that has been seen."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="follows")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "ticket"], name="followed_once")]


class Link(models.Model):
    """Two tickets belong together; the one with the smaller handle stands first."""

    one = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="linked_once"),
            models.CheckConstraint(name="linked_in_order", condition=Q(one__lt=models.F("other"))),
        ]


class Tab(models.Model):
    """A ticket that a member of staff has open: it stands in the bar until it is closed, on whatever machine."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "ticket"], name="open_once")]


class View(models.Model):
    """A question that is kept, to work from: structural terms alone, so that it holds codes and nothing that somebody wrote.

    owner: whose it is; the desk's when it has none. columns: what each line shows, words with spaces between. place: its order.
    """

    desk = models.CharField(max_length=60)
    owner = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="+")
    terms = models.CharField(max_length=400)
    columns = models.CharField(max_length=200, blank=True)
    place = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["desk", "owner", "place"], name="desk_views")]


class Undo(models.Model):
    """What tickets were before something was done to many at once; for some seconds it can be taken back.

    was: for each ticket its handle, what it was, and what it became. Codes, handles and moments only.
    """

    handle = models.UUIDField(primary_key=True, default=handles.new)
    desk = models.CharField(max_length=60)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(db_index=True)
    was = models.JSONField()


from balie.desk.others.models import Others as Others  # noqa: E402 - Django looks for tables here; these name those above
