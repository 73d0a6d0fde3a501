"""`balie retention`: what will go and when, and the sweep that lets it go."""

import argparse

from django.utils import timezone

from balie import vault
from balie.channels.cli import asking, printing
from balie.privacy import declarations, retention

HEADS = ("desk", "month", "activity", "item", "term", "records", "note")


def add_commands(commands: asking.Commands) -> None:
    own = asking.group(commands, "retention", "what goes when, and letting it go", "balie retention forecast")
    ahead = asking.command(
        own,
        "forecast",
        forecast,
        "count what goes in which month, under which term",
        example="balie retention forecast --desk publications --as-of 2028-12-31",
    )
    ahead.add_argument(
        "--as-of", type=asking.day, metavar="DATE", help="only what has gone by the end of this day (UTC)"
    )
    sweep = asking.command(
        own,
        "run",
        run,
        "erase what is due, as the worker does every ten minutes",
        example="balie retention run --desk publications",
        more="With a day to come it erases now what would be due then; the evidence says so. What is on hold stays.",
    )
    sweep.add_argument(
        "--as-of", type=asking.day, metavar="DATE", help="what is due by the end of this day (UTC; default: now)"
    )
    told = asking.command(
        own,
        "declarations",
        declare,
        "write the declarations of destruction: of each approved list, and of each month of the sweep",
        example="balie retention declarations --desk publications",
        more="JSON with handles and counts, a digest and its signature; the officer's page has them as PDF and Markdown too.",
    )
    asking.desk(told)
    for parser in (ahead, sweep):
        asking.desk(parser)
        asking.as_json(parser)


def forecast(asked: argparse.Namespace) -> None:
    """Print what goes when."""
    until = asking.moment_of(asked.as_of) if asked.as_of else None
    found = [_plain(desk, one) for desk in asking.desks(asked) for one in retention.forecast(desk, until=until)]
    if asked.json:
        printing.data(found)
    else:
        printing.table(HEADS, ([one[head] for head in HEADS] for one in found), empty="Nothing is kept that would go.")


def run(asked: argparse.Namespace) -> None:
    """Sweep one desk or all, and print what went."""
    moment = asking.moment_of(asked.as_of)
    if moment > timezone.now():
        printing.say(f"Erasing now what is due by the end of {asked.as_of}, before its day has come.")
    swept = []
    with printing.steps() as steps:
        for desk in asking.desks(asked):
            steps.at(f"erasing at {desk}")
            swept.append(retention.run(desk, now=moment, told=steps.done))
    expired = retention.expire(moment)
    if asked.json:
        lines = [
            {"desk": one.desk, "erased": one.erased, "listed": one.listed, "terms": dict(one.terms)} for one in swept
        ]
        printing.data({"as_of": moment.isoformat(), "desks": lines, "evidence_expired": expired})
        return
    for one in swept:
        terms = ", ".join(f"{count} under {term}" for term, count in sorted(one.terms.items()))
        printing.line(f"{one.desk}: {one.erased} records erased" + (f" ({terms})" if terms else ""))
        if one.listed:
            printing.line(f"{one.desk}: {one.listed} records wait for the privacy officer's approval")
    if expired:
        printing.line(f"{expired} entries of the evidence let go")


def declare(asked: argparse.Namespace) -> None:
    """Print every declaration of one desk or all."""
    printing.data([_declared(one) for desk in asking.desks(asked) for one in declarations.all_of(desk)])


def _declared(made: declarations.Declaration) -> dict[str, object]:
    return {"declaration": made.plain(), "digest": declarations.digest_of(made), "signature": made.note}


def _plain(desk: str, one: vault.Going) -> dict[str, object]:
    return {
        "desk": desk,
        "month": f"{one.month:%Y-%m}" if one.month else None,
        "activity": one.activity,
        "item": one.item,
        "term": one.term,
        "records": one.count,
        "waits": one.waits,
        "held": one.held,
        "review": one.review.isoformat() if one.review else None,
        "note": _note(one),
    }


def _note(one: vault.Going) -> str:
    """What the month does not say by itself."""
    if one.held:
        return "on hold"
    if one.review is not None:
        return f"kept permanently, reviewed on {one.review}"
    if one.month is None:
        return f"lasts until {one.trigger}"
    return f"at the latest; waits for {one.trigger}" if one.waits else ""
