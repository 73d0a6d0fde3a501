"""From a question to rows: which tickets fit its structural terms, in which order, and who a colleague's name stands for."""

import re
from dataclasses import replace
from uuid import UUID

from django.db.models import Q, QuerySet

from balie import vault
from balie.desk import asking, relations
from balie.desk.asking import Asked, Term
from balie.desk.models import Among, Message, Others, Ticket
from balie.kernel import Actor, Invalid, sentence
from balie.people.models import Account

# By what the tickets of each order stand, and then by number.
ORDERS = {"oldest": "last_contact_at", "newest": "-last_contact_at", "closed": "-closed_at", "number": "number"}
_HANDLE = re.compile(r"[0-9a-f]{32}")
_PLAIN = frozenset({"status", "service", "kind", "channel", "team"})


def read(text: str, *, actor: Actor) -> Asked:
    """Read a question at the actor's desk; a colleague who was named is written by handle, as a view keeps it.

    Raises Invalid with a sentence that says what is known, for an unknown word and for a name that is nobody's or several's.
    """
    asked = asking.read(text, actor=actor)
    terms = tuple(_with_handles(term, actor) if term.key == asking.ANYBODY else term for term in asked.terms)
    return replace(asked, terms=terms)


def tickets(asked: Asked, *, actor: Actor, among: Among | None = None) -> QuerySet[Ticket]:
    """What the actor may see and fits the structural terms, in no order yet; only of these tickets, where some are named."""
    if among is None and asked.of("is") == ("followed",) and actor.kind == "staff":
        among = relations.followed(actor)  # few: looked up, rather than looked for among all
    rows: QuerySet[Ticket] = Ticket.objects.visible_to(actor, among=among)
    if asked.is_open:  # said so that the database knows which index holds just these
        rows = rows.filter(closed_at__isnull=True)
    elif asked.of("status") == ("closed",) or asked.sort == "closed":
        rows = rows.filter(closed_at__isnull=False)
    for term in asked.terms:
        if term.key != "status" or set(term.values) not in (set(asking.OPEN), {"closed"}):
            rows = rows.filter(_condition(term, actor))
    return rows


def sort_of(asked: Asked) -> str:
    """The order that was asked for; else who waits longest on top, or of what is closed the newest."""
    if asked.sort in ORDERS:
        return asked.sort
    if asked.of("status") == ("closed",):
        return "closed"
    return "newest" if asked.has_words else "oldest"


def ordered(rows: QuerySet[Ticket], sort: str) -> QuerySet[Ticket]:
    """These tickets in one of the ORDERS; the same contact or closing: by number."""
    column = ORDERS[sort]
    if column == "number":
        return rows.order_by("number")
    return rows.order_by(column, "-number" if column == "-last_contact_at" else "number")


def _condition(term: Term, actor: Actor) -> Q:
    if term.key in _PLAIN:
        return Q(**{f"{term.key}__in": term.values})
    if term.key == asking.ANYBODY:
        return _whose(term.values, actor)
    if term.key == "delivery":
        answers = Message.objects.filter(delivery__in=term.values).exclude(delivery="")
        return Q(handle__in=answers.values("ticket"))
    either = Q(pk=None)
    if "unread" in term.values:
        either |= Q(unread=True)
    if "followed" in term.values:
        either |= relations.followed_by(actor)
    if "restricted" in term.values:
        either |= Q(restricted_at__isnull=False)
    if "others" in term.values:
        either |= Q(handle__in=Others.objects.filter(outcome="", done_at=None).values("ticket"))
    return either


def _whose(values: tuple[str, ...], actor: Actor) -> Q:
    """me: the one who asks, so that a shared view is everybody's own."""
    mine = {UUID(actor.handle)} if "me" in values and actor.kind == "staff" else set[UUID]()
    named = {UUID(value) for value in values if _HANDLE.fullmatch(value)}
    either = Q(assignee__in=mine | named)
    return either | Q(assignee=None) if "nobody" in values else either


def _with_handles(term: Term, actor: Actor) -> Term:
    return Term(term.key, tuple(dict.fromkeys(_handle(value, actor) for value in term.values)))


def _handle(value: str, actor: Actor) -> str:
    if value in ("me", "nobody"):
        return value
    if _HANDLE.fullmatch(value):
        return value
    found = colleagues(value, actor=actor)
    if len(found) != 1:
        raise Invalid(
            sentence(
                "No colleague's name begins so. «assignee:» knows {known} and the names of colleagues.", known=_WHO
            )
            if not found
            else sentence("Several colleagues' names begin so. Write more of the name after «assignee:».")
        )
    return found[0].handle.hex


_WHO = ("me", "nobody")


def colleagues(beginning: str, *, actor: Actor) -> list[Account]:
    """The colleagues of the actor's desk whose name begins so (three signs at least). No name is opened for it."""
    held_by = {one.held_by for one in vault.find_beginning(actor, beginning, limit=1000)}
    return list(Account.objects.filter(desk=actor.desk, ended_at=None, handle__in=held_by).order_by("began_at"))
