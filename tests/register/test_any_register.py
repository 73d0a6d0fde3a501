"""A register that has the form of one is linted without stumbling; one without faults answers every question and can be told."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from tests.register.examples_read import document

from balie import register
from balie.kernel import Invalid
from balie.register import Facts, Version
from balie.register.reading import Document
from balie.register.shape import check_shape
from balie.register.versions import version_of

OTHERS: dict[str, Any] = {
    "keep": "permanent",
    "with": "nobody",
    "run-by": "customers",
    "basis": "consent",
    "country": "US",
}


def paths(node: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for key in node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ():
        yield (*at, key)
        yield from paths(node[key], (*at, key))


def without(data: Any, at: tuple[Any, ...]) -> Any:
    changed = copy.deepcopy(data)
    parent = changed
    for step in at[:-1]:
        parent = parent[step]
    if at[-1] in OTHERS:
        parent[at[-1]] = OTHERS[at[-1]]
    else:
        del parent[at[-1]]
    return changed


def ask_everything(v: Version) -> None:
    """Every question about every item: none may raise."""
    for place in v.places.values():
        at = (place.activity, place.people, place.item)
        register.may_collect(v, *at, holder="ticket", facts=Facts())
        register.may_see(v, *at, covers=frozenset({place.activity}), facts=Facts(reason="x"))
        register.required_items(v, *at[:2], given=frozenset())
        register.erase_rule(v, *at)
        for to in v.data.get("recipients", {}):
            register.may_disclose(v, *at, to=to, party=None)
    for audience in ("public", "staff"):
        register.notice_for(v, audience=audience, language="sv")  # type: ignore[arg-type]


@pytest.mark.parametrize("desk", ["publications", "newsletter-editors", "citizens-advice"])
def test_leaving_anything_out_never_makes_the_program_stumble(desk: str) -> None:
    whole = document(desk, {})
    tried = 0
    for at in list(paths(whole.data)):
        changed = Document(f"{desk}.yaml", without(whole.data, at), whole.lines)
        try:
            check_shape(changed, "schema.json")
        except Invalid:
            continue
        v = version_of(changed)
        tried += 1
        if not any(one.level == "fault" and one.rule not in ("R33", "R34", "R35") for one in register.lint(v)):
            ask_everything(v)
    assert tried > 30
