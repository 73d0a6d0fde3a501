"""The answers with which a register is in force despite doubts: read from a file, and held against what the lint noticed."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from balie.kernel import Sentence, sentence
from balie.register.finding import Finding
from balie.register.reading import read
from balie.register.shape import check_shape
from balie.register.versions import AnsweredDoubt


def read_answers(text: str | bytes, *, name: str = "answers.yaml") -> tuple[AnsweredDoubt, ...]:
    """Read the file beside a register in which each doubt has its reason, review date and role. `[]` when there are none.

    Raises Invalid with file and line. Source: docs/register-format.md, «Answers to doubts».
    """
    document = read(text, name=name)
    check_shape(document, "answers.schema.json")
    return tuple(answer_of(one) for one in document.data or ())  # type: ignore[union-attr,arg-type]


def answer_of(plain: dict[str, Any]) -> AnsweredDoubt:
    """One answer from its plain data."""
    review = date.fromisoformat(plain["review"])
    said = plain.get("translations", {})
    return AnsweredDoubt(plain["rule"], plain["at"], plain["reason"], review, plain["role"], said)


def plain(answer: AnsweredDoubt) -> dict[str, Any]:
    """One answer as plain data, as it is kept with the version."""
    return {
        "rule": answer.rule,
        "at": answer.at,
        "reason": answer.reason,
        "review": answer.review.isoformat(),
        "role": answer.role,
        "translations": dict(answer.translations),
    }


def in_the_way(findings: Iterable[Finding], answers: Sequence[AnsweredDoubt], *, today: date) -> list[Finding]:
    """What stands between a register and its being in force: faults, unanswered doubts, and answers that do not hold.

    An answer is to one rule at one place; it holds until its review date, and one that answers no doubt must go.
    """
    found = list(findings)
    doubts = {(one.rule, one.place) for one in found if one.level == "doubt"}
    answered = {(one.rule, one.at) for one in answers}
    stopping = [one for one in found if one.level == "fault"]
    stopping += [_asking(one) for one in found if one.level == "doubt" and (one.rule, one.place) not in answered]
    stopping += [_about(one, _WITHOUT_DOUBT) for one in answers if (one.rule, one.at) not in doubts]
    return stopping + [_about(one, _TOO_OLD) for one in answers if one.review <= today]


_WITHOUT_DOUBT = sentence("this answers a doubt that there is not; take it out")
_TOO_OLD = sentence("the review date has passed; look at the doubt again and set a new one")


def _asking(doubt: Finding) -> Finding:
    say = sentence(
        "{what}; change it, or answer the doubt with reason, review date and role (rule {rule}, at {place})",
        what=doubt.say,
        rule=doubt.rule,
        place=doubt.place,
    )
    return Finding(doubt.level, doubt.rule, doubt.clause, doubt.at, say, doubt.file, doubt.line)


def _about(answer: AnsweredDoubt, say: Sentence) -> Finding:
    return Finding("fault", answer.rule, "", tuple(answer.at.split("/")), say, "answers", 1)
