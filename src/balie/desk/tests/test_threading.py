"""Which ticket a mail joins: the holder of its secret word or a participant, and nobody else."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from balie import vault
from balie.desk import closing, reporter, threading
from balie.desk.models import Ticket
from balie.desk.tests.coming_in import ALICE, mail, ticket

STRANGER = "mallory@example.net"


def joins(cast: Any, one: Ticket, **more: Any) -> bool:
    return mail(cast, "And another thing", **more).ticket_id == one.pk


def plus(cast: Any, one: Ticket, word: str = "") -> str:
    local, _, domain = cast.address.partition("@")
    return f"{local}+{word or threading.secret_word(one)}@{domain}"


def test_the_secret_word_in_the_address_is_proof_whoever_writes(publications: Any) -> None:
    one = ticket(publications)
    assert joins(publications, one, sender=STRANGER, recipients=(plus(publications, one),), subject="")
    assert joins(publications, one, sender=STRANGER, recipients=("x@example.org", plus(publications, one).upper()))
    assert joins(publications, one, sender="", recipients=(plus(publications, one),))


def quoting(one: Ticket, word: str = "") -> tuple[str, ...]:
    return ("unrelated@example.org", f"{word or threading.mark(one)}.0198abcdef@publications.test")


def test_a_stranger_who_quotes_one_of_our_ids_starts_a_ticket_of_their_own(publications: Any) -> None:
    one = ticket(publications)
    assert not joins(publications, one, sender=STRANGER, quoted_ids=quoting(one), subject="")
    assert not joins(publications, one, sender="", quoted_ids=quoting(one), subject="")


def test_a_participant_who_quotes_one_of_our_ids_joins(publications: Any) -> None:
    one = ticket(publications)
    assert joins(publications, one, sender=ALICE.upper(), quoted_ids=quoting(one), subject="")


def test_a_word_in_the_wrong_place_is_none(publications: Any) -> None:
    """What ids say is known to many, and is no way in by the address; the secret of the address is no way in by an id."""
    one = ticket(publications)
    assert threading.mark(one) != threading.secret_word(one)
    assert not joins(
        publications, one, sender=STRANGER, recipients=(plus(publications, one, threading.mark(one)),), subject=""
    )
    assert not joins(
        publications, one, sender=STRANGER, quoted_ids=quoting(one, threading.secret_word(one)), subject=""
    )


@pytest.mark.parametrize("word_of", [threading.secret_word, threading.mark])
def test_a_word_is_long_and_differs_for_every_ticket(publications: Any, word_of: Callable[[Ticket], str]) -> None:
    one, other = ticket(publications), ticket(publications)
    number, _, word = word_of(one).partition(".")
    assert (number, len(word)) == ("1001", 16)
    assert word not in word_of(other)
    vault.forget()
    assert word_of(one) == f"{number}.{word}"


@pytest.mark.parametrize(("dmarc", "joined"), [("fail", False), ("pass", True), ("none", True), ("temperror", True)])
def test_whose_domain_does_not_vouch_for_it_is_no_participant(publications: Any, dmarc: str, joined: bool) -> None:
    one = ticket(publications)
    asked: dict[str, Any] = {"sender": ALICE, "actor": publications.door, "provenance": {"dmarc": dmarc}}
    by_id = threading.ticket_of(recipients=(), quoted_ids=quoting(one), subject="", **asked)
    by_number = threading.ticket_of(recipients=(), quoted_ids=(), subject="[1001]", **asked)
    assert [by_id, by_number] == ([one, one] if joined else [None, None])
    by_secret = threading.ticket_of(recipients=(plus(publications, one),), quoted_ids=(), subject="", **asked)
    assert by_secret == one


@pytest.mark.parametrize("place", ["subject", "id", "address"])
def test_what_is_quoted_without_proof_is_named_whoever_writes(publications: Any, place: str) -> None:
    one = ticket(publications)
    places: dict[str, Any] = {"recipients": (publications.address,), "quoted_ids": (), "subject": "Hello"}
    places |= {
        "subject": {"subject": "Re: Locked out [1001]"},
        "id": {"quoted_ids": quoting(one)},
        "address": {"recipients": (plus(publications, one, "1001.wrong"),)},
    }[place]
    assert threading.may_belong_to(**places, actor=publications.door) == one


def test_nothing_is_named_that_is_not_there(publications: Any, advice: Any) -> None:
    one = ticket(advice)
    nowhere = ("1001.aaaaaaaaaaaaaaaa.x@publications.test", *quoting(one))
    found = threading.may_belong_to(recipients=(), quoted_ids=nowhere, subject="[1001]", actor=publications.door)
    assert found is None


def test_a_mail_that_quotes_thousands_costs_no_more_than_one_that_quotes_two(
    publications: Any, django_assert_max_num_queries: Any
) -> None:
    one = ticket(publications)
    flood = tuple(" ".join(f"{n * 40 + m + 2000}.aaaaaaaaaaaaaaaa" for m in range(40)) for n in range(100))
    subject = " ".join(f"[{n}]" for n in range(1, 300))
    with django_assert_max_num_queries(6):
        found = threading.ticket_of(
            recipients=(), quoted_ids=flood, subject=subject, sender=ALICE, actor=publications.door
        )
    assert found is None
    assert joins(publications, one, sender=ALICE, quoted_ids=quoting(one), subject=subject)


def test_a_stranger_who_quotes_a_number_starts_a_ticket_of_their_own(publications: Any) -> None:
    one = ticket(publications)
    for subject in ("Re: [1001]", "[1001] locked out", "Re: Locked out [1001]", "[#1001]", "[ticket 1001]"):
        assert not joins(publications, one, sender=STRANGER, subject=subject), subject
    assert not joins(publications, one, sender="", subject="[1001]")


def test_a_participant_who_quotes_the_number_joins(publications: Any) -> None:
    one = ticket(publications)
    for subject in ("Re: [1001]", "SV: Locked out [1001]", "[#1001]", "[Ticket #1001] x"):
        assert joins(publications, one, sender=ALICE.upper(), subject=subject), subject


def test_whoevers_address_an_agent_wrote_down_takes_part(publications: Any) -> None:
    one = ticket(publications, sender="")
    reporter.write(one, item="email", value="carol@example.org", actor=publications.bob)
    assert joins(publications, one, sender="carol@example.org", subject="[1001]")


def test_a_participant_of_one_ticket_is_a_stranger_to_another(publications: Any) -> None:
    ticket(publications)
    other = ticket(publications, sender="carol@example.org")
    assert not joins(publications, other, sender=ALICE, subject=f"[{other.number}]")


@pytest.mark.parametrize(
    "subject", ["1001", "Order 1001", "(1001)", "[1001x]", "[01001]", "[99999999999]", "[]", "[1001"]
)
def test_a_number_that_only_happens_to_stand_there_joins_nothing(publications: Any, subject: str) -> None:
    one = ticket(publications)
    assert not joins(publications, one, sender=ALICE, subject=subject)


def test_the_word_of_another_ticket_joins_that_one_and_a_mixed_one_none(publications: Any) -> None:
    one, other = ticket(publications), ticket(publications, sender="carol@example.org")
    word = threading.secret_word(one).partition(".")[2]
    mixed = plus(publications, other, f"{other.number}.{word}")
    assert not joins(publications, other, sender=STRANGER, recipients=(mixed,), subject="")
    assert joins(publications, one, sender=STRANGER, recipients=(plus(publications, one),), subject=f"[{other.number}]")


def test_the_word_of_the_other_desks_ticket_of_the_same_number_joins_nothing(publications: Any, advice: Any) -> None:
    ours, theirs = ticket(publications), ticket(advice)
    assert ours.number == theirs.number
    assert not joins(publications, ours, sender=STRANGER, recipients=(plus(publications, theirs),), subject="")


@pytest.mark.parametrize("word", ["1001.aaaaaaaaaaaaaaaa", "1001.", "1001", "9999.aaaaaaaaaaaaaaaa", "1001.k3j2"])
def test_a_guessed_word_joins_nothing(publications: Any, word: str) -> None:
    one = ticket(publications)
    assert not joins(publications, one, sender=STRANGER, recipients=(plus(publications, one, word),), subject="")


def test_a_closed_ticket_is_joined_while_something_of_it_stands(publications: Any) -> None:
    one = ticket(publications)
    closing.close(one, actor=publications.bob)
    assert joins(publications, one, sender=STRANGER, recipients=(plus(publications, one),))


@pytest.mark.parametrize("close", [True, False])
def test_an_erased_ticket_is_only_a_number_closed_or_not(advice: Any, close: bool) -> None:
    """S4.3: two years after the last contact everything is gone, and who comes back then begins anew."""
    one = ticket(advice, at=datetime(2024, 1, 1, tzinfo=UTC))
    if close:
        closing.close(one, actor=advice.bob)
    due = [handle for handle, *_ in vault.due(advice.desk, datetime(2026, 1, 2, tzinfo=UTC))]
    vault.erase(due, actor=advice.door, why="two-years")
    assert not joins(advice, one, sender=STRANGER, recipients=(plus(advice, one),))
    assert not joins(advice, one, sender=ALICE, subject="[1001]")


def test_a_mail_without_text_can_be_joined_too(publications: Any) -> None:
    one = ticket(publications, "", subject="Only a subject")
    closing.close(one, actor=publications.bob)
    assert joins(publications, one, recipients=(plus(publications, one),))
