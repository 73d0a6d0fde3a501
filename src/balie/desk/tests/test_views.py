"""Views that are kept: structural terms alone, own ones and the desk's, each counting what it lists."""

from typing import Any

import pytest

from balie.desk import asking, closing, counting, queue, relations, triage, views
from balie.desk.models import View
from balie.desk.tests.coming_in import fresh, ticket
from balie.evidence.models import Entry
from balie.kernel import Invalid, Refused
from balie.people import accounts


def slugs(actor: Any) -> list[str]:
    return [one.slug for one in views.known(actor) if one.whose != "built-in"]


def test_the_built_in_views_stand_first_and_are_the_same_for_all(advice: Any) -> None:
    assert [one.slug for one in views.known(advice.bob)] == list(views.BUILT_IN)
    assert {one.whose for one in views.known(advice.bob)} == {"built-in"}


def test_a_kept_view_lists_and_counts_what_it_asks(advice: Any) -> None:
    one, two = ticket(advice, sender="1@example.org"), ticket(advice, sender="2@example.org")
    triage.sort(one, service=one.service, kind="incident", actor=advice.bob)
    view = views.keep("kind:incident status:new,open sort:newest", columns=["kind", "number"], actor=advice.bob)
    known = views.known_as(f"v{view.pk}", actor=advice.bob)
    assert known is not None
    assert (known.whose, known.columns) == ("own", ("number", "kind"))
    assert view.terms == "status:new,open kind:incident sort:newest"
    counts = {shown.slug: shown.count for shown in queue.views(advice.bob)}
    assert counts[f"v{view.pk}"] == 1
    assert [row.number for row in queue.tickets(advice.bob, f"v{view.pk}")] == [one.number]
    closing.close(fresh(one), actor=advice.bob)
    assert {shown.slug: shown.count for shown in queue.views(advice.bob)}[f"v{view.pk}"] == 0
    assert two.number in [row.number for row in queue.tickets(advice.bob, "open")]


def test_an_own_view_is_nobody_elses_and_the_desks_is_everybodys(advice: Any) -> None:
    own = views.keep("is:unread status:open", actor=advice.bob)
    shared = views.keep("status:waiting kind:request", shared=True, actor=advice.ada)
    assert slugs(advice.bob) == [f"v{shared.pk}", f"v{own.pk}"]
    assert slugs(advice.ada) == [f"v{shared.pk}"]
    assert slugs(advice.charlie) == []
    assert views.known_as(f"v{own.pk}", actor=advice.ada) is None
    assert views.view_of(f"v{own.pk}", actor=advice.charlie) is None
    for act in (
        lambda: views.drop(own, actor=advice.ada),
        lambda: views.drop(shared, actor=advice.bob),
        lambda: views.share(own, actor=advice.bob),
        lambda: views.change(shared, text="status:new", columns=(), actor=advice.bob),
        lambda: views.move(own, up=True, actor=advice.charlie),
        lambda: views.keep("status:new", shared=True, actor=advice.bob),
        lambda: views.keep("status:new", actor=advice.door),
    ):
        with pytest.raises(Refused):
            act()
    assert View.objects.count() == 2


