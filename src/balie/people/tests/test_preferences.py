"""Preferences: codes, each for oneself; what there is not cannot be chosen, and what means nothing any more is let be."""

from typing import Any

import pytest

from balie.evidence.models import Entry
from balie.kernel import Invalid, Refused
from balie.people import accounts, preferences
from balie.people.models import Account
from balie.people.preferences import Preferences


def mine(actor: Any) -> Account:
    return accounts.account_of(actor)


def test_nothing_is_chosen_to_begin_with(advice: Any) -> None:
    assert preferences.of(mine(advice.bob)) == Preferences("", "", "")


def test_what_is_chosen_holds_for_its_chooser_alone_and_is_in_the_evidence(advice: Any) -> None:
    preferences.look(language="fi", density="compact", scheme="dark", actor=advice.bob)
    assert preferences.of(mine(advice.bob)) == Preferences("fi", "compact", "dark")
    assert preferences.of(mine(advice.dora)) == Preferences("", "", "")
    told = Entry.objects.get(act="account.preferred")
    assert (told.operation, told.ref, told.facts) == ("alter", mine(advice.bob).handle, {})
    preferences.look(language="", density="", scheme="", actor=advice.bob)
    assert (preferences.of(mine(advice.bob)), mine(advice.bob).preferences) == (Preferences("", "", ""), {})


def test_keys_and_looks_stand_beside_one_another(advice: Any) -> None:
    preferences.keys({"answer": "q", "note": ""}, actor=advice.bob)
    preferences.look(language="nl", density="compact", scheme="", actor=advice.bob)
    assert mine(advice.bob).preferences == {"shortcuts": {"answer": "q", "note": ""}, "density": "compact"}
    preferences.keys("off", actor=advice.bob)
    assert mine(advice.bob).preferences == {"shortcuts": "off", "density": "compact"}
    assert preferences.of(mine(advice.bob)).language == "nl"
    preferences.keys({}, actor=advice.bob)
    assert mine(advice.bob).preferences == {"density": "compact"}


@pytest.mark.parametrize("wrong", [{"language": "sv"}, {"density": "airy"}, {"scheme": "pink"}, {"language": "x" * 99}])
def test_what_there_is_not_cannot_be_chosen(advice: Any, wrong: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        preferences.look(**{"language": "", "density": "", "scheme": "", **wrong}, actor=advice.bob)
    assert mine(advice.bob).preferences == {}


@pytest.mark.parametrize(
    "wrong", ["on", {"Alice Voorbeeld": "x"}, {"answer": "a whole text"}, {f"c{n}": "x" for n in range(201)}]
)
def test_keys_are_codes_and_single_signs(advice: Any, wrong: Any) -> None:
    with pytest.raises(Invalid):
        preferences.keys(wrong, actor=advice.bob)
    assert mine(advice.bob).preferences == {}


def test_what_is_stored_and_means_nothing_any_more_is_let_be(advice: Any) -> None:
    Account.objects.filter(pk=mine(advice.bob).pk).update(preferences={"density": "airy", "scheme": 7}, language="xx")
    assert preferences.of(mine(advice.bob)) == Preferences("", "", "")


def test_only_staff_prefers(advice: Any) -> None:
    with pytest.raises(Refused):
        preferences.look(language="", density="", scheme="", actor=advice.door)
