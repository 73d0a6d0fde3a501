"""Which function does a job of which name: each package keeps its own in a module called `jobs`."""

from collections.abc import Callable

from django.utils.module_loading import autodiscover_modules

Do = Callable[[dict[str, str]], None]

_known: dict[str, Do] = {}


def job(name: str) -> Callable[[Do], Do]:
    """Decorator: the function does the jobs of this name. Its one argument are the handles given to `add`.

    It must be safe to run twice: after a crash it is. ValueError when two functions claim one name.
    """

    def remember(do: Do) -> Do:
        if _known.setdefault(name, do) is not do:
            raise ValueError(f"two functions do the job «{name}»")
        return do

    return remember


def find() -> None:
    """Load the `jobs` module of every package, so that their functions are known. Each worker process calls it once."""
    autodiscover_modules("jobs")


def known(name: str) -> Do:
    """The function for a name; LookupError when no package has one."""
    return _known[name]
