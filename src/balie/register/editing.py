"""Changing words of a register file and nothing else of it: order, remarks and layout stay as their writer set them.

What can be changed so are terms, lists of items, who the recipients are, and what people are told; structure is changed in the file.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from balie.kernel import Invalid, sentence
from balie.register.reading import CONSTANTS, LOADER, WHOLE, Path, Plain, read

Value = str | tuple[str, ...]

_LISTS = "required|one-of|usual|allowed|when-necessary|avoided"
# Which places can be changed here, as paths with a star for any name; in the order in which a page shows them.
EDITABLE = {
    "terms": ("terms/*/keep", "terms/*/approve-within", "terms/*/why", "terms/*/review"),
    "items": tuple(f"activities/*/people/*/{one}" for one in _LISTS.split("|")),
    "recipients": ("recipients/*/who",),
    "texts": (
        *("name", "organisation", "objections/tell", "objections/otherwise/cost", "third-party-data/tell"),
        *(
            "activities/*/name",
            "activities/*/without",
            "activities/*/purposes/*/what",
            "activities/*/purposes/*/because",
        ),
        *("activities/*/people/*/who", "activities/*/people/*/without"),
    ),
}
_PLAIN = re.compile(r"[^\W_][\w ().;/§’–-]*")  # needs no quotation marks anywhere in a file, but for what is no text


@dataclass(frozen=True)
class Place:
    """One thing that can be changed. section: of EDITABLE. value: a text, or the short names of a list."""

    section: str
    path: Path
    value: Value


def editable(text: str) -> list[Place]:
    """What can be changed in a register file, in the order of the file. Raises Invalid for a file that cannot be read."""
    read(text, name="register")
    return list(_places(_root(text), ()))


def edited(text: str, changes: Mapping[Path, Value]) -> str:
    """The file with these places said otherwise. Raises Invalid for a place that cannot be changed here, and for an empty text."""
    spans = {path: node for path, node in _nodes(_root(text), ()) if path in changes}
    known = {one.path: one.value for one in editable(text)}
    for path, value in sorted(changes.items(), key=lambda one: -_start(spans, one[0])):
        if path not in known or not value:
            raise Invalid(sentence("«{place}» cannot be changed here; change it in the file.", place=_said(path)))
        if value != known[path]:
            start, end = spans[path].start_mark.index, spans[path].end_mark.index
            text = text[:start] + _written(value) + ("\n" if text[start:end].endswith("\n") else "") + text[end:]
    _check(text, {path: value for path, value in changes.items() if value != known[path]})
    return text


def _root(text: str) -> yaml.Node:
    root = yaml.compose(text, Loader=LOADER)
    assert root is not None
    return root


def _nodes(node: yaml.Node, at: Path) -> Iterator[tuple[Path, yaml.Node]]:
    yield at, node
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _nodes(value, (*at, str(key.value)))


def _places(root: yaml.Node, at: Path) -> Iterator[Place]:
    for path, node in _nodes(root, at):
        section = next((name for name, patterns in EDITABLE.items() if any(_fits(path, one) for one in patterns)), None)
        value = _value(node)
        if section and value:
            yield Place(section, path, value)


def _value(node: yaml.Node) -> Value:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode) and all(isinstance(one, yaml.ScalarNode) for one in node.value):
        return tuple(str(one.value) for one in node.value)
    return ""


def _fits(path: Path, pattern: str) -> bool:
    parts = pattern.split("/")
    return len(parts) == len(path) and all(part in ("*", step) for part, step in zip(parts, path, strict=True))


def _start(spans: Mapping[Path, yaml.Node], path: Path) -> int:
    return int(spans[path].start_mark.index) if path in spans else 0


def _written(value: Value) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_written(one) for one in value)}]"
    plain = (
        _PLAIN.fullmatch(value) and not value.endswith(" ") and value not in CONSTANTS and not WHOLE.fullmatch(value)
    )
    return value if plain else json.dumps(value, ensure_ascii=False)


def _check(text: str, changes: Mapping[Path, Value]) -> None:
    """What was written says what was meant."""
    data = read(text, name="register").data
    for path, value in changes.items():
        found: Plain = data
        for step in path:
            found = found[step] if isinstance(found, dict) else None  # type: ignore[index]
        if (tuple(found) if isinstance(found, list) else found) != value:
            raise Invalid(sentence("«{place}» cannot be changed here; change it in the file.", place=_said(path)))


def _said(path: Path) -> str:
    return "/".join(str(step) for step in path)
