"""The duties' tables: objections, and what became of them."""

from django.db import models
from django.db.models import Q

from balie.desk.models import Ticket
from balie.kernel import handles
from balie.people.models import Account


class Outcome(models.TextChoices):
    OPEN = ""
    UPHELD = "upheld"
    REJECTED = "rejected"


class Objection(models.Model):
    """That a person objected to what is kept of them on a ticket, who wrote it down, and who decided what, when and why.

    reason: a code. reasons: the handle of what the decider wrote, in the vault.
    """

    handle = models.UUIDField(primary_key=True, default=handles.new)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="objections")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.OPEN, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    reasons = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["ticket"], name="one_open_objection", condition=Q(outcome="")),
            models.CheckConstraint(
                name="decided_by_somebody_for_a_reason",
                condition=Q(outcome="", decided_at__isnull=True, decided_by__isnull=True, reason="")
                | (
                    Q(outcome__in=["upheld", "rejected"], decided_at__isnull=False, decided_by__isnull=False)
                    & ~Q(reason="")
                ),
            ),
        )
        indexes = (models.Index(fields=["recorded_at"], name="privacy_open", condition=Q(outcome="")),)


class Destruction(models.Model):
    """A list of what is to be destroyed, who approved it when, and what was destroyed then: the declaration of destruction.

    due_by: what the sweeps that filled it took as due. lines: as approved, each with what its records have in common and their
    handles, whose meaning is gone. stayed: handles that were approved and could not go. note: the declaration's digest, signed.
    """

    handle = models.UUIDField(primary_key=True, default=handles.new)
    desk = models.CharField(max_length=60)
    begun_at = models.DateTimeField()
    due_by = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    lines = models.JSONField(default=list)
    carried_out_at = models.DateTimeField(null=True)
    stayed = models.JSONField(default=list)
    note = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["desk"], name="one_list_to_approve_a_desk", condition=Q(approved_at__isnull=True)
            ),
            models.CheckConstraint(
                name="approved_by_somebody",
                condition=Q(approved_at__isnull=True, approved_by__isnull=True, carried_out_at__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
            ),
        )
        indexes = (models.Index(fields=["desk", "-approved_at"], name="privacy_destroyed"),)


class Warned(models.Model):
    """That somebody was warned of the end of what a thing holds under a term: once for each length before a day.

    held_by: the ticket. before: the length in the register's words, ISO 8601. due: the day of the end.
    """

    desk = models.CharField(max_length=60)
    held_by = models.UUIDField()
    term = models.CharField(max_length=60)
    before = models.CharField(max_length=12)
    due = models.DateField(db_index=True)
    at = models.DateTimeField()
    sent = models.BooleanField()  # a letter went to the outbox; there was nobody to write to otherwise

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["held_by", "term", "before", "due"], name="warned_once_before_a_day"),
        )
