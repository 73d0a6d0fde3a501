"""Tests that read pictures need Tesseract, and some Poppler. Without them they are skipped by name, and say so."""

import pytest

from balie.recognition.reading import drawing, letters

reads_pictures = pytest.mark.skipif(not letters.language(), reason="Tesseract is not installed: run tools/tesseract.sh")
draws_pages = pytest.mark.skipif(
    not (letters.language() and drawing.installed()), reason="Poppler is not installed: run tools/tesseract.sh"
)
