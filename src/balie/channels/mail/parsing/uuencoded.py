"""Files that stand uuencoded in the text of a mail, as programs wrote them before there were parts."""

import re

from balie.channels.mail.parsing.encodings import undo
from balie.channels.mail.parsing.file_names import safe
from balie.channels.mail.parsing.outcome import ReadAttachment

FILES = 100

_BEGIN = re.compile(r"^begin [0-7]{3,4}(?: ([^\n]{0,300}))?\n(?=[!-`][ -`]{0,90}\n)", re.MULTILINE)
_END = re.compile(r"^end[ \t]*$", re.MULTILINE)


def take_out(text: str) -> tuple[str, tuple[ReadAttachment, ...]]:
    """The text without the files in it, and the files."""
    if "begin " not in text:
        return text, ()
    kept, files, at = [], list[ReadAttachment](), 0
    while len(files) < FILES and (begin := _BEGIN.search(text, at)) and (end := _END.search(text, begin.end())):
        kept.append(text[at : begin.start()])
        content = undo(text[begin.end() : end.start()].encode("ascii", "replace"), "x-uuencode")
        files.append(ReadAttachment(safe(begin[1] or ""), "application/octet-stream", content, False))
        at = end.end()
    return "".join([*kept, text[at:]]).strip("\n").rstrip(), tuple(files)
