"""The part of a notice about how the desk takes care: protection, cookies, data of others, reports, systems and operations."""

from collections.abc import Mapping
from typing import Any

from balie.register.canonical import as_list
from balie.register.deciding import DEFAULT_SMALLEST_GROUP, cookies
from balie.register.telling.parts import Point, Row
from balie.register.telling.reader import Reader
from balie.register.terms import iso

DEFAULT_BACKUPS = "30 days"


def protection(reader: Reader) -> tuple[Row, ...]:
    """Paper, then the system: what the software does of itself, then what the register adds (30(1)(g), 32)."""
    say, found = reader.say, reader.data.get("protection", {})
    paper = found.get("paper")
    rows = []
    if paper:
        rows.append(Row(say("label.manual"), (say("protect.no-paper") if paper == "none" else reader.own(paper),)))
    lines = [
        say(f"protect.{found.get('access', 'with-processors')}"),
        *(reader.own(one) for one in found.get("measures", ())),
        say("protect.declared"),
        say("protect.sealed"),
        say("protect.looked-at"),
        say("protect.erased", length=say.length(iso(found.get("backups", DEFAULT_BACKUPS)))),
    ]
    return (*rows, Row(say("label.automatic"), tuple(lines)))


def cookie_lines(reader: Reader) -> tuple[str, ...]:
    """Every cookie, its kind, and how long it stays (ePrivacy 5(3))."""
    lines = [_cookie(reader, name, cookie) for name, cookie in cookies(reader.v).items()]
    return (*lines, reader.say("cookie.no-other")) if lines else (reader.say("cookie.none"),)


def others(reader: Reader) -> tuple[str, ...]:
    """What happens with data about people who are no party to the conversation (14, 5(1)(c))."""
    found = reader.data.get("third-party-data", {})
    told = (reader.own(found["tell"]),) if "tell" in found else ()
    return (*told, reader.say(f"others.{found.get('rule', 'agent-decides')}"))


def reports(reader: Reader) -> tuple[str, ...]:
    """Which reports leave the team, and that nobody can be recognised in them."""
    found = reader.data.get("reports", {})
    if found == "none":
        return (reader.say("reports.none"),)
    told = (reader.own(found["tell"]),) if "tell" in found else ()
    return (*told, reader.say("reports.smallest", number=found.get("smallest-group", DEFAULT_SMALLEST_GROUP)))


def related(reader: Reader) -> tuple[Row, ...]:
    """Related processing of each activity: other activities by name, or a line of text."""
    known = reader.data["activities"]
    rows = []
    for act in reader.activities.values():
        named = [known[one]["name"] if one in known else one for one in as_list(act.get("related"))]
        lines = tuple(reader.own(one) for one in named) or (reader.say("related.none"),)
        rows.append(Row(reader.own(act["name"]), lines))
    return tuple(rows)


def systems(reader: Reader) -> tuple[Point, ...]:
    """The systems in which the data stand."""
    named = [one for act in reader.activities.values() for one in act.get("systems", ())]
    return tuple(Point(reader.own(reader.data["systems"][one]["name"])) for one in dict.fromkeys(named))


def operations(reader: Reader) -> tuple[Row, ...]:
    """Role and operations of each activity, for the record (30(1), 30(2)(b))."""
    return tuple(Row(reader.own(act["name"]), _role_and_operations(reader, act)) for act in reader.activities.values())


def _role_and_operations(reader: Reader, act: Mapping[str, Any]) -> tuple[str, ...]:
    say = reader.say
    named = act.get("operations") or reader.data.get("operations")
    words = say.several([say(f"operation.{one}") for one in named]) if named else say("operation.all")
    return say(f"role.{act.get('role', 'controller')}"), words


def _cookie(reader: Reader, name: str, cookie: Mapping[str, Any]) -> str:
    say, keep = reader.say, cookie["keep"]
    parts = [reader.own(cookie["what"]) if "what" in cookie else say("cookie.default")]
    if "when" in cookie:
        parts.append(reader.own(cookie["when"]))
    parts.append(say("cookie.session") if keep == "session" else say("cookie.keep", length=say.length(iso(keep))))
    return say("cookie.line", name=name, kind=say(f"cookie.{cookie['kind']}"), what=" ".join(parts))
