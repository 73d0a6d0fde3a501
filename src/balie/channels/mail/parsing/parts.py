"""A mail's tree of parts, cut along its boundaries under bounds: nothing is copied, nothing grows with hostile input.

The standard library's parser is not used: it recurses for each level and tries every open boundary on every line, so
that a small hostile mail can hold it for minutes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from balie.channels.mail.parsing.encodings import undo
from balie.channels.mail.parsing.headers import Headers, parameters, read_head

RAW = 64 * 1024 * 1024  # bytes of one mail
DEPTH = 120  # of parts within parts; what people send stays under 8
PARTS = 1000
HEAD = 1024 * 1024  # bytes of one head
HEADS = 4 * 1024 * 1024  # bytes of all heads together
SCANNED = 6 * RAW  # bytes that are looked through for boundaries, over all levels
MARKS = 10_000  # places that are a boundary, or look like one
WRAPS = 8  # of mails wrapped in something else, such as a signature
WRAPPED = RAW  # bytes of all that was wrapped
WRAPPED_DEPTH = 20  # of parts within parts in what was wrapped
GUESSED = 20_000  # bytes of a body in which a boundary that is not named is looked for

_EMPTY_LINE = re.compile(rb"\n\r*\n")
_FIRST = re.compile(rb"\r*\n")
_REST_OF_LINE = re.compile(rb"(--)?[ \t]*\r*(?:\n|\Z)")
_TYPE = re.compile(r"[ \t]*([a-z0-9!#$&^_.+-]{1,63})/([a-z0-9!#$&^_.+-]{1,63})[ \t]*(?:;|$|[\s(,])", re.IGNORECASE)
_NEXT_MAIL = b"\nFrom "
_LIKELY = re.compile(rb"(?:(?<=\n)|\A)--([^\s]{1,200})[ \t]*\r*\n(?:content-|\r*\n)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its head, and where in `source` its body stands. `children` are a multipart's parts.

    closed: it was not taken apart, since the mail went over a bound.
    """

    source: bytes
    headers: Headers
    media_type: str
    parameters: dict[str, str]
    start: int
    end: int
    children: tuple["Part", ...] = ()
    closed: bool = False

    @property
    def main(self) -> str:
        return self.media_type.partition("/")[0]

    @property
    def body(self) -> bytes:
        """The body as it was sent."""
        return self.source[self.start : self.end]

    @property
    def content(self) -> bytes:
        """The body with its transfer encoding undone."""
        return undo(self.body, self.headers.first("content-transfer-encoding"))


@dataclass(slots=True)
class Budget:
    """What is left to spend on this mail. `over`: the first bound it went over (see `ReadMail`), or empty."""

    parts: int = PARTS
    heads: int = HEADS
    scanned: int = SCANNED
    wraps: int = WRAPS
    wrapped: int = WRAPPED
    over: str = ""

    def exceed(self, code: str) -> None:
        self.over = self.over or code

    def part(self) -> bool:
        """Whether one more part may be read."""
        self.parts -= 1
        if self.parts < 0:
            self.exceed("too-many-parts")
        elif self.heads < 0:
            self.exceed("header-too-large")
        return self.parts >= 0 and self.heads >= 0

    def wrap(self, size: int) -> bool:
        """Whether one more wrapped mail, of so many bytes, may be opened; one that may not stays a file."""
        self.wraps -= 1
        self.wrapped -= size
        return self.wraps >= 0 and self.wrapped >= 0 and self.part()

    def scan(self, size: int) -> bool:
        """Whether so many bytes may be looked through once more."""
        self.scanned -= size
        if self.scanned < 0:
            self.exceed("too-deep")
        return self.scanned >= 0


