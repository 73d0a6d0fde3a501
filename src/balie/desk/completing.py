"""What may stand next in a question while somebody types it: keys, values in the reader's words, people by the beginning of a name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from balie import register, vault
from balie.desk import asking, conditions
from balie.desk.asking import Token
from balie.people import accounts

MOST = 8
SHORTEST = 3  # signs of a name: fewer find nobody
_NAMES = frozenset({"name", "family-name", "first-name", "birth-name", "organisation", "relation"})


@dataclass(frozen=True)
class Completion:
    """One thing that may stand there. text: what comes in the place of what stands from start to end. said: what it is, in words."""

    text: str
    start: int
    end: int
    said: str


Say = Callable[[str, str], str]  # a key, and a value or nothing: in the reader's words


def completions(text: str, cursor: int, *, say: Say, reading: vault.Reading) -> list[Completion]:
    """What may stand where one types, at most MOST: what is typed already begins it, as a code or in the reader's words.

    cursor: how many signs stand before it. Names are those that the reading actor may see, opened through the reading: record it
    before any of it is sent. Addresses and numbers are found by searching and told by nothing here.
    """
    token = next((one for one in asking.tokens(text) if one.start < cursor <= one.end), None)
    if token is None:
        return list(_keys("", cursor, cursor, say))[:MOST]
    typed = text[token.start : cursor]
    if token.key is None and not token.quoted:
        found = [*_keys(typed, token.start, token.end, say), *_people(typed, token, reading)]
    elif token.key in asking.KEYS:
        found = list(_values(token, text, cursor, say, reading))
    else:
        found = []
    return found[:MOST]


def _keys(typed: str, start: int, end: int, say: Say) -> Iterator[Completion]:
    for key in asking.KEYS:
        said = say(key, "")
        if _begins(typed, key, said):
            yield Completion(f"{key}:", start, end, said)


def _values(token: Token, text: str, cursor: int, say: Say, reading: vault.Reading) -> Iterator[Completion]:
    """Values of a key; of several with commas between, the one at the cursor."""
    assert token.key is not None
    begin = max(text.rfind(sign, token.start, cursor) for sign in (":", ",")) + 1
    typed = text[begin:cursor].strip('"')
    end = next((place for place in range(cursor, token.end) if text[place] == ","), token.end)
    for value in asking.vocabulary(register.in_force(reading.actor.desk))[token.key]:
        said = say(token.key, value)
        if _begins(typed, value, said):
            yield Completion(value, begin, end, said)
    if token.key == asking.ANYBODY and len(typed) >= SHORTEST:
        yield from (Completion(handle.hex, begin, end, name) for handle, name in _colleagues(typed, reading).items())


def _colleagues(typed: str, reading: vault.Reading) -> dict[UUID, str]:
    found = conditions.colleagues(typed, actor=reading.actor)
    return accounts.names([one.handle for one in found[:MOST]], reading)


def _people(typed: str, token: Token, reading: vault.Reading) -> Iterator[Completion]:
    """Names that begin so, of people whom what the actor may see is about."""
    if len(typed) < SHORTEST:
        return
    actor = reading.actor
    found = [one.handle for one in vault.find_beginning(actor, typed, limit=50)]
    names = [one.handle for one in vault.describe(actor.desk, handles=found) if _is_name(one)]
    opened = reading.open(names[-MOST:])
    for name in dict.fromkeys(value for value in opened.values() if isinstance(value, str)):
        if '"' not in name:
            yield Completion(f'"{name}"', token.start, token.end, name)


def _is_name(one: vault.Described) -> bool:
    return one.item in _NAMES and one.holder != "account"


def _begins(typed: str, code: str, said: str) -> bool:
    plain = typed.casefold()
    return code.startswith(plain) or said.casefold().startswith(plain)
