"""Who may see it, and to whom may it go? Questions about seeing and passing on (GDPR 5(1)(b), 5(1)(f), 28, 32, 44)."""

from collections.abc import Mapping
from typing import Any, Literal

from balie.kernel import Sentence, Wording, sentence
from balie.register.collecting import PARTIES, YES, no, undeclared
from balie.register.terms import Event, split
from balie.register.types import NO_FACTS, Answer, Facts, Id, Look, Place, Share
from balie.register.versions import Version

_EU = frozenset(
    (
        *("AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU"),
        *("MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE", "EU"),
    )
)
AREAS: Mapping[str, frozenset[str]] = {"EU": _EU, "EEA": _EU | {"IS", "LI", "NO", "EEA"}}
DEFAULT_AREA = "EEA"

_NAMED_PARTIES = frozenset({"processor", "sub-processor"})
_HIDDEN = no(sentence("Not visible and not there look the same."), "5(1)(b), 32(4)")

Admitted = Literal["staff", "customer-account", "token", "webhook", "processor-account"]


def may_see(
    v: Version, activity: Id, people: Id, item: Id, *, covers: frozenset[str], facts: Facts = NO_FACTS
) -> Answer:
    """May an agent whose team covers these activities (or activity/purpose) see the item?

    Not covered, or not declared: as if it did not exist. Under `look`: request, confirmed sentence and reason; yes carries the
    limit. Seeing is consulting, so that must be among its operations. GDPR 5(1)(b), 5(1)(f), 25(2), 32(4).
    """
    place = v.places.get((activity, people, item))
    if place is None or place.covered_by.isdisjoint(covers) or not _may_be_consulted(place):
        return _HIDDEN
    return YES if place.look is None else _opened(v, place, place.look, facts)


def may_disclose(
    v: Version,
    activity: Id,
    people: Id,
    item: Id,
    *,
    to: Id,
    party: str | None,
    facts: Facts = NO_FACTS,
    along: frozenset[Id] = frozenset(),
) -> Answer:
    """May this item go to this recipient now?

    The first line of sharing that fits decides; else the refusal of the first. party: the name of the party of a processor's
    category. along: the items that go with it in the same passing-on, or have gone to it before from this ticket; of a line's
    `one-of` no second goes (mission S4.5). GDPR 5(1)(b), 5(1)(c), 28, 30(1)(d).
    """
    block = v.data["activities"].get(activity, {}).get("people", {}).get(people)
    if block is None:
        return undeclared(v, activity, people, item)
    who = v.data.get("recipients", {}).get(to)
    if who is None:
        return no(sentence("«{to}» is no recipient in the register.", to=to), "30(1)(d), 13(1)(e)")
    about = [line for line in v.shares[activity] if line.to == to and (line.of is None or people in line.of)]
    if not about:
        return _shares_nothing(v, activity, people, who)
    place = v.places.get((activity, people, item))
    lines = [line for line in about if place and line.fits(people, item, place.purposes)]
    alone = [line for line in lines if item not in line.one_of or line.one_of.isdisjoint(along - {item})]
    if lines and not alone:
        return _another_goes(v, lines[0])
    if not place or not lines:
        say = sentence("{item} is not among what «{who}» may have.", item=v.label(item), who=v.wording(who["who"]))
        return no(say, "5(1)(c)")
    return _first_that_fits(v, place, alone, (who, party), facts)


def disclosure_ends(v: Version, activity: Id, *, to: Id) -> Event | None:
    """When the recipient's access ends: ticket.closed, account.closed, another event; None: standing.

    With a recipient to whom nothing goes it has always ended: ticket.closed, the careful answer.
    """
    for line in v.shares.get(activity, ()):
        if line.to == to:
            return line.ends
    return "ticket.closed"


def may_transfer(v: Version, country: str, *, to: Id) -> Answer:
    """Inside `stays-in`, or named under `transfers` with a safeguard. country: two capitals, EU or EEA. GDPR 44-49."""
    area = v.data.get("stays-in", DEFAULT_AREA)
    if country in AREAS[area]:
        return YES
    if any(one["to"] == to and one["country"] == country for one in v.data.get("transfers", ())):
        return YES
    say = sentence(
        "{country} is outside the {area}, and the register names no transfer there.",
        country=country,
        area=area_name(area),
    )
    return no(say, "44, 13(1)(f)")


def may_admit(v: Version, kind: Admitted) -> Answer:
    """May there be an account or connection of this kind at all? `controller-only` admits staff alone. GDPR 28, 32(1)."""
    if kind == "staff" or v.data.get("protection", {}).get("access") != "controller-only":
        return YES
    say = sentence("The register says: for the controller only. No account, token or webhook for anyone else.")
    return no(say, "32(1), 28")


