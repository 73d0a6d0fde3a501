"""Putting away: what the register does not declare leaves no trace; what it does is sealed, findable, and ends."""

import os
from pathlib import Path
from typing import Any

import apsw
import pytest
from django.conf import settings
from django.db import OperationalError, connections, transaction

from balie import register, vault
from balie.kernel import Refused, handles
from balie.vault import index, putting
from balie.vault.keys import store
from balie.vault.keys.models import RecordKey
from balie.vault.models import About, Record
from balie.vault.tests.keeping import OFF_LIMITS, item, put, read
from balie.vault.tests.real import bytes_of, path_of

CONSENTED = register.Facts(
    confirmed=frozenset({"Nimi tarvitaan vastaamiseen tai asiaan palaamiseen."}), consent=frozenset({"person"})
)


def traces(desk: str) -> tuple[int, int, int, list[object], list[Path]]:
    """Everything that putting something away would change."""
    store.take(desk, 1)  # keys are made ahead: what counts is how many are taken
    ready = len(store._pool.ready[desk])
    files = [one for one in Path(settings.BALIE_FILES).rglob("*") if one.is_file()]
    return Record.objects.count(), About.objects.count(), ready, list(index.all_handles()), files


@pytest.mark.parametrize(
    ("word", "holder", "source"),
    [
        ("iban", "ticket", "person"),  # a kind of data that no line names
        ("email", "profile", "person"),  # declared, but not on this holder
        ("email", "ticket", "phone-book"),  # declared, but not from there
        ("name", "ticket", "person"),  # declared at the other desk only
    ],
)
def test_what_is_not_declared_is_refused_and_nothing_of_it_is_kept(
    publications: Any, word: str, holder: str, source: str
) -> None:
    before = traces(publications.desk)
    wanted = [
        item(publications, "message", "An innocent beginning", about=(handles.new(),)),
        item(publications, "attachment", b"a" * (putting.IN_ROW + 1)),
        item(publications, word, OFF_LIMITS, holder=holder, source=source),
    ]
    with pytest.raises(Refused) as refused, transaction.atomic():
        vault.put(wanted, actor=publications.door)
    assert refused.value.clause
    assert str(refused.value).endswith(".")
    after = traces(publications.desk)
    assert after == (*before[:2], before[2] - 1, *before[3:])  # looking itself takes a key


def test_the_refusal_names_the_item_in_words_and_the_clause(publications: Any) -> None:
    with pytest.raises(Refused, match="is not declared for") as refused:
        put(publications, "iban", "NL00")
    assert refused.value.data == {"activity": "service-desk", "item": "iban", "need": ()}
    assert refused.value.clause == "5(1)(c), 30(1)(c)"


def test_an_activity_that_nobody_declared_is_refused(publications: Any) -> None:
    unknown = vault.Item("gossip", "reporter", "message", "psst", "ticket", handles.new())
    with pytest.raises(Refused, match="no activity «gossip»"), transaction.atomic():
        vault.put([unknown], actor=publications.door)


def test_what_is_kept_only_when_necessary_waits_for_the_agents_word_and_the_persons_consent(advice: Any) -> None:
    (sentence,) = CONSENTED.confirmed
    with pytest.raises(Refused, match="only when a named agent confirms") as unconfirmed:
        put(advice, "name", OFF_LIMITS)
    assert unconfirmed.value.data["need"] == (sentence,)
    with pytest.raises(Refused, match="only with the recorded consent of the person"):
        put(advice, "name", OFF_LIMITS, facts=register.Facts(confirmed=frozenset({sentence})))
    handle = put(advice, "name", OFF_LIMITS, facts=CONSENTED)
    assert read(advice.bob, handle) == [OFF_LIMITS]


def test_what_is_avoided_is_kept_all_the_same_and_goes_on_closing(publications: Any) -> None:
    handle = put(publications, "gender", "x", source="staff")
    (kept,) = vault.describe(publications.desk, handles=[handle])
    assert (kept.term, kept.trigger) == ("avoided", "ticket.closed")


def test_the_same_value_comes_back_whatever_it_is(publications: Any) -> None:
    texts = ["", "a", "Ärende åäö ‮ \x00 ���", "x" * 300_000, "\ud83d"]
    kept = [put(publications, "message", text) for text in texts]
    blobs = [b"", b"\0", bytes(range(256)) * 1024 * 5]
    files = [put(publications, "attachment", blob) for blob in blobs]
    assert read(publications.bob, *kept) == texts
    assert read(publications.bob, *files) == blobs


