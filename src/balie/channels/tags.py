"""What templates may say beyond Django's own words: icons, states, sentences of the register, dates, masked text."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Protocol, runtime_checkable

from django import template
from django.templatetags.static import static
from django.utils import timezone, translation
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_noop

from balie.channels import clock
from balie.kernel import Sentence, Wording

register = template.Library()

# status: class of its colour, shape, word (README of the design: the word is always there, the colour only repeats it)
_STATES = {
    "new": ("new", "dot", gettext_noop("New")),
    "open": ("open", "ring", gettext_noop("Open")),
    "waiting": ("waiting", "half", gettext_noop("Waiting")),
    "closed": ("done", "done", gettext_noop("Closed")),
}


@runtime_checkable
class Masked(Protocol):
    """A part of a text that is not shown; `label` says what stands there, never how long it is."""

    label: Sentence | Wording | str


@register.simple_tag
def icon(name: str, kind: str = "") -> SafeString:
    """One drawing of the sprite; it says nothing by itself, so a word stands beside it."""
    drawn = f'<svg class="i {kind}" aria-hidden="true"><use href="{_sprite()}#i-{name}"/></svg>'
    return mark_safe(drawn)  # both are our own words


@register.simple_tag
def state(status: str) -> SafeString:
    """A ticket's status as shape and word."""
    colour, shape, word = _STATES[status]
    return format_html('<span class="state {}">{}{}</span>', colour, icon(shape), gettext(word))


@register.filter
def said(value: object) -> str:
    """A sentence, or words of the register, in the reader's language."""
    language = (translation.get_language() or "en").partition("-")[0]
    if isinstance(value, Sentence):
        return value.say(language, gettext)
    if isinstance(value, Wording):
        return value.read(language)
    return "" if value is None else str(value)


@register.filter
def tongue(value: object) -> SafeString:
    """The language that `said` had to fall back on, as a `lang` attribute; nothing where it is the reader's own."""
    language = (translation.get_language() or "en").partition("-")[0]
    if isinstance(value, Wording) and not value.by_language.get(language) and value.first != language:
        return format_html(' lang="{}"', value.first)
    return mark_safe("")


@register.simple_tag
def words(value: object) -> SafeString:
    """Words of the register, marked with their language where it is not the reader's."""
    mark = tongue(value)
    return format_html("<span{}>{}</span>", mark, said(value)) if mark else escape(said(value))


@register.simple_tag
def moment(at: datetime) -> SafeString:
    """Day and time of a message."""
    return _time(at, clock.moment(at, timezone.now()))


@register.simple_tag
def brief(at: datetime) -> SafeString:
    """The shortest clear form, for lists."""
    return _time(at, clock.brief(at, timezone.now()))


@register.filter
def day(value: date | datetime) -> str:
    return clock.short_day(value)


@register.filter
def long_day(value: date | datetime) -> str:
    return clock.long_day(value)


@register.filter
def hour(value: datetime) -> str:
    return clock.clock(value)


@register.filter
def initials(name: str) -> str:
    """Two letters for the round mark beside a name; a question mark where there is no name."""
    letters = [word[0] for word in re.findall(r"[^\W\d_][\w'-]*", name)]
    return "".join((letters[:1] + letters[1:][-1:])).upper() or "?"


@register.simple_tag
def prose(parts: Iterable[str | Masked]) -> SafeString:
    """A text in paragraphs as its writer set them, with a blot for each part that is not shown."""
    html = "".join(_spans(parts)).strip()
    paragraphs = re.split(r"\n[ \t]*\n\s*", html)
    return mark_safe(
        "".join(f"<p>{paragraph.replace(chr(10), '<br>')}</p>" for paragraph in paragraphs)
    )  # escaped above


@register.simple_tag
def gist(parts: Iterable[str | Masked]) -> SafeString:
    """The beginning of a text on one line, masked parts masked here as well."""
    shown, room = [], 140
    for part in parts:
        if room <= 0:
            break
        shown.append(part[:room] if isinstance(part, str) else part)
        room -= len(part) if isinstance(part, str) else 12
    return mark_safe(re.sub(r"\s+", " ", "".join(_spans(shown))).strip())  # escaped by _spans


def _spans(parts: Iterable[str | Masked]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            yield escape(part.replace("\r\n", "\n").replace("\r", "\n"))
        else:
            yield format_html('<span class="blot">{}</span>', said(part.label))


def _time(at: datetime, shown: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', at.isoformat(timespec="minutes"), shown)


def _sprite() -> str:
    return static("vendor/icons/icons.svg")
