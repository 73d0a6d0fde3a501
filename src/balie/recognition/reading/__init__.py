"""Looks into files that people send: `read_texts` gives the texts in any bytes with where they stand, in bounded time
and space, and says what it could not look into. `blacken` covers areas of a picture.
"""

from balie.recognition.reading.blacking import Picture
from balie.recognition.reading.outcome import Box, Mark, Piece, Place, Read, Reason, Unreadable
from balie.recognition.reading.reading import blacken, read_texts, reader_of_pictures

__all__ = [
    "Box",
    "Mark",
    "Picture",
    "Piece",
    "Place",
    "Read",
    "Reason",
    "Unreadable",
    "blacken",
    "read_texts",
    "reader_of_pictures",
]