def head_of(source: bytes, start: int, end: int, budget: Budget) -> tuple[Headers, int]:
    """The head that begins at `start`, and where its body begins. Of a head over the bounds the beginning is read."""
    if first := _FIRST.match(source, start, min(end, start + 9)):
        return Headers(), first.end()
    match = _EMPTY_LINE.search(source, start, end)
    block = source[start : min(match.start() if match else end, start + HEAD)]
    cut = (match.start() if match else end) - start > HEAD
    if cut and match:  # what is too much stands in the middle: of a flood the last fields are read as well
        last = source.find(b"\n", match.start() - HEAD // 2, match.start()) + 1
        block = block[: block.rfind(b"\n", 0, HEAD // 2) + 1] + source[last : match.start()]
    headers, used, whole = read_head(block)
    budget.heads -= used
    if used < len(block):
        return headers, start + used
    if cut or not whole:
        budget.exceed("header-too-large")
    return headers, match.end() if match else end


def tree(source: bytes, headers: Headers, start: int, budget: Budget) -> Part:
    """The parts of a mail whose head was read. What goes over a bound is left out, and `budget.over` says so."""
    return _part(source, headers, (start, len(source)), budget, depth=0)


def inside(source: bytes, budget: Budget) -> Part:
    """What came wrapped in something else, as a part of its own: a head and a body."""
    headers, at = head_of(source, 0, len(source), budget)
    return _part(source, headers, (at, len(source)), budget, depth=DEPTH - WRAPPED_DEPTH)


def made(
    content: bytes,
    media_type: str,
    *,
    name: str = "",
    content_id: str = "",
    attached: bool = True,
    closed: bool = False,
) -> Part:
    """A part that no mail holds in this form, such as a file out of a winmail.dat."""
    fields = {"content-disposition": [f"{'inline' if content_id else 'attachment'}"]} if attached else {}
    fields |= {"content-id": [content_id]} if content_id else {}
    named = {"name": name} if name else {}
    return Part(content, Headers(fields), media_type, named | {"charset": "utf-8"}, 0, len(content), closed=closed)


def _part(
    source: bytes, headers: Headers, body: tuple[int, int], budget: Budget, *, depth: int, usual: str = "text/plain"
) -> Part:
    value = headers.first("content-type")
    match = _TYPE.match(value)
    named = parameters(value) if value else {}
    media_type = f"{match[1]}/{match[2]}".lower() if match else usual
    if match is None and named.get("name"):
        media_type = "application/octet-stream"  # `pdf; name=a.pdf`
    if not media_type.startswith("multipart/"):
        return Part(source, headers, media_type, named, *body)
    boundary = named.get("boundary", "").rstrip()[:200]
    if depth >= DEPTH or not budget.scan(body[1] - body[0]):
        budget.exceed("too-deep")
        return Part(source, headers, media_type, named, *body, closed=True)
    source, body = _legible(source, headers, body, boundary)
    usual = "message/rfc822" if media_type == "multipart/digest" else "text/plain"
    children = _children(source, boundary, body, budget, depth=depth + 1, usual=usual)
    if not children and (guess := _LIKELY.search(source, body[0], min(body[1], body[0] + GUESSED))):
        guessed = guess[1].decode("utf-8", "replace")
        children = _children(source, guessed, body, budget, depth=depth + 1, usual=usual)
    return Part(source, headers, media_type, named, *body, children)


def _legible(source: bytes, headers: Headers, body: tuple[int, int], boundary: str) -> tuple[bytes, tuple[int, int]]:
    """The body of a multipart. It may have no transfer encoding, and some mailers give it one all the same."""
    encoding = headers.first("content-transfer-encoding")
    if not encoding or (boundary and source.find(b"--" + boundary.encode("utf-8", "replace"), *body) >= 0):
        return source, body
    content = undo(source[slice(*body)], encoding)
    return content, (0, len(content))


def _children(
    source: bytes, boundary: str, body: tuple[int, int], budget: Budget, *, depth: int, usual: str
) -> tuple[Part, ...]:
    found: list[Part] = []
    for start, end in _between(source, boundary, body, budget) if boundary else ():
        if not budget.part():
            break
        headers, at = head_of(source, start, end, budget)
        found.append(_part(source, headers, (at, end), budget, depth=depth, usual=usual))
    return tuple(found)


def _between(source: bytes, boundary: str, body: tuple[int, int], budget: Budget) -> Iterator[tuple[int, int]]:
    """Where the parts of a multipart stand. A last one without its end reaches to the end of the body."""
    opened = ended = -1
    for at, after, closing in _marks(source, b"--" + boundary.encode("utf-8", "replace"), body, budget):
        if opened >= 0:
            yield opened, max(opened, _without_line_end(source, at))
        elif ended >= 0 and source.find(_NEXT_MAIL, ended, at) >= 0:
            return  # another mail in the same file
        opened, ended = (-1, after) if closing else (after, -1)
    if opened >= 0:
        yield opened, body[1]


def _marks(source: bytes, mark: bytes, body: tuple[int, int], budget: Budget) -> Iterator[tuple[int, int, bool]]:
    """Each boundary line: where it begins, where the next line begins, and whether it is the closing one."""
    start, end = body
    at, marks = start, 0
    while (found := source.find(mark, at, end)) >= 0:
        marks += 1
        if marks > MARKS:
            budget.exceed("too-many-parts")
            return
        at = found + len(mark)
        rest = _REST_OF_LINE.match(source, at, end) if found == start or source[found - 1] == 10 else None
        if rest is not None:
            at = rest.end()
            yield found, at, rest[1] is not None


def _without_line_end(source: bytes, at: int) -> int:
    return at - 2 if source[max(at - 2, 0) : at] == b"\r\n" else at - 1
