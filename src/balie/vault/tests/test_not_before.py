"""What a law forbids to destroy stays until its day, whatever else ends: the sweep and a strike-out leave it alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from balie import vault
from balie.desk import reporter
from balie.desk.tests.coming_in import ticket
from balie.kernel import Refused
from balie.register.tests.desks_read import adopted
from balie.vault.models import Record

LAW = ("    keep: 1 year after ticket.closed\n", "    keep: 1 year after ticket.closed\n    not-before: 2 years\n")


@pytest.fixture
def under_the_law(publications: Any) -> Any:
    adopted(LAW, ("number: VB-0117", "number: VB-0118"), desk="publications", actor=publications.dora)
    return publications


def test_its_day_is_set_when_it_is_put_away(under_the_law: Any) -> None:
    one = ticket(under_the_law)
    (day,) = set(Record.objects.filter(held_by=one.handle).values_list("not_before", flat=True))
    assert abs((day - timezone.now().date()).days - 730) <= 1


def test_it_is_not_struck_out_before(under_the_law: Any) -> None:
    one = ticket(under_the_law)
    reporter.write(one, item="family-name", value="Bos", actor=under_the_law.bob)
    with pytest.raises(Refused, match="must be kept until a day that was set"):
        reporter.strike(one, item="family-name", actor=under_the_law.bob)


def test_the_sweep_leaves_it_until_then(under_the_law: Any) -> None:
    one = ticket(under_the_law)
    Record.objects.filter(held_by=one.handle).update(erase_at=timezone.now() - timedelta(days=1))
    kept = {record.handle for record in Record.objects.filter(held_by=one.handle)}
    assert not kept & {handle for handle, *_ in vault.due(under_the_law.desk, timezone.now())}
