"""Registers as they are named on the command line: a desk, with or without the number of a version, or a file."""

from collections.abc import Iterator
from pathlib import Path

from balie import register
from balie.channels.cli import asking
from balie.kernel import Invalid, sentence
from balie.register.reading import LONGEST_FILE


def one(name: str) -> register.Version:
    """The register of a file (with its settings and answers, if they lie beside it), or the one in force at a desk."""
    return of_file(Path(name)) if _is_file(name) else register.in_force(asking.one_desk(name))


def several(names: list[str]) -> list[register.Version]:
    """`old.yaml new.yaml`, `publications 1 2`, `publications 3 new.yaml`, `publications new.yaml`: numbers are versions of the desk
    named before them; a desk without a number is the version in force there."""
    return list(_several(names))


def of_file(file: Path, *, settings: Path | None = None, answers: Path | None = None) -> register.Version:
    """A draft from a file. Raises Invalid with file, line, what is wrong and how to mend it."""
    settings, answers = settings or beside(file, "desk"), answers or beside(file, "answers")
    given = register.read_answers(bytes_of(answers), name=answers.name) if answers else ()
    return register.draft(bytes_of(file), bytes_of(settings) if settings else b"", name=file.name, answers=given)


def bytes_of(file: Path) -> bytes:
    """What is in a file; of one that is too long no more than shows that it is."""
    try:
        with file.open("rb") as opened:
            return opened.read(LONGEST_FILE + 1)
    except OSError as wrong:
        raise Invalid(sentence("{path} cannot be read: {why}.", path=file, why=wrong.strerror)) from None


def beside(file: Path, kind: str) -> Path | None:
    """`x.yaml` → `x.<kind>.yaml` in the same folder, if there is one."""
    path = file.with_name(f"{file.name.removesuffix('.yaml')}.{kind}.yaml")
    return path if path.exists() else None


def _is_file(name: str) -> bool:
    return name.endswith((".yaml", ".yml")) or "/" in name or Path(name).is_file()


def _several(names: list[str]) -> Iterator[register.Version]:
    desk = ""
    for place, name in enumerate(names):
        following = names[place + 1] if place + 1 < len(names) else ""
        if name.isdecimal() and desk:
            yield register.version(desk, int(name))
        elif _is_file(name):
            yield of_file(Path(name))
        else:
            desk = asking.one_desk(name)
            if not following.isdecimal():
                yield register.in_force(desk)
