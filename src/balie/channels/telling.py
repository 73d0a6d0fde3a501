"""What stands beside a field and below a message: why it is kept, on what ground, for how long. All of it from the register."""

import re
from dataclasses import dataclass
from datetime import datetime

from balie import register, vault
from balie.channels import clock
from balie.kernel import Sentence, Wording, sentence

BASES = {
    "consent": sentence("consent, GDPR art. 6(1)(a)"),
    "contract": sentence("a contract, GDPR art. 6(1)(b)"),
    "legal-obligation": sentence("a legal obligation, GDPR art. 6(1)(c)"),
    "vital-interest": sentence("a vital interest, GDPR art. 6(1)(d)"),
    "public-task": sentence("a task in the public interest, GDPR art. 6(1)(e)"),
    "legitimate-interest": sentence("a legitimate interest, GDPR art. 6(1)(f)"),
}
_AFTER = {
    "ticket.closed": sentence("{time} after the ticket is closed"),
    "ticket.last-contact": sentence("{time} after the last contact"),
    "account.last-active": sentence("{time} after the account was last used"),
    "account.closed": sentence("{time} after the account is closed"),
    "organisation.left": sentence("{time} after the organisation has left"),
    "contract.ended": sentence("{time} after the contract has ended"),
    "person.left": sentence("{time} after the person has left"),
    "contact.removed": sentence("{time} after the contact was taken off the list"),
    "purpose.done": sentence("{time} after its purpose is done"),
    "item.collected": sentence("{time} after it came in"),
    "consent.withdrawn": sentence("{time} after the consent is withdrawn"),
    "share.ended": sentence("{time} after the sharing has ended"),
}
_WHEN = {
    "ticket.closed": sentence("until the ticket is closed"),
    "ticket.last-contact": sentence("until the last contact"),
    "account.last-active": sentence("until the account was last used"),
    "account.closed": sentence("until the account is closed"),
    "organisation.left": sentence("until the organisation leaves"),
    "contract.ended": sentence("until the contract ends"),
    "person.left": sentence("until the person leaves"),
    "contact.removed": sentence("until the contact is taken off the list"),
    "purpose.done": sentence("until its purpose is done"),
    "item.collected": sentence("until it has been read"),
    "consent.withdrawn": sentence("until the consent is withdrawn"),
    "share.ended": sentence("until the sharing ends"),
}
_GONE = {
    "struck-out": sentence("Struck out on {day}."),
    "corrected": sentence("Replaced on {day}."),
    "draft-ended": sentence("A draft that ended on {day}."),
    "call-ended": sentence("Gone with the call on {day}."),
}
_UNITS = {
    "Y": {"nl": ("jaar", "jaar"), "fi": ("vuosi", "vuotta"), "sv": ("år", "år"), "en": ("year", "years")},
    "M": {
        "nl": ("maand", "maanden"),
        "fi": ("kuukausi", "kuukautta"),
        "sv": ("månad", "månader"),
        "en": ("month", "months"),
    },
    "W": {"nl": ("week", "weken"), "fi": ("viikko", "viikkoa"), "sv": ("vecka", "veckor"), "en": ("week", "weeks")},
    "D": {"nl": ("dag", "dagen"), "fi": ("päivä", "päivää"), "sv": ("dag", "dagar"), "en": ("day", "days")},
    "H": {"nl": ("uur", "uur"), "fi": ("tunti", "tuntia"), "sv": ("timme", "timmar"), "en": ("hour", "hours")},
}
_NEXT = {"nl": "in de eerste {}", "fi": "seuraavana {}na", "sv": "i den första {}", "en": "in the first {}"}
_ISO = re.compile(r"PT?(\d+)([YMWDH])")


@dataclass(frozen=True)
class PurposeShown:
    what: Wording
    basis: Sentence


@dataclass(frozen=True)
class TermShown:
    """How long some kinds of data are kept, and in the register's words why."""

    items: list[Wording]
    term: Sentence
    because: Wording | None


@dataclass(frozen=True)
class WhyShown:
    """The answer to «why do we still have this?» for one record."""

    until: Sentence
    what: Wording
    uri: str
    activity: Wording
    version: int
    purposes: list[PurposeShown]
    term: Sentence
    because: Wording | None
    erase_at: datetime | None
    waits_for: Sentence | None
    hold: Sentence | None


