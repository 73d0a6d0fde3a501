"""HTML mail as plain text that reads well: nothing active, nothing loaded, links with the address they lead to.

The sanitiser parses as a browser does, which costs time without bounds on hostile nesting; what looks like that is
taken apart by a simpler hand instead. Either way the time grows with the length only, and the result is plain text.
"""

import html as entities
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import nh3

from balie.channels.mail.charsets import clean
from balie.channels.mail.divisions import NAMES
from balie.channels.mail.plain_page import Page

MOST = 1_000_000  # signs that are read
DEEPEST = 400  # tags open at a time; what people send stays under 100
HEAVIEST = 10_000_000  # tags times open tags
AMPERSANDS = 20_000
TAGS = 50_000
STRETCH = 60_000  # signs between two tags: a tag so long has more attributes than anybody writes

_SHOWN = frozenset(
    {
        *("a", "img", "br", "hr", "p", "div", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "td", "th", "caption", "center", "address"),
        *("section", "article", "header", "footer", "main", "aside", "nav", "figure", "figcaption", "form", "fieldset"),
    }
)
_HIDDEN = frozenset({"script", "style", "title", "template", "noframes", "textarea", "select", "iframe", "object"})
_CLEANER = nh3.Cleaner(
    tags=set(_SHOWN),
    clean_content_tags=set(_HIDDEN),
    attributes={"a": {"href"}, "img": {"alt"}, "div": set(NAMES), "hr": set(NAMES)},
    url_schemes={"http", "https", "mailto", "tel"},
    url_relative="deny",
    link_rel=None,
)
_SAFE = nh3.Cleaner(
    tags={
        *_SHOWN - {"img", "form", "fieldset"},
        *(
            "b",
            "strong",
            "i",
            "em",
            "u",
            "s",
            "strike",
            "del",
            "ins",
            "sub",
            "sup",
            "small",
            "big",
            "tt",
            "code",
            "kbd",
        ),
        *(
            "samp",
            "var",
            "cite",
            "q",
            "abbr",
            "dfn",
            "mark",
            "span",
            "font",
            "thead",
            "tbody",
            "tfoot",
            "colgroup",
            "col",
        ),
    },
    clean_content_tags=set(_HIDDEN | {"svg", "math"}),
    attributes={"*": set(), "a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}},
    url_schemes={"http", "https", "mailto", "tel"},
    url_relative="deny",
    link_rel="noopener noreferrer nofollow",
)
_OPEN_OR_CLOSE = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})")
_CLOSED_BY_THEMSELVES = frozenset(
    {*("p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "col", "colgroup")}
    | {*("br", "hr", "img", "meta", "link", "input", "base", "area", "wbr", "source", "embed", "html", "head", "body")}
)
_CLEANED = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:\s[^\s="<>]+="[^"]*")*)\s*/?>|([^<]+|<)')
_RAW = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>|<[!?/][^<>]*>|((?:[^<]+|<(?![a-zA-Z!?/]))+|<[^<>]*)")
_ATTRIBUTE = re.compile(
    r"""\b(href|alt|class|id|name|data-marker|style)\s{0,9}=\s{0,9}"""
    r"""(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""",
    re.IGNORECASE,
)


def to_text(source: str) -> str:
    """The text of an HTML mail: paragraphs, lists, rows of tables and quotations told apart, links followed by
    `<address>` where their text does not say it. Never raises; no more than `MOST` signs are read.
    """
    source = clean(source[:MOST])
    page = Page()
    for name, closing, attributes, text in _pieces(source):
        if text:
            page.write(entities.unescape(text))
        elif name:
            page.tag(name, closing, attributes)
    return page.text()


def sanitised(source: str, text: str | None = None) -> str:
    """The HTML of a mail with nothing in it that acts or is loaded: no script, style, form, picture or frame, and
    links only to http(s), mailto and tel. text: what `to_text` gave for it, if that is known. Never raises; no more
    than `MOST` signs are read.
    """
    source = clean(source[:MOST])
    if is_heavy(source):
        text = to_text(source) if text is None else text
        return "".join(f"<p>{entities.escape(one)}</p>" for one in text.split("\n") if one)
    return clean(_SAFE.clean(source)).strip()


def is_heavy(source: str) -> bool:
    """Whether parsing this as a browser does would take more time than its length warrants."""
    places = [match.start() for match in _OPEN_OR_CLOSE.finditer(source)]
    stretches = (after - at for at, after in pairwise([0, *places, len(source)]))
    return (
        source.count("&") > AMPERSANDS
        or len(places) > TAGS
        or max(stretches) > STRETCH
        or (deepest := _deepest(source)) > DEEPEST
        or deepest * len(places) > HEAVIEST
    )


def _deepest(source: str) -> int:
    """How many tags are open at a time; one that closes what is not open closes nothing."""
    opened: Counter[str] = Counter()
    depth = deepest = 0
    for match in _OPEN_OR_CLOSE.finditer(source):
        name = match[2].lower()
        if name in _CLOSED_BY_THEMSELVES:
            continue
        if not match[1]:
            opened[name] += 1
            depth += 1
            deepest = max(deepest, depth)
        elif opened[name]:
            opened[name] -= 1
            depth -= 1
    return deepest


def _pieces(source: str) -> Iterator[tuple[str, bool, dict[str, str], str]]:
    """Tags (name, whether it closes, attributes) and texts in turn."""
    if is_heavy(source):
        yield from _seen(_RAW.finditer(_without_comments(source)))
        return
    for match in _CLEANED.finditer(_CLEANER.clean(source)):
        yield match[2] or "", bool(match[1]), _attributes(match[3]), match[4] or ""


def _seen(matches: Iterator[re.Match[str]]) -> Iterator[tuple[str, bool, dict[str, str], str]]:
    hidden = ""
    for match in matches:
        name, closing = (match[2] or "").lower(), bool(match[1])
        if hidden:
            hidden = "" if closing and name == hidden else hidden
        elif name in _HIDDEN:
            hidden = "" if closing else name
        elif not name or name in _SHOWN:
            yield name, closing, _attributes(match[3]), match[4] or ""


def _attributes(written: str | None) -> dict[str, str]:
    if not written:
        return {}
    found = _ATTRIBUTE.finditer(written[:10_000])
    return {one[1].lower(): entities.unescape(one[2] or one[3] or one[4] or "") for one in found}


def _without_comments(source: str) -> str:
    kept, at = [], 0
    while (start := source.find("<!--", at)) >= 0:
        kept.append(source[at:start])
        end = source.find("-->", start + 4)
        at = end + 3 if end >= 0 else len(source)
    return "".join([*kept, source[at:]])
