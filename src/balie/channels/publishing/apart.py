"""A page becomes a PDF: WeasyPrint, shut off from all that is not in the page. Also a program of its own: page in, PDF out.

It imports nothing of Balie, so that the process which makes a PDF for a stranger holds no key and no data. WeasyPrint is loaded
only when a PDF is made: it needs Pango, a library of the system, which a server may not have.
"""

import sys
from functools import cache
from typing import Any

NO_PANGO = 3  # what this program ends with where the system has none
_MEMORY = 2 * 1024**3  # bytes
_SECONDS = 60  # of the processor


def printed(page: str) -> bytes:
    """A page as a PDF: tagged for readers that speak (PDF/UA-1), with title and language. ImportError or OSError without Pango."""
    weasyprint, closed = _maker()
    made: bytes = weasyprint.HTML(string=page, base_url="balie:", url_fetcher=closed).write_pdf(pdf_variant="pdf/ua-1")
    return made


@cache
def _maker() -> tuple[Any, Any]:
    """WeasyPrint, and its way to files, which is shut: all that a page needs is in the page."""
    import weasyprint
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class Closed(URLFetcher):  # type: ignore[misc]
        """Reads what stands in the page itself and nothing else."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.startswith("data:"):
                raise FatalURLFetchingError(f"A notice asks nothing of {url}.")
            return super().fetch(url, headers)

    return weasyprint, Closed()


def main() -> int:
    """Read a page, write a PDF, within bounds."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    page = sys.stdin.buffer.read().decode("utf-8")
    try:
        made = printed(page)
    except (ImportError, OSError):
        return NO_PANGO
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