def test_the_same_value_twice_is_sealed_differently_under_keys_of_their_own(publications: Any) -> None:
    one, other = put(publications, "message", "the very same"), put(publications, "message", "the very same")
    rows = Record.objects.in_bulk([one, other])
    assert rows[one].key != rows[other].key
    assert bytes(rows[one].sealed or b"")[12:] != bytes(rows[other].sealed or b"")[12:]


def test_a_key_is_durable_before_it_is_used_and_never_used_twice(publications: Any) -> None:
    numbers = [number for number, _ in store.take(publications.desk, store.BATCH + 5)]
    assert len(set(numbers)) == store.BATCH + 5
    assert RecordKey.objects.filter(pk__in=numbers, sealed__isnull=False).count() == store.BATCH + 5
    vault.forget()
    again = [number for number, _ in store.take(publications.desk, 5)]
    assert not set(again) & set(numbers)


def test_whom_a_record_is_about_is_noted_once_each(publications: Any) -> None:
    one, other = handles.new(), handles.new()
    handle = put(publications, "message", "about two", about=(one, other, one))
    assert set(vault.about(publications.desk, [handle])) == {one, other}
    assert vault.known_about(publications.desk, {one, handles.new()}) == {one}
    assert vault.known_about("citizens-advice", {one}) == set()
    assert [kept.handle for kept in vault.of_person(publications.desk, other)] == [handle]


def test_nothing_that_was_put_away_stands_clear_in_any_file(real: Any) -> None:
    put(real, "family-name", OFF_LIMITS)
    put(real, "message", f"Signed, {OFF_LIMITS}")
    put(real, "attachment", OFF_LIMITS.encode() * 20_000)
    folder = path_of("default").parent
    found = b"".join(one.read_bytes() for one in folder.rglob("*") if one.is_file()).lower()
    assert len(found) > 20_000 * len(OFF_LIMITS)
    for word in (b"aurelia", b"quintessa", b"verholt", OFF_LIMITS.encode("utf-16-le").lower(), b"qxvyzwxpy"):
        assert word not in found


def test_a_full_disk_keeps_nothing_and_says_so(real: Any) -> None:
    kept = put(real, "message", "before")
    connection = connections["default"]
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # or what others left free would do
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(OperationalError, match="full"):
        put(real, "message", "x" * 100_000)
    assert [one.handle for one in vault.all_of(real.desk) if one.item == "message"] == [kept]
    assert read(real.bob, kept) == ["before"]


def test_a_locked_index_is_told_as_a_database_is_and_nothing_is_kept(
    real: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "PATIENCE", 50)
    put(real, "message", "before")
    index.close()
    other = apsw.Connection(str(settings.BALIE_INDEX))
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="the index cannot be written"):
        put(real, "message", "while it is locked")
    put(real, "attachment", b"what nothing is found by needs no index")
    other.execute("ROLLBACK")
    other.close()
    assert read(real.bob, put(real, "message", "afterwards")) == ["afterwards"]
    assert sum(one.item == "message" for one in vault.all_of(real.desk)) == 2


def test_what_a_failed_transaction_put_away_is_in_no_table(real: Any) -> None:
    with transaction.atomic():
        vault.put([item(real, "message", OFF_LIMITS)], actor=real.door)
        transaction.set_rollback(True)
    assert not any(one.item == "message" for one in vault.all_of(real.desk))
    assert OFF_LIMITS.encode() not in bytes_of("default")
    assert (
        vault.search(real.bob, "quintessa") != []
    )  # the index is written before, so that nothing is kept and not found …
    assert vault.tidy() == (1, 0)  # … and tidied before the doors open
    assert vault.search(real.bob, "quintessa") == []


def test_a_copy_of_the_process_uses_none_of_the_keys_that_were_made_ahead(publications: Any) -> None:
    store.take(publications.desk, 1)
    assert store._pool.ready[publications.desk]
    copy = os.fork()
    if not copy:
        os._exit(1 if any(store._pool.ready.values()) else 0)
    assert os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1]) == 0
    assert store._pool.ready[publications.desk]
