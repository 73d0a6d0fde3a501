"""What templates may say beyond Django's own words: icons, states, sentences of the register, dates, masked text."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import cache

from django.template.defaultfilters import filesizeformat
from django.templatetags.static import static
from django.utils import timezone, translation
from django.utils.translation import gettext, gettext_noop
from markupsafe import Markup, escape

from balie import recognition
from balie.channels import clock
from balie.kernel import Sentence, Wording

# status: class of its colour, shape, word (README of the design: the word is always there, the colour only repeats it)
STATES = {
    "new": ("new", "dot", gettext_noop("New")),
    "open": ("open", "ring", gettext_noop("Open")),
    "waiting": ("waiting", "half", gettext_noop("Waiting")),
    "closed": ("done", "done", gettext_noop("Closed")),
}

# What is said where something recognised is covered.
_DATA = gettext_noop("covered")
_COVERED = {
    "BSN": gettext_noop("BSN"),
    "HETU": gettext_noop("personal identity code"),
    "IBAN": gettext_noop("IBAN"),
    "CREDIT_CARD": gettext_noop("card number"),
    "EMAIL": gettext_noop("e-mail address"),
    "PHONE": gettext_noop("phone number"),
}


@cache
def icon(name: str, kind: str = "") -> Markup:
    """One drawing of the sprite; it says nothing by itself, so a word stands beside it."""
    drawn = f'<svg class="i {kind}" aria-hidden="true"><use href="{_sprite()}#i-{name}"/></svg>'
    return _safe(drawn)


def state(status: str) -> Markup:
    """A ticket's status as shape and word."""
    return _state(status, translation.get_language() or "en")


@cache
def _state(status: str, language: str) -> Markup:
    colour, shape, word = STATES[status]
    return Markup('<span class="state {}">{}{}</span>').format(colour, icon(shape), gettext(word))


def said(value: object) -> str:
    """A sentence, or words of the register, in the reader's language."""
    if isinstance(value, Sentence):
        return value.say(_language(), gettext)
    if isinstance(value, Wording):
        return value.read(_language())
    return "" if value is None else str(value)


def tongue(value: object) -> Markup:
    """The language that `said` had to fall back on, as a `lang` attribute; nothing where it is the reader's own."""
    return _foreign(value, _language()) if isinstance(value, Wording) else _safe("")


def words(value: object) -> Markup:
    """Words of the register, marked with their language where it is not the reader's."""
    if not isinstance(value, Wording):
        return escape(said(value))
    language = _language()
    text, mark = escape(value.read(language)), _foreign(value, language)
    return _safe(f"<span{mark}>{text}</span>") if mark else text


def _foreign(value: Wording, language: str) -> Markup:
    if value.first == language or value.by_language.get(language):
        return _safe("")
    return Markup(' lang="{}"').format(value.first)


def _language() -> str:
    return (translation.get_language() or "en").partition("-")[0]


def moment(at: datetime) -> Markup:
    """Day and time of a message."""
    return _time(at, clock.moment(at, timezone.now()))


def brief(at: datetime) -> Markup:
    """The shortest clear form, for lists."""
    return _time(at, clock.brief(at, timezone.now()))


def briefly() -> Callable[[datetime], Markup]:
    """`brief` for the lines of a list: what is the same for all is found out once."""
    say = clock.briefly(timezone.now())
    return lambda at: _time(at, say(at))


def day(value: date | datetime) -> str:
    return clock.short_day(value)


def long_day(value: date | datetime) -> str:
    return clock.long_day(value)


def short_date(value: date) -> str:
    return clock.day_and_month(value)


def month(value: date) -> str:
    return clock.month_of(value)


def plain(value: float) -> str:
    """A figure of a drawing: with a point, whatever the reader's language puts there."""
    return f"{value:g}"


def hour(value: datetime) -> str:
    return clock.clock(value)


def avatar(name: str, kind: str = "") -> Markup:
    """The round mark beside a name. Where there is no name, or it was erased, a drawing stands in place of the letters."""
    shown = escape(initials(name)) or icon("user")
    return _safe(f'<b class="avatar tiny{" " if kind else ""}{escape(kind)}" aria-hidden="true">{shown}</b>')


def initials(name: str) -> str:
    """Two letters of a name, one of an address (the rest of it is no name), none where there are none."""
    letters = [word[0] for word in re.findall(r"[^\W\d_][\w'-]*", name.partition("@")[0])]
    last = [] if "@" in name else letters[1:][-1:]
    return "".join(letters[:1] + last).upper()


def prose(parts: Iterable[str | recognition.Masked]) -> Markup:
    """A text in paragraphs as its writer set them, with a blot for each part that is not shown."""
    html = "".join(_spans(parts)).strip()
    paragraphs = (one.replace("\n", "<br>") for one in re.split(r"\n[ \t]*\n\s*", html))
    return _safe("".join(f"<p>{one}</p>" for one in paragraphs))


def gist(parts: Iterable[str | recognition.Masked]) -> Markup:
    """The beginning of a text on one line, masked parts masked here as well."""
    shown, room = [], 140
    for part in parts:
        if room <= 0:
            break
        shown.append(part[:room] if isinstance(part, str) else part)
        room -= len(part) if isinstance(part, str) else 12
    return _safe(re.sub(r"\s+", " ", "".join(_spans(shown))).strip())


def _spans(parts: Iterable[str | recognition.Masked]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            yield escape(part.replace("\r\n", "\n").replace("\r", "\n"))
        else:
            word = gettext(_COVERED.get(part.label, _DATA))
            yield Markup('<span class="blot">{} {}</span>').format(word, part.number)


def _safe(html: str) -> Markup:
    """HTML of our own making: what people wrote was escaped by `_spans`, the rest are words of this file."""
    return Markup(html)  # noqa: S704 - see above; the tests send tags and quotes through every tag here


def _time(at: datetime, shown: str) -> Markup:
    return _safe(f'<time datetime="{at.isoformat(timespec="minutes")}">{escape(shown)}</time>')


def _sprite() -> str:
    return static("vendor/icons/icons.svg")


def capfirst(value: object) -> str:
    """The first letter a capital, the rest as it is."""
    text = str(value)
    return text[:1].upper() + text[1:]


GLOBALS = {one.__name__: one for one in (icon, state, words, moment, brief, briefly, avatar, prose, gist)}
FILTERS = {
    one.__name__: one for one in (said, tongue, day, long_day, short_date, month, plain, hour, capfirst, filesizeformat)
}
