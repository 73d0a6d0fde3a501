"""What we need to be let in at the mail server: the password, and whose certificates are believed."""

import ssl
import stat
from pathlib import Path
from typing import Any

from django.conf import settings

from balie.kernel import Invalid, sentence


def check() -> None:
    """Raise Invalid, with a sentence that says what to do, when a password or certificate that the settings name is no good."""
    relay: Any = settings.BALIE_RELAY
    if relay is None:
        return
    password()
    context()


def password() -> str:
    """The password for the user of BALIE_RELAY; nothing when there is no user. Raises Invalid when it is missing or open to others."""
    relay: Any = settings.BALIE_RELAY
    if not relay.user:
        return ""
    found = settings.BALIE_RELAY_PASSWORD or _from_file()
    if not found:
        raise Invalid(
            sentence(
                "BALIE_RELAY names a user and there is no password: put it into a file, named in BALIE_RELAY_PASSWORD_FILE."
            )
        )
    if not found.isascii() or not relay.user.isascii():
        raise Invalid(
            sentence("User and password of the mail server (BALIE_RELAY) may hold plain letters and signs only.")
        )
    return str(found)


def context() -> ssl.SSLContext:
    """TLS as this relay asks for it: certificates are verified unless whoever answers will do. Raises Invalid."""
    relay: Any = settings.BALIE_RELAY
    file = settings.BALIE_RELAY_CERTIFICATES
    try:
        made = ssl.create_default_context(cafile=str(file) if file else None)
    except (OSError, ssl.SSLError):
        say = sentence("{path} (BALIE_RELAY_CERTIFICATES) holds no certificates that can be read (PEM).", path=file)
        raise Invalid(say) from None
    if relay.tls == "opportunistic":
        made.check_hostname, made.verify_mode = False, ssl.CERT_NONE
    return made


def _from_file() -> str:
    if not settings.BALIE_RELAY_PASSWORD_FILE:
        return ""
    path = Path(settings.BALIE_RELAY_PASSWORD_FILE)
    try:
        mode, text = path.stat().st_mode, path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        say = sentence(
            "There is no password of the mail server to be read at {path}: put it there, or correct BALIE_RELAY_PASSWORD_FILE.",
            path=path,
        )
        raise Invalid(say) from None
    if stat.S_IMODE(mode) & 0o077:
        say = sentence("Others can read the password of the mail server at {path}. Run `chmod 600` on it.", path=path)
        raise Invalid(say)
    return text.strip("\r\n")
