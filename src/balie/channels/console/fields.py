"""What is written down about the requester: the fields of the register, each with why, on what ground and for how long."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from balie import register, vault
from balie.channels import telling
from balie.channels.console.reached import reached
from balie.channels.telling import WhyShown
from balie.desk import contacts, reporter, rules
from balie.desk.models import Ticket
from balie.kernel import Sentence, Stop, Wording

_NEEDS = {
    "required": gettext_noop("required"),
    "one-of": gettext_noop("one of these is enough"),
    "usual": gettext_noop("not required"),
    "allowed": gettext_noop("not required"),
    "when-necessary": gettext_noop("only when necessary"),
    "avoided": gettext_noop("avoided"),
}


@dataclass(frozen=True)
class Condition:
    """A sentence of the register that a named agent confirms. value: as it stands in the register."""

    value: str
    said: Wording


@dataclass(frozen=True)
class FieldShown:
    item: str
    label: Wording
    need_word: str
    value: str
    covered: bool
    placeholder_stands: bool
    may_write: bool
    may_strike: bool
    first: bool
    open: bool
    typed: str
    error: Sentence | None
    warning: Sentence | None
    conditions: list[Condition]
    consent: str | None
    told: register.FieldText
    why: WhyShown | None


def fields_of(
    ticket: Ticket,
    reading: vault.Reading,
    kept: Mapping[UUID, vault.Described],
    request: HttpRequest,
    stop: Stop | None,
) -> list[FieldShown]:
    """The requester's fields in the register's order. A field whose text was refused stands open with that text."""
    may_write = rules.write_down(ticket, reading.actor) is None
    failed = request.POST.get("item", "") if stop is not None else ""
    typed = request.POST.get("value", "")
    clear = reached(request)
    shown = [
        _field(ticket, field, kept, may_write=may_write, stop=stop if field.item == failed else None, typed=typed)
        for field in reporter.fields(ticket, reading)
    ]
    return [one if one.item in clear else _covered(one) for one in shown]


def _covered(field: FieldShown) -> FieldShown:
    """Contact data stand in no field either, until somebody asks for them; what is being typed stays."""
    if field.item not in contacts.CONTACT or not field.value or field.placeholder_stands:
        return field
    typed = field.typed if field.error else ""
    return replace(field, value=contacts.covered(field.value), typed=typed, covered=True)


def _field(
    ticket: Ticket,
    field: reporter.Field,
    kept: Mapping[UUID, vault.Described],
    *,
    may_write: bool,
    stop: Stop | None,
    typed: str,
) -> FieldShown:
    version = rules.version_of(ticket)
    described = kept.get(field.record) if field.record else None
    stands = not field.value and bool(field.placeholder)
    return FieldShown(
        item=field.item,
        label=field.label,
        need_word=_(_NEEDS[field.need]),
        value=field.value or field.placeholder,
        covered=False,
        placeholder_stands=stands,
        may_write=may_write,
        may_strike=may_write and bool(field.value),
        first=bool(field.value) or (field.asked and (may_write or stands)),
        open=stop is not None,
        typed=typed if stop else field.value,
        error=stop.sentence if stop else None,
        warning=_warning(version, field),
        conditions=[Condition(one.by_language[one.first], one) for one in field.when],
        consent=field.consent,
        told=register.asked_field(version, field.activity, field.people, field.item, language=telling.language()),
        why=telling.why(version, described) if described else None,
    )


def _warning(version: register.Version, field: reporter.Field) -> Sentence | None:
    """What the register says of an item that it would rather not have, while it stands here."""
    if field.need != "avoided":
        return None
    return register.may_collect(version, field.activity, field.people, field.item, holder="ticket").say
