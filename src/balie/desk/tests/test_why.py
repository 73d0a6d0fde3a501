"""Why do we still have this? An answer for every item of a ticket, and for what has gone."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from balie import vault
from balie.desk import closing, reporter, why
from balie.desk.tests.coming_in import mail, ticket


def lines(one: Any) -> dict[str, Any]:
    return {line.kept.item: line for line in why.of(one, language="en")}


def test_every_item_has_an_activity_a_basis_a_term_and_a_date(publications: Any) -> None:
    one = mail(publications).ticket
    reporter.write(one, item="family-name", value="Voorbeeld", actor=publications.bob)
    found = lines(one)
    assert {"message", "email", "family-name", "raw-message"} == set(found)
    kept = {record.handle for record in vault.describe(publications.desk, held_by=[one.handle])}
    assert kept < {line.record for line in why.of(one, language="en")}
    for line in found.values():
        assert line.kept.activity == "service-desk"
        assert line.kept.term in {"handled", "mail-as-sent"}
        assert line.kept.erase_at is not None
        assert line.label.read("nl")
    assert found["raw-message"].kept.term == "mail-as-sent"


def test_the_answer_is_in_the_registers_own_words(publications: Any, advice: Any) -> None:
    for cast, language, begins in (
        (publications, "nl", "Wie na afloop nog een vraag"),
        (advice, "fi", "Jotta aiempaan"),
    ):
        answers = {line.kept.item: line.answer for line in why.of(ticket(cast), language=language)}
        assert answers["message"].because.startswith(begins)


def test_what_has_gone_says_when_and_why(publications: Any) -> None:
    one = ticket(publications)
    reporter.write(one, item="phone", value="020 794 0123", actor=publications.bob)
    assert why.gone(one) == []
    reporter.strike(one, item="phone", actor=publications.bob)
    (gone,) = why.gone(one)
    assert gone.why == "struck-out"
    assert gone.at.date() == timezone.now().date()
    assert "phone" not in lines(one)


def test_a_ticket_ends_with_the_last_of_its_items(publications: Any) -> None:
    one = ticket(publications)
    closing.close(one, actor=publications.bob)
    last = why.until(one)
    assert last is not None
    assert abs((last - timezone.now()) - timedelta(days=365)) < timedelta(days=2)


def test_ten_messages_cost_as_many_queries_as_one(publications: Any, django_assert_num_queries: Any) -> None:
    one = ticket(publications)
    why.of(one, language="en")
    for _ in range(2):
        with django_assert_num_queries(2):
            why.of(one, language="en")
        for n in range(9):
            mail(publications, f"text {n}", subject="[1001]")
