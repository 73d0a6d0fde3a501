"""One activity of a register in plain facts, as the staff's page and its public address show it."""

from dataclasses import dataclass

from balie import register
from balie.channels import telling
from balie.channels.telling import PurposeShown, TermShown
from balie.kernel import Wording


@dataclass(frozen=True)
class GroupShown:
    who: Wording
    items: list[Wording]


@dataclass(frozen=True)
class ActivityShown:
    id: str
    name: Wording
    uri: str
    purposes: list[PurposeShown]
    people: list[GroupShown]
    terms: list[TermShown]
    recipients: list[Wording]


def activity_shown(version: register.Version, activity: str) -> ActivityShown:
    """One activity: purposes, people with their items, terms, and to whom it passes on."""
    act = version.data["activities"][activity]
    return ActivityShown(
        id=activity,
        name=telling.activity_name(version, activity),
        uri=version.uri(activity),
        purposes=telling.all_purposes(version, activity),
        people=[_group(version, activity, people) for people in act["people"]],
        terms=telling.terms(version, activity),
        recipients=telling.recipients(version, activity),
    )


def _group(version: register.Version, activity: str, people: str) -> GroupShown:
    who = version.wording(version.data["activities"][activity]["people"][people]["who"])
    return GroupShown(who, [version.label(item) for item in register.declared_items(version, activity, people)])
