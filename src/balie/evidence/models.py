"""The evidence's tables: entries, the log of each desk, and the tiles of its Merkle tree."""

from django.db import models
from django.db.models import Q


class Entry(models.Model):
    """One act or one look, as it was recorded. Never changed but in two ways: sealing numbers it, its term empties it.

    at: milliseconds since 1970 (UTC). expires: the day, counted from 1970-01-01, on which body and salt may go.
    index: place in the desk's log, None until sealed. salt: 32 bytes of chance, None once the entry has expired.
    commitment: SHA-256 of the salt and the canonical JSON of the body.
    """

    desk = models.CharField(max_length=60)
    trace = models.BinaryField(max_length=16, null=True)
    span = models.BinaryField(max_length=8, null=True)
    act = models.CharField(max_length=64)
    operation = models.CharField(max_length=16)
    actor = models.CharField(max_length=64)
    ref = models.UUIDField(null=True)
    about = models.JSONField(default=list)
    activity = models.CharField(max_length=200)
    facts = models.JSONField(default=dict)
    kind = models.CharField(max_length=4, choices=[("act", "act"), ("look", "look")])
    at = models.BigIntegerField(null=True)
    salt = models.BinaryField(max_length=32, null=True)
    expires = models.IntegerField(null=True)
    index = models.BigIntegerField(null=True)
    commitment = models.BinaryField(max_length=32)

    class Meta:
        constraints = (
            # Without its condition SQLite would look for the unsealed in here, over all that was ever sealed.
            models.UniqueConstraint(
                fields=["desk", "index"], name="one_entry_per_place", condition=Q(index__isnull=False)
            ),
            models.CheckConstraint(name="acts_and_looks", condition=Q(kind__in=["act", "look"])),
            models.CheckConstraint(
                name="sealed_means_with_a_term", condition=Q(index__isnull=True) | Q(expires__isnull=False)
            ),
        )
        indexes = (
            models.Index(fields=["desk", "id"], name="evidence_unsealed", condition=Q(index__isnull=True)),
            models.Index(fields=["expires"], name="evidence_due", condition=Q(salt__isnull=False, index__isnull=False)),
            models.Index(  # who looked at it, told from the index alone
                fields=["ref", "desk", "kind", "actor", "trace", "at"],
                name="evidence_looks",
                condition=Q(kind="look", ref__isnull=False),
            ),
        )


class Log(models.Model):
    """The log of one desk: how long entries are kept (ISO durations), how many are sealed, the newest checkpoint."""

    desk = models.CharField(max_length=60, primary_key=True)
    acts = models.CharField(max_length=16, default="P5Y")
    looks = models.CharField(max_length=16, default="P1Y")
    size = models.BigIntegerField(default=0)
    note = models.TextField(blank=True)
    sealed_at = models.DateTimeField(null=True)


class Tile(models.Model):
    """Up to 256 neighbouring hashes of one level of the tree, 32 bytes each, as C2SP tlog-tiles numbers them."""

    desk = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField()
    number = models.BigIntegerField()
    hashes = models.BinaryField(max_length=8192)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["desk", "level", "number"], name="one_tile_per_place"),)
