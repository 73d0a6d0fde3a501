"""Whatever is put, corrected, held and erased in whatever order: what is kept is read and found, what is erased is gone everywhere."""

from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from balie import vault
from balie.vault import files, index, putting
from balie.vault.keys import store
from balie.vault.models import Erasure, Record
from balie.vault.tests.keeping import put, read
from balie.vault.tests.real import begin_anew, forget, put_back, take

WORDS = ("vergunning", "kirjasto", "announcement")


class Vault(RuleBasedStateMachine):
    """A desk's vault, and beside it what a person would remember of it. `cast` is set by the test."""

    cast: Any = None
    records = Bundle("records")

    @initialize()
    def begin(self) -> None:
        self.kept: dict[UUID, str] = {}
        self.gone: set[UUID] = set()
        self.held: set[UUID] = set()
        self.backup: tuple[Any, dict[UUID, str], set[UUID]] | None = None
        begin_anew()

    @rule(target=records, word=st.sampled_from(WORDS), large=st.booleans())
    def put(self, word: str, large: bool) -> UUID:
        text = f"{word} {len(self.kept)}" + " x" * (putting.IN_ROW if large else 0)
        handle = put(self.cast, "message", text)
        self.kept[handle] = text
        return handle

    @rule(target=records, old=consumes(records), word=st.sampled_from(WORDS))
    def correct(self, old: UUID, word: str) -> Any:
        if old not in self.kept or old in self.held:
            return multiple()
        new = vault.correct(old, word, actor=self.cast.bob)
        del self.kept[old]
        self.gone.add(old)
        self.kept[new] = word
        return new

    @rule(one=records, soon=st.booleans())
    def erase(self, one: UUID, soon: bool) -> None:
        verb = vault.erase_soon if soon else vault.erase
        free = one in self.kept and one not in self.held
        assert verb([one], actor=self.cast.bob, why="asked") == free
        if free:
            del self.kept[one]
            self.gone.add(one)

    @rule(one=records)
    def hold(self, one: UUID) -> None:
        assert vault.hold([one], reason="claim", actor=self.cast.dora) == (one in self.kept)
        self.held |= {one} & self.kept.keys()

    @rule(one=records)
    def release(self, one: UUID) -> None:
        assert vault.release([one], actor=self.cast.dora) == (one in self.held)
        self.held.discard(one)

    @rule(one=records)
    def crash_in_the_middle(self, one: UUID) -> None:
        """The rows are gone, the process ended; the next one finishes."""
        from balie.vault import erasing

        if erasing.erase_rows([one], actor=self.cast.bob, why="asked", at=timezone.now()):
            del self.kept[one]
            self.gone.add(one)
        forget()
        vault.finish()

    @rule()
    def start_anew(self) -> None:
        forget()
        assert vault.replay(self.cast.desk) == 0
        vault.tidy()

    @rule()
    def back_up(self) -> None:
        self.backup = take("default"), dict(self.kept), set(self.held)

    @rule()
    def restore_the_rows(self) -> None:
        """What was put since is lost with the disk; what was erased since is erased again."""
        if self.backup is None:
            return
        copy, kept, held = self.backup
        put_back("default", copy)
        lost = self.gone & kept.keys()
        assert vault.replay(self.cast.desk) == len(lost)
        self.kept = {one: text for one, text in kept.items() if one not in self.gone}
        self.held = held & self.kept.keys()
        vault.rebuild_index(self.cast.desk)
        vault.tidy()

    @invariant()
    def what_is_kept_is_read_and_what_is_gone_is_not(self) -> None:
        opened = vault.Reading(self.cast.bob, "ticket.looked-at").open([*self.kept, *self.gone])
        assert {one: opened[one] for one in self.kept} == self.kept
        assert not any(isinstance(opened.get(one), str | bytes) for one in self.gone)

    @invariant()
    def what_is_kept_is_found_and_what_is_gone_is_not(self) -> None:
        for word in WORDS:
            found = {one.handle for one in vault.search(self.cast.bob, word)}
            assert found == {one for one, text in self.kept.items() if word in text}

    @invariant()
    def keys_rows_ledger_index_and_files_agree(self) -> None:
        rows = Record.objects.filter(item="message")
        assert set(rows.values_list("handle", flat=True)) == self.kept.keys()
        assert list(vault.without_key(self.cast.desk)) == []
        assert not store.living(Erasure.objects.values_list("key", flat=True))
        assert vault.unfinished(timezone.now()) == []
        assert index.known(self.gone) == set()
        assert {handle for handle, _ in files.all_handles()} == set(
            rows.filter(sealed=None).values_list("handle", flat=True)
        )


def test_any_order_of_acts_leaves_the_vault_as_a_person_would_remember_it(
    real: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Vault, "cast", real)
    budget = settings(
        max_examples=12,
        stateful_step_count=18,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
    )
    run_state_machine_as_test(Vault, settings=budget)
    assert read(real.bob) == []