def why(version: register.Version, kept: vault.Described) -> WhyShown:
    """Why one record is kept, from the version under which it was collected."""
    rule = register.erase_rule(version, kept.activity, kept.people, kept.item)
    return WhyShown(
        until=_until(rule, kept),
        what=version.label(kept.item),
        uri=version.uri(kept.activity),
        activity=activity_name(version, kept.activity),
        version=version.number,
        purposes=purposes(version, kept.activity, kept.people, kept.item),
        term=how_long(rule),
        because=version.wording(rule.why) if rule.why else None,
        erase_at=kept.erase_at if kept.happened_at else None,
        waits_for=_waits_for(kept),
        hold=_hold(kept),
    )


def purposes(version: register.Version, activity: str, people: str, item: str) -> list[PurposeShown]:
    """For what an item is kept and on which ground; nothing for an item that the register does not declare."""
    place = version.places.get((activity, people, item))
    known = version.data["activities"][activity]["purposes"]
    wanted = [known[one] for one in place.purposes] if place else []
    return [PurposeShown(version.wording(one["what"]), BASES[one["basis"]]) for one in wanted]


def all_purposes(version: register.Version, activity: str) -> list[PurposeShown]:
    """Every purpose of an activity."""
    known = version.data["activities"][activity]["purposes"].values()
    return [PurposeShown(version.wording(one["what"]), BASES[one["basis"]]) for one in known]


def activity_name(version: register.Version, activity: str) -> Wording:
    return version.wording(version.data["activities"][activity]["name"])


def terms(version: register.Version, activity: str) -> list[TermShown]:
    """The terms of an activity, each with the kinds of data that it is for."""
    found: dict[str, tuple[register.EraseRule, list[str]]] = {}
    for place in version.places.values():
        if place.activity == activity:
            items = found.setdefault(place.rule.term, (place.rule, []))[1]
            items += [place.item] if place.item not in items else []
    return [
        TermShown(
            [version.label(item) for item in items], how_long(rule), version.wording(rule.why) if rule.why else None
        )
        for rule, items in found.values()
    ]


def recipients(version: register.Version, activity: str) -> list[Wording]:
    """Who may get something of an activity, each once."""
    known = version.data.get("recipients", {})
    ids = dict.fromkeys(share.to for share in version.shares.get(activity, ()))
    return [version.wording(known[one]["who"]) for one in ids if one in known]


def how_long(rule: register.EraseRule) -> Sentence:
    """A term in words."""
    if rule.event is None:
        return sentence("permanently; looked at again on {day}", day=clock.day_words(rule.review))
    if rule.month:
        return Sentence(_AFTER[rule.event].template, {"time": _next_month(rule.month)})
    if rule.offset == "P0D":
        return _WHEN[rule.event]
    return Sentence(_AFTER[rule.event].template, {"time": length(rule.offset or "P0D")})


def length(iso: str) -> Wording:
    """`P2Y` as 2 years, 2 jaar, 2 vuotta, 2 år."""
    found = _ISO.fullmatch(iso)
    if found is None:
        return Wording({"en": iso}, "en")
    number, words = int(found[1]), _UNITS[found[2]]
    return Wording({code: f"{number} {forms[number != 1]}" for code, forms in words.items()}, "en")


def gone(version: register.Version, ended: vault.Gone) -> Sentence:
    """What is said where a record was: when it went, and why."""
    day = clock.day_words(ended.at)
    if ended.why in _GONE:
        return Sentence(_GONE[ended.why].template, {"day": day})
    rule = version.data["terms"].get(ended.why)
    if rule is None:
        return sentence("Erased on {day}.", day=day)
    return sentence("Erased on {day}: its term «{term}» had passed.", day=day, term=ended.why)


def _next_month(month: int) -> Wording:
    return Wording({code: said.format(clock.month_name(month, code)) for code, said in _NEXT.items()}, "en")


def _until(rule: register.EraseRule, kept: vault.Described) -> Sentence:
    if kept.on_hold:
        return sentence("on hold: not erased until the hold is lifted")
    if kept.erase_at is not None and kept.happened_at is not None:
        return sentence("kept until {day}", day=clock.day_words(kept.erase_at))
    return how_long(rule)


def _waits_for(kept: vault.Described) -> Sentence | None:
    if kept.happened_at is not None or not kept.trigger:
        return None
    if kept.erase_at is None:
        return sentence("when that has happened")
    return sentence("when that has happened; at the latest on {day}", day=clock.day_words(kept.erase_at))


def _hold(kept: vault.Described) -> Sentence | None:
    if kept.on_hold:
        return sentence("A hold that a person has set stops the erasure.")
    if kept.not_before is not None:
        return sentence("It may not be destroyed before {day}.", day=clock.day_words(kept.not_before))
    return None
