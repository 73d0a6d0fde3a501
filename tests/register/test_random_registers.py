"""Registers drawn at random: written and read again they say the same; linted, asked and told they never stumble; and whatever is
broken in the file is answered with a sentence."""

import json
import random
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.register.random_registers import registers
from tests.register.test_any_register import ask_everything

from balie import register
from balie.kernel import Invalid
from balie.register.canonical import canonical, digest
from balie.register.places import needs
from balie.register.reading import read

_HOW: Any = {
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "phases": (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
}
OFTEN = settings(max_examples=300, **_HOW)
FOR_LONG = settings(max_examples=10_000, **_HOW)
NAMES = {"R01", "R02", "R03"}  # with these faults the questions have nothing to look up


def written(data: Any) -> str:
    return str(yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=10_000))


def says_the_same_again(data: dict[str, Any]) -> None:
    """Load → write → load: in the canonical form, and as written with its keys in another order."""
    first = register.draft(written(data), name="one.yaml")
    again = register.draft(canonical(first.data), name="canonical.yaml")
    assert (again.digest, canonical(again.data)) == (first.digest, canonical(first.data))
    turned: Any = read(written(_turned(data)), name="turned.yaml").data
    assert digest(turned) == first.digest


def never_stumbles(data: dict[str, Any]) -> None:
    v = register.draft(written(data), name="any.yaml")
    found = register.lint(v)
    assert all(str(one.say) and one.clause and one.line >= 1 for one in found)
    assert {one.level for one in found} <= {"fault", "doubt"}
    if not NAMES & {one.rule for one in found}:
        ask_everything(v)


def answers_with_a_sentence(data: dict[str, Any], chance: random.Random) -> None:
    """A few signs of the file are struck out, doubled or put elsewhere: it is read, or refused in words with file and line."""
    text = written(data)
    for _ in range(chance.randint(1, 3)):
        at, length = chance.randrange(len(text)), chance.randint(1, 12)
        text = (
            text[:at]
            + chance.choice(["", text[at : at + length] * 2, " ", "\t", ":", "[", "'", "\n", "é"])
            + text[at + length :]
        )
    refusal = _refusal(text)
    assert refusal is None or "broken.yaml, line " in refusal, refusal


def _refusal(text: str) -> str | None:
    """What is said against the file; any other error than Invalid is a failure of the test."""
    try:
        register.lint(register.draft(text, name="broken.yaml"))
    except Invalid as stop:
        return str(stop)
    return None


@given(registers)
@OFTEN
def test_it_says_the_same_when_written_and_read_again(data: dict[str, Any]) -> None:
    says_the_same_again(data)


@given(registers)
@OFTEN
def test_it_is_linted_without_stumbling_and_where_its_names_hang_together_asked_and_told(data: dict[str, Any]) -> None:
    never_stumbles(data)
    never_stumbles(hanging_together(data))


@given(registers, st.randoms(use_true_random=False))
@OFTEN
def test_broken_it_is_answered_with_a_sentence(data: dict[str, Any], chance: random.Random) -> None:
    answers_with_a_sentence(data, chance)


@pytest.mark.torture
@given(registers, st.randoms(use_true_random=False))
@FOR_LONG
def test_ten_thousand_of_them(data: dict[str, Any], chance: random.Random) -> None:
    says_the_same_again(data)
    never_stumbles(data)
    never_stumbles(hanging_together(data))
    answers_with_a_sentence(data, chance)


def _turned(node: Any) -> Any:
    """The same with the keys of every mapping the other way round."""
    if isinstance(node, dict):
        return {key: _turned(node[key]) for key in reversed(node)}
    return [_turned(one) for one in node] if isinstance(node, list) else node


def hanging_together(data: dict[str, Any]) -> dict[str, Any]:
    """The same register with every name that nothing declares replaced by one that is declared, or left out."""
    data = json.loads(json.dumps(data))
    for act in data["activities"].values():
        act["keep"] = _known(act["keep"], data["terms"])
        for block in act["people"].values():
            _one_need(block)
            for one in (block, *block.get("details", {}).values()):
                _named(data, act, one)
        _named(data, act, act)
        _flows(data, act)
    for system in data.get("systems", {}).values():
        system["run-by"] = "us"
    return data


def _known(name: str, declared: Any) -> str:
    return name if name in declared else next(iter(declared))


def _one_need(block: dict[str, Any]) -> None:
    seen: set[str] = set()
    for need in ("required", "one-of", "usual", "allowed", "when-necessary", "avoided"):
        if need in block:
            block[need] = [one for one in block[need] if one not in seen] or None
            seen |= set(block[need] or ())
            if block[need] is None:
                del block[need]
    block["details"] = {item: one for item, one in block.get("details", {}).items() if item in seen}


def _named(data: dict[str, Any], act: dict[str, Any], block: dict[str, Any]) -> None:
    if "keep" in block:
        block["keep"] = _known(block["keep"], data["terms"])
    sources = {"person", "staff", "another-person", *data.get("systems", {}), *data.get("recipients", {})}
    for key, known in (("purpose", act["purposes"]), ("source", sources), ("systems", data.get("systems", {}))):
        if key in block:
            block[key] = [one for one in block[key] if one in known]
            if not block[key]:
                del block[key]


def _flows(data: dict[str, Any], act: dict[str, Any]) -> None:
    held = {item for block in act["people"].values() for item in needs(block)}
    share = [one for one in act.get("share", ()) if isinstance(one, dict) and one["with"] in data.get("recipients", {})]
    for key, lines in (("share", share), ("look", act.get("look", ()))):
        fit = [one for one in lines if _fits(act, one, held)]
        act.pop(key, None)
        if fit:
            act[key] = fit


def _fits(act: dict[str, Any], line: dict[str, Any], held: set[str]) -> bool:
    items = [
        *(line.get("items", ()) if line.get("items") != "all" else ()),
        *line.get("one-of", ()),
        *line.get("at", ()),
    ]
    known = set(items) <= held and set(line.get("of", ())) <= set(act["people"])
    return known and set(line.get("purpose", ())) <= set(act["purposes"])
