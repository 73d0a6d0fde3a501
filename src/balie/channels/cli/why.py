"""`balie why`: why is this still kept, or when and why did it go?"""

import argparse

from balie.channels.cli import asking, printing
from balie.desk import why
from balie.desk.models import Ticket

HEADS = ("what", "activity", "purpose", "basis", "term", "until", "handle")


def add_commands(commands: asking.Commands) -> None:
    parser = asking.command(
        commands,
        "why",
        answer,
        "say of each item of a ticket why it is kept and until when, or when and why it went",
        example="balie why 1001 --desk publications",
        more="Names items and never shows what they say.",
    )
    parser.add_argument("ticket", metavar="TICKET", type=int, help="the ticket's number")
    asking.desk(parser)
    asking.as_json(parser)


def answer(asked: argparse.Namespace) -> None:
    """Print a line for each item, kept or gone."""
    ticket = asking.ticket(asked)
    kept, gone = [_kept(line) for line in why.of(ticket, language="en")], [_gone(line) for line in why.gone(ticket)]
    if asked.json:
        printing.data({"ticket": ticket.number, "desk": ticket.desk, "kept": kept, "gone": gone})
        return
    _tables(ticket, kept, gone)


def _tables(ticket: Ticket, kept: list[dict[str, object]], gone: list[dict[str, object]]) -> None:
    rows = (
        [one["item"], one["activity"], one["purposes"], one["bases"], one["how_long"], one["until"], one["handle"]]
        for one in kept
    )
    printing.table(HEADS, (_joined(row) for row in rows), empty=f"Nothing of ticket {ticket.number} is kept.")
    if gone:
        printing.table(("what", "erased", "why"), ([one["item"], one["at"], one["why"]] for one in gone))


def _joined(row: list[object]) -> list[object]:
    return [", ".join(map(str, one)) if isinstance(one, tuple | list) else one for one in row]


def _kept(line: why.Line) -> dict[str, object]:
    kept, said = line.kept, line.answer
    return {
        "item": str(line.label),
        "handle": kept.handle.hex,
        "activity": said.activity,
        "purposes": list(said.purposes),
        "bases": list(said.bases),
        "term": kept.term,
        "how_long": said.how_long,
        "because": said.because,
        "until": kept.erase_at.isoformat() if kept.erase_at else None,
        "waits_for": kept.trigger if kept.trigger and kept.happened_at is None else None,
        "review": kept.review.isoformat() if kept.review else None,
        "not_before": kept.not_before.isoformat() if kept.not_before else None,
        "on_hold": kept.on_hold,
    }


def _gone(line: why.GoneLine) -> dict[str, object]:
    return {"item": str(line.label), "at": line.at.isoformat(), "why": line.why}