def test_me_in_a_shared_view_is_whoever_looks(advice: Any) -> None:
    one = ticket(advice)
    view = views.keep("assignee:me status:new,open", shared=True, actor=advice.ada)
    triage.assign(one, to=accounts.account_of(advice.bob), actor=advice.bob)
    for actor, many in ((advice.bob, 1), (advice.ada, 0)):
        assert {shown.slug: shown.count for shown in queue.views(actor)}[f"v{view.pk}"] == many


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("status:open locked", "keeps no words"),
        ('status:open "locked out"', "keeps no words"),
        ("", "asks nothing yet"),
        ("sort:newest", "asks nothing yet"),
        ("status:open sort:best", "best order"),
        ("status:solved", "«solved»"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_the_reason(advice: Any, text: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        views.keep(text, actor=advice.bob)
    assert not View.objects.exists()


def test_a_colleague_is_kept_by_handle_and_never_by_name(advice: Any) -> None:
    appointed = {"roles": ["agent"], "teams": [], "actor": advice.ada}
    vera, _ = accounts.appoint(name="Vera Voorbeeld", email="vera@example.org", **appointed)
    view = views.keep('assignee:"vera voor" status:open', actor=advice.bob)
    assert view.terms == f"status:open assignee:{vera.handle.hex}"
    accounts.appoint(name="Vera Ander", email="ander@example.org", **appointed)
    with pytest.raises(Invalid, match="Several"):
        views.keep("assignee:Vera", actor=advice.bob)
    with pytest.raises(Invalid, match="No colleague"):
        views.keep("assignee:Zacharias", actor=advice.bob)


def test_views_move_are_shared_changed_and_dropped_each_with_its_evidence(advice: Any) -> None:
    one, two = (views.keep(text, actor=advice.ada) for text in ("kind:request", "kind:incident"))
    views.move(two, up=True, actor=advice.ada)
    assert slugs(advice.ada) == [f"v{two.pk}", f"v{one.pk}"]
    views.move(View.objects.get(pk=two.pk), up=True, actor=advice.ada)
    assert slugs(advice.ada) == [f"v{two.pk}", f"v{one.pk}"]
    views.share(View.objects.get(pk=one.pk), actor=advice.ada)
    assert slugs(advice.bob) == [f"v{one.pk}"]
    views.change(View.objects.get(pk=one.pk), text="kind:feedback", columns=["who"], actor=advice.ada)
    known = views.known_as(f"v{one.pk}", actor=advice.bob)
    assert known is not None
    assert (asking.written(known.asked), known.columns) == ("kind:feedback", ("who",))
    views.drop(View.objects.get(pk=one.pk), actor=advice.ada)
    assert slugs(advice.bob) == []
    acts = list(Entry.objects.filter(act__startswith="view.").order_by("id").values_list("act", flat=True))
    assert acts == [f"view.{act}" for act in ("kept", "kept", "moved", "moved", "shared", "changed", "dropped")]


def test_only_so_many_are_kept_and_columns_are_known(advice: Any) -> None:
    for _ in range(views.MOST):
        views.keep("status:new", actor=advice.bob)
    with pytest.raises(Invalid, match="already"):
        views.keep("status:new", actor=advice.bob)
    views.keep("status:new", actor=advice.ada)
    with pytest.raises(Invalid, match="«price» is no column"):
        views.keep("status:new", columns=["price"], actor=advice.ada)


def test_a_view_whose_service_is_gone_lists_nothing_and_breaks_nothing(advice: Any) -> None:
    view = View.objects.create(desk=advice.desk, terms="status:open service:gone,other-gone", place=0)
    assert {shown.slug: shown.count for shown in queue.views(advice.bob)}[f"v{view.pk}"] == 0
    assert list(queue.tickets(advice.bob, f"v{view.pk}")) == []


def test_all_views_together_cost_no_more_statements_than_the_built_in_ones(
    advice: Any, django_assert_max_num_queries: Any
) -> None:
    for kind in ("request", "incident", "feedback", "question"):
        views.keep(f"status:new,open,waiting kind:{kind} is:unread", actor=advice.bob)
    # the views, where the evidence stands, the open ones grouped, those that one follows, the closed ones
    with django_assert_max_num_queries(5):
        queue.views(advice.bob)


def test_what_was_counted_is_counted_again_once_something_was_done(advice: Any, django_assert_num_queries: Any) -> None:
    one, _other = ticket(advice), ticket(advice, sender="carol@example.org")
    questions = [asking.read("status:new,open,waiting", actor=advice.bob)]
    assert counting.count(questions, actor=advice.bob) == [counting.Number(2)]
    with django_assert_num_queries(1):  # where the evidence stands
        assert counting.count(questions, actor=advice.bob) == [counting.Number(2)]
    closing.close(one, actor=advice.bob)
    assert counting.count(questions, actor=advice.bob) == [counting.Number(1)]


def test_more_than_can_be_worked_is_more_than_that(advice: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST", 2)
    for n in range(3):
        closing.close(ticket(advice, sender=f"{n}@example.org"), actor=advice.bob)
    (closed,) = [shown for shown in queue.views(advice.bob) if shown.slug == "closed"]
    assert (closed.count, closed.more) == (2, True)
    rare = views.keep("status:closed kind:incident", actor=advice.bob)
    (shown,) = [one for one in queue.views(advice.bob) if one.slug == f"v{rare.pk}"]
    assert shown.count is None


@pytest.mark.parametrize(
    "terms", ["is:unread", "delivery:failed status:open", "is:restricted status:new,open", "channel:mail"]
)
def test_what_is_listed_is_what_is_counted(advice: Any, terms: str) -> None:
    ticket(advice)
    asked = asking.read(terms, actor=advice.bob)
    (number,) = counting.count([asked], actor=advice.bob)
    assert number.count in (None, queue.of(asked, actor=advice.bob).count())


def test_what_one_follows_is_a_view_of_ones_own(advice: Any) -> None:
    one, _other = ticket(advice), ticket(advice, sender="carol@example.org")
    relations.follow(one, actor=advice.bob)
    assert [each.number for each in queue.tickets(advice.bob, "following")] == [one.number]
    assert {shown.slug: shown.count for shown in queue.views(advice.bob)}["following"] == 1
    assert {shown.slug: shown.count for shown in queue.views(advice.dora)}["following"] == 0
    closing.close(one, actor=advice.bob)
    assert list(queue.tickets(advice.bob, "following")) == []
