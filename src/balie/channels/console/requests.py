"""What the console adds to a request: who acts."""

from django.http import HttpRequest

from balie.kernel import Actor
from balie.people.models import Account


class DeskRequest(HttpRequest):
    """A request after `WhoActs`: the actor, and the account of a member of staff. Behind the access table both are there."""

    actor: Actor | None
    account: Account | None


def staff_of(request: HttpRequest) -> Actor:
    """The member of staff who asks. Only for routes that the access table keeps for staff."""
    actor = getattr(request, "actor", None)
    assert isinstance(actor, Actor)
    assert actor.kind == "staff"
    return actor


def account_of(request: HttpRequest) -> Account:
    """The account of the member of staff who asks."""
    account = getattr(request, "account", None)
    assert isinstance(account, Account)
    return account
