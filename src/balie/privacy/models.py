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
