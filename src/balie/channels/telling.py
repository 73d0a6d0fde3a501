"""What stands below a message and beside a field: why it is kept, on what ground, until when. The words are the register's."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import translation

from balie import register, vault
from balie.channels import clock
from balie.kernel import Sentence, Wording, sentence
from balie.register.telling.phrases import phrases
from balie.register.telling.reader import Reader

ON_HOLD = sentence("On hold: not erased until the hold is lifted")

_GONE = {
    "struck-out": sentence("Struck out on {day}."),
    "corrected": sentence("Replaced on {day}."),
    "draft-ended": sentence("A draft that ended on {day}."),
    "others": sentence("Erased on {day}: data of somebody else stood in it."),
    "call-ended": sentence("Gone with the call on {day}."),
    "objection-upheld": sentence("Erased on {day}, because the person objected."),
}


@dataclass(frozen=True)
class WhyShown:
    """The answer to «why do we still have this?» for one record.

    until: in a few words, for the line that unfolds. told: the register's answer. erase_at: the day, once it is known.
    """

    until: Sentence | str
    what: Wording
    uri: str
    version: int
    told: register.Why
    erase_at: datetime | None
    waits_for: Sentence | None
    hold: Sentence | None


def language() -> str:
    """The reader's language, as the register writes it."""
    return (translation.get_language() or "en").partition("-")[0]


def event(code: str) -> str:
    """An event of the register after «until», in the reader's language: «the ticket is closed»."""
    return phrases(language())(f"until.{code}")


def term(version: register.Version, name: str) -> str:
    """A term in words: «1 year after the ticket is closed»; its own name where this version has no such term any more."""
    rule = next((place.rule for place in version.places.values() if place.rule.term == name), None)
    return Reader(version, language(), {}).term(rule) if rule else name


def why(version: register.Version, kept: vault.Described) -> WhyShown:
    """Why one record is kept, from the version under which it was collected, and the one whose term holds."""
    term = version if kept.term_version == kept.version else register.version(version.desk, kept.term_version)
    told = register.why(term, kept.activity, kept.people, kept.item, language=language())
    return WhyShown(
        until=_until(told, kept),
        what=version.label(kept.item),
        uri=version.uri(kept.activity),
        version=version.number,
        told=told,
        erase_at=kept.erase_at if kept.happened_at else None,
        waits_for=_waits_for(kept),
        hold=_hold(kept),
    )


def activity_name(version: register.Version, activity: str) -> Wording:
    return version.wording(version.data["activities"][activity]["name"])


def gone(version: register.Version, ended: vault.Gone) -> Sentence:
    """What is said where a record was: when it went, and why."""
    day = clock.day_words(ended.at)
    if ended.why in _GONE:
        return Sentence(_GONE[ended.why].template, {"day": day})
    term = version.data["terms"].get(ended.why)
    if term is None or not term.get("why"):
        return sentence("Erased on {day}.", day=day)
    return sentence("Erased on {day}: its term had passed. {why}", day=day, why=version.wording(term["why"]))


def _until(told: register.Why, kept: vault.Described) -> Sentence | str:
    if kept.on_hold:
        return ON_HOLD
    if kept.listed is not None and kept.erase_at is not None:
        return sentence("Due on {day}; it goes once its destruction is approved", day=clock.day_words(kept.erase_at))
    if kept.erase_at is not None and kept.happened_at is not None:
        return sentence("Kept until {day}", day=clock.day_words(kept.erase_at))
    return told.how_long


def _waits_for(kept: vault.Described) -> Sentence | None:
    if kept.happened_at is not None or not kept.trigger:
        return None
    if kept.erase_at is None:
        return sentence("When that has happened.")
    return sentence("When that has happened; at the latest on {day}.", day=clock.day_words(kept.erase_at))


def _hold(kept: vault.Described) -> Sentence | None:
    if kept.on_hold:
        return sentence("A hold that a person has set stops the erasure.")
    if kept.not_before is not None:
        return sentence("It may not be destroyed before {day}.", day=clock.day_words(kept.not_before))
    return None
