"""Folds over a mail's text, and the text without them."""

from collections.abc import Iterable

from balie.channels.mail.parsing.outcome import Fold
from balie.channels.mail.parsing.replies.lines import Lines, lines_of
from balie.channels.mail.parsing.replies.quotations import take_quotations
from balie.channels.mail.parsing.replies.signatures import take_signatures

OWN = frozenset({"", "closing"})
LEFT_OUT = frozenset({"quotation", "signature", "device"})  # of the reply; a `closing` stays in it


def folds(text: str) -> tuple[Fold, ...]:
    """What is not the message itself in a mail's text: in order, not overlapping, each kind as told in `Fold`.

    A mail that only sends another one on is itself what was sent, so that one is not folded. Of a reply that adds
    nothing of its own, all is folded. Raises nothing; time grows with the length of the text.
    """
    lines = lines_of(text)
    answered = take_quotations(lines)
    take_signatures(lines)
    if not answered and not any(said and kind in OWN for said, kind in zip(lines.said, lines.kinds, strict=True)):
        lines.kinds = ["" if kind == "quotation" else kind for kind in lines.kinds]
    return tuple(_folded(lines))


def unfolded(text: str, folds: Iterable[Fold]) -> str:
    """The reply alone: the text without its folds, but with a closing formula and the name below it."""
    kept, blank, at = [], False, 0
    for fold in [one for one in folds if one.kind in LEFT_OUT]:
        kept.append(text[at : fold.start])
        at = fold.end
    kept.append(text[at:])
    if len(kept) == 1:
        return _trimmed(text)
    result = ""
    for piece in kept:
        said = _trimmed(piece)
        if said:
            blank = blank or piece.startswith(("\n\n", " \n")) or result == ""
            result = said if not result else result + ("\n\n" if blank else "\n") + said
            blank = piece.endswith("\n\n")
        else:
            blank = blank or piece.count("\n") > 1
    return result


def _folded(lines: Lines) -> list[Fold]:
    """One fold for lines of a kind with at most blank lines between them."""
    found: list[Fold] = []
    at = 0
    while at < len(lines):
        kind = lines.kinds[at]
        if not kind or not lines.said[at]:
            at += 1
            continue
        last = here = at
        while (
            here < len(lines)
            and (lines.kinds[here] == kind or not lines.said[here])
            and (here == at or here not in lines.columns)
        ):
            last = here if lines.said[here] else last
            here += 1
        found.append(Fold(lines.starts[at] + lines.columns.get(at, 0), lines.starts[last + 1] - 1, kind))
        at = last + 1
    return found


def _trimmed(text: str) -> str:
    """The text without blank lines and white space around it, its first line indented as it was."""
    ended = text.rstrip()
    first = len(ended) - len(ended.lstrip())
    return ended[ended.rfind("\n", 0, first) + 1 :]
