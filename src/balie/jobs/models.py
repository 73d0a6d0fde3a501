"""The table of what is to be done, and of what is done again and again."""

from django.db import models
from django.db.models import Q


class Job(models.Model):
    """One thing to do. A row goes when it is done; a row that stays is waiting, being done, or was left by a crash.

    args: names to handles and short codes. once: while a row with this key waits, no second one is added.
    last_error: the name of the error's type, never its text.
    """

    name = models.CharField(max_length=64)
    args = models.JSONField(default=dict)
    due_at = models.DateTimeField()
    once = models.CharField(max_length=128, null=True)  # None is «no key», which the constraint passes over
    claimed_at = models.DateTimeField(null=True)
    claimed_by = models.CharField(max_length=128, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["once"], name="once_while_waiting", condition=Q(claimed_at__isnull=True)),
        )
        indexes = (
            models.Index(fields=["due_at", "id"], name="jobs_waiting", condition=Q(claimed_at__isnull=True)),
            models.Index(fields=["claimed_at"], name="jobs_claimed", condition=Q(claimed_at__isnull=False)),
        )


class Periodic(models.Model):
    """One piece of work that comes back: how often, and when next."""

    name = models.CharField(max_length=64, primary_key=True)
    every = models.DurationField()
    due_at = models.DateTimeField(db_index=True)
