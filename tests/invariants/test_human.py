"""Invariant 7, human: what decides about a person needs a named person, one item and one reason; the software only carries out."""

import inspect
from collections.abc import Callable
from types import ModuleType
from typing import Any, get_args

import pytest

from balie import register
from balie.desk import acknowledging, arrivals, closing, conversation, intake, phone, reporter, restricting, triage
from balie.desk.models import Ticket
from balie.desk.tests import coming_in
from balie.kernel import Actor, Invalid, Refused
from balie.kernel.actor import SYSTEM_ACTS
from balie.people import accounts
from balie.privacy import objections
from conftest import Cast

MACHINES = sorted(SYSTEM_ACTS)

# Every verb that changes what is known of somebody or what becomes of their matter, and how it is called by whoever may.
DECIDING: dict[str, Callable[[Any, Actor], object]] = {
    "triage.assign": lambda made, actor: triage.assign(made.ticket, to=None, actor=actor),
    "triage.sort": lambda made, actor: triage.sort(made.ticket, service="other", kind="request", actor=actor),
    "closing.close": lambda made, actor: closing.close(made.ticket, actor=actor),
    "closing.reopen": lambda made, actor: closing.reopen(made.closed, actor=actor),
    "conversation.answer": lambda made, actor: conversation.answer(made.ticket, text="Yes.", actor=actor),
    "conversation.note": lambda made, actor: conversation.note(made.ticket, text="So.", actor=actor),
    "conversation.keep_draft": lambda made, actor: conversation.keep_draft(
        made.ticket, kind="note", text="So.", actor=actor
    ),
    "reporter.write": lambda made, actor: reporter.write(made.ticket, item="phone", value="020 123 4567", actor=actor),
    "reporter.strike": lambda made, actor: reporter.strike(made.ticket, item="family-name", actor=actor),
    "phone.register_call": lambda made, actor: phone.register_call(
        None, number="020 123 4567", email="", text="A call.", actor=actor
    ),
    "phone.end": lambda made, actor: phone.end(made.call, actor=actor),
    "objections.record": lambda made, actor: objections.record(made.ticket, actor=actor),
    "objections.decide": lambda made, actor: objections.decide(
        made.objection, outcome="upheld", reason="person-prevails", text="", actor=actor
    ),
    "accounts.end": lambda made, actor: accounts.end(made.account, actor=actor),
}

# What the software does of itself: take in, carry out what the register declares, keep the evidence. Or what another verb calls.
CARRYING_OUT = {
    "acknowledging.acknowledge": "tells a number, never a decision",
    "arrivals.take_in": "seals what a door brought",
    "intake.receive": "reads it",
    "intake.new_ticket": "makes a row, with no say in what becomes of it",
    "intake.contact": "sets a clock that the register names",
    "phone.incoming": "seals a number that a telephone told of",
    "restricting.restrict": "part of objections.record, which asks who",
    "restricting.lift": "part of objections.decide, which asks who",
    "accounts.appoint": "makes the first accounts at set-up; afterwards an administrator's",
    "accounts.account_of": "a question",
    "accounts.is_called": "a question",
    "conversation.new_since": "a question",
    "phone.waiting": "a question",
}
MODULES = (
    acknowledging,
    arrivals,
    closing,
    conversation,
    intake,
    phone,
    reporter,
    restricting,
    triage,
    objections,
    accounts,
)


class Made:
    """A matter in every state in which something could be decided about it."""

    def __init__(self, cast: Cast) -> None:
        self.ticket = self._named(cast, "first")
        self.closed = self._named(cast, "second")
        closing.close(self.closed, actor=cast.bob)
        self.objection = objections.record(self._named(cast, "third"), actor=cast.bob)
        self.call = phone.incoming(number="020 123 4568", actor=cast.door)
        self.account = accounts.account_of(cast.ada)

    def _named(self, cast: Cast, name: str) -> Ticket:
        ticket = coming_in.ticket(cast, "Where is it?", sender=f"{name}@example.org")
        reporter.write(ticket, item="family-name", value=name, actor=cast.bob)
        return ticket


