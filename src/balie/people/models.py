"""Persons and accounts as structure: who they are is in the vault."""

from django.db import models

from balie.kernel import handles


class Person(models.Model):
    """Somebody whom records are about. A row says that there is a person, and nothing else."""

    handle = models.UUIDField(primary_key=True, default=handles.new)
    desk = models.CharField(max_length=60, db_index=True)
    met_at = models.DateTimeField(auto_now_add=True)


class Account(models.Model):
    """A member of staff at one desk. Name, address and sign-in secrets are records of the vault, held by this account."""

    handle = models.UUIDField(primary_key=True, default=handles.new)
    desk = models.CharField(max_length=60)
    lookup = models.BinaryField(max_length=16)  # keyed hash of the address
    roles = models.CharField(max_length=80)  # words separated by spaces
    name = models.UUIDField()
    email = models.UUIDField()
    password = models.UUIDField(null=True)
    one_time = models.UUIDField(null=True)  # the secret of the one-time codes
    last_code = models.BigIntegerField(default=0)  # the period of the code used last: none serves twice
    language = models.CharField(max_length=2, blank=True)
    preferences = models.JSONField(default=dict)  # codes only: density, colours, shortcuts
    began_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    known_teams: list[str] | None = None  # where several accounts were fetched together, their teams were as well

    class Meta:
        constraints = [models.UniqueConstraint(fields=["desk", "lookup"], name="one_account_an_address")]

    @property
    def role_set(self) -> frozenset[str]:
        return frozenset(self.roles.split())


class Membership(models.Model):
    """An account works in a team; what the team covers stands in the desk's settings."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    team = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "team"], name="in_a_team_once")]


class FailedSignIn(models.Model):
    """How often one place has failed to sign in to one account, for a short while. Both stand as a keyed hash."""

    desk = models.CharField(max_length=60)
    mark = models.BinaryField(max_length=16, unique=True)
    count = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)
