"""A question that was prepared finds what Django finds, whatever it is asked with."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db.models import F, QuerySet
from pytest_django import DjangoAssertNumQueries

from balie.desk.models import Message, Ticket
from balie.kernel import Actor, handles, rows
from balie.kernel.prepared import prepared
from balie.people.models import Account, Person

pytestmark = pytest.mark.usefixtures("db")
NOW = datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC)
ALICE = Actor("requester", "0" * 32, "publications")
SOFTWARE = Actor.system("receive", "publications")


@prepared
def said(ticket: UUID, since: datetime, kinds: list[str]) -> QuerySet[Message]:
    """What was said."""
    found = Message.objects.filter(ticket=ticket, at__gte=since, kind__in=kinds)
    return found.select_related("ticket", "account").order_by("at")


@prepared
def moments(ticket: UUID | None, *, backwards: bool) -> QuerySet[Message, tuple[UUID, datetime]]:
    return Message.objects.filter(ticket=ticket).order_by("-at" if backwards else "at").values_list("pk", "at")


@prepared
def numbered(number: int, *, actor: Actor) -> QuerySet[Ticket, UUID]:
    return Ticket.objects.visible_to(actor).filter(number=number).values_list("pk", flat=True)


@pytest.fixture
def ticket() -> Ticket:
    account = Account(desk="publications", lookup=b"l" * 16, roles="agent", name=handles.new(), email=handles.new())
    made = Ticket(
        desk="publications", number=7, kind="question", service="other", activity="service-desk", version=1,
        team="servicedesk", requester=Person(desk="publications"), channel="mail", opened_at=NOW, last_contact_at=NOW,
    )  # fmt: skip
    messages = [
        Message(ticket=made, kind=kind, at=NOW + timedelta(days=day), account=account if day else None,
                folds=[[0, 3, "quotation"]], provenance={"spf": "pass"}, automatic=not day)
        for day, kind in enumerate(("incoming", "answer", "note"))
    ]  # fmt: skip
    for one in (made.requester, account, made):
        assert one is not None
        rows.insert([one])
    rows.insert(messages)
    return made


def test_it_gives_the_models_that_django_gives(ticket: Ticket) -> None:
    found = said(ticket.pk, NOW + timedelta(days=1), ["answer", "note", "incoming"])
    again = list(Message.objects.filter(ticket=ticket).order_by("at"))[1:]
    assert found == again
    for one, other in zip(found, again, strict=True):
        for field in Message._meta.concrete_fields:
            assert getattr(one, field.attname) == getattr(other, field.attname)
            assert type(getattr(one, field.attname)) is type(getattr(other, field.attname))


def test_what_hangs_on_a_row_comes_along(ticket: Ticket, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        first, *others = said(ticket.pk, NOW, ["incoming", "note"])
        assert first.ticket == ticket
        assert first.ticket.opened_at == NOW
        assert first.account is None
        assert [one.account.roles for one in others if one.account] == ["agent"]


def test_asked_again_with_other_values_it_finds_other_rows(ticket: Ticket) -> None:
    assert [one.kind for one in said(ticket.pk, NOW, ["note"])] == ["note"]
    assert [one.kind for one in said(ticket.pk, NOW, ["answer"])] == ["answer"]
    assert said(handles.new(), NOW, ["answer"]) == []


@pytest.mark.parametrize("count", range(6))
def test_any_number_of_values_may_be_asked_for(ticket: Ticket, count: int) -> None:
    kinds = ["incoming", "answer", "note", "none", "neither"][:count]
    assert [one.kind for one in said(ticket.pk, NOW, kinds)] == kinds[:3]


def test_what_is_given_by_name_shapes_the_question(ticket: Ticket) -> None:
    forth = moments(ticket.pk, backwards=False)
    assert [at for _, at in forth] == [NOW, NOW + timedelta(days=1), NOW + timedelta(days=2)]
    assert moments(ticket.pk, backwards=True) == forth[::-1]
    assert moments(None, backwards=True) == []
    assert numbered(7, actor=SOFTWARE) == [ticket.pk]
    assert numbered(7, actor=ALICE) == []


def test_counting_and_the_first(ticket: Ticket) -> None:
    assert said.count(ticket.pk, NOW, ["answer", "note"]) == 2
    assert said.count(ticket.pk, NOW, []) == 0
    assert numbered.first(7, actor=SOFTWARE) == ticket.pk
    assert numbered.first(8, actor=SOFTWARE) is None


def test_a_value_that_is_not_asked_for_as_it_is_given_is_refused(ticket: Ticket) -> None:
    @prepared
    def lower(number: int) -> QuerySet[Ticket]:
        return Ticket.objects.filter(number=F("version") + (number + 1))

    with pytest.raises(TypeError, match="lower"):
        lower(6)


def test_what_is_no_plain_value_is_given_by_name(ticket: Ticket) -> None:
    @prepared
    def unread(value: bool) -> QuerySet[Ticket]:
        return Ticket.objects.filter(unread=value)

    with pytest.raises(TypeError, match="by name"):
        unread(False)
