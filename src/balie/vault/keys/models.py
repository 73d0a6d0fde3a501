"""Two tables: each desk's root key under the master key, and one key for each record under its desk's root key."""

from django.db import models


class DeskKey(models.Model):
    """A desk's root key, sealed with the master key. Losing it is losing the desk."""

    desk = models.CharField(max_length=60, unique=True)
    sealed = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True)


class RecordKey(models.Model):
    """The key of one record, sealed with its desk's root key; destroyed, only the fact and the time of it remain.

    A key is durable before it is used, so one that no record uses is no fault (a crash left it).
    """

    desk = models.CharField(max_length=60)
    sealed = models.BinaryField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_key_lives_or_is_destroyed",
                condition=models.Q(sealed__isnull=True, destroyed_at__isnull=False)
                | models.Q(sealed__isnull=False, destroyed_at__isnull=True),
            )
        ]
        indexes = [
            models.Index(fields=["id"], name="keys_destroyed", condition=models.Q(destroyed_at__isnull=False)),
        ]