def area_name(area: str) -> Wording:
    """EU or EEA as people of each language write it."""
    return _AREA_NAMES.get(area) or Wording({"en": area}, "en")


_AREA_NAMES: Mapping[str, Wording] = {
    "EU": Wording({"en": "EU", "nl": "EU", "fi": "EU", "sv": "EU"}, "en"),
    "EEA": Wording({"en": "EEA", "nl": "EER", "fi": "ETA", "sv": "EES"}, "en"),
}


def _may_be_consulted(place: Place) -> bool:
    return place.operations is None or "consult" in place.operations


def _opened(v: Version, place: Place, look: Look, facts: Facts) -> Answer:
    item = v.label(place.item)
    if look.asked_by and look.asked_by not in facts.asked_by:
        say = sentence(
            "{item} is looked at only at the express request of the {party}.", item=item, party=PARTIES[look.asked_by]
        )
        return no(say, "28(3)(a), 5(1)(f)", f"request: {look.asked_by}")
    missing = [one for one in look.when if one not in facts.confirmed]
    if missing:
        say = sentence(
            "{item} is opened only when a named agent confirms: {condition}", item=item, condition=v.wording(missing[0])
        )
        return no(say, "5(1)(f), 25(2)", *missing)
    if not facts.reason:
        return no(sentence("{item} is opened only with a reason.", item=item), "5(2)", "reason")
    return Answer(True, _limit(look.limit), "25(2)")


def _limit(duration: str) -> Sentence:
    number, unit = split(duration)
    if unit == "H":
        return sentence("Open for this ticket, {number} hours at most.", number=number)
    days = number * {"D": 1, "W": 7, "M": 30, "Y": 365}[unit]
    return sentence("Open for this ticket, {number} days at most.", number=days)


def _shares_nothing(v: Version, activity: Id, people: Id, who: Mapping[str, Any]) -> Answer:
    act = v.data["activities"][activity]
    say = sentence(
        "«{activity}» shares nothing about «{people}» with «{who}».",
        activity=v.wording(act["name"]),
        people=v.wording(act["people"][people]["who"]),
        who=v.wording(who["who"]),
    )
    return no(say, "5(1)(b), 30(1)(d)")


def _another_goes(v: Version, line: Share) -> Answer:
    labels = tuple(v.label(one) for one in sorted(line.one_of))
    return no(sentence("Only one of these goes along: {items}. One does already.", items=labels), "5(1)(c)")


def _first_that_fits(
    v: Version, place: Place, lines: list[Share], to: tuple[Mapping[str, Any], str | None], facts: Facts
) -> Answer:
    first: Answer | None = None
    for line in lines:
        answer = _by_line(v, place, line, facts)
        if answer.yes:
            answer = _to_a_named_party(v, to[0], to[1])
        if answer.yes:
            return answer
        first = first or answer
    assert first is not None
    return first


def _by_line(v: Version, place: Place, line: Share, facts: Facts) -> Answer:
    if facts.closed and line.ends == "ticket.closed":
        return no(sentence("The ticket is closed; sharing ended with it."), "5(1)(b), 5(1)(e)")
    if place.as_agreed and facts.agreed is not None and not {place.item, line.to} <= facts.agreed:
        return no(sentence("This sharing is not in the agreement with this customer."), "28(3)(a)")
    missing = [one for one in line.when if one not in facts.confirmed]
    if missing:
        say = sentence("Only when a named agent confirms: {condition}", condition=v.wording(missing[0]))
        return no(say, "5(1)(b)", *missing)
    if line.asked_by and line.asked_by not in facts.asked_by:
        say = sentence("Only with the recorded express request of the {party}.", party=PARTIES[line.asked_by])
        return no(say, _whose(line.asked_by), f"express request: {line.asked_by}")
    if line.consent and line.consent not in facts.consent:
        say = sentence("Only with the recorded express consent of the {party}.", party=PARTIES[line.consent])
        return no(say, _whose(line.consent), f"express consent: {line.consent}")
    return YES


def _whose(party: str) -> str:
    return "28(3)(a)" if party == "customer" else "7(1)"


def _to_a_named_party(v: Version, who: Mapping[str, Any], party: str | None) -> Answer:
    """A processor's category stands for its named parties, and only those can be sent anything."""
    if who["kind"] not in _NAMED_PARTIES or party in {one["name"] for one in who.get("parties", ())}:
        return YES
    say = sentence("«{who}» is a category: the register names no such party.", who=v.wording(who["who"]))
    return no(say, "28(2), 15(1)(c)", "party")
