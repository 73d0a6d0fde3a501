"""The outbox's table: what is to leave the house, by handles only."""

from django.db import models
from django.db.models import Q


class Outgoing(models.Model):
    """One thing to send. What it says and to whom lies in the vault; `refs` names the handles by what they are.

    kind: what a door makes of it, `answer`, `warning`, `checkpoint`. last_error: a short code, never a server's words.
    tried_anew_at: when an administrator last had it tried anew; patience counts from there.
    """

    class State(models.TextChoices):
        TO_SEND = "to_send"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"

    handle = models.UUIDField(primary_key=True)
    desk = models.CharField(max_length=60)
    kind = models.CharField(max_length=32)
    refs = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State, default=State.TO_SEND)
    not_before = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    claimed_by = models.CharField(max_length=128, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    tried_anew_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="outgoing_states", condition=Q(state__in=["to_send", "sending", "sent", "failed"])
            ),
            models.CheckConstraint(
                name="sending_means_claimed", condition=~Q(state="sending") | Q(claimed_at__isnull=False)
            ),
            models.CheckConstraint(name="sent_means_when", condition=~Q(state="sent") | Q(sent_at__isnull=False)),
        )
        indexes = (
            models.Index(fields=["not_before", "handle"], name="post_to_send", condition=Q(state="to_send")),
            models.Index(fields=["claimed_at"], name="post_sending", condition=Q(state="sending")),
            models.Index(fields=["desk", "created_at"], name="post_of_a_desk"),
        )
