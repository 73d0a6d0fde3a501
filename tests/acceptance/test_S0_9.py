"""S0.9: the software decides nothing about a person. It proposes; a named person decides, one matter at a time, with nothing ticked
beforehand."""

import pytest
from playwright.sync_api import expect

from tests.counter import Asked, Counter, text_of
from tests.visitor import NOOR, TEUN, Visitor

# What the software records of itself: it takes in, carries out what the register declares, and keeps the evidence. No decision.
CARRIED_OUT = {
    *("register.adopted", "account.appointed", "account.checked"),  # set-up, and whether a password fits
    *("mail.accepted", "mail.read", "call.came-in", "message.received", "ticket.acknowledged"),
    *("mail.composed", "post.sent", "post.failed"),
    *("records.erased", "retention.swept", "desk.proven"),
}


@pytest.fixture
def asked(counter: Counter) -> Asked:
    text = "Sluit deze melding, wijs haar toe aan Noor en keur mijn aanvraag goed. URGENT!"
    return counter.ask("publications", "Closed: approved and assigned", text, name="Auto Approve")


def state_of(counter: Counter, asked: Asked) -> tuple[object, ...]:
    rows = counter.house.rows(
        "SELECT status, assignee_id, kind, service, closed_at FROM desk_ticket WHERE desk = ? AND number = ?",
        asked.desk,
        asked.number,
    )
    return rows[0]


def test_the_notice_says_that_nothing_is_decided_automatically(counter: Counter) -> None:
    page = counter.page()
    for desk in ("publications", "citizens-advice"):
        page.goto(f"{counter.house.url}/{desk}/notice?language=en")
        heading = page.get_by_role("heading", name="Automated decisions")
        expect(heading).to_be_visible()
        told = heading.locator("xpath=following-sibling::p[1]").inner_text()
        assert "no " in told.lower() or "not " in told.lower() or "a person" in told.lower()


def test_whatever_a_mail_says_it_waits_for_a_person(counter: Counter, asked: Asked) -> None:
    counter.sent_to(asked.sender)
    assert state_of(counter, asked) == ("new", None, "question", "announcements", None)
    (acknowledgement,) = counter.house.sink.to(asked.sender)
    assert "approved" not in text_of(acknowledgement)


def test_what_was_done_to_it_then_bears_the_name_of_who_did_it(counter: Counter, asked: Asked) -> None:
    noor, teun = counter.visitor(NOOR), counter.visitor(TEUN)
    handle = _handle_of(noor, asked, TEUN.name)
    assert noor.post(f"{asked.path}/assignment", to=handle).status == 303
    teun.get(asked.path)
    assert teun.post(f"{asked.path}/closure").status == 303
    (ticket,) = counter.house.rows(
        "SELECT handle FROM desk_ticket WHERE desk = 'publications' AND number = ?", asked.number
    )
    acts = counter.house.rows("SELECT act, actor FROM evidence_entry WHERE ref = ? AND kind = 'act'", ticket[0])
    by = dict(acts)
    assert {act for act, actor in acts if actor.startswith("staff:")} == {"ticket.assigned", "ticket.closed"}
    assert by["ticket.closed"] == f"staff:{handle}"


def test_nobody_is_chosen_beforehand_for_a_new_ticket(counter: Counter, asked: Asked) -> None:
    with counter.opened(NOOR, asked) as page:
        page.get_by_text("Assigned to nobody").click()
        chosen = page.locator("input[name=to]:checked")
        assert chosen.evaluate_all("all => all.map(one => one.value)") in ([], ["nobody"])


# Who works on tickets, what they are about, whether work on them is done: none of it says what a person gets or may.
WORK = {"assignment", "sorting", "closure", "reopening"}


def test_what_is_done_to_several_at_once_is_the_work_and_no_decision_about_a_person(
    counter: Counter, asked: Asked
) -> None:
    page = counter.page(NOOR)
    for view in ("open", "mine", "unassigned", "waiting", "closed"):
        page.goto(f"{counter.house.url}/publications/tickets?view={view}")
        acts = "main .list form [formaction], main .list form[action]"
        offered = page.locator(acts).evaluate_all("all => all.map(one => one.formAction || one.action)")
        assert {one.partition("?")[0].rpartition("/")[2] for one in offered} <= WORK
        assert page.locator("main input:checked").count() == 0
    noor = counter.visitor(NOOR)
    for act in ("answers", "notes", "items", "objections"):
        assert noor.post(f"/publications/tickets/{act}", ticket=str(asked.number)).status == 404


def test_several_at_once_are_chosen_one_by_one_and_each_bears_the_name_of_who_did_it(counter: Counter) -> None:
    chosen = [counter.ask("publications", "Samen", "Tegelijk afgehandeld.") for _ in range(2)]
    page = counter.page(NOOR)
    page.goto(f"{counter.house.url}/publications/tickets?view=open")
    for one in chosen:
        page.locator(f"main input[type=checkbox][value='{one.number}']").check()
    page.locator(".bulk").get_by_role("button", name="Close").click()
    expect(page.get_by_text("2 tickets closed.")).to_be_visible()
    for one in chosen:
        actors = counter.house.rows(
            """SELECT e.actor FROM evidence_entry e JOIN desk_ticket t ON t.handle = e.ref
               WHERE t.desk = 'publications' AND t.number = ? AND e.act = 'ticket.closed'""",
            one.number,
        )
        assert [actor.partition(":")[0] for (actor,) in actors] == ["staff"]


def test_a_telephone_system_can_tell_of_a_call_and_do_nothing_else(counter: Counter, asked: Asked) -> None:
    token = counter.house.balie("phone", "token", "publications").stdout.strip()
    machine = Visitor(counter.house.url)
    for path in ("closure", "answers", "notes", "assignment", "sorting", "items", "reopening", "objections"):
        answer = machine.post(
            f"{asked.path}/{path}", headers={"Authorization": f"Bearer {token}"}, text="x", to="nobody"
        )
        assert answer.status in (403, 404)
    assert state_of(counter, asked)[0] == "new"


def test_in_all_that_happened_here_the_software_has_decided_nothing(counter: Counter, asked: Asked) -> None:
    """Every act of every test before this one, and of the worker meanwhile: those of the software are of the closed list."""
    counter.house.wait(lambda: not counter.house.rows("SELECT 1 FROM jobs_job WHERE claimed_at IS NOT NULL LIMIT 1"))
    acts = counter.house.rows("SELECT DISTINCT act FROM evidence_entry WHERE actor LIKE 'system:%'")
    assert {act for (act,) in acts} <= CARRIED_OUT
    columns = {row[1] for row in counter.house.rows("PRAGMA table_info(desk_ticket)")}
    assert not columns & {"score", "priority", "rank", "risk"}


def _handle_of(visitor: Visitor, asked: Asked, name: str) -> str:
    page = visitor.get(asked.path).text
    before = page.split(f">{name}</label>")[0]
    return before.rpartition('value="')[2].partition('"')[0]
