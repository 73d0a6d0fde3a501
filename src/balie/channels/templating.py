"""Templates: Jinja2, since a list of fifty rows costs a tenth of what it costs in Django's own templates."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from jinja2 import Environment

from balie.channels import tags


def environment(**options: Any) -> Environment:
    """The environment of all pages and mails: what they may say beyond HTML, and where their sentences are translated."""
    made = Environment(  # noqa: S701 - Django's backend turns escaping on
        extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True, **options
    )
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals |= {"_": made.globals["gettext"], "url": url, "static": static, **tags.GLOBALS}
    made.filters |= tags.FILTERS
    return made


def url(name: str, **places: object) -> str:
    """The address of a route (see `channels/access.py`)."""
    return reverse(name, kwargs=places)
