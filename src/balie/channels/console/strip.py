"""The privacy strip: who sent it, under which activity a ticket stands, until when it is kept, and who has looked at it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from balie import evidence, register, vault
from balie.channels import clock, provenance, telling
from balie.channels.console.messages import MessageShown
from balie.channels.console.others import undecided
from balie.desk import rules
from balie.desk.models import Ticket
from balie.kernel import Sentence, Wording, sentence
from balie.people.models import Account
from balie.privacy import warning
from balie.privacy.models import Objection


@dataclass(frozen=True)
class KeptShown:
    label: Wording
    until: Sentence | str


@dataclass(frozen=True)
class Looked:
    name: str
    times: int
    last: datetime


@dataclass(frozen=True)
class SenderShown:
    """What is known of who sent the mails of a ticket: of the one that asks for care, else of the newest. place: where it stands."""

    told: provenance.Told
    place: str


@dataclass(frozen=True)
class StripShown:
    sender: SenderShown | None
    others: int
    activity: Wording
    uri: str
    version: int
    told: register.Why
    until: Sentence | str
    terms: list[KeptShown]
    warnings: list[Sentence]
    seen: list[Looked]


def strip_of(
    ticket: Ticket,
    reading: vault.Reading,
    kept: Collection[vault.Described],
    messages: Sequence[MessageShown],
    staff: Sequence[Account],
    objected: list[Objection],
) -> StripShown:
    """What the strip says of one ticket with these messages and objections, to this staff; names are opened through the reading."""
    version = rules.version_of(ticket)
    return StripShown(
        sender=_sender(messages),
        others=sum(undecided(one.others) for one in messages),
        activity=telling.activity_name(version, ticket.activity),
        uri=version.uri(ticket.activity),
        version=version.number,
        told=register.why(version, ticket.activity, rules.group_of(ticket), "message", language=telling.language()),
        until=_until(objected, version, kept),
        terms=_terms(version, kept),
        warnings=list(_warnings(ticket, kept)),
        seen=_seen(ticket, reading, staff),
    )


def _sender(messages: Sequence[MessageShown]) -> SenderShown | None:
    """The newest mail with a warning, else the newest mail; None where no mail came in."""
    known = [SenderShown(one.sender, f"#m{place}") for place, one in enumerate(messages, 1) if one.sender]
    warned = [one for one in known if one.told.level == "warning"]
    return (warned or known)[-1] if known else None


def _until(known: list[Objection], version: register.Version, kept: Collection[vault.Described]) -> Sentence | str:
    if not kept:
        return sentence("Nothing is kept")
    if {one.handle for one in kept} <= {one.reasons for one in known}:
        return sentence("Nothing is kept but the reasons of the decision")
    return _on_hold(known, kept) or _term(version, kept)


def _on_hold(known: list[Objection], kept: Collection[vault.Described]) -> Sentence | None:
    """A hold goes before every term: no day is named on which nothing would be erased."""
    held = [one for one in kept if one.on_hold]
    if not held:
        return None
    if any(not one.outcome for one in known):
        return sentence("On hold: an objection is being weighed")
    return telling.ON_HOLD if len(held) == len(kept) else sentence("Part of it is on hold")


def _term(version: register.Version, kept: Collection[vault.Described]) -> Sentence | str:
    if any(not one.trigger for one in kept):
        return sentence("Part of it is kept permanently")
    waiting = next((one for one in kept if one.happened_at is None), None)
    if waiting is not None:
        return telling.why(version, waiting).told.how_long
    if all(one.listed is not None for one in kept):
        return sentence("It goes once its destruction is approved")
    last = max(one.erase_at for one in kept if one.erase_at is not None)
    return sentence("All gone on {day}", day=clock.day_words(last))


def _terms(version: register.Version, kept: Collection[vault.Described]) -> list[KeptShown]:
    """One line for each kind of item and term, in the order in which they came."""
    found = {(one.item, one.term, one.erase_at): one for one in kept}
    return [KeptShown(version.label(one.item), telling.why(version, one).until) for one in found.values()]


def _warnings(ticket: Ticket, kept: Collection[vault.Described]) -> Iterator[Sentence]:
    """What whoever asked was told of the end, and will be. Nothing is asked where no term warns."""
    ends = warning.of(ticket.desk, kept)
    for done in warning.told(ticket) if ends else ():
        if done.sent:
            yield sentence(
                "Warned on {day} that this goes on {due}.", day=clock.day_words(done.at), due=clock.day_words(done.due)
            )
    today = timezone.now().date()
    for day, due in sorted({(day, one.due) for one in ends for _length, day in one.warnings if day > today}):
        yield sentence(
            "A warning goes out on {day}, before this goes on {due}.",
            day=clock.day_words(day),
            due=clock.day_words(due),
        )


def _seen(ticket: Ticket, reading: vault.Reading, staff: Sequence[Account]) -> list[Looked]:
    looks = evidence.seen_by(ticket.desk, ticket.handle)
    known = {f"staff:{account.handle.hex}": account.name for account in staff}
    names = reading.open({known[actor] for actor, _times, _last in looks if actor in known})
    return [Looked(_who(actor, known, names), times, last) for actor, times, last in looks]


def _who(actor: str, known: Mapping[str, UUID], names: Mapping[UUID, vault.Opened]) -> str:
    """A colleague's name; one who has left has none any more."""
    name = names.get(known[actor]) if actor in known else None
    if isinstance(name, str):
        return name
    return _("the software") if actor.startswith("system:") else _("somebody who has left")
