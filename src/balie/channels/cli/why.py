"""`balie why`: why is this still kept, or when and why did it go?"""

import argparse
from collections import Counter

from balie.channels.cli import asking, printing
from balie.desk import why
from balie.desk.models import Ticket

FIELDS = (
    "activity",
    "purposes",
    "bases",
    "how_long",
    "because",
    "until",
    "waits_for",
    "review",
    "not_before",
    "on_hold",
)


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
    _show(ticket, kept, gone)


def _show(ticket: Ticket, kept: list[dict[str, object]], gone: list[dict[str, object]]) -> None:
    """One block for all items of which the same is to be said."""
    blocks: dict[tuple[object, ...], Counter[str]] = {}
    for one in kept:
        blocks.setdefault(tuple(_read(name, one[name]) for name in FIELDS), Counter())[str(one["item"])] += 1
    for answer, items in blocks.items():
        printing.line(", ".join(f"{item} ({count})" if count > 1 else item for item, count in items.items()))
        for name, text in zip(FIELDS, answer, strict=True):
            if text != "–":
                printing.line(f"  {name.replace('_', ' '):11} {text}")
    if not kept:
        printing.line(f"Nothing of ticket {ticket.number} is kept.")
    for one in gone:
        printing.line(f"{one['item']}: erased on {printing.brief(one['at'])}, {one['why']}")


def _read(name: str, value: object) -> str:
    if name == "until":
        return printing.brief(value)
    return "; ".join(map(str, value)) if isinstance(value, list) else printing.cell(value)


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
        "on_hold": kept.on_hold or None,
    }


def _gone(line: why.GoneLine) -> dict[str, object]:
    return {"item": str(line.label), "at": line.at.isoformat(), "why": line.why}
