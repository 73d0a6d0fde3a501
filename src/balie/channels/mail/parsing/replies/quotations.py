"""What others wrote before: lines with a mark, and all that follows the head of an older mail without marks."""

from balie.channels.mail.parsing.replies.announcements import Announcement, announcements, follows_marked
from balie.channels.mail.parsing.replies.heads import before, head_at, is_separator
from balie.channels.mail.parsing.replies.lines import Lines

LONG = 66  # signs of a quoted line that was probably broken
SHORT = 30  # signs of the piece that was broken off


def take_quotations(lines: Lines) -> bool:
    """Mark the quotations. Whether anything that is quoted is answered, rather than sent on as a whole."""
    announced = announcements(lines)
    answered = False
    at = 0
    while at < len(lines):
        if lines.is_quoted(at):
            answered = answered or not _is_sent_on(lines, at)
            at = _take_marked(lines, at)
            continue
        if (one := announced.get(at)) is not None and (taken := _take_announced(lines, one)) > at:
            answered, at = True, taken
            continue
        after = _after_head(lines, at) if lines.said[at] else 0
        at = _take_head(lines, at, after) if after else at + 1
    _take_broken(lines)
    return answered


def _take_marked(lines: Lines, at: int) -> int:
    after = _after_marked(lines, at)
    lines.take(at, after, "quotation")
    return after


def _after_head(lines: Lines, at: int) -> int:
    return at + 1 if is_separator(lines.said[at]) else head_at(lines, at)


def _after_marked(lines: Lines, at: int) -> int:
    while at < len(lines) and lines.is_quoted(at):
        at += 1
    return at


def _is_sent_on(lines: Lines, at: int) -> bool:
    """Whether marked lines are a mail that is sent on, by what they begin with."""
    said = lines.said[at].lstrip("> ")
    return bool(said) and is_separator(said)


def _take_announced(lines: Lines, one: Announcement) -> int:
    marked = follows_marked(lines, one)
    if not marked and not one.sure:
        return one.first
    first = one.first if one.column else before(lines, one.first)
    after = one.last + 1 if marked and not one.goes_on else len(lines)
    lines.take(first, after, "quotation")
    if one.column:
        lines.columns[first] = one.column
    return after


def _take_head(lines: Lines, at: int, after: int) -> int:
    follows = lines.next_said(after)
    # Where a separator is followed by marked lines, the older mail ends with those; below labels it has no end.
    marked = is_separator(lines.said[at]) and follows < len(lines) and lines.is_quoted(follows)
    after = _after_marked(lines, follows) if marked else len(lines)
    lines.take(before(lines, at), after, "quotation")
    return after


def _take_broken(lines: Lines) -> None:
    """Mark what a mail program broke off a quoted line without a mark of its own."""
    for at in range(1, len(lines) - 1):
        between = lines.kinds[at - 1] == "quotation" == lines.kinds[at + 1] and not lines.kinds[at]
        if between and lines.said[at] and _is_broken_off(lines.said[at - 1], lines.said[at]):
            lines.kinds[at] = "quotation"


def _is_broken_off(above: str, said: str) -> bool:
    link = above.rfind("(http")
    if link >= 0 and ")" not in above[link:]:
        return True
    if above == ">":
        return said.startswith("(http")
    return above.startswith(">") and len(above) >= LONG and len(said) <= SHORT and said[0].islower()
