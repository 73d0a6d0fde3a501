"""Declaring anew: what hangs on a thing stands elsewhere only where the register has a place for it, and under the term of there."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from balie import register, vault
from balie.kernel import Refused, handles
from balie.vault.models import Record

THEN = datetime(2027, 3, 10, 9, tzinfo=UTC)


def keep(cast: Any, item: str, people: str, *, source: str = "staff") -> Any:
    held_by = handles.new()
    vault.put([vault.Item("account-requests", people, item, "Bos", "ticket", held_by, source=source)], actor=cast.bob)
    return held_by


def declare(cast: Any, held_by: Any, *place: str) -> int:
    with transaction.atomic():
        version = register.in_force(cast.desk)
        return vault.declare(
            held_by,
            lambda item: (place[0], place[1]),
            version=version,
            actor=cast.bob,
            happened={"ticket.closed": THEN},
        )


def test_it_stands_there_under_the_term_of_there(publications: Any) -> None:
    held_by = keep(publications, "family-name", "requester")
    assert Record.objects.get(held_by=held_by).review is not None  # permanent, asked again
    assert declare(publications, held_by, "service-desk", "reporter") == 1
    record = Record.objects.get(held_by=held_by)
    assert (record.activity, record.people, record.term) == ("service-desk", "reporter", "handled")
    assert (record.happened_at, record.review) == (THEN, None)
    assert record.erase_at == datetime(2028, 3, 10, tzinfo=UTC)


def test_where_it_stands_already_nothing_changes(publications: Any) -> None:
    held_by = keep(publications, "family-name", "requester")
    assert declare(publications, held_by, "account-requests", "requester") == 0


def test_an_item_that_is_not_declared_there_is_refused_by_name(publications: Any) -> None:
    held_by = keep(publications, "access-rights", "holder")
    with pytest.raises(Refused, match="Access rights is not declared"):
        declare(publications, held_by, "service-desk", "reporter")
    assert Record.objects.get(held_by=held_by).people == "holder"


def test_nor_one_that_came_from_a_source_that_is_not_declared_there(publications: Any) -> None:
    held_by = keep(publications, "family-name", "holder", source="another-person")
    with pytest.raises(Refused, match="from «another-person» is not declared"):
        declare(publications, held_by, "service-desk", "reporter")
