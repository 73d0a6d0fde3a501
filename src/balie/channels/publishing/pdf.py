"""A notice as a PDF: tagged for readers that speak (PDF/UA-1), with title and language. Made without asking any other host.

WeasyPrint is loaded only here, when a PDF is made: it needs Pango, a library of the system, which a server may not have.
"""

from functools import cache
from typing import Any

from balie import register
from balie.channels.publishing.page import html
from balie.kernel import Refused, sentence


def pdf(notice: register.Notice, organisation: str, *, large: bool = False) -> bytes:
    """A notice as a PDF. Raises Refused where the system has no Pango."""
    return printed(html(notice, organisation, large=large))


def printed(page_: str) -> bytes:
    """A page that carries all it needs, as a PDF. Raises Refused where the system has no Pango."""
    weasyprint, closed = _maker()
    page = weasyprint.HTML(string=page_, base_url="balie:", url_fetcher=closed)
    made: bytes = page.write_pdf(pdf_variant="pdf/ua-1")
    return made


@cache
def _maker() -> tuple[Any, Any]:
    """WeasyPrint, and its way to files, which is shut: all that a page needs is in the page."""
    try:
        import weasyprint
        from weasyprint.urls import FatalURLFetchingError, URLFetcher
    except (ImportError, OSError):
        raise Refused(
            sentence(
                "A PDF needs Pango, which this system does not have: install it (on Debian `apt-get install libpango-1.0-0 "
                "libpangoft2-1.0-0 libharfbuzz-subset0`), or publish as HTML and print that from a browser."
            )
        ) from None

    class Closed(URLFetcher):  # type: ignore[misc]
        """Reads what stands in the page itself and nothing else."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.startswith("data:"):
                raise FatalURLFetchingError(f"A notice asks nothing of {url}.")
            return super().fetch(url, headers)

    return weasyprint, Closed()
