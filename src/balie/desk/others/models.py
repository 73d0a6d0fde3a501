"""What was noticed of others, as structure: who decided what about it, and when."""

from django.db import models
from django.db.models import Q

from balie.kernel import handles


class Others(models.Model):
    """Data of somebody who takes no part in the conversation, noticed in one text or one file: held back until a person decides.

    kinds: what was recognised, by label. outcome: what was decided; empty until then. done_at: when that was carried out; what
    is needed is carried out when its purpose is done. reason: why, sealed.
    """

    class Outcome(models.TextChoices):
        NEEDED = "needed"
        MASKED = "masked"
        FILE = "file-deleted"
        MESSAGE = "message-deleted"
        TICKET = "ticket-deleted"
        ASKED_AGAIN = "asked-again"
        LAPSED = "lapsed"  # nobody decided in time, and the register says what then
        GONE = "gone"  # it went for another reason before anybody decided

    handle = models.UUIDField(primary_key=True, default=handles.new)
    ticket = models.ForeignKey("desk.Ticket", on_delete=models.CASCADE, related_name="others")
    message = models.ForeignKey("desk.Message", on_delete=models.CASCADE, related_name="others")
    attachment = models.OneToOneField("desk.Attachment", null=True, on_delete=models.CASCADE, related_name="others")
    kinds = models.JSONField(default=list)
    noticed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    outcome = models.CharField(max_length=16, blank=True, choices=Outcome.choices)
    decided_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.UUIDField(null=True)
    done_at = models.DateTimeField(null=True)
    breach = models.BooleanField(default=False)  # somebody thinks it may be a personal data breach (GDPR 33)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message"], condition=Q(attachment=None), name="others_once_a_text"),
            models.CheckConstraint(
                name="others_decided_has_a_time",
                condition=Q(outcome="", decided_at__isnull=True) | (~Q(outcome="") & Q(decided_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="desk_others_open", condition=Q(done_at__isnull=True))]
