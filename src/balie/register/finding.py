"""What is wrong with a file, where it stands, and how grave it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from balie.kernel import Invalid, Sentence, sentence
from balie.register.reading import Path

Level = Literal["fault", "doubt"]


@dataclass(frozen=True)
class Finding:
    """One finding.

    level: a `fault` cannot be carried out and is never in force; a `doubt` is in force only with a named officer's reason and
    review date. rule: `R10`, or `schema` or `settings`. clause: the article behind it. at: the path in the file.
    """

    level: Level
    rule: str
    clause: str
    at: Path
    say: Sentence
    file: str = ""
    line: int = 1

    @property
    def place(self) -> str:
        """The path as people write it, and as an answer to a doubt repeats it: `activities/advice/purposes/answer`."""
        return "/".join(str(step) for step in self.at)

    def whole(self) -> Sentence:
        """The finding as one sentence with file, line, rule and clause."""
        return sentence(
            "{file}, line {line}: {what} [{rule}{clause}]",
            file=self.file,
            line=self.line,
            what=self.say,
            rule=self.rule,
            clause=f", {self.clause}" if self.clause else "",
        )

    def __str__(self) -> str:
        return str(self.whole())


def invalid(findings: Sequence[Finding]) -> Invalid:
    """The refusal that carries findings: one sentence each, and the findings themselves for a program."""
    if len(findings) == 1:
        return Invalid(findings[0].whole(), clause=findings[0].clause, findings=tuple(findings))
    lines = "\n".join(str(one) for one in findings)
    say = sentence("{count} things must be put right first:\n{lines}", count=len(findings), lines=lines)
    return Invalid(say, clause=findings[0].clause, findings=tuple(findings))
