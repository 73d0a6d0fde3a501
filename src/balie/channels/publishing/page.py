"""A notice as one page that carries all it needs: it asks nothing of any server, so it can be laid anywhere and sent to anyone."""

import base64
import re
from functools import cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from balie import register

_STATIC = settings.PACKAGE / "static"
_SVG = (
    '<svg class="i" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="#0a5a64" stroke-width="1.75" '
    'aria-hidden="true">'
)
_URL = re.compile(r'url\("([^":]+)"\)')
_SYMBOL = re.compile(r'<symbol id="i-([a-z0-9-]+)"[^>]*>(.*?)</symbol>', re.DOTALL)


def html(notice: register.Notice, organisation: str, *, large: bool = False) -> str:
    """A notice as a page in its own language. large: in large type, for who reads with difficulty."""
    with translation.override(notice.language):
        shown = {
            "notice": notice,
            "organisation": organisation,
            "title": gettext("Privacy notice") if notice.audience == "public" else gettext("Record of processing"),
            "large": large,
            "style": style(),
            "icon": icon,
        }
        return render_to_string("published/notice.html", shown)


@cache
def style() -> SafeString:
    """The stylesheet of documents, with its fonts in it."""
    text = (_STATIC / "notice.css").read_text("utf-8")
    return mark_safe(_URL.sub(_within, text))  # noqa: S308 - our own file


def icon(name: str) -> SafeString:
    """A drawing in the page itself, since a document has no sprite beside it."""
    return mark_safe(f"{_SVG}{_symbols().get(name, '')}</svg>")  # noqa: S308 - our own drawings


@cache
def _symbols() -> dict[str, str]:
    return {
        name: drawn
        for sprite in sorted(_STATIC.glob("**/*.svg"))
        for name, drawn in _SYMBOL.findall(sprite.read_text("utf-8"))
    }


def _within(found: re.Match[str]) -> str:
    data = base64.b64encode((_STATIC / found[1]).read_bytes()).decode("ascii")
    return f'url("data:font/woff2;base64,{data}")'
