"""What mail programs say of a piece of an HTML mail by the names they give it: that it is old, or a signature."""

import re
from collections.abc import Mapping

NAMES = frozenset({"class", "id", "name", "data-marker", "style"})  # the attributes that tell it

OLD = "old"  # what is inside
OLD_FROM_HERE = "old from here"  # this and all that follows
SIGNATURE = "signature"

_TOLD = {
    OLD: {
        *("moz-cite-prefix", "moz-forward-container", "yahoo_quoted", "protonmail_quote", "tutanota_quote"),
        *("messagereplysection", "olk_src_body_section", "front-blockquote", "mailru-blockquote", "quoted-content"),
    },
    OLD_FROM_HERE: {
        "divrplyfwdmsg",
        "appendonsend",
        "outlookmessageheader",
        "__quoted_text__",
        "zwchr",
        "stopspelling",
    },
    SIGNATURE: {
        *("gmail_signature", "moz-signature", "signature", "applemailsignature", "ms-outlook-mobile-signature"),
        *("composer_signature", "protonmail_signature_block", "tutanota_signature"),
    },
}
_BY_NAME = {name: kind for kind, names in _TOLD.items() for name in names}
# The line above the head of the older mail, as programs that write with Word draw it.
_LINE_ABOVE = re.compile(r"\s*border:\s*none;\s*border-top:\s*solid", re.IGNORECASE)
_GIVEN = ("class", "id", "name", "data-marker")


def told(attributes: Mapping[str, str]) -> str:
    """What a piece is by its attributes: `OLD`, `OLD_FROM_HERE`, `SIGNATURE` or nothing."""
    for given in _GIVEN:
        for name in attributes.get(given, "")[:200].split():
            if kind := _BY_NAME.get(name.casefold()):
                return kind
    return OLD_FROM_HERE if _LINE_ABOVE.match(attributes.get("style", "")) else ""
