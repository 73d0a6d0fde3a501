"""A mail's tree of parts, cut along its boundaries under bounds: nothing is copied, nothing grows with hostile input.

The standard library's parser is not used: it recurses for each level and tries every open boundary on every line, so
that a small hostile mail can hold it for minutes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from balie.channels.mail.parsing.headers import Headers, parameters, read_head

RAW = 64 * 1024 * 1024  # bytes of one mail
DEPTH = 20  # of parts within parts; what people send stays under 8
PARTS = 500
HEAD = 256 * 1024  # bytes of the first head
HEADS = 1024 * 1024  # bytes of all heads together

FALSE_MARKS = 10_000  # places that look like a boundary and are none

_EMPTY_LINE = re.compile(rb"\n\r*\n")
_FIRST = re.compile(rb"\r*\n")
_REST_OF_LINE = re.compile(rb"(--)?[ \t]*\r*(?:\n|\Z)")
_TYPE = re.compile(r"[ \t]*([a-z0-9!#$&^_.+-]{1,63})/([a-z0-9!#$&^_.+-]{1,63})[ \t]*(?:;|$|[\s(,])", re.IGNORECASE)


class Unreadable(Exception):  # noqa: N818  said as the desk says it, like the kernel's Refused
    """The mail goes over a bound; `code` says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its head, and where in the raw mail its body stands. `children` are a multipart's parts."""

    headers: Headers
    media_type: str
    parameters: dict[str, str]
    start: int
    end: int
    children: tuple["Part", ...] = ()

    @property
    def main(self) -> str:
        return self.media_type.partition("/")[0]


@dataclass(slots=True)
class Budget:
    """What is left to spend on this mail."""

    parts: int = PARTS
    heads: int = HEADS

    def spend(self, head: int) -> None:
        self.parts -= 1
        self.heads -= head
        if self.parts < 0:
            raise Unreadable("too-many-parts")
        if self.heads < 0:
            raise Unreadable("header-too-large")


def head_of(raw: bytes, start: int, end: int) -> tuple[Headers, int]:
    """The head that begins at `start`, and where its body begins. Raises Unreadable `header-too-large`."""
    if first := _FIRST.match(raw, start, min(end, start + 9)):
        return Headers(), first.end()
    match = _EMPTY_LINE.search(raw, start, min(end, start + HEAD))
    if match is None and end - start > HEAD:
        raise Unreadable("header-too-large")
    block = raw[start : match.start() if match else end]
    try:
        headers, used = read_head(block)
    except ValueError:
        raise Unreadable("header-too-large") from None
    whole = used >= len(block)
    return headers, match.end() if match and whole else start + used


def tree(raw: bytes, headers: Headers, start: int, end: int) -> Part:
    """The mail's parts. Raises Unreadable `too-many-parts`, `too-deep` or `header-too-large`."""
    return _part(raw, headers, (start, end), Budget(), depth=0)


def _part(
    raw: bytes, headers: Headers, body: tuple[int, int], budget: Budget, *, depth: int, usual: str = "text/plain"
) -> Part:
    value = headers.first("content-type")
    match = _TYPE.match(value)
    media_type = f"{match[1]}/{match[2]}".lower() if match else usual
    named = parameters(value)
    children: tuple[Part, ...] = ()
    boundary = named.get("boundary", "").rstrip()[:200]
    if media_type.startswith("multipart/") and boundary:
        if depth == DEPTH:
            raise Unreadable("too-deep")
        usual = "message/rfc822" if media_type == "multipart/digest" else "text/plain"
        inside = _between(raw, boundary, *body)
        children = tuple(_child(raw, one, budget, depth=depth + 1, usual=usual) for one in inside)
    return Part(headers, media_type, named, *body, children)


def _child(raw: bytes, body: tuple[int, int], budget: Budget, *, depth: int, usual: str) -> Part:
    start, end = body
    headers, at = head_of(raw, start, end)
    budget.spend(at - start)
    return _part(raw, headers, (at, end), budget, depth=depth, usual=usual)


def _between(raw: bytes, boundary: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the parts of a multipart stand. A last one without its end reaches to the end of the body."""
    opened = -1
    for at, after, closing in _marks(raw, b"--" + boundary.encode("utf-8", "replace"), start, end):
        if opened >= 0:
            yield opened, max(opened, _without_line_end(raw, at))
        opened = -1 if closing else after
    if opened >= 0:
        yield opened, end


def _marks(raw: bytes, mark: bytes, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Each boundary line: where it begins, where the next line begins, and whether it is the closing one."""
    at, false_marks = start, 0
    while (found := raw.find(mark, at, end)) >= 0:
        at = found + len(mark)
        rest = _REST_OF_LINE.match(raw, at, end) if found == start or raw[found - 1] == 10 else None
        if rest is not None:
            at = rest.end()
            yield found, at, rest[1] is not None
        else:
            false_marks += 1
            if false_marks > FALSE_MARKS:
                raise Unreadable("too-many-parts")


def _without_line_end(raw: bytes, at: int) -> int:
    return at - 2 if raw[max(at - 2, 0) : at] == b"\r\n" else at - 1
