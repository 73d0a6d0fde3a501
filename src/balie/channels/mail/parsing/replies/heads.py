"""The head of an older mail in the text: a line that parts, or labels such as From, Sent, To and Subject."""

import re

from balie.channels.mail.parsing.replies.lines import DECORATION, TABLES, Lines, is_rule
from balie.channels.mail.parsing.replies.phrases import ABOVE

LABEL = 40  # signs of the longest label
SPAN = 30  # lines of the longest head
WRAPPED = 3  # lines in a row that go on with the value of a label

_SEPARATORS = frozenset(TABLES.separators)
_OPEN_ENDED = ("forwarded by", "original message processed by", "weitergeleitet von", "message from")
_ABOVE = tuple(ABOVE.split("|"))
_DATED = re.compile(r"\d{1,4}\D{1,20}\d{1,4}\D{1,20}\d")
_LABELLED = re.compile(r"\*?[^\W\d_][\w .'-]{0,30}\*? ?: ?\*?\S")
_NAMED_ADDRESS = re.compile(r"\S.{0,200}[<\[(](?:mailto:)?[^\s<>]{1,200}@[^\s<>]{1,200}[>\])]")


def is_separator(said: str) -> bool:
    """Whether a line says that an older mail follows: "-----Original Message-----", "Begin forwarded message:"."""
    if not said.endswith((":", "\uff1a")) and said[0] not in DECORATION and not said.startswith("Original"):
        return False
    core = said.strip(DECORATION + ":\uff1a").casefold()
    if core in _SEPARATORS:
        return said.casefold() != core
    drawn = said.startswith(("--", "__", "==", "**", "##"))
    if drawn and core.startswith(_OPEN_ENDED[:3]):
        return True
    return core.startswith(_OPEN_ENDED[1]) or (drawn and any(one in core for one in _ABOVE))


def head_at(lines: Lines, at: int) -> int:
    """The line after a head that begins at this line, or 0 if none does."""
    if role_of(lines.said[at]) not in ("sender", "sent", "to", "subject"):
        return _unknown_head_at(lines, at) if at and is_rule(lines.said[at - 1]) else 0
    roles: dict[str, str] = {}
    last = here = at
    while here < min(len(lines), at + SPAN) and here - last <= WRAPPED:
        role = role_of(lines.said[here])
        if role and (here == last + 1 or here == at or role not in roles):
            roles.setdefault(role, lines.said[here])
            last = here
        elif lines.said[here].startswith(">"):
            break
        here += 1
    if _is_whole(roles, alone=at == 0 or not lines.said[at - 1]):
        return last + 1
    return at + 1 if _is_one_line(lines.said[at]) else 0


def role_of(said: str) -> str:
    """What the label at the beginning of a line stands for, or nothing."""
    end = said.find(":", 0, LABEL)
    if end < 0:
        end = said.find("\uff1a", 0, LABEL)
    return TABLES.labels.get(said[:end].strip("*_ \t\u00a0|").casefold(), "") if end > 0 else ""


def before(lines: Lines, at: int) -> int:
    """Where the lines begin that are only drawn above this one."""
    first = at
    while at > 0 and (not lines.said[at - 1] or is_rule(lines.said[at - 1])):
        at -= 1
        if lines.said[at]:
            first = at
    return first


def _unknown_head_at(lines: Lines, at: int) -> int:
    """The line after a head in a language that is not known here: labels below a drawn line, with address and date."""
    after = at
    while after < min(len(lines), at + 8) and _LABELLED.match(lines.said[after]):
        after += 1
    said = lines.said[at:after]
    whole = len(said) >= 3 and any("@" in one for one in said) and any(_DATED.search(one) for one in said)
    return after if whole else 0


def _is_one_line(said: str) -> bool:
    """Whether one line holds a whole head."""
    found = {TABLES.labels.get(word[:-1].casefold(), "") for word in said.split() if word.endswith(":")}
    return len(found & {"sender", "sent", "to", "subject"}) >= 3 and "@" in said


def _is_whole(roles: dict[str, str], *, alone: bool) -> bool:
    """Whether these labels make a head, rather than a form that somebody filled in."""
    told = roles.keys() - {"other", "copy"}
    if len(told) >= 3:
        return "sender" in told or {"to", "subject"} <= told
    if len(told) == 2 and told != {"sent", "subject"} and told != {"to", "subject"}:
        return any("@" in value for value in roles.values()) or bool(_DATED.search(roles.get("sent", "")))
    return told == {"sender"} and alone and bool(_NAMED_ADDRESS.search(roles["sender"].partition(":")[2]))
