"""A notice or a record as a document that stands on its own: a page, a PDF, or Markdown. All from the register alone."""

from balie.channels.publishing.kept import kept_pdf
from balie.channels.publishing.markdown import markdown
from balie.channels.publishing.page import html, style
from balie.channels.publishing.pdf import pdf, printed

__all__ = ["html", "kept_pdf", "markdown", "pdf", "printed", "style"]
