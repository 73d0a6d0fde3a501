"""What stands below a reply: the name and how to reach it, a company's notice, a line that a mail program adds."""

import re

from balie.channels.mail.parsing.replies.lines import TABLES, Lines, bare, is_rule
from balie.channels.mail.parsing.replies.phrases import BANNERS, DEVICES, OUTSIDE

LONGEST = 25  # lines of a signature below its mark
BELOW = 30  # lines above the end in which a closing formula is looked for
NAME = 40  # signs
LINE = 90  # signs of a line in a signature

_MARKS = frozenset({"--", "__", "\u2014", "\u2013", "- -", "-- --", "++", "=="})
_DEVICES = frozenset(DEVICES.split("|"))
_BANNERS = tuple(BANNERS.split("|"))
_OUTSIDE = frozenset(OUTSIDE.split("|"))
_SENT_BACKWARDS = re.compile(r"(?:von mein|vom |diese nachricht wurde).{0,80} gesendet\W{0,3}$|.{0,40}\u50b3\u9001$")
_WORD = re.compile(r"[^\W_]+(?:[-'\u2019][^\W_]+)*")
_CONTACT = re.compile(
    r"@|https?://|www\.|\+?\d[\d ()/.-]{6,}\d|\b(?:tel|tlf|phone|mob|mobile|fax|gsm|puh)\b|mailing list|unsubscribe",
    re.I,
)
_DASHED_NAME = re.compile(r"[-\u2013\u2014/~] ?[^\W\d_][\w.'\u2019-]{0,30}(?: [^\W\d_][\w.'\u2019-]{0,30}){0,3}$")
_MARKED_NAME = re.compile(r"-- ?[^\W\d_-].{0,60}$")
_AFTERTHOUGHT = ("ps ", "ps:", "p.s", "ps.", "nb:", "n.b.")
_SMALL_WORDS = frozenset(
    {"van", "von", "der", "den", "de", "da", "di", "la", "le", "el", "af", "av", "und", "and", "en", "ja"}
)


def _by_first_word() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in TABLES.closings:
        found.setdefault(_WORD.search(one)[0] if _WORD.search(one) else one, []).append(bare(one))  # type: ignore[index]
    return found


_FORMULAS = _by_first_word()
_WEAK = frozenset(
    {"thanks", "best", "thank you", "tack", "tak", "t", "kiitos", "danke", "merci", "gracias", "grazie", "bedankt"}
)


def take_signatures(lines: Lines) -> None:
    """Mark what is not the sender's message in what the sender wrote: call it when the quotations are marked."""
    for number, (first, after) in enumerate(list(lines.stretches())):
        if number == 0:
            first = _take_banner(lines, first, after)
        after = _take_devices(lines, first, after)
        start = _marked(lines, first, after)
        # Above a company's notice or the foot of a mailing list there may be the sender's own.
        start = _marked(lines, first, above) if (above := _trimmed(lines, first, start)) > first else start
        lines.take(start, after, "signature")
        _take_closing(lines, first, _trimmed(lines, first, start), folded=start < after)


def _take_banner(lines: Lines, first: int, after: int) -> int:
    """A notice above the mail that it came from outside."""
    if not bare(lines.said[first]).startswith(_BANNERS) and not lines.said[first].casefold().startswith("[external"):
        return first
    end = first
    while end < after and lines.said[end]:
        end += 1
    words = _WORD.findall(" ".join(lines.said[first:end]).casefold())
    if _OUTSIDE.isdisjoint(words) or end - first > 6:
        return first
    lines.take(first, end, "device")
    return lines.next_said(end)


def _take_devices(lines: Lines, first: int, after: int) -> int:
    """Mark the lines of mail programs; where the text ends without those at its end."""
    for at in range(first, after):
        said = lines.said[at]
        if said and len(said) <= 200 and is_device(said):
            ends = at + 1 == after or not lines.said[at + 1] or is_device(lines.said[at + 1])
            begins = at == first or len(lines.said[at - 1]) < LINE
            if ends and begins:
                lines.kinds[at] = "device"
    return _trimmed(lines, first, after)


def is_device(said: str) -> bool:
    """Whether a line is one that mail programs add: "Sent from my phone"."""
    small = said.strip(" <>()[]*_\u00a0\"'-").casefold()
    if not small.startswith(TABLES.devices):
        return bool(_SENT_BACKWARDS.match(small))
    words = _WORD.findall(small.replace("-", " "))
    rest = small[len(next(one for one in TABLES.devices if small.startswith(one))) :]
    if len(words) <= 6 and "," not in rest and not small.endswith("?"):
        return True
    return len(said) <= 120 and not _DEVICES.isdisjoint(words[:8])


