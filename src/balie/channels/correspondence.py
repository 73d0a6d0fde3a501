"""What is said of a mail: why it could not be read, how it is protected, why it has not gone or did not arrive."""

from balie.kernel import Sentence, sentence

_UNREADABLE = {
    "not-mail": sentence("This could not be read: it is not written as a mail is."),
    "header-too-large": sentence("This mail could not be read: its head is larger than is safe to open."),
    "too-many-parts": sentence("This mail could not be read: it has more parts than is safe to open."),
    "too-deep": sentence("This mail could not be read: it is mail within mail, deeper than is safe to open."),
    "too-large": sentence("This mail could not be read: unpacked it is larger than is safe to open."),
    "took-too-long": sentence("This mail could not be read: to take it apart took too long."),
    "reader-died": sentence("This mail could not be read: to take it apart broke off."),
}
_PROTECTION = {
    "signed": sentence("Signed"),
    "encrypted": sentence("Encrypted: cannot be read here"),
}

# Status codes of mail servers (RFC 3463), the longest that fits: 5.1.1 before 5.1.
_ANSWERS = {
    "1.1": sentence("There is no such address."),
    "1.2": sentence("There is no such domain."),
    "1.3": sentence("The address is not written as an address is."),
    "1.6": sentence("The mailbox has moved, and nobody says where."),
    "1.10": sentence("The domain takes no mail."),
    "1": sentence("Something is wrong with the address."),
    "2.1": sentence("The mailbox takes no mail."),
    "2.2": sentence("The mailbox is full."),
    "2.3": sentence("The mail is larger than the mailbox takes."),
    "2": sentence("Something is wrong with the mailbox."),
    "3.4": sentence("The mail is larger than the other mail server takes."),
    "3": sentence("Something is wrong with the other mail server."),
    "4.1": sentence("The other mail server did not answer."),
    "4.2": sentence("The line to the other mail server broke."),
    "4.4": sentence("No mail server is known for the domain."),
    "4.6": sentence("The mail went round in a circle."),
    "4.7": sentence("The other mail server did not take it in time."),
    "4": sentence("The other mail server could not be reached."),
    "5": sentence("The other mail server and ours did not understand each other."),
    "6": sentence("The other mail server could not deal with what is in the mail."),
    "7.1": sentence("The other mail server refuses mail from us."),
    "7": sentence("The other mail server refuses it under its own rules."),
}
_REPLIES = {  # three figures, where a mail server says no more (RFC 5321)
    "421": sentence("The mail server was too busy."),
    "450": sentence("The mail server asked to come back later."),
    "451": sentence("The mail server asked to come back later."),
    "452": sentence("The mail server had no room left."),
    "535": sentence("The mail server did not take our name and password."),
    "550": sentence("There is no such address, or it refuses us."),
    "552": sentence("The mail is larger than the mail server takes."),
    "553": sentence("The address is not written as an address is."),
    "554": sentence("The mail server refuses it under its own rules."),
}
_OURS = {
    "ConnectionRefusedError": sentence("Nothing answers where our mail server should be."),
    "TimeoutError": sentence("Our mail server did not answer in time."),
    "gaierror": sentence("The name of our mail server is not known."),
    "SMTPServerDisconnected": sentence("Our mail server broke off."),
    "SSLCertVerificationError": sentence("The certificate of our mail server does not hold."),
    "left": sentence("It was on its way when the program was stopped; it is sent again."),
    "nothing-to-send": sentence("What it was to say has been erased."),
    "ValueError": sentence("The address cannot be written to."),
}
_LATER = sentence("The mail server could not take it now.")
_NEVER = sentence("The mail server refused it.")
_UNKNOWN = sentence("It did not go, and nothing says why.")


def unreadable(code: str) -> Sentence:
    """Why a mail could not be read, by the code that the reader gave."""
    return _UNREADABLE.get(code) or sentence("This mail could not be read.")


def protection(code: str) -> Sentence | None:
    """How a mail was protected on its way; None where nothing is told."""
    return _PROTECTION.get(code)


def why_not(code: str) -> Sentence:
    """Why something did not go or arrive: `5.1.1` (RFC 3463), `550` (RFC 5321), or the kind of an error of our own."""
    if code in _OURS or code in _REPLIES:
        return _OURS.get(code) or _REPLIES[code]
    head, _, detail = code.partition(".")
    if detail:
        found = _ANSWERS.get(detail) or _ANSWERS.get(detail.partition(".")[0])
        return found or (_NEVER if head == "5" else _LATER)
    if head.isdigit():
        return _NEVER if head.startswith("5") else _LATER
    return _UNKNOWN if not code else _LATER
