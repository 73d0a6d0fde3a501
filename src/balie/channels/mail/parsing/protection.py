"""Whether a mail is signed or enciphered, as its form says (RFC 8551, RFC 3156); nobody has checked anything."""

import re
from collections.abc import Iterator

from balie.channels.mail.parsing import signed_content
from balie.channels.mail.parsing.opening import CMS
from balie.channels.mail.parsing.parts import Part

_ENVELOPED = (signed_content.ENVELOPED, signed_content.AUTHENTICATED)
_ARMOUR = re.compile(r"^-----BEGIN PGP (MESSAGE|SIGNED MESSAGE)-----[ \t]*$", re.MULTILINE)


def protection_of(whole: Part, text: str) -> str:
    """`encrypted`, `signed` or empty. text: the mail's text, in which PGP's armour may stand."""
    kinds = {_kind(part) for part in _each(whole)}
    if "-----BEGIN PGP " in text:
        kinds |= {"encrypted" if match[1] == "MESSAGE" else "signed" for match in _ARMOUR.finditer(text)}
    return next((kind for kind in ("encrypted", "signed") if kind in kinds), "")


def _each(part: Part) -> Iterator[Part]:
    yield part
    for one in part.children:
        yield from _each(one)


def _kind(part: Part) -> str:
    if part.media_type in ("multipart/signed", "multipart/encrypted"):
        return part.media_type.removeprefix("multipart/")
    if part.media_type not in CMS and part.parameters.get("name", "").lower() != "smime.p7m":
        return ""
    said = part.parameters.get("smime-type", "").lower()
    if said in ("enveloped-data", "authenveloped-data", "authenticated-enveloped-data"):
        return "encrypted"
    if said == "signed-data":
        return "signed"
    kind = signed_content.kind(part.content)
    return "encrypted" if kind in _ENVELOPED else "signed" if kind == signed_content.SIGNED else ""
