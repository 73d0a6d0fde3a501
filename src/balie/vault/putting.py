"""Putting things away: ask the register, seal under a fresh key, make findable, set the date on which it goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import MappingProxyType
from uuid import UUID

from django.utils import timezone

from balie import register
from balie.kernel import Actor, Refused, handles, rows, sentence
from balie.vault import clock, files, holding, index, sealing, shortening, words
from balie.vault.keys import store
from balie.vault.models import About, Record

IN_ROW = 128 * 1024  # bytes; a larger value gets a file of its own


@dataclass(frozen=True)
class Item:
    """One thing to put away.

    activity, people, item: as the register names them. value: text, or bytes for a file. holder, held_by: what it hangs on
    (`ticket`, `profile`, `account`, `contact-list`, `asset`) and that thing's handle. about: the persons concerned.
    source: where it came from, in the register's words. not_before: it may not be destroyed before this day.
    unsearched: places in a text (start and end, in signs) by which it is not found, since nobody is to see them.
    """

    activity: str
    people: str
    item: str
    value: str | bytes
    holder: str
    held_by: UUID
    about: tuple[UUID, ...] = ()
    source: str = "person"
    not_before: date | None = None
    unsearched: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class _Made:
    item: Item
    record: Record
    key: bytes
    value: bytes


def put(
    items: Sequence[Item],
    *,
    actor: Actor,
    facts: register.Facts | None = None,
    version: register.Version | None = None,
    at: datetime | None = None,
    happened: Mapping[str, datetime] = MappingProxyType({}),
) -> list[UUID]:
    """Put things away, in the caller's transaction; their handles, in order.

    Each is asked of the register version (default: the one in force): a kind of data, a holder or a source that it does not
    declare raises Refused with its sentence, and nothing is kept (mission, Beyond 1; GDPR 5(1)(c), 25(2)). `at` is the moment
    of collection, default now.
    happened: events that have happened already to what holds them, so that a term that runs from one runs at once.
    """
    version = version or register.in_force(actor.desk)
    for item in items:
        fit(version, item, facts or register.Facts())
    now = at or timezone.now()
    keys = store.take(actor.desk, len(items))
    made = [_seal(version, item, key, now, happened) for item, key in zip(items, keys, strict=True)]
    for one in made:
        if one.record.sealed is None:
            files.write(one.key, one.record.handle, one.item.item, one.value)
    country = register.country(version)
    index.put([entry for one in made if (entry := _entry(one, country))])
    rows.insert([one.record for one in made])
    holding.inherit([one.record for one in made])
    rows.insert(
        [About(record_id=one.record.handle, person=person) for one in made for person in dict.fromkeys(one.item.about)]
    )
    return [one.record.handle for one in made]


def entry_of(record: Record, value: bytes, country: str) -> index.Entry | None:
    """What a record is found by; None when nothing is found by such an item, or not by this one."""
    found, marks = [], frozenset[bytes]()
    if record.item in words.TEXTS:
        found = words.of_text(record.desk, _searched(value.decode("utf-8", "replace"), record.unsearched))
    else:
        marks = frozenset(words.of_value(record.desk, record.item, value.decode("utf-8", "replace"), country))
    if not found and not marks:
        return None
    return index.Entry(record.handle, record.held_by, found, marks)


def fit(version: register.Version, item: Item, facts: register.Facts) -> None:
    """Raise Refused, with a sentence that names item and activity, for what the version does not declare: a kind of data, a holder, a
    source, or that it is collected or written down at all (GDPR 5(1)(c), 4(2), 14(2)(f))."""
    place = (item.activity, item.people, item.item)
    asked = register.may_collect(version, *place, holder=item.holder, facts=facts)  # type: ignore[arg-type]
    if not asked.yes:
        raise _refused(version, item, asked)
    if item.source not in register.place_of(version, *place).sources:
        say = sentence("{item} from «{source}» is not declared.", item=version.label(item.item), source=item.source)
        raise _refused(version, item, register.Answer(False, say, "5(1)(c), 14(2)(f)"), source=item.source)
    how = "record" if item.source == "staff" else "collect"
    done = register.may_do(version, item.activity, how, people=item.people, item=item.item)
    if not done.yes:
        raise _refused(version, item, done)


def _refused(version: register.Version, item: Item, answer: register.Answer, **more: str) -> Refused:
    assert answer.say is not None
    activity = version.data["activities"].get(item.activity)
    say = answer.say
    if activity is not None:
        say = sentence("{what} The activity is «{activity}».", what=say, activity=version.wording(activity["name"]))
    return Refused(say, clause=answer.clause, activity=item.activity, item=item.item, need=answer.need, **more)


def _seal(
    version: register.Version, item: Item, key: tuple[int, bytes], now: datetime, happened: Mapping[str, datetime]
) -> _Made:
    number, secret = key
    value = item.value.encode("utf-8", "surrogatepass") if isinstance(item.value, str) else item.value
    handle = handles.new()
    in_row = len(value) <= IN_ROW
    record = Record(
        handle=handle,
        desk=version.desk,
        version=version.number,
        term_version=version.number,
        activity=item.activity,
        people=item.people,
        item=item.item,
        holder=item.holder,
        held_by=item.held_by,
        source=item.source,
        collected_at=now,
        unsearched=_unsearched(item, value),
        key=number,
        sealed=sealing.seal(secret, handle, item.item, value) if in_row else None,
        size=len(value),
    )
    rule = register.erase_rule(version, item.activity, item.people, item.item, holder=item.holder)  # type: ignore[arg-type]
    clock.wind(record, rule, happened)
    shortening.as_in_force(record, version, happened)
    record.not_before = _later(item.not_before, register.not_before_on(rule, now.astimezone(UTC).date()))
    return _Made(item, record, secret, value)


def _later(one: date | None, other: date | None) -> date | None:
    return max(one, other) if one and other else one or other


def _unsearched(item: Item, value: bytes) -> list[list[int]]:
    """Bytes under the name of a text (the ids of a mail) are found by nothing of them."""
    if isinstance(item.value, bytes) and item.item in words.TEXTS:
        return [[0, len(value)]]
    return [list(one) for one in item.unsearched]


def _searched(text: str, unsearched: list[list[int]]) -> str:
    for start, end in unsearched:
        text = text[:start] + " " * (min(end, len(text)) - start) + text[end:]
    return text


def _entry(made: _Made, country: str) -> index.Entry | None:
    return entry_of(made.record, made.value, country) if isinstance(made.item.value, str) else None
