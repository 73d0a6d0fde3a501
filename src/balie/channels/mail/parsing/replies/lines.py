"""The lines of a mail's text, and what has been found of each."""

from collections.abc import Iterator
from dataclasses import dataclass

from balie.channels.mail.parsing.replies.phrases import Tables

REACH = 1000  # signs of a line that are looked at
MOST = 10_000  # lines that are looked at; what comes after them counts as one line

TABLES = Tables()
RULE_SIGNS = "-_=*~#+\u2014\u2013\u2500\u2501\u2015"  # a line of nothing else is drawn, not written
DECORATION = RULE_SIGNS + " \t<>|\u00b7\u2022\u00a0"


@dataclass(slots=True)
class Lines:
    """A text line by line.

    starts: where each begins, and after the last one where the text ends, plus one. said: what is in it, without white
    space around. kinds: the kind of fold that it belongs to, empty while it is the sender's own text. columns: where
    in the line the fold begins, for those lines where it does not begin with the line.
    """

    text: str
    starts: list[int]
    said: list[str]
    kinds: list[str]
    columns: dict[int, int]

    def __len__(self) -> int:
        return len(self.said)

    def is_quoted(self, at: int) -> bool:
        """Whether the line carries a quotation mark of its own."""
        said = self.said[at]
        return said.startswith(">") and not said.endswith("<<<") and not self._goes_on(at)

    def next_said(self, at: int) -> int:
        """The first line from `at` on that is not blank, or the number of lines."""
        while at < len(self.said) and not self.said[at]:
            at += 1
        return at

    def take(self, first: int, after: int, kind: str) -> None:
        """Give the lines from `first` up to `after` to a kind of fold."""
        self.kinds[first:after] = [kind] * (after - first)

    def stretches(self) -> Iterator[tuple[int, int]]:
        """The sender's own lines between quotations: first and after, without blank lines around."""
        at = 0
        while (at := self.next_said(at)) < len(self.said):
            first = at
            while at < len(self.said) and (self.kinds[at] != "quotation" or at in self.columns):
                at += 1
            after = at
            while after > first and not self.said[after - 1]:
                after -= 1
            if after > first:
                yield first, after
            while at < len(self.said) and self.kinds[at] == "quotation" and at not in self.columns:
                at += 1

    def _goes_on(self, at: int) -> bool:
        """Whether the mark only ends a link that the line before began."""
        before = self.said[at - 1] if at else ""
        opened = before.rfind("<") if not before.startswith(">") else -1
        return opened >= 0 and ">" not in before[opened:] and before.startswith(("http", "mailto:"), opened + 1)


def lines_of(text: str) -> Lines:
    """The lines of a text."""
    starts = [0]
    said = []
    for line in text.split("\n", MOST):
        starts.append(starts[-1] + len(line) + 1)
        said.append((line if len(line) <= REACH else line[:REACH]).strip())
    return Lines(text, starts, said, [""] * len(said), {})


def is_rule(said: str) -> bool:
    """Whether a line is only drawn, and long enough to part what is above from what is below."""
    return len(said) >= 3 and not said.strip(RULE_SIGNS + " ")


def bare(said: str) -> str:
    """What a line says, without signs around it, in small letters."""
    first, after = 0, len(said)
    while first < after and not said[first].isalnum():
        first += 1
    while after > first and not said[after - 1].isalnum():
        after -= 1
    return said[first:after].casefold()
