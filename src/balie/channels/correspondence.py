"""What is said of a mail as it came: why it could not be read, how it was protected."""

from balie.kernel import Sentence, sentence

_UNREADABLE = {
    "not-mail": sentence("This could not be read: it is not written as a mail is."),
    "header-too-large": sentence("This mail could not be read: its head is larger than is safe to open."),
    "too-many-parts": sentence("This mail could not be read: it has more parts than is safe to open."),
    "too-deep": sentence("This mail could not be read: it is packed part within part, deeper than is safe to open."),
    "too-large": sentence("This mail could not be read: unpacked it is larger than is safe to open."),
    "took-too-long": sentence("This mail could not be read: to take it apart took too long."),
    "reader-died": sentence("This mail could not be read: to take it apart broke off."),
}
_PROTECTION = {
    "signed": sentence("Signed"),
    "encrypted": sentence("Encrypted: cannot be read here"),
}


def unreadable(code: str) -> Sentence:
    """Why a mail could not be read, by the code that the reader gave."""
    return _UNREADABLE.get(code) or sentence("This mail could not be read.")


def protection(code: str) -> Sentence | None:
    """How a mail was protected on its way; None where nothing is told."""
    return _PROTECTION.get(code)
