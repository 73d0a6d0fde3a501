"""What the five desks of the product declare, read from their files without the product's own reading of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from django.conf import settings

DESKS = ("publications", "newsletter-editors", "telecom", "municipal-websites", "citizens-advice")
NEEDS = ("required", "one-of", "usual", "allowed", "when-necessary", "avoided")
OPERATIONS = ("collect", "record", "alter", "consult")


@dataclass(frozen=True)
class Declared:
    """One item of one group in one activity, as the file says it."""

    activity: str
    people: str
    item: str
    need: str
    holders: frozenset[str]
    sources: frozenset[str]
    operations: frozenset[str] | None
    conditions: bool

    def may(self, operation: str) -> bool:
        return self.operations is None or operation in self.operations


@cache
def file_of(desk: str, part: str = "yaml") -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load((settings.PACKAGE / "desks" / f"{desk}.{part}").read_text("utf-8"))
    return found


@cache
def catalogue() -> tuple[str, ...]:
    """Every word that any register could use for a kind of data."""
    text = (settings.PACKAGE / "register" / "format" / "catalogue.yaml").read_text("utf-8")
    return tuple(yaml.safe_load(text))


def words_of(desk: str) -> tuple[str, ...]:
    return (*catalogue(), *file_of(desk).get("words", {}), "no-such-word")


@cache
def declared(desk: str) -> Mapping[tuple[str, str, str], Declared]:
    return {(one.activity, one.people, one.item): one for one in _lines(file_of(desk))}


def groups(desk: str) -> Iterator[tuple[str, str]]:
    for activity, act in file_of(desk)["activities"].items():
        yield from ((activity, people) for people in act["people"])


def asker(desk: str, service: str) -> tuple[str, str]:
    """Activity and group of who asks about a service."""
    said = file_of(desk, "desk.yaml")["services"][service]
    if "asker" in said:
        activity, people = said["asker"].split(".")
        return activity, people
    return said["activity"], _first_that_writes(desk, said["activity"])


def matter(desk: str, service: str) -> tuple[str, str]:
    """Activity and group of what a ticket about a service is about."""
    activity = file_of(desk, "desk.yaml")["services"][service]["activity"]
    found = asker(desk, service)
    return found if found[0] == activity else (activity, _first_that_writes(desk, activity))


def services(desk: str) -> tuple[str, ...]:
    return tuple(file_of(desk, "desk.yaml")["services"])


def _first_that_writes(desk: str, activity: str) -> str:
    people = file_of(desk)["activities"][activity]["people"]
    return next(
        name for name in people if "ticket" in declared(desk).get((activity, name, "message"), _NOWHERE).holders
    )


def _lines(data: Mapping[str, Any]) -> Iterator[Declared]:
    for activity, act in data["activities"].items():
        for people, block in act["people"].items():
            for need in NEEDS:
                for item in block.get(need, ()):
                    yield _line(data, (activity, act), (people, block), (item, need))


def _line(data: Any, activity: Any, people: Any, item: Any) -> Declared:
    detail = people[1].get("details", {}).get(item[0], {})
    blocks = (detail, people[1], activity[1])

    def nearest(key: str, otherwise: Any) -> Any:
        return next((one[key] for one in blocks if key in one), otherwise)

    operations = nearest("operations", data.get("operations"))
    return Declared(
        *(activity[0], people[0], item[0], item[1]),
        frozenset(nearest("in", ("ticket",))),
        frozenset(nearest("source", ("person",))),
        frozenset(operations) if operations else None,
        bool(detail.get("when") or detail.get("consent")),
    )


_NOWHERE = Declared("", "", "", "", frozenset(), frozenset(), None, False)
