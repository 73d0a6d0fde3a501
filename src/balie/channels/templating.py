"""Templates: Jinja2, since a list of fifty rows costs a tenth of what it costs in Django's own templates."""

from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext
from jinja2 import Environment, nodes, pass_context
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from balie.channels import tags


class _Direct(NodeTransformer):
    """Turns each call of one of our own functions into the same as a filter. Jinja calls a filter at once; of a function it first
    finds out what it is, which for a short one takes longer than the call.
    """

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - as Jinja names it
        self.generic_visit(node)
        if not isinstance(node.node, nodes.Name) or node.node.name not in _DIRECT or not node.args:
            return node
        first, *others = node.args
        return nodes.Filter(
            first, node.node.name, others, node.kwargs, node.dyn_args, node.dyn_kwargs, lineno=node.lineno
        )


class Compiled(Environment):
    """The environment of all pages and mails; see `environment`. Django's backend turns escaping on."""

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        return super()._generate(_Direct().visit(source), *args, **kwargs)


def environment(**options: Any) -> Environment:
    """The environment of all pages and mails: what they may say beyond HTML, and where their sentences are translated."""
    made = Compiled(extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True, **options)
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals |= _FUNCTIONS
    made.filters |= _FUNCTIONS | tags.FILTERS
    return made


@lru_cache(maxsize=2048)
def url(name: str, **places: object) -> str:
    """The address of a route (see `channels/access.py`)."""
    return reverse(name, kwargs=places)


@pass_context
def say(context: Context, message: str, /, **variables: object) -> Markup:
    """A sentence of a template in the reader's language, with these put into it: as `jinja2.ext.i18n` does it, looked up once."""
    said = _translated(context.parent.get("language") or translation.get_language() or "en", message)
    return said % variables if variables or "%" in said else said


@lru_cache(maxsize=4096)
def _translated(language: str, message: str) -> Markup:
    with translation.override(language):
        return Markup(gettext(message))  # noqa: S704 - our own sentences


_FUNCTIONS = {"_": say, "gettext": say, "url": url, "static": static, **tags.GLOBALS}
_DIRECT = _FUNCTIONS.keys() - {"icon"}  # a document that stands alone gives its templates drawings of its own
