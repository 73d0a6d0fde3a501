"""The tables of the register: desks, and the versions that each adopted, of which none is ever changed."""

from typing import Any

from django.db import models
from django.db.models import Q

from balie.kernel import Conflict, sentence


class Desk(models.Model):
    """A desk. Its slug is its key, so that every row that belongs to it names it."""

    slug = models.SlugField(max_length=60, primary_key=True)

    def __str__(self) -> str:
        return self.slug


class OnlyAdded(models.QuerySet["Adopted"]):
    """Rows that are added and read; the history of a register is not rewritten."""

    def update(self, **kwargs: Any) -> int:
        raise _never_changed()

    def delete(self) -> tuple[int, dict[str, int]]:
        raise _never_changed()


class Adopted(models.Model):
    """One version of a desk's register, as it was put in force: both texts, who did it, and how doubts were answered.

    written_by: another person than who put it in force, but at the set-up. told_on: when those concerned were told of what is wider.
    valid_from: the moment from which it is in force: that of its adoption, or the midnight with which a day to come begins.
    digest: of the register's canonical form. settings_digest: of the settings'. answers: one object for each doubt.
    """

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    settings_digest = models.CharField(max_length=64)
    text = models.TextField()
    settings_text = models.TextField()
    adopted_at = models.DateTimeField()
    adopted_by = models.CharField(max_length=80)
    valid_from = models.DateTimeField()
    written_by = models.CharField(max_length=80, blank=True)
    told_on = models.DateField(null=True)
    answers = models.JSONField(default=list)

    objects = OnlyAdded.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["desk", "number"], name="one_row_per_version"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="versions_count_from_one"),
        ]
        verbose_name_plural = "adopted versions"

    def __str__(self) -> str:
        return f"{self.desk_id} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row: the table is append-only, a row that is there already is never changed (Conflict)."""
        if not self._state.adding:
            raise _never_changed()
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise _never_changed()


class Proposal(models.Model):
    """A version that somebody wrote, for another person to put in force. outcome: empty while nobody has decided.

    valid_from: the day on which it shall come in force; None: as soon as it is approved. number: of the version that it became.
    """

    class Outcome(models.TextChoices):
        ADOPTED = "adopted"
        WITHDRAWN = "withdrawn"
        REPLACED = "replaced"

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="proposals")
    text = models.TextField()
    settings_text = models.TextField()
    answers_text = models.TextField(blank=True)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=80)
    by_officer = models.BooleanField()
    valid_from = models.DateField(null=True)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)
    number = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["desk"], condition=models.Q(outcome=""), name="one_proposal_at_a_time")
        ]


class Coming(models.Model):
    """A version that was approved for a day to come, and what became of it: outcome is empty while it waits.

    reason: a code, of what was withdrawn.
    """

    class Outcome(models.TextChoices):
        BEGUN = "begun"
        WITHDRAWN = "withdrawn"

    adopted = models.OneToOneField(Adopted, on_delete=models.PROTECT, primary_key=True, related_name="coming")
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="withdrawn_for_a_reason",
                condition=(Q(outcome="withdrawn") & ~Q(reason="")) | (~Q(outcome="withdrawn") & Q(reason="")),
            )
        ]

    def __str__(self) -> str:
        return str(self.adopted_id)


class Reach(models.Model):
    """A decision that a purpose of an activity reaches what was collected before the register had it (GDPR 6(4)).

    number: the version in force when it was weighed; what was collected under earlier ones is reached. scope: of the purpose as it
    was weighed (`reach.Scope`). told_on: when those concerned were told. The five reasons are those of 6(4), because: the law, or
    how consent is asked.
    """

    class Outcome(models.TextChoices):
        APPROVED = "approved"
        WITHDRAWN = "withdrawn"
        ENDED = "ended"

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="reaches")
    activity = models.CharField(max_length=60)
    purpose = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    scope = models.JSONField()
    ground = models.CharField(max_length=10)
    link = models.TextField(blank=True)
    context = models.TextField(blank=True)
    nature = models.TextField(blank=True)
    consequences = models.TextField(blank=True)
    safeguards = models.TextField(blank=True)
    because = models.TextField(blank=True)
    told_on = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=80)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "activity", "purpose", "number"],
                condition=Q(outcome__in=["", "approved"]),
                name="one_decision_about_a_purpose",
            )
        ]


class Compiled(models.Model):
    """The plain data of an adopted version (`compiling.py`), which can always be made again from it.

    digest: over this copy and the texts that it was made of; what does not fit is left alone.
    """

    adopted = models.OneToOneField(Adopted, on_delete=models.PROTECT, primary_key=True, related_name="compiled")
    plain = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "compiled versions"

    def __str__(self) -> str:
        return str(self.adopted_id)


def _never_changed() -> Conflict:
    return Conflict(sentence("A register version that was in force is never changed; adopt a new one."), clause="5(2)")
