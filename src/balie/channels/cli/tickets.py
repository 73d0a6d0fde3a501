"""`balie ticket`: which tickets there are, as numbers, states and times."""

import argparse

from django.db.models import Count

from balie.channels.cli import asking, printing
from balie.desk.models import Ticket
from balie.kernel import Actor

TIMES = ("opened", "last_contact", "closed")
COLUMNS = ("number", "desk", "status", "kind", "service", "channel", "messages", *TIMES)


def add_commands(commands: asking.Commands) -> None:
    own = asking.group(commands, "ticket", "tickets as numbers and states", "balie ticket list --json")
    list_ = asking.command(
        own,
        "list",
        list_tickets,
        "list tickets, the oldest first",
        example="balie ticket list --desk publications --json",
        more="This door shows no personal data: neither who wrote nor what, for that is read at the desk, under its rules.",
    )
    asking.desk(list_)
    asking.as_json(list_)


def list_tickets(asked: argparse.Namespace) -> None:
    """Print the tickets of one desk or of all."""
    found = [_plain(ticket) for desk in asking.desks(asked) for ticket in _of(desk)]
    if asked.json:
        printing.data(found)
    else:
        printing.table(COLUMNS, map(_row, found), empty="There are no tickets yet.")


def _of(desk: str) -> list[Ticket]:
    rows = Ticket.objects.visible_to(Actor.system("prove", desk)).select_related("assignee")
    return list(rows.annotate(said=Count("messages")).order_by("number"))


def _row(one: dict[str, object]) -> list[object]:
    return [printing.brief(one[name]) if name in TIMES else one[name] for name in COLUMNS]


def _plain(ticket: Ticket) -> dict[str, object]:
    return {
        "number": ticket.number,
        "desk": ticket.desk,
        "status": ticket.status,
        "kind": ticket.kind,
        "service": ticket.service,
        "activity": ticket.activity,
        "version": ticket.version,
        "team": ticket.team,
        "channel": ticket.channel,
        "messages": getattr(ticket, "said", 0),
        "opened": ticket.opened_at.isoformat(),
        "last_contact": ticket.last_contact_at.isoformat(),
        "closed": ticket.closed_at.isoformat() if ticket.closed_at else None,
        "restricted": ticket.restricted_at.isoformat() if ticket.restricted_at else None,
        "handle": ticket.handle.hex,
        "assignee": ticket.assignee.handle.hex if ticket.assignee else None,
        "requester": ticket.requester_id.hex if ticket.requester_id else None,
    }
