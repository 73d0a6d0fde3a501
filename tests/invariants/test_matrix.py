"""Invariant 2, as a matrix of the five registers: desk × activity × group × item × holder × operation × door.

What should be allowed is read from the files by another reading than the product's (`declared.py`). Whatever is not declared is
refused with a sentence that names the item and, where there is one, the group or activity.
"""

from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest

from balie import register, vault
from balie.kernel import Refused, handles
from conftest import make_desk
from tests.counter import ADDRESSES, Asked, Counter, new_address
from tests.invariants.declared import DESKS, OPERATIONS, asker, declared, file_of, groups, matter, services, words_of
from tests.visitor import KERTTU, LOTTE, NOOR, RENSKE, SANNE

HOLDERS = ("ticket", "profile", "account", "contact-list", "asset", "system")
AGENTS = {
    "publications": NOOR,
    "newsletter-editors": RENSKE,
    "telecom": SANNE,
    "municipal-websites": LOTTE,
    "citizens-advice": KERTTU,
}


@pytest.fixture
def at_desk(request: pytest.FixtureRequest, db: None) -> Any:
    """The desk of a test's row in force, with the software as actor."""
    from balie.kernel import Actor

    if request.param not in register.desks():
        make_desk(request.param)
    return Actor.system("receive", request.param)


def put(actor: Any, place: tuple[str, str], item: str, holder: str, source: str, held_by: Any = None) -> Any:
    (made,) = vault.put(
        [vault.Item(*place, item, "something", holder, held_by or handles.new(), source=source)], actor=actor
    )
    return made


def refusal(actor: Any, place: tuple[str, str], item: str, holder: str, source: str) -> str:
    """The sentence with which this is refused; nothing when it is kept."""
    try:
        put(actor, place, item, holder, source)
    except Refused as stop:
        return str(stop.sentence) if stop.clause else "a refusal without its clause"
    return ""


@pytest.mark.parametrize("at_desk", DESKS, indirect=True)
def test_what_no_line_declares_is_kept_nowhere_and_the_refusal_names_it(at_desk: Any) -> None:
    """Every word of the catalogue, in every group of every activity: kept where the file says so, else refused by name."""
    tried, v = 0, register.in_force(at_desk.desk)
    for place in groups(at_desk.desk):
        who = v.data["activities"][place[0]]["people"][place[1]]["who"]
        for item in words_of(at_desk.desk):
            if (*place, item) in declared(at_desk.desk):
                continue
            said = refusal(at_desk, place, item, "ticket", "person")
            label = v.label(item).read("en")
            assert label in said, (place, item, said)
            assert v.wording(who).read("en") in said, (place, item, said)
            assert v.wording(v.data["activities"][place[0]]["name"]).read("en") in said, (place, item, said)
            tried += 1
    assert tried > 200


@pytest.mark.parametrize("at_desk", DESKS, indirect=True)
def test_what_a_line_declares_is_kept_on_its_holders_from_its_sources_and_nowhere_else(at_desk: Any) -> None:
    for line in declared(at_desk.desk).values():
        place = (line.activity, line.people)
        for holder in HOLDERS:
            for source in (*line.sources, "a-stranger"):
                how = "record" if source == "staff" else "collect"
                fits = holder in line.holders and source in line.sources and line.may(how) and not line.conditions
                said = refusal(at_desk, place, line.item, holder, source)
                assert bool(said) != fits, (line, holder, source, said)


@pytest.mark.parametrize("at_desk", DESKS, indirect=True)
def test_it_is_altered_and_seen_only_where_that_is_among_its_operations(at_desk: Any) -> None:
    v = register.in_force(at_desk.desk)
    for line in declared(at_desk.desk).values():
        at = (line.activity, line.people, line.item)
        for operation in OPERATIONS:
            asked = register.may_do(v, line.activity, operation, people=line.people, item=line.item)
            assert asked.yes == line.may(operation), (line, operation)
            assert asked.yes or v.label(line.item).read("en") in str(asked.say)
        if "system" in line.holders or not (line.may("record") and line.may("consult")) or line.conditions:
            continue
        holder, source = min(line.holders), min(line.sources)
        if not line.may("collect") and source != "staff":
            continue
        handle = put(at_desk, at[:2], line.item, holder, source)
        if line.may("alter"):
            assert vault.correct(handle, "otherwise", actor=at_desk) != handle
        else:
            with pytest.raises(Refused, match="declares no operation"):
                vault.correct(handle, "otherwise", actor=at_desk)


