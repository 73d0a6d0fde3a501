"""What is written down about the requester of a ticket: only what the register declares, and only by a person."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from balie import evidence, register, vault
from balie.desk import gathering, placing, rules
from balie.desk.models import Consent, ReporterItem, Ticket
from balie.kernel import Actor, Invalid, Refused, Sentence, Wording, check, sentence
from balie.people import accounts

NOT_A_FIELD = placing.SAID
_ADDRESS = re.compile(
    r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+\.[^\s@<>,;:\"]+"
)  # enough to find a typing mistake; a mail server knows the rest


@dataclass(frozen=True)
class Field:
    """One item of the requester as the page shows it.

    activity, people: under which it stands. need: the register's word (required … allowed, when-necessary). value: what stands
    there; placeholder: what stands in for it. when: the sentences that a named agent must confirm; consent: whose consent must be
    recorded. None for neither.
    """

    item: str
    label: Wording
    need: str
    record: UUID | None
    value: str
    placeholder: str
    when: tuple[Wording, ...]
    consent: str | None
    activity: str
    people: str

    @property
    def asked(self) -> bool:
        return self.need in ("required", "one-of", "usual")


def fields(ticket: Ticket, reading: vault.Reading) -> list[Field]:
    """The requester's fields in the register's order: asked ones, allowed ones, then those under a condition; never avoided ones."""
    version, asker = rules.version_of(ticket), rules.asker_of(ticket)
    records = gathering.written(ticket)
    opened = reading.open(records.values())
    found = []
    for item, need in register.declared_items(version, *asker).items():
        if item in NOT_A_FIELD or (need == "avoided" and item not in records):
            continue
        found.append(_field(version, asker, (item, need), records.get(item), opened))
    return found


@transaction.atomic
def write(
    ticket: Ticket,
    *,
    item: str,
    value: str,
    actor: Actor,
    confirmed: Iterable[str] = (),
    consent: Iterable[str] = (),
) -> Sentence | None:
    """Write one item down in the words of the requester; None, or a warning when the register would rather not have it (S0.4).

    confirmed: the register's sentences that the agent states to hold for this ticket. consent: the parties whose consent the
    agent heard; it is recorded with its wording, the time and who heard it (mission S4.2, GDPR 7(1)). Raises Refused when the
    register does not declare the item or a condition is not met, Invalid for an empty value. A value that stood there is erased.
    """
    check(rules.write_down(ticket, actor) or _no_field(ticket, item) or _unalterable(ticket, item))
    _fit(item, value.strip())
    version, asker = rules.version_of(ticket), rules.asker_of(ticket)
    facts = register.Facts(confirmed=frozenset(confirmed), consent=frozenset(consent))  # type: ignore[arg-type]
    about = (ticket.requester_id,) if ticket.requester_id else ()
    (record,) = vault.put(
        [vault.Item(*asker, item, value.strip(), "ticket", ticket.handle, about, "staff")],
        actor=actor,
        facts=facts,
        version=version,
    )
    vault.start_clock(ticket.handle, "ticket.last-contact", on=ticket.last_contact_at, actor=actor)
    _replace(ticket, item, record, actor)
    _remember_consent(ticket, item, facts, actor)
    _record("item.written-down", ticket, item, actor)
    return register.may_collect(version, *asker, item, holder="ticket", facts=facts).say


@transaction.atomic
def strike(ticket: Ticket, *, item: str, actor: Actor) -> None:
    """Take one item out; it is erased at once, and a consent that it stood on has ended (GDPR 7(3)).

    Raises Refused, also for what is on hold or may not be destroyed yet.
    """
    check(rules.note(ticket, actor))
    row = ticket.reporter_items.filter(item=item).first()
    if row is None:
        return
    if not vault.erase_soon([row.record], actor=actor, why="struck-out") and vault.describe(
        ticket.desk, handles=[row.record]
    ):
        raise Refused(sentence("This may not be erased yet: it is on hold, or must be kept until a day that was set."))
    row.delete()
    ticket.consents.filter(item=item, withdrawn_at=None).update(withdrawn_at=timezone.now())
    _record("item.struck-out", ticket, item, actor)


def avoided_words(ticket: Ticket, text: str) -> list[Wording]:
    """The labels of avoided items that a typed text seems to fill in (`Geslacht: …`): a warning, never a block (S0.4)."""
    return register.avoided_in(rules.version_of(ticket), *rules.asker_of(ticket), text)


def _fit(item: str, value: str) -> None:
    if not value:
        raise Invalid(sentence("There is nothing to write down: fill the field in, or strike it out."))
    if item == "email" and not _ADDRESS.fullmatch(value):
        raise Invalid(sentence("This is no e-mail address: write one like name@example.org."))


def _no_field(ticket: Ticket, item: str) -> Sentence | None:
    """What is said and sent has its own place in the conversation; here it would be kept where no page shows it."""
    if item not in NOT_A_FIELD:
        return None
    return sentence("{item} is no field: write it into a note or an answer.", item=rules.version_of(ticket).label(item))


def _unalterable(ticket: Ticket, item: str) -> Sentence | None:
    """What stands there already is altered only where the register counts that among what is done with it (S2.10)."""
    version, (activity, people) = rules.version_of(ticket), rules.asker_of(ticket)
    if (activity, people, item) not in version.places or not ticket.reporter_items.filter(item=item).exists():
        return None
    return register.may_do(version, activity, "alter", people=people, item=item).say


def _field(
    version: register.Version,
    asker: tuple[str, str],
    named: tuple[str, str],
    record: UUID | None,
    opened: dict[UUID, vault.Opened],
) -> Field:
    item, need = named
    value = opened.get(record) if record else None
    detail = register.detail(version, *asker, item)
    return Field(
        item,
        version.label(item),
        need,
        record,
        value if isinstance(value, str) else "",
        detail.placeholder,
        detail.when,
        detail.consent,
        *asker,
    )


def _replace(ticket: Ticket, item: str, record: UUID, actor: Actor) -> None:
    old = ticket.reporter_items.filter(item=item).first()
    if old is not None:
        vault.erase_soon([old.record], actor=actor, why="corrected")
        old.delete()
    ReporterItem.objects.create(ticket=ticket, item=item, record=record)


def _remember_consent(ticket: Ticket, item: str, facts: register.Facts, actor: Actor) -> None:
    party = register.consent_needed(rules.version_of(ticket), *rules.asker_of(ticket), item)
    if party is None or party not in facts.consent:
        return
    Consent.objects.create(
        ticket=ticket,
        item=item,
        party=party,
        wording=" ".join(sorted(facts.confirmed)),
        heard_by=accounts.account_of(actor),
        at=timezone.now(),
    )


def _record(act: str, ticket: Ticket, item: str, actor: Actor) -> None:
    evidence.record(
        act,
        actor,
        ticket.handle,
        operation="erase" if act == "item.struck-out" else "record",
        activity=rules.version_of(ticket).uri(rules.asker_of(ticket)[0]),
        about=[ticket.requester_id] if ticket.requester_id else [],
        facts={"item": item, "ticket": ticket.number},
    )
