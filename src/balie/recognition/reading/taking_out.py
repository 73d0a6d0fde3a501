"""What comes out of an archive, counted as it comes: what an archive says about sizes is not believed."""

import zipfile
from typing import IO

from balie.recognition.reading.findings import Findings, Over
from balie.recognition.reading.outcome import Reason

ENCRYPTED = 0x1  # the flag of a zip member (APPNOTE 4.4.4)
_PIECE = 256 * 1024


def taken_out(found: Findings, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """One member of a zip. Raises Over when more comes out of archives than is looked into."""
    if member.flag_bits & ENCRYPTED:
        raise Over(Reason.CLOSED)
    try:
        with archive.open(member) as file:
            return all_of(found, file)
    except NotImplementedError:
        raise Over(Reason.UNKNOWN_KIND) from None


def all_of(found: Findings, file: IO[bytes]) -> bytes:
    """What comes out, counted. Raises Over for too much."""
    pieces = []
    while piece := file.read(min(_PIECE, found.inflated + 1)):
        found.inflated -= len(piece)
        if found.inflated < 0:
            found.inflated = 0
            raise Over(Reason.TOO_LARGE)
        pieces.append(piece)
    return b"".join(pieces)
