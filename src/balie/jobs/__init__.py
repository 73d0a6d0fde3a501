"""Rows to do: arguments are handles only, and doing one twice does no harm.

`from balie import jobs`, then `jobs.add(...)`. The names below are found when first
used, because Django imports this package before its tables exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from balie.jobs.adding import add
    from balie.jobs.periodic import due_periodic, keep_periodic, work_periodic
    from balie.jobs.registry import find, job, together
    from balie.jobs.workers import is_gone, me
    from balie.jobs.working import failing, work, work_one

_HOME = {
    "add": "adding",
    "due_periodic": "periodic",
    "failing": "working",
    "find": "registry",
    "is_gone": "workers",
    "job": "registry",
    "keep_periodic": "periodic",
    "me": "workers",
    "together": "registry",
    "work": "working",
    "work_one": "working",
    "work_periodic": "periodic",
}

__all__ = [
    "add",
    "due_periodic",
    "failing",
    "find",
    "is_gone",
    "job",
    "keep_periodic",
    "me",
    "together",
    "work",
    "work_one",
    "work_periodic",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(name)
    globals()[name] = found = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    return found