def _marked(lines: Lines, first: int, after: int) -> int:
    """Where a signature begins that is marked as such, or the end."""
    left = sum(1 for said in lines.said[first:after] if said)
    for at in range(first, after):
        said = lines.said[at]
        if not said:
            continue
        left -= 1
        if left <= LONGEST and _begins_signature(lines, at, after):
            return at
    return after


def _begins_signature(lines: Lines, at: int, after: int) -> bool:
    said = lines.said[at]
    if said in _MARKS:
        return True
    if is_rule(said):
        return _is_contact(lines, at + 1, after)
    if at and lines.said[at - 1]:
        return False
    if said.casefold().lstrip("*_ ").startswith(TABLES.notices):
        return True
    return _is_dashed_name(lines, at, after)


def _is_contact(lines: Lines, first: int, after: int) -> bool:
    """Whether these lines name somebody or something and how to reach it, rather than say anything."""
    said = [one for one in lines.said[first:after] if one]
    if not said or _is_formula(said[0]):
        return False
    short = len(said[0]) <= LINE and not said[0].endswith((".", "?", "!", ":"))
    if short and any(_CONTACT.search(one) for one in said[:8]):
        return len(said) <= 15 or bool(lines.said[first])
    if any(_is_formula(one) for one in said) or any(
        is_rule(one) for one in [*said, *lines.said[max(first - 13, 0) : first - 1]]
    ):
        return False
    drawn_upon = lines.said[first - 1].startswith("_") and bool(lines.said[first])
    return len(said) <= 5 and (drawn_upon or not any(one.endswith((".", "?", "!", ":")) for one in said))


def _is_dashed_name(lines: Lines, at: int, after: int) -> bool:
    said = lines.said[at]
    if not (_DASHED_NAME.match(said) or _MARKED_NAME.match(said)) or lines.text[lines.starts[at]] != said[0]:
        return False
    if any(one for one in lines.said[at + 4 : after]):
        return False
    above = [one for one in lines.said[:at] if one]
    return bool(above) and not any(one.startswith(said[0]) for one in [*lines.said[at + 1 : after], *above[-8:]])


def _take_closing(lines: Lines, first: int, after: int, *, folded: bool) -> None:
    """Mark a closing formula with the name below it: a name alone stays in the reply, more is a signature."""
    for at in range(max(first, after - BELOW), after):
        if not lines.said[at] or lines.kinds[at] or not _is_formula(lines.said[at]):
            continue
        end = _afterthought(lines, at, after)
        rest = [one for one in lines.said[at + 1 : end] if one]
        if not _is_signed(rest, bare(lines.said[at]) in _WEAK):
            continue
        if len(rest) <= 1 or (folded and len(rest) <= 2):
            lines.take(at, end, "closing")
        else:
            alone = not any(lines.said[first:at])
            lines.take(at + alone, end, "signature")
        return


def _is_formula(said: str) -> bool:
    """Whether a line is a closing formula, perhaps with a name behind it or with one of another language."""
    small = bare(said)
    if not small or len(small) > 70 or (word := _WORD.match(small)) is None:
        return False
    for one in _FORMULAS.get(word[0], ()):
        if small == one:
            return True
        if small.startswith(one) and not small[len(one)].isalnum():
            rest = said[len(said.casefold().partition(one)[0]) + len(one) :]
            return _is_name(rest.strip(" ,.!/|&-\u2013\u2014*")) or _is_formula(rest)
    return False


def _is_signed(rest: list[str], weak: bool) -> bool:
    """Whether what stands below a formula names who wrote."""
    if not rest:
        return True
    first = rest[0]
    if len(rest) > 20 or len(first) > NAME + 40 or any(one.endswith("?") for one in rest[:6]):
        return False
    if _is_name(first):
        return True
    return not weak and len(first) <= LINE and not first.endswith((".", "!", ":", ","))


def _is_name(said: str) -> bool:
    words = said.strip(" ,*_|").split()
    if not 0 < len(words) <= 6 or len(said) > NAME + 20 or said.endswith(("?", "!", ":")):
        return False
    return all(one[0].isupper() or one in _SMALL_WORDS or not one[0].isalpha() for one in words[:4])


def _afterthought(lines: Lines, at: int, after: int) -> int:
    """Where a postscript begins below a name, or the end."""
    for here in range(at + 1, after):
        if lines.said[here].casefold().startswith(_AFTERTHOUGHT):
            return here
    return after


def _trimmed(lines: Lines, first: int, after: int) -> int:
    while after > first and (not lines.said[after - 1] or lines.kinds[after - 1]):
        after -= 1
    return after
