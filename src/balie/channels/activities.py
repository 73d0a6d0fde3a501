"""One activity of a register in plain facts, for the address that every entry of the evidence points at."""

from dataclasses import dataclass

from balie import register
from balie.channels import telling
from balie.kernel import Wording


@dataclass(frozen=True)
class GroupShown:
    who: Wording
    items: list[Wording]


@dataclass(frozen=True)
class TermShown:
    """How long some kinds of data are kept, and in the register's words why."""

    how_long: str
    because: str
    items: list[Wording]


@dataclass(frozen=True)
class ActivityShown:
    id: str
    name: Wording
    uri: str
    purposes: list[Wording]
    grounds: list[str]
    people: list[GroupShown]
    terms: list[TermShown]
    recipients: list[Wording]


def activity_shown(version: register.Version, activity: str) -> ActivityShown:
    """Purposes and grounds, people with their items, terms, and to whom it passes on."""
    act = version.data["activities"][activity]
    answers = _answers(version, activity)
    return ActivityShown(
        id=activity,
        name=telling.activity_name(version, activity),
        uri=version.uri(activity),
        purposes=[version.wording(purpose["what"]) for purpose in act["purposes"].values()],
        grounds=list(dict.fromkeys(ground for _item, answer in answers for ground in answer.grounds)),
        people=[_group(version, activity, people) for people in act["people"]],
        terms=_terms(version, answers),
        recipients=_recipients(version, activity),
    )


def _answers(version: register.Version, activity: str) -> list[tuple[str, register.Why]]:
    """What the register answers about each item of an activity."""
    places = [place for place in version.places.values() if place.activity == activity]
    said = telling.language()
    return [(one.item, register.why(version, activity, one.people, one.item, language=said)) for one in places]


def _group(version: register.Version, activity: str, people: str) -> GroupShown:
    who = version.wording(version.data["activities"][activity]["people"][people]["who"])
    return GroupShown(who, [version.label(item) for item in register.declared_items(version, activity, people)])


def _terms(version: register.Version, answers: list[tuple[str, register.Why]]) -> list[TermShown]:
    found: dict[tuple[str, str], list[str]] = {}
    for item, answer in answers:
        items = found.setdefault((answer.how_long, answer.because), [])
        items += [item] if item not in items else []
    return [TermShown(*said, [version.label(item) for item in items]) for said, items in found.items()]


def _recipients(version: register.Version, activity: str) -> list[Wording]:
    known = version.data.get("recipients", {})
    ids = dict.fromkeys(share.to for share in version.shares.get(activity, ()))
    return [version.wording(known[one]["who"]) for one in ids if one in known]
