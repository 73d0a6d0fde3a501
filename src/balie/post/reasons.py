"""Why something has not gone: the codes of mail servers and our own, in a sentence that says what to do."""

import re

from balie.kernel import Sentence, sentence

_OURS = {
    "left": sentence("The last attempt was cut off, and it is sent again."),
    "given-up": sentence("An administrator gave it up."),
    "nothing-to-send": sentence("What it should say, or to whom, has been erased: it cannot be sent."),
    "not-an-address": sentence("The address cannot be written to. Correct it on the ticket and answer again."),
    "no-connection": sentence("Our mail server cannot be reached. Nothing is lost; it is tried again."),
    "no-answer": sentence("Our mail server did not answer in time. Nothing is lost; it is tried again."),
    "dropped": sentence("Our mail server ended the connection midway. Nothing is lost; it is tried again."),
    "no-tls": sentence("Our mail server offers no encryption, which the setting BALIE_RELAY asks for."),
    "tls": sentence("No encrypted connection with our mail server came about: see `balie mail test`."),
    "certificate": sentence("The certificate of our mail server could not be verified: see `balie mail test`."),
    "sign-in": sentence("Our mail server refused our user name and password: see `balie mail test`."),
    "not-ready": sentence("Our mail server is not ready to take mail. Nothing is lost; it is tried again."),
}
_NUMBERED = (  # enhanced status codes (RFC 3463 and the registry of its codes), the first that fits
    (r"[45]\.1\.(1|0|6)", sentence("There is no such address at the recipient's mail server.")),
    (r"[45]\.1\.(2|10)", sentence("The recipient's domain takes no mail, or does not exist.")),
    (r"[45]\.1\.3", sentence("The address cannot be written to. Correct it on the ticket and answer again.")),
    (r"[45]\.1\.[78]", sentence("The mail server does not accept the desk's address as a sender.")),
    (r"[45]\.2\.1", sentence("The recipient's mailbox is switched off or takes no mail now.")),
    (r"[45]\.2\.2", sentence("The recipient's mailbox is full.")),
    (
        r"[45]\.(2\.3|3\.4)",
        sentence("The mail is too large for the recipient's mail server: send fewer or smaller files."),
    ),
    (
        r"4\.(7\.\d+|2\.0)",
        sentence("The mail server asks us to come back later, as many do with senders they do not know."),
    ),
    (r"5\.7\.\d+", sentence("The mail server refuses this mail by its own rules.")),
    (r"[45]\.6\.7", sentence("The address has letters that a mail server on the way does not know (SMTPUTF8).")),
    (r"[45]\.4\.6", sentence("The mail went round in circles between mail servers.")),
    (r"[45]\.4\.\d+", sentence("The recipient's mail server cannot be reached.")),
    (r"4(\.\d+\.\d+|\d\d)", sentence("The mail server cannot take it now. Nothing is lost; it is tried again.")),
    (r"5(\.\d+\.\d+|\d\d)", sentence("The mail server refused it for good.")),
)
_OTHER = sentence("It could not be sent.")


def reason(code: str) -> Sentence | None:
    """Why, in words, for the `last_error` of a row or the `delivery_code` of an answer; None for an empty code."""
    if not code or code in _OURS:
        return _OURS.get(code)
    return next((say for pattern, say in _NUMBERED if re.fullmatch(pattern, code)), _OTHER)
