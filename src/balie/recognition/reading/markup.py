"""HTML, SVG and XML: all that stands in it, shown or not. Whoever opens the file can see comments and attributes as well."""

import re
from base64 import b64decode
from binascii import Error
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import unquote, unquote_to_bytes

from balie.recognition.reading.findings import Findings
from balie.recognition.reading.opening import look_into
from balie.recognition.reading.outcome import Place
from balie.recognition.reading.texts import decoded

_BREAKS = frozenset(
    {
        *(
            "p",
            "div",
            "br",
            "hr",
            "li",
            "tr",
            "table",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "title",
            "pre",
            "blockquote",
        ),
        *("section", "article", "header", "footer", "dt", "dd", "option", "text", "tspan", "script", "style"),
    }
)
_DATA = re.compile(r"\s*data:([a-z0-9.+/-]{0,100})((?:;[^,;]{0,100}){0,5}),", re.IGNORECASE)
_TELLS = re.compile(r"[@0-9]|\w\s+\w")


def read_markup(found: Findings, content: bytes, place: Place) -> None:
    """The text, line by line; what stands in attributes and comments; and the files that are written into it."""
    page = _Page()
    page.feed(decoded(content))
    page.close()
    found.text("".join(page.shown), place)
    found.text("\n".join(page.hidden), replace(place, part="attributes and comments"))
    for number, (media_type, data) in enumerate(page.files, 1):
        found.member()
        name = f"data {number}"
        look_into(found, data, replace(place, inside=(*place.inside, name)), media_type=media_type, name="")


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.shown: list[str] = []
        self.hidden: list[str] = []
        self.files: list[tuple[str, bytes]] = []

    def handle_data(self, data: str) -> None:
        self.shown.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS:
            self.shown.append("\n")
        elif tag in ("td", "th"):
            self.shown.append("\t")
        for _, value in attrs:
            self._attribute(value or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS:
            self.shown.append("\n")

    def handle_comment(self, data: str) -> None:
        self.hidden.append(data)

    def unknown_decl(self, data: str) -> None:
        self.shown.append(data.removeprefix("CDATA["))

    def handle_pi(self, data: str) -> None:
        self.hidden.append(data)

    def _attribute(self, value: str) -> None:
        head = _DATA.match(value)
        if head is None:
            if _TELLS.search(value):
                self.hidden.append(unquote(value))
            return
        rest = value[head.end() :]
        try:
            data = b64decode(rest) if ";base64" in head[2].lower() else unquote_to_bytes(rest)
        except Error:
            data = rest.encode()
        self.files.append((head[1], data))
