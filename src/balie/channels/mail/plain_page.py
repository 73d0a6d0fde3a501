"""A page of plain text, written tag by tag: lines, lists, quotations, rows, and where links lead."""

import re

from balie.channels.mail.divisions import OLD, OLD_FROM_HERE, SIGNATURE, told

LEVELS = 10  # of quotation and of lists that are drawn; deeper ones look like the last
ADDRESS = 2000  # signs of a link's address

_APART = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "dl"})
_OF_A_LIST = frozenset({"ul", "ol"})
_CELLS = frozenset({"td", "th"})
_SCHEME = re.compile(r"(https?://(www\.)?|mailto:|tel:)", re.IGNORECASE)
_ALLOWED = re.compile(r"(https?://|mailto:|tel:)", re.IGNORECASE)
_INVISIBLE = re.compile("[\u00ad\u034f\u200b\ufeff]")


class Page:
    """Takes tags and texts in their order; `text` gives what a reader would see."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._space = False  # between what is written and what comes
        self._cell = False  # what comes stands in the next cell of a row
        self._marker = ""  # of a list, before what comes
        self._quotes = self._literal = 0
        self._divisions: list[bool] = []  # those that are open: whether what is inside is quoted
        self._begun = self._older = self._signed = False  # something is said; all that comes is old; is a signature
        self._room: int | None = None  # an empty line is due, so deep in quotation
        self._lists: list[int] = []  # the last number of each open list, 0 and less for one with dashes
        self._link: tuple[str, list[str]] | None = None

    def text(self) -> str:
        """The page as it stands, without white space at its end."""
        self._anchor("", closing=True)
        self._end_line()
        return "\n".join(self._lines).strip("\n")

    def write(self, text: str) -> None:
        """Put down a text; outside <pre> any white space is one space."""
        text = _INVISIBLE.sub("", text)
        if self._literal:
            self._write_lines(text)
            return
        words = " ".join(text.split())
        self._space = self._space or text[:1].isspace()
        if words:
            self._put(words)
            self._space = text[-1].isspace()

    def tag(self, name: str, closing: bool, attributes: dict[str, str]) -> None:
        """Take in a tag that opens or closes."""
        if name == "a":
            self._anchor(attributes.get("href", ""), closing)
        elif name == "br":
            self._end_line(force=True)
        elif name == "img":
            self.write(f" [{attributes['alt'][:200]}] " if attributes.get("alt", "").strip() else "")
        elif name in _CELLS:
            self._cell = not closing and bool(self._line)
        elif name == "hr":
            self._rule(told(attributes))
        elif name == "div":
            self._block(name, closing)
            self._division(told(attributes), closing)
        else:
            self._block(name, closing)

    def _rule(self, kind: str) -> None:
        self._end_line()
        if kind == OLD_FROM_HERE:
            self._grow_old()
        begun = self._begun
        self._put("---")
        self._begun = begun
        self._end_line()

    def _division(self, kind: str, closing: bool) -> None:
        """Quote what a mail program says is old, unless nothing stands above it: then it is what is sent."""
        if closing:
            self._quote(-1 if self._divisions and self._divisions.pop() else 0)
            return
        self._divisions.append(kind == OLD and self._begun)
        self._quote(int(self._divisions[-1]))
        if kind == OLD_FROM_HERE:
            self._grow_old()
        self._signed = kind == SIGNATURE or (self._signed and not kind)

    def _grow_old(self) -> None:
        if self._begun and not self._older:
            self._older = True
            self._quote(1)

    def _quote(self, levels: int) -> None:
        if levels:
            self._leave_room()
            self._quotes = max(self._quotes + levels, int(self._older))

    def _block(self, name: str, closing: bool) -> None:
        self._end_line()
        if name in _APART or (name in _OF_A_LIST and len(self._lists) <= closing):
            self._leave_room()
        if name == "blockquote":
            self._quote(-1 if closing else 1)
        elif name == "pre":
            self._literal = max(self._literal + (-1 if closing else 1), 0)
        elif name in _OF_A_LIST:
            self._list(name == "ol", closing)
        elif name == "li":
            self._marker = "" if closing else self._next_marker()

    def _list(self, numbered: bool, closing: bool) -> None:
        if not closing:
            self._lists.append(0 if numbered else -1)
        elif self._lists:
            self._lists.pop()

    def _next_marker(self) -> str:
        if not self._lists:
            return "- "
        indent = "  " * (min(len(self._lists), LEVELS) - 1)
        if self._lists[-1] < 0:
            return f"{indent}- "
        self._lists[-1] += 1
        return f"{indent}{self._lists[-1]}. "

    def _anchor(self, address: str, closing: bool) -> None:
        if self._link is not None:
            target, words = self._link
            self._link = None
            if not _says(" ".join(words), target):
                self._space = True
                self._put(f"<{target}>")
        address = "".join(address.split())
        if not closing and _ALLOWED.match(address) and len(address) <= ADDRESS:
            self._link = (address, [])

    def _write_lines(self, text: str) -> None:
        first, *others = text.expandtabs(8).split("\n")
        if first:
            self._put(first)
        for line in others:
            self._end_line(force=True)
            if line:
                self._put(line)

    def _put(self, text: str) -> None:
        if self._signed and not self._line:
            self._sign(text)
        if not self._line:
            text = self._marker + text
            self._marker = ""
        elif self._cell:
            text = f" | {text}"
        elif self._space:
            text = f" {text}"
        if self._link is not None:
            self._link[1].append(text.strip())
        self._space = self._cell = False
        self._begun = True
        self._line.append(text)

    def _sign(self, text: str) -> None:
        """The mark above a signature, if it has none of its own."""
        self._signed = False
        if not self._quotes and not text.startswith("--"):
            self._line.append("-- ")
            self._end_line()

    def _end_line(self, *, force: bool = False) -> None:
        line = "".join(self._line).rstrip()
        if line:
            if self._room is not None:
                self._lines.append(_quoting(min(self._room, self._quotes)).rstrip())
                self._room = None
            self._lines.append(_quoting(self._quotes) + line)
        elif force:
            self._leave_room()
        self._line = []
        self._space = self._cell = False

    def _leave_room(self) -> None:
        """An empty line before what comes, if anything does and if anything was."""
        if self._lines:
            self._room = self._quotes if self._room is None else min(self._room, self._quotes)


def _quoting(depth: int) -> str:
    return "> " * min(depth, LEVELS)


def _says(words: str, address: str) -> bool:
    """Whether a link's text is its address already."""
    seen, leads = (_SCHEME.sub("", one.strip(), count=1).rstrip("/").lower() for one in (words, address))
    return seen == leads or (address.startswith("mailto:") and seen == leads.partition("?")[0])
