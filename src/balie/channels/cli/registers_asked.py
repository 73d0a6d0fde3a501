"""`balie register ask`: the questions that the rest of the software asks a register, asked by hand."""

import argparse
import difflib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from balie import register
from balie.channels.cli import asking, printing, registers_named
from balie.channels.context import PORTAL_LANGUAGES
from balie.kernel import Invalid, sentence
from balie.register import Answer, Facts, Version

_ITEM = ("activity", "people", "item")


@dataclass(frozen=True)
class Question:
    """One question: the words that it takes, in their order, the options that it heeds, and who answers it."""

    words: tuple[str, ...]
    ask: Callable[..., Any]
    options: tuple[str, ...] = ()
    facts: bool = field(default=False)


def _erase_on(v: Version, activity: str, people: str, item: str, happened: str) -> date | None:
    return register.erase_on(register.erase_rule(v, activity, people, item), asking.day(happened))


def _warnings_on(v: Version, activity: str, people: str, item: str, due: str) -> tuple[date, ...]:
    return register.warnings_on(register.erase_rule(v, activity, people, item), asking.day(due))


def _may_report(v: Version, persons: str, *, single: bool) -> Answer:
    if not persons.isdecimal():
        raise Invalid(sentence("«{text}» is no number of persons.", text=persons))
    return register.may_report(v, persons=int(persons), single=single)


QUESTIONS: dict[str, Question] = {
    "asked-items": Question(("activity", "people"), register.asked_items),
    "may-collect": Question(_ITEM, register.may_collect, ("holder",), facts=True),
    "required-items": Question(("activity", "people"), register.required_items, ("given",)),
    "consent-needed": Question(_ITEM, register.consent_needed),
    "may-link": Question(("activity", "work"), register.may_link),
    "may-do": Question(("activity", "operation"), register.may_do),
    "erase-rule": Question(_ITEM, register.erase_rule),
    "erase-on": Question((*_ITEM, "happened"), _erase_on),
    "warnings-on": Question((*_ITEM, "due"), _warnings_on),
    "may-see": Question(_ITEM, register.may_see, ("covers",), facts=True),
    "may-disclose": Question((*_ITEM, "to"), register.may_disclose, ("party",), facts=True),
    "disclosure-ends": Question(("activity", "to"), register.disclosure_ends),
    "may-transfer": Question(("country", "to"), register.may_transfer),
    "may-admit": Question(("kind",), register.may_admit),
    "may-decide": Question(("by",), register.may_decide),
    "may-report": Question(("persons",), _may_report, ("single",)),
    "may-set-cookie": Question(("name",), register.may_set_cookie, ("needed_now",)),
    "third-party-steps": Question((), register.third_party_steps, ("needed",)),
    "objection-steps": Question((), register.objection_steps),
    "why": Question(_ITEM, register.why, ("language",)),
    "record-of": Question(("article",), register.record_of),
    "notice-for": Question(("audience",), register.notice_for, ("language",)),
}
_MANY = {
    "confirmed": "a sentence that an agent confirmed, as it stands in the register",
    "asked-by": "who asked expressly: person or customer",
    "consent": "whose consent is recorded: person or customer",
    "agreed": "what the customer's agreement picks",
    "given": "an item that was given",
    "covers": "an activity, or activity/purpose, that the team covers",
}


def add_command(own: asking.Commands) -> None:
    ask_ = asking.command(
        own,
        "ask",
        ask,
        "ask a register one question, as the software does",
        example="balie register ask publications may-collect service-desk reporter phone",
        more="Without a question: which there are. Exit status 1 when the answer is no.",
    )
    ask_.add_argument("register", metavar="DESK|FILE", help="a desk, or the file of a register")
    ask_.add_argument("question", nargs="?", metavar="QUESTION", help="for example may-collect")
    ask_.add_argument("words", nargs="*", metavar="WORD", help="what the question is about, in its order")
    for name, help_ in _MANY.items():
        ask_.add_argument(f"--{name}", action="append", metavar="WORDS", help=f"{help_} (again for each)")
    ask_.add_argument("--holder", default="ticket", help="what the item hangs on (default: ticket)")
    ask_.add_argument("--party", help="the named party of a recipient")
    ask_.add_argument("--reason", default="", help="why something is opened")
    for name in ("closed", "needed", "needed-now", "single"):
        ask_.add_argument(f"--{name}", action="store_true", help=_FLAGS[name])
    ask_.add_argument("--language", choices=PORTAL_LANGUAGES, default="en", help="of the answer (default: en)")
    asking.as_json(ask_)


_FLAGS = {
    "closed": "the ticket is closed",
    "needed": "an agent judged that the data of others are needed",
    "needed-now": "the cookie is needed at this moment",
    "single": "the report is about one person by kind",
}


def ask(asked: argparse.Namespace) -> int:
    """Ask, and print the answer; 1 for a no."""
    version = registers_named.one(asked.register)
    if asked.question is None:
        rows = [(name, " ".join(one.words).upper()) for name, one in QUESTIONS.items()]
        printing.table(("question", "asks for"), rows)
        return 0
    answer = _answer(version, _question(asked), asked)
    with translation.override(asked.language):
        printing.data(_plain(answer)) if asked.json else printing.line(_told(answer, asked.language))
    return 1 if isinstance(answer, Answer) and not answer.yes else 0


def _question(asked: argparse.Namespace) -> Question:
    found = QUESTIONS.get(asked.question)
    if found is None:
        near = difflib.get_close_matches(asked.question, QUESTIONS, n=1, cutoff=0.4) or ["may-collect"]
        raise Invalid(sentence("There is no question «{name}»; is it «{near}»?", name=asked.question, near=near[0]))
    if len(asked.words) != len(found.words):
        asks = " ".join(found.words).upper() or "nothing more"
        raise Invalid(sentence("{name} asks for: {words}.", name=asked.question, words=asks))
    return found


def _answer(version: Version, question: Question, asked: argparse.Namespace) -> Any:
    given: dict[str, Any] = dict(zip(question.words, asked.words, strict=True))
    for option in question.options:
        value = getattr(asked, option)
        given[option] = frozenset(value or ()) if option in _MANY else value
    if question.facts:
        given["facts"] = _facts(asked)
    return question.ask(version, **given)


def _facts(asked: argparse.Namespace) -> Facts:
    return Facts(
        confirmed=frozenset(asked.confirmed or ()),
        asked_by=frozenset(asked.asked_by or ()),
        consent=frozenset(asked.consent or ()),
        agreed=None if asked.agreed is None else frozenset(asked.agreed),
        reason=asked.reason,
        closed=asked.closed,
    )


def _plain(answer: Any) -> Any:
    if hasattr(answer, "plain"):
        return answer.plain()
    return list(answer) if isinstance(answer, tuple) else answer


def _told(answer: Any, language: str) -> str:
    """An answer as people read it."""
    if isinstance(answer, Answer):
        said = answer.say.say(language, gettext) if answer.say else ""
        clause = f"[{answer.clause}]" if answer.clause else ""
        need = f"({', '.join(answer.need)})" if answer.need else ""
        return " ".join(filter(None, (gettext("Yes.") if answer.yes else gettext("No."), said, clause, need)))
    if isinstance(answer, tuple):
        return "\n".join(printing.cell(one) for one in answer) or "–"
    if hasattr(answer, "plain") and not isinstance(answer, register.Notice):
        return "\n".join(f"{key}: {_listed(value)}" for key, value in answer.plain().items())
    return answer.text() if isinstance(answer, register.Notice) else printing.cell(answer)


def _listed(value: object) -> str:
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)
