"""Which function does a job of which name: each package keeps its own in a module called `jobs`."""

from collections.abc import Callable, Sequence

from django.utils.module_loading import autodiscover_modules

Do = Callable[[dict[str, str]], None]
DoSeveral = Callable[[Sequence[dict[str, str]]], None]

_known: dict[str, Do] = {}
_several: dict[str, DoSeveral] = {}


def job(name: str) -> Callable[[Do], Do]:
    """Decorator: the function does the jobs of this name. Its one argument are the handles given to `add`.

    It must be safe to run twice: after a crash it is. ValueError when two functions claim one name.
    """

    def remember(do: Do) -> Do:
        if _known.setdefault(name, do) is not do:
            raise ValueError(f"two functions do the job «{name}»")
        return do

    return remember


def together(name: str) -> Callable[[DoSeveral], DoSeveral]:
    """Decorator: the function does jobs of this name, one or several at once, and then all of them or none.

    When several fail, each is done by itself, so that one bad one holds up no other. As `job` otherwise.
    """

    def remember(do: DoSeveral) -> DoSeveral:
        job(name)(lambda args: do([args]))
        _several[name] = do
        return do

    return remember


def find() -> None:
    """Load the `jobs` module of every package, so that their functions are known. Each worker process calls it once."""
    autodiscover_modules("jobs")


def known_together(name: str) -> DoSeveral | None:
    """The function that does several jobs of a name at once; None where each is done by itself."""
    return _several.get(name)


def known(name: str) -> Do:
    """The function for a name; LookupError when no package has one."""
    return _known[name]
