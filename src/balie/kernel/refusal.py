"""How Balie refuses: four errors, each with one sentence that says what to do next, and nothing half done."""

from typing import ClassVar

from balie.kernel.sentence import Sentence


class Stop(Exception):
    """A verb did not do what was asked, and nothing was changed.

    sentence: for the one who asked, in words. clause: the article that asks for the refusal, for the evidence.
    data: facts for a program (ids, numbers, never a text that a person gave).
    """

    code: ClassVar[str] = "stop"

    def __init__(self, sentence: Sentence, *, clause: str = "", **data: object) -> None:
        super().__init__(str(sentence))
        self.sentence, self.clause, self.data = sentence, clause, data


class Refused(Stop):
    """A rule says no: the register, a right, or the state of the ticket."""

    code = "refused"


class Invalid(Stop):
    """What was given cannot be read or does not fit."""

    code = "invalid"


class Erased(Stop):
    """What was asked for has been erased; `data` says when and under which term."""

    code = "erased"


class Conflict(Stop):
    """Somebody else was first: look again, then decide again."""

    code = "conflict"


def check(refusal: Sentence | None) -> None:
    """Raise `Refused` with the sentence that a rule gave; a rule that agrees gives None."""
    if refusal is not None:
        raise Refused(refusal)
