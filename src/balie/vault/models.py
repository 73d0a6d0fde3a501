"""The vault's tables: sealed records, whom they are about, what keeps them, and what has been erased."""

from django.db import models
from django.db.models import Q


class Record(models.Model):
    """One item of one holder, sealed under a key of its own. Structure stands clear, what it says does not.

    erase_at: the moment from which the sweep takes it. While `trigger` waits for its event this is the latest date, should the
    event never come. None for what lasts as long as an account or a contract does (then `trigger` says what ends it), and for
    what is kept permanently (then `review` says when that is asked again).
    """

    handle = models.UUIDField(primary_key=True)
    desk = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    term_version = models.PositiveIntegerField()  # whose term holds: its own version, or a later one that shortened it
    activity = models.CharField(max_length=60)
    people = models.CharField(max_length=60)
    item = models.CharField(max_length=60)
    holder = models.CharField(max_length=20)
    held_by = models.UUIDField(db_index=True)
    source = models.CharField(max_length=60)
    collected_at = models.DateTimeField()
    term = models.CharField(max_length=60)
    trigger = models.CharField(max_length=40, blank=True)
    happened_at = models.DateTimeField(null=True)
    erase_at = models.DateTimeField(null=True)
    review = models.DateField(null=True)
    not_before = models.DateField(null=True)
    on_hold = models.BooleanField(default=False)
    listed = models.UUIDField(null=True)  # the list of what is to be destroyed on which it waits for a person
    unsearched = models.JSONField(default=list)  # places in the text by which it is not found: start and end
    key = models.BigIntegerField(unique=True)
    sealed = models.BinaryField(null=True)  # None: in a file of its own, named by the handle
    size = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="everything_ends_or_is_reviewed",
                condition=Q(erase_at__isnull=False) | Q(review__isnull=False) | ~Q(trigger=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["erase_at"],
                name="vault_due",
                condition=Q(erase_at__isnull=False, on_hold=False, listed__isnull=True),
            ),
            models.Index(fields=["listed"], name="vault_listed", condition=Q(listed__isnull=False)),
            models.Index(fields=["review"], name="vault_review", condition=Q(review__isnull=False)),
            models.Index(fields=["handle"], name="vault_in_files", condition=Q(sealed__isnull=True)),
        ]


class About(models.Model):
    """One person whom a record is about; the handle is the person's, never a name."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="about")
    person = models.UUIDField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "person"], name="about_a_person_once")]


class Hold(models.Model):
    """Why a record may not be erased yet: a recorded act of a person, never a line of the register."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="holds")
    reason = models.CharField(max_length=40)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    until = models.DateField(null=True)


class Erasure(models.Model):
    """A line of the erasure ledger: what was erased, when and why, and when its key was destroyed. Holds no personal data."""

    handle = models.UUIDField(unique=True)
    desk = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    activity = models.CharField(max_length=60)
    item = models.CharField(max_length=60)
    held_by = models.UUIDField(db_index=True)
    why = models.CharField(max_length=60)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    key = models.BigIntegerField()
    in_file = models.BooleanField(default=False)
    key_destroyed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="vault_unfinished", condition=Q(key_destroyed_at__isnull=True)),
            models.Index(fields=["desk", "at"], name="vault_erased"),
        ]


class Forecast(models.Model):
    """So many records are alike in what goes when. The database itself counts, in the transaction that changes a record.

    month: of `erase_at` (UTC), as 2028-03; empty without one. waits: that is the latest date, an event sets the date. held: on hold.
    review: as 2028-03-01, empty without one. term_version: the version whose term it is.
    """

    desk = models.CharField(max_length=60)
    month = models.CharField(max_length=7, blank=True)
    activity = models.CharField(max_length=60)
    item = models.CharField(max_length=60)
    term = models.CharField(max_length=60)
    term_version = models.PositiveIntegerField()
    trigger = models.CharField(max_length=40, blank=True)
    waits = models.BooleanField()
    held = models.BooleanField()
    review = models.CharField(max_length=10, blank=True)
    count = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "desk",
                    "month",
                    "activity",
                    "item",
                    "term",
                    "term_version",
                    "trigger",
                    "waits",
                    "held",
                    "review",
                ],
                name="what_is_alike_is_counted_once",
            )
        ]
