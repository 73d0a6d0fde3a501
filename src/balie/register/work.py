"""What the desk's daily work asks of a version: which activity a service stands under, who writes in, what stands beside a field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from balie.kernel import Wording
from balie.register.collecting import places_of, requester_group
from balie.register.places import needs
from balie.register.types import Facts, Holder, Party, Place
from balie.register.versions import Version


@dataclass(frozen=True)
class Detail:
    """What differs for one item: sentences to confirm, whose consent, and what stands in when it is missing."""

    when: tuple[Wording, ...]
    consent: Party | None
    placeholder: str


def country(version: Version) -> str:
    """The controller's country, ISO 3166-1 alpha-2: how numbers without a country code are read."""
    return str(version.data["controller"]["country"])


def home_of(version: Version, item: str, *, holder: Holder) -> Place:
    """Where an item of staff stands that every register has (`sign-in-secret` on an account). KeyError when nowhere."""
    for place in places_of(version, item):
        if holder in place.holders:
            return place
    raise KeyError(f"{version} holds no {item} on a {holder}")


def writers(version: Version, activity: str) -> str:
    """The group of people of an activity who write in. KeyError when the activity has none."""
    group = requester_group(version, activity)
    if group is None:
        raise KeyError(f"nobody writes in under {activity}")
    return group


def asker(version: Version, service: str) -> tuple[str, str]:
    """The activity and group under which it is recorded who asks about a service (mission S2.3)."""
    one = version.services[service]
    return one.asker or (one.activity, writers(version, one.activity))


def matter(version: Version, service: str) -> tuple[str, str]:
    """The activity and group under which stands what a ticket about a service is about: what is said and sent."""
    one = version.services[service]
    if one.asker and one.asker[0] == one.activity:
        return one.asker
    return one.activity, writers(version, one.activity)


def first_service(version: Version) -> str:
    """The service of a ticket that came in without one: the first of the catalogue."""
    return next(iter(version.services))


def activity_of(version: Version, service: str) -> str:
    """The activity under which tickets about a service stand."""
    return version.services[service].activity


def mail_activity(version: Version) -> str:
    """The activity under which mail and calls come in."""
    return activity_of(version, first_service(version))


def team_for(version: Version, activity: str) -> str:
    """The first team that covers an activity, or a purpose of it; the first of all when none does."""
    for team in version.teams.values():
        if any(cover.partition("/")[0] == activity for cover in team.covers):
            return team.id
    return next(iter(version.teams))


def mail_address(version: Version) -> str:
    """The address at which the desk receives mail; nothing when it has none."""
    return str(version.settings.get("mail", {}).get("address", ""))


def phone_system(version: Version) -> str:
    """The system from which numbers of calls come, in the register's word; `person` when none is named."""
    return str(version.settings.get("phone", {}).get("system", "person"))


def declared_items(version: Version, activity: str, people: str) -> Mapping[str, str]:
    """Every item declared for a group, with its need, in the register's order."""
    return MappingProxyType(dict(needs(version.data["activities"][activity]["people"][people])))


def detail(version: Version, activity: str, people: str, item: str) -> Detail:
    """What differs for one declared item."""
    place = version.places[activity, people, item]
    return Detail(tuple(version.wording(one) for one in place.when), place.consent, place.placeholder)


def consequence(version: Version, activity: str, people: str) -> Wording:
    """What follows when required data are not given, in the register's words (GDPR 13(2)(e))."""
    places = (place for (act, group, _), place in version.places.items() if (act, group) == (activity, people))
    return version.wording(next((place.without for place in places if place.without), ""))


def avoided_in(version: Version, activity: str, people: str, text: str) -> list[Wording]:
    """The avoided items that a typed text seems to fill in: their label in any language, then a colon or equals sign."""
    found = []
    for item, need in declared_items(version, activity, people).items():
        label = version.label(item)
        words = "|".join(re.escape(word) for word in set(label.by_language.values()))
        if need == "avoided" and re.search(rf"(?i)\b(?:{words})\s*[:=]\s*\w", text):
            found.append(label)
    return found


def every_condition_met(version: Version, activity: str, people: str, item: str) -> Facts:
    """The facts under which an item that is kept already may be kept in a corrected form."""
    place = version.places.get((activity, people, item))
    if place is None:
        return Facts()
    return Facts(confirmed=frozenset(place.when), consent=frozenset({place.consent} if place.consent else ()))


def officer_address(version: Version) -> str:
    """Where the privacy officer is written to: the data protection officer's address, else the first contact's; else nothing."""
    offices = [version.data.get("dpo", {}), *version.data.get("contacts", ())]
    return next((str(office["email"]) for office in offices if "email" in office), "")


def right_to_object(version: Version, language: str) -> str:
    """How people are told of their right to object, apart from all else (GDPR 21(4)); nothing when no basis gives it."""
    ours = [act for act in version.data["activities"].values() if act.get("role") != "processor"]
    bases = {purpose["basis"] for act in ours for purpose in act["purposes"].values()}
    tell = version.data.get("objections", {}).get("tell", "")
    return version.wording(tell).read(language) if tell and bases & {"legitimate-interest", "public-task"} else ""
