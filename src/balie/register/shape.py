"""Has a file the form of a register, of settings, or of answers to doubts? The schemas decide, people get a sentence.

The schemas are files of this package (`format/`), so that an editor can help while one types; what they say is said here in
words of the file: which key, what stands there, what is expected instead.
"""

import difflib
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
from balie.register.reading import Document, Path

FORMAT = FilePath(__file__).parent / "format"
Kind = Literal["schema.json", "settings.schema.json", "answers.schema.json"]

_MOST_SHOWN = 20
_OTHER_KIND = frozenset({"type", "const", "enum"})
_TYPES = {
    "object": sentence("keys with values"),
    "array": sentence("a list in square brackets, or one thing a line after a hyphen"),
    "string": sentence("a text"),
    "integer": sentence("a whole number"),
    "boolean": sentence("true or false"),
}


def check_shape(document: Document, kind: Kind) -> None:
    """Raise Invalid with one sentence for each thing that the schema does not allow, the first twenty in order of lines."""
    meant = [_meant(error) for error in _validator(kind).iter_errors(document.data)]
    misspelled = {(*_parent(one), _nearest(one)) for one in meant if one.validator == "additionalProperties"}
    found = [_finding(document, one) for one in meant if (*_parent(one), _missing(one)) not in misspelled]
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


def _finding(document: Document, meant: ValidationError) -> Finding:
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


def _parent(error: ValidationError) -> Path:
    return tuple(error.absolute_path)


def _missing(error: ValidationError) -> str:
    """The key that is missing; empty for another error."""
    return str(error.message).split("'")[1] if error.validator == "required" else ""


def _nearest(error: ValidationError) -> str | None:
    """The known key that was probably meant by the one that is not."""
    near = difflib.get_close_matches(_strangers(error)[0], _of(error, "properties", {}), n=1, cutoff=0.75)
    return near[0] if near else None


def _unknown_key(error: ValidationError) -> Sentence:
    key = _strangers(error)[0]
    if error.instance[key] is None and (" " in key or key.endswith(".")):  # type: ignore[index]
        return sentence(
            "«{key}» is the second half of a sentence that a comma cut in two; put the whole in quotation marks",
            key=_short(key),
        )
    if near := _nearest(error):
        return sentence("«{key}» is no key here; write «{near}» if you mean that", key=_short(key), near=near)
    return sentence(
        "«{key}» is no key here; known are: {known}", key=_short(key), known=sorted(_of(error, "properties", {}))
    )


def _missing_key(error: ValidationError) -> Sentence:
    return sentence("{under} lacks «{key}»; add it", under=_name(error), key=_missing(error))


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
        help=_of(error, "description", "") or sentence("It must fit {form}.", form=error.validator_value),
    )


def _other_type(error: ValidationError) -> Sentence:
    if error.instance is None:
        return sentence("{under} has no value; fill it in or leave it out", under=_name(error))
    if not error.absolute_path:
        return sentence("here stands no register; begin with `format: 1` and write one key a line")
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


def _name(error: ValidationError) -> str | Sentence:
    if not error.absolute_path:
        return sentence("the file")
    return f"«{_one_line('/'.join(str(step) for step in error.absolute_path))}»"


def _short(value: object) -> str:
    text = _one_line(value)
    return text if len(text) <= 80 else f"{text[:79]}…"


def _one_line(value: object) -> str:
    """What stands in the file, on one line; YAML lets a text go on over several, and knows more line ends than `\n`."""
    return " ".join(str(value).split())


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