def mail_with_everything(desk: str, sender: str) -> EmailMessage:
    """A mail that brings all that a mail can bring: a name, an address, a text, a file."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = f"Anna Voorbeeld <{sender}>", ADDRESSES[desk], "All of it"
    made["Message-ID"] = f"<{sender}>"
    made.set_content("What stands here is what was asked.")
    made.add_attachment(b"a list", maintype="text", subtype="plain", filename="list.txt")
    return made


def held(counter: Counter, asked: Asked) -> set[tuple[str, str, str]]:
    rows = counter.house.rows(
        "SELECT r.activity, r.people, r.item FROM vault_record r JOIN desk_ticket t ON t.handle = r.held_by "
        "WHERE t.desk = ? AND t.number = ?",
        asked.desk,
        asked.number,
    )
    return set(rows)


def expected(desk: str, service: str, *, brought: tuple[str, ...]) -> set[tuple[str, str, str]]:
    found = set()
    for item in brought:
        place = asker(desk, service) if item in ("email", "name") else matter(desk, service)
        line = declared(desk).get((*place, item))
        if line and "ticket" in line.holders and not line.conditions and line.may("collect"):
            found.add((*place, item))
    return found


def first(desk: str) -> str:
    return services(desk)[0]


@pytest.mark.parametrize("desk", DESKS)
def test_by_mail_comes_what_is_declared_and_what_is_not_is_left_out_and_named(counter: Counter, desk: str) -> None:
    sender = new_address()
    asked = counter.deliver(desk, mail_with_everything(desk, sender), sender=sender)
    brought = ("email", "name", "message", "attachment")
    assert held(counter, asked) == expected(desk, first(desk), brought=brought)
    missing = {item for item in brought if item not in {item for _, _, item in held(counter, asked)}}
    page = counter.visitor(AGENTS[desk]).get(asked.path).text
    assert ("Left out on arrival" in page) == bool(missing)


def forms() -> Iterator[tuple[str, str]]:
    """One service for each place at which who asks is recorded: the form is the same for all others."""
    for desk in DESKS:
        seen = set()
        for service in services(desk):
            if (place := asker(desk, service)) not in seen:
                seen.add(place)
                yield desk, service


FORMS = list(forms())
ALL_SERVICES = [(desk, service) for desk in DESKS for service in services(desk)]
NO_FIELD = {"message", "attachment", "raw-message", "approval"}


@pytest.mark.parametrize(("desk", "service"), FORMS, ids=map("-".join, FORMS))
def test_by_the_form_about_who_asks_comes_what_is_declared_and_nothing_else(
    counter: Counter, desk: str, service: str
) -> None:
    asked = at_service(counter, desk, service)
    agent = counter.visitor(AGENTS[desk])
    for item in words_of(desk):
        line = declared(desk).get((*asker(desk, service), item))
        fits = (
            line is not None
            and "ticket" in line.holders
            and "staff" in line.sources
            and line.may("record")
            and item not in NO_FIELD
        )
        value = "anna@example.org" if item == "email" else "iets"
        confirmed = _conditions(desk, service, item)
        answer = agent.post(f"{asked.path}/items", item=item, value=value, confirm=confirmed, consent=["person"])
        assert (answer.status == 303) == fits, (item, answer.status)
        if not fits:
            assert answer.status in (403, 422)
            assert 'role="alert"' in answer.text
    kept = {item for activity, people, item in held(counter, asked) if (activity, people) == asker(desk, service)}
    assert kept - NO_FIELD <= set(file_items(desk, service))


def at_service(counter: Counter, desk: str, service: str) -> Asked:
    """A ticket about this service: sorted to it, or written down from a call where sorting may not bring it there."""
    if asker(desk, service) == asker(desk, first(desk)) or desk == "newsletter-editors":
        asked = counter.ask(desk, f"About {service}", "Hoe werkt dit?")
        agent = counter.visitor(AGENTS[desk])
        agent.get(asked.path)
        assert agent.post(f"{asked.path}/sorting", service=service, kind="question").status == 303
        return asked
    agent = counter.visitor(AGENTS[desk])
    agent.get(f"/{desk}/calls")
    kept = agent.post(
        f"/{desk}/calls", reach="phone", number="020 123 4567", text="Hoe werkt dit?", service=service, then="open"
    )
    assert kept.status == 303
    return Asked(desk, int(kept.location.rsplit("/", 1)[1].partition("?")[0]), "")


def file_items(desk: str, service: str) -> list[str]:
    return [item for activity, people, item in declared(desk) if (activity, people) == asker(desk, service)]


def _conditions(desk: str, service: str, item: str) -> list[str]:
    activity, people = asker(desk, service)
    when = file_of(desk)["activities"][activity]["people"][people].get("details", {}).get(item, {}).get("when", [])
    return [when] if isinstance(when, str) else list(when)


@pytest.mark.parametrize(("desk", "service"), ALL_SERVICES, ids=map("-".join, ALL_SERVICES))
def test_by_phone_comes_what_is_declared_under_the_rows_of_the_service_or_nothing(
    counter: Counter, desk: str, service: str
) -> None:
    agent = counter.visitor(AGENTS[desk])
    agent.get(f"/{desk}/calls")
    form = {"reach": "phone", "number": "020 123 4568", "text": "Er werd gebeld.", "service": service, "then": "open"}
    answer = agent.post(f"/{desk}/calls", **form)
    if "phone" not in file_of(desk, "desk.yaml")["intake"]["doors"]:
        assert answer.status == 403
        assert "takes no calls" in answer.text
        return
    assert answer.status == 303, answer.text
    asked = Asked(desk, int(answer.location.rsplit("/", 1)[1].partition("?")[0]), "")
    assert held(counter, asked) == {(*matter(desk, service), "message"), (*asker(desk, service), "phone")}
