"""A register's plain data, written down beside the adopted version so that a process need not read the file anew.

It is JSON, which can do nothing but be read, and it is obeyed only while it fits the version that it was made of: a copy that was
changed, or whose version was, or that another way of reading made, is left alone and the file is read again.
"""

import hashlib
import json

from balie.register.reading import Document
from balie.register.versions import Version, settings_name

FORM = 1  # counts the ways in which files become plain data; with a new one, every copy is left alone


def compiled(version: Version) -> str:
    """The plain data of a register and its settings as one text."""
    return json.dumps([version.data, version.settings], default=dict, ensure_ascii=False, separators=(",", ":"))


def seal(plain: str, *texts: str) -> str:
    """What the copy is checked by: SHA-256 over the copy and every text that it was made of, in hexadecimal."""
    found = hashlib.sha256(b"%d" % FORM)
    for text in (plain, *texts):
        found.update(hashlib.sha256(text.encode()).digest())
    return found.hexdigest()


def documents(plain: str, *, name: str) -> tuple[Document, Document]:
    """Register and settings from a copy that fits. They know no lines: those are for whoever writes the file."""
    register, settings = json.loads(plain)
    return Document(name, register), Document(settings_name(name), settings)
