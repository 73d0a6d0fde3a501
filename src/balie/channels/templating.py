"""Templates: Jinja2, since a list of fifty rows costs a tenth of what it costs in Django's own templates."""

from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext
from jinja2 import Environment
from markupsafe import Markup

from balie.channels import tags


def environment(**options: Any) -> Environment:
    """The environment of all pages and mails: what they may say beyond HTML, and where their sentences are translated."""
    made = Environment(  # noqa: S701 - Django's backend turns escaping on
        extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True, **options
    )
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals |= {"_": say, "gettext": say, "url": url, "static": static, **tags.GLOBALS}
    made.filters |= tags.FILTERS
    return made


@lru_cache(maxsize=2048)
def url(name: str, **places: object) -> str:
    """The address of a route (see `channels/access.py`)."""
    return reverse(name, kwargs=places)


def say(message: str, /, **variables: object) -> Markup:
    """A sentence of a template in the reader's language, with these put into it: as `jinja2.ext.i18n` does it, looked up once."""
    said = _translated(translation.get_language() or "en", message)
    return said % variables if variables or "%" in said else said


@lru_cache(maxsize=4096)
def _translated(language: str, message: str) -> Markup:
    return Markup(gettext(message))  # noqa: S704 - our own sentences
