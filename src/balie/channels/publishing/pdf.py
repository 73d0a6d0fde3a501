"""A notice as a PDF: tagged for readers that speak (PDF/UA-1), with title and language. Made without asking any other host."""

from balie import register
from balie.channels.publishing import apart
from balie.channels.publishing.page import html
from balie.kernel import Refused, sentence


def pdf(notice: register.Notice, organisation: str, *, large: bool = False) -> bytes:
    """A notice as a PDF. Raises Refused where the system has no Pango."""
    return printed(html(notice, organisation, large=large))


def printed(page: str) -> bytes:
    """A page that carries all it needs, as a PDF. Raises Refused where the system has no Pango."""
    try:
        return apart.printed(page)
    except (ImportError, OSError):
        raise Refused(
            sentence(
                "A PDF needs Pango, which this system does not have: install it (on Debian `apt-get install libpango-1.0-0 "
                "libpangoft2-1.0-0 libharfbuzz-subset0`), or publish as HTML and print that from a browser."
            )
        ) from None
