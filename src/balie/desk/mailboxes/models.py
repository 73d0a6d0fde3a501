"""How far each mailbox was read, and how it fares: numbers and codes, never an address, a folder or a word of a mail."""

from django.db import models
from django.db.models import Q


class Mailbox(models.Model):
    """One mailbox from which a desk's mail is fetched, by the name that the settings give it.

    series: the UIDVALIDITY under which `begins_at` and the places of its mails count (RFC 9051, 2.3.1.1); 0 before the first
    look. begins_at: what stands from here on came after the first look, and is fetched whatever its marks say.
    """

    class Watch(models.TextChoices):
        IDLE = "idle"  # the server tells of new mail
        POLL = "poll"  # we ask now and then

    name = models.CharField(max_length=40, primary_key=True)
    desk = models.CharField(max_length=60)
    kind = models.CharField(max_length=8)  # imap, maildir
    after = models.CharField(max_length=8)  # what becomes of a mail that was taken: seen, move, delete
    in_use = models.BooleanField(default=True)  # the settings name it
    series = models.PositiveBigIntegerField(default=0)
    begins_at = models.PositiveBigIntegerField(default=0)
    watch = models.CharField(max_length=8, choices=Watch.choices, blank=True)
    taken = models.PositiveBigIntegerField(default=0)
    taken_at = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=32, blank=True)
    attempts = models.PositiveIntegerField(default=0)  # in a row that failed
    failing_since = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)  # not before
    claimed_by = models.CharField(max_length=128, blank=True)
    claimed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_error_has_a_beginning",
                condition=Q(error="", failing_since__isnull=True) | (~Q(error="") & Q(failing_since__isnull=False)),
            )
        ]


class FetchedMail(models.Model):
    """One mail that stands in a mailbox and was dealt with; the row goes when the mail does.

    place: where it stands, `<series>.<number>`, or a hash of a file's name. mark: keyed hash of its bytes, by which it is known
    again when all places change.
    """

    class State(models.TextChoices):
        TAKEN = "taken"  # kept by the desk; still to be marked, moved or deleted
        SETTLED = "settled"  # that is done too
        LEFT = "left"  # could not be taken, `reason` says why

    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="mails")
    place = models.CharField(max_length=64)
    mark = models.BinaryField(max_length=16, default=b"")
    state = models.CharField(max_length=8, choices=State.choices)
    reason = models.CharField(max_length=32, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mailbox", "place"], name="a_place_once"),
            models.CheckConstraint(
                name="left_has_a_reason",
                condition=(Q(state="left") & ~Q(reason="")) | (~Q(state="left") & Q(reason="")),
            ),
        ]
        indexes = [models.Index(fields=["mailbox", "state"], name="mailboxes_by_state")]
