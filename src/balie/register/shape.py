"""Has a file the form of a register, of settings, or of answers to doubts? The schemas decide, people get a sentence.

The schemas are files of this package (`format/`), so that an editor can help while one types; what they say is said here in
words of the file: which key, what stands there, what is expected instead.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path as FilePath
from typing import Any, Literal

from jsonschema import Draft202012Validator, validators
from jsonschema.exceptions import ValidationError

from balie.kernel import Sentence, sentence
from balie.register.finding import Finding, invalid
from balie.register.reading import Document

FORMAT = FilePath(__file__).parent / "format"
Kind = Literal["schema.json", "settings.schema.json", "answers.schema.json"]

_MOST_SHOWN = 20
_OTHER_KIND = frozenset({"type", "const", "enum"})
_TYPES = {
    "object": "keys with values",
    "array": "a list",
    "string": "a text",
    "integer": "a whole number",
    "boolean": "true or false",
}


def check_shape(document: Document, kind: Kind) -> None:
    """Raise Invalid with one sentence for each thing that the schema does not allow, the first twenty in order of lines."""
    errors = _validator(kind).iter_errors(document.data)
    found = [_finding(document, error) for error in errors]
    if found:
        raise invalid(sorted(found, key=lambda one: one.line)[:_MOST_SHOWN])


@cache
def schema(kind: Kind) -> Mapping[str, Any]:
    """One schema as plain data."""
    loaded: Mapping[str, Any] = json.loads((FORMAT / kind).read_text(encoding="utf-8"))
    return loaded


@cache
def _validator(kind: Kind) -> Any:
    whole = schema(kind)
    return _OfManyWords(_with_its_definitions(whole, whole))


def _with_its_definitions(node: Any, whole: Mapping[str, Any]) -> Any:
    """A schema in which each definition stands where it is meant: looking it up anew costs more than all else."""
    if isinstance(node, list):
        return [_with_its_definitions(one, whole) for one in node]
    if not isinstance(node, Mapping):
        return node
    meant = whole["$defs"][node["$ref"].rpartition("/")[2]] if "$ref" in node else {}
    own = {key: value for key, value in node.items() if key not in ("$ref", "$defs", "$id")}
    return {key: _with_its_definitions(value, whole) for key, value in {**own, **meant}.items()}


def _items(validator: Any, items: Any, instance: Any, whole: Any) -> Iterator[ValidationError]:
    """A list of words is looked at as a whole, and word by word only where one of them does not fit."""
    words = isinstance(items, Mapping) and isinstance(instance, list) and items.keys() <= _OF_A_WORD
    if words and all(isinstance(one, str) and re.search(items.get("pattern", ""), one) for one in instance):
        return
    yield from Draft202012Validator.VALIDATORS["items"](validator, items, instance, whole)


_OF_A_WORD = frozenset({"type", "pattern", "description"})
_OfManyWords = validators.extend(Draft202012Validator, {"items": _items})  # type: ignore[no-untyped-call]


def _finding(document: Document, error: ValidationError) -> Finding:
    meant = _meant(error)
    at = tuple(meant.absolute_path)
    if meant.validator == "additionalProperties" and (extra := _strangers(meant)):
        at = (*at, extra[0])
    say = _SAYINGS.get(str(meant.validator), _anything_else)(meant)
    return Finding("fault", "schema", "30(3)", at, say, document.name, document.line(at))


def _meant(error: ValidationError) -> ValidationError:
    """Of several allowed forms, the error within the one that was meant: the one whose kind of value stands there."""
    branches: dict[object, list[ValidationError]] = {}
    if all(one.validator == "required" for one in error.context or ()):
        return error  # no branch was meant more than another
    for one in error.context or ():
        branches.setdefault(one.relative_schema_path[0], []).append(one)
    for errors in branches.values():
        if not any(one.validator in _OTHER_KIND and not one.relative_path for one in errors):
            return _meant(errors[0])
    return error


def _strangers(error: ValidationError) -> list[str]:
    known = _of(error, "properties", {})
    instance: Any = error.instance
    return [str(key) for key in instance if key not in known]


def _unknown_key(error: ValidationError) -> Sentence:
    return sentence(
        "«{key}» is no key here; known are: {known}",
        key=_strangers(error)[0],
        known=sorted(_of(error, "properties", {})),
    )


def _missing_key(error: ValidationError) -> Sentence:
    missing = [key for key in error.validator_value if key not in error.instance]  # type: ignore[union-attr,operator]
    return sentence("{under} lacks «{key}»; add it", under=_name(error), key=missing[0] if missing else "")


def _other_word(error: ValidationError) -> Sentence:
    allowed = error.validator_value if error.validator == "enum" else [error.validator_value]
    words: Iterable[object] = allowed  # type: ignore[assignment]
    return sentence(
        "«{value}» cannot stand at {under}; write one of: {known}",
        value=_short(error.instance),
        under=_name(error),
        known=[str(word) for word in words],
    )


def _other_form(error: ValidationError) -> Sentence:
    return sentence(
        "«{value}» cannot stand at {under}. {help}",
        value=_short(error.instance),
        under=_name(error),
        help=_of(error, "description", "") or f"It must fit {error.validator_value}.",
    )


def _other_type(error: ValidationError) -> Sentence:
    expected = str(error.validator_value)
    return sentence(
        "at {under} is expected {type}, not «{value}»",
        under=_name(error),
        type=_TYPES.get(expected, expected),
        value=_short(error.instance),
    )


def _too_long(error: ValidationError) -> Sentence:
    return sentence(
        "{under} may have {most} signs at most; say it more briefly", under=_name(error), most=error.validator_value
    )


def _too_little(error: ValidationError) -> Sentence:
    return sentence("{under} is empty or too short; fill it in or leave it out", under=_name(error))


def _twice(error: ValidationError) -> Sentence:
    return sentence("{under} names the same thing twice; take one away", under=_name(error))


def _no_list_of_needs(error: ValidationError) -> Sentence:
    if _of(error, "description", "").startswith("One group of people"):
        return sentence("{under} declares no kind of data; add for example `required: [message]`", under=_name(error))
    return _other_form(error)


def _anything_else(error: ValidationError) -> Sentence:
    return sentence("{under} does not fit the format: {problem}", under=_name(error), problem=_short(error.message))


def _of(error: ValidationError, key: str, default: Any) -> Any:
    """What the part of the schema that was broken says under a key."""
    return error.schema.get(key, default) if isinstance(error.schema, Mapping) else default


def _name(error: ValidationError) -> str:
    return f"«{'/'.join(str(step) for step in error.absolute_path)}»" if error.absolute_path else "the file"


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"


_SAYINGS: Mapping[str, Callable[[ValidationError], Sentence]] = {
    "additionalProperties": _unknown_key,
    "required": _missing_key,
    "enum": _other_word,
    "const": _other_word,
    "pattern": _other_form,
    "type": _other_type,
    "maxLength": _too_long,
    "minLength": _too_little,
    "minItems": _too_little,
    "minProperties": _too_little,
    "uniqueItems": _twice,
    "anyOf": _no_list_of_needs,
    "minimum": _other_form,
    "maximum": _other_form,
}
