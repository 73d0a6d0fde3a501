"""The five example registers, as they are and with some values changed."""

from pathlib import Path
from typing import Any

from balie import register
from balie.register import Version
from balie.register.reading import Document, read
from balie.register.versions import version_of

HERE = Path(__file__).parent


def example(desk: str) -> Version:
    """One of the examples as a draft."""
    name = f"{desk}.yaml"
    return register.draft((HERE / "examples" / name).read_bytes(), name=name)


def document(desk: str, changes: dict[str, Any]) -> Document:
    """The data of an example with some values replaced (None takes a key away); paths are written a/b/c."""
    found = read((HERE / "examples" / f"{desk}.yaml").read_bytes(), name=f"{desk}.yaml")
    for path, value in changes.items():
        at: Any = found.data
        *way, last = path.split("/")
        for step in way:
            at = at[int(step)] if isinstance(at, list) else at.setdefault(step, {})
        if value is None:
            del at[last]
        else:
            at[last] = value
    return found


def changed(desk: str, changes: dict[str, Any]) -> Version:
    """An example with some values replaced, as a draft."""
    return version_of(document(desk, changes))
