"""What those who watch over a desk have done there: an objection decided, data on hold, a second version of the register in force."""

import re
from datetime import UTC, date, datetime, timedelta

from balie.config.demonstration import Demo
from tests.counter import Asked, Running
from tests.visitor import Visitor

# What the second version says otherwise: one term is longer than people were told, one is shorter.
SECOND = {
    "terms/lock-out/keep": "2 days after item.collected",
    "terms/mail-as-sent/keep": "48 hours after item.collected",
}
_REASONS = {
    "publications": "De beslissing op de aanvraag moet na te gaan blijven.",
    "citizens-advice": "Asian käsittely on voitava osoittaa jälkikäteen.",
}


def object_in_vain(running: Running, agent: Demo, officer: Demo, asked: Asked) -> None:
    """The requester objects, and the privacy officer decides that the data may be used again."""
    done(running.visitor(agent), f"{asked.path}/objections")
    page = running.visitor(officer).get(asked.path).text
    where = re.findall(r'action="([^"]*/objections/[^"]+/decision)"', page)[0]
    done(running.visitor(officer), where, decision="rejected/public-interest", why=_REASONS[asked.desk])


def hold(running: Running, officer: Demo, asked: Asked) -> None:
    """The privacy officer holds what the ticket holds, for a year."""
    visitor, until = running.visitor(officer), _today() + timedelta(days=365)
    visitor.get(asked.path)
    done(visitor, f"{asked.path}/holds", reason="legal-claim", until=until.isoformat())


def second_version(running: Running, desk: str, author: Demo, officer: Demo) -> None:
    """The administrator types two terms over, the officer puts them in force."""
    editor, proposal = f"/{desk}/register/editor", f"/{desk}/register/proposal"
    running.visitor(author).get(editor)
    done(running.visitor(author), editor, **SECOND)
    running.visitor(officer).get(proposal)
    done(running.visitor(officer), f"{proposal}/approval", told_on=_today().isoformat())


def done(visitor: Visitor, path: str, **fields: str) -> None:
    """A form is sent, and what it asks for happens."""
    answer = visitor.post(path, **fields)
    assert answer.status == 303, (path, answer.status, re.findall(r'class="notice bad".*', answer.text))


def _today() -> date:
    return datetime.now(UTC).date()