@pytest.fixture
def made(publications: Cast) -> Made:
    return Made(publications)


def verbs(module: ModuleType) -> set[str]:
    """The public functions of a module that take an actor."""
    own = inspect.getmembers(module, inspect.isfunction)
    return {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for name, one in own
        if one.__module__ == module.__name__
        and not name.startswith("_")
        and "actor" in inspect.signature(one).parameters
    }


def test_every_verb_is_known_to_decide_or_to_carry_out() -> None:
    """A new verb must say here what it is before anybody relies on it."""
    assert set().union(*map(verbs, MODULES)) == {*DECIDING, *CARRYING_OUT}


@pytest.mark.parametrize("act", MACHINES)
def test_the_software_is_refused_at_each_verb_that_decides(made: Made, act: str) -> None:
    for decide in DECIDING.values():
        with pytest.raises(Refused) as refused:
            decide(made, Actor.system(act, "publications"))
        assert str(refused.value.sentence).endswith(".")


@pytest.mark.parametrize("name", [name for name in DECIDING if name != "accounts.end"])
def test_where_a_person_of_the_desk_may(publications: Cast, made: Made, name: str) -> None:
    """The control: the same call by a named agent is done."""
    DECIDING[name](made, publications.bob)


@pytest.mark.parametrize("kind", ["requester", "staff"])
def test_nor_may_a_requester_or_somebody_without_the_role(publications: Cast, made: Made, kind: Any) -> None:
    bob = publications.bob
    for decide in DECIDING.values():
        with pytest.raises(Refused):
            decide(made, Actor(kind, bob.handle, bob.desk, frozenset(), bob.covers))


@pytest.mark.parametrize("act", ["decide", "approve", "grant", "refuse", "block", "", "staff", "RETAIN"])
def test_the_list_of_what_the_software_does_is_closed(act: str) -> None:
    with pytest.raises(ValueError, match="no system act"):
        Actor.system(act, "publications")


def test_and_it_is_this_list() -> None:
    assert frozenset({"receive", "send", "retain", "seal", "set-up", "prove", "begin", "restore"}) == SYSTEM_ACTS


@pytest.mark.parametrize("desk", ["publications", "citizens-advice"])
def test_the_register_lets_a_person_decide_and_nothing_else(db: None, desk: str) -> None:
    version = register.in_force(desk)
    by = get_args(inspect.signature(register.may_decide).parameters["by"].annotation)
    assert {one: register.may_decide(version, by=one).yes for one in by} == {
        "person": True,
        "rule": False,
        "job": False,
        "import": False,
    }


@pytest.mark.parametrize(
    ("outcome", "reason", "text"),
    [
        ("", "", ""),
        ("upheld", "", ""),
        ("upheld", "because", ""),
        ("rejected", "legal-claims", " "),
        ("rejected", "person-prevails", "x"),
    ],
)
def test_a_decision_without_an_outcome_a_reason_or_words_for_the_person_is_none(
    publications: Cast, made: Made, outcome: str, reason: str, text: str
) -> None:
    with pytest.raises(Invalid):
        objections.decide(made.objection, outcome=outcome, reason=reason, text=text, actor=publications.dora)
    assert made.objection.ticket.objections.get().outcome == ""


def test_it_is_decided_once(publications: Cast, made: Made) -> None:
    given = {"outcome": "rejected", "reason": "legal-claims", "text": "There is a case."}
    objections.decide(made.objection, **given, actor=publications.dora)
    with pytest.raises(Refused, match="has been decided"):
        objections.decide(made.objection, **given, actor=publications.bob)


def test_no_verb_takes_more_than_one_matter() -> None:
    for name in DECIDING:
        module, function = name.split(".")
        source = next(one for one in MODULES if one.__name__.endswith(f".{module}"))
        first = str(next(iter(inspect.signature(getattr(source, function)).parameters.values())).annotation)
        assert any(one in first for one in ("Ticket", "Call", "Account", "Objection")), name
        assert not any(word in first for word in ("Iterable", "Sequence", "list", "QuerySet"))
