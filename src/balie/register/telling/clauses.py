"""What GDPR 13, 14 and 21(4) ask to be told, clause by clause, and in which element of the notice each is told.

The table is what a supervisor reads a notice with. Whatever it asks and no element tells is a fault of ours, not of the register:
a test walks it for every register that we know.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from balie.register.telling import rights
from balie.register.telling.parts import Clause, Section
from balie.register.telling.reader import Reader


def _always(_reader: Reader) -> bool:
    return True


@dataclass(frozen=True)
class Asked:
    """One thing that is to be told. at: ids of elements, or how they begin. holds: is it asked of this register?"""

    number: str
    phrase: str
    at: tuple[str, ...]
    holds: Callable[[Reader], bool] = _always


def _names_an_officer(reader: Reader) -> bool:
    return "dpo" in reader.data


def _names_an_interest(reader: Reader) -> bool:
    return "legitimate-interest" in rights.bases(reader)


def _from_others(reader: Reader) -> bool:
    return any(set(place.sources) - {"person"} for place in reader.told_places())


ASKED = (
    Asked("13(1)(a), 14(1)(a)", "clause.controller", ("controller",)),
    Asked("13(1)(b), 14(1)(b)", "clause.officer", ("officer",), _names_an_officer),
    Asked("13(1)(c), 14(1)(c)", "clause.purpose", ("purpose", "basis", "services")),
    Asked("13(1)(d), 14(2)(b)", "clause.interest", ("basis",), _names_an_interest),
    Asked("14(1)(d)", "clause.data", ("data",), _from_others),
    Asked("13(1)(e), 14(1)(e)", "clause.recipients", ("recipients",)),
    Asked("13(1)(f), 14(1)(f)", "clause.transfers", ("transfers",)),
    Asked("13(2)(a), 14(2)(a)", "clause.retention", ("retention",)),
    Asked("13(2)(b), 14(2)(c)", "clause.rights", ("rights",)),
    Asked("13(2)(c), 14(2)(d)", "clause.withdraw", ("right-withdraw",), rights.may_withdraw),
    Asked("13(2)(d), 14(2)(e)", "clause.complaint", ("complaint",)),
    Asked("13(2)(e)", "clause.obligation", ("obligation",)),
    Asked("14(2)(f)", "clause.source", ("source",), _from_others),
    Asked("13(2)(f), 14(2)(g)", "clause.decisions", ("decisions",)),
    Asked("21(4)", "clause.objection", ("objection",), rights.may_object),
)


def clauses(reader: Reader, sections: tuple[Section, ...]) -> Iterator[Clause]:
    """Each thing that is asked of this register, with the elements of these sections that tell it."""
    ids = [one for section in sections for one in section.ids]
    for asked in ASKED:
        at = tuple(one for one in ids if any(one == begin or one.startswith(f"{begin}-") for begin in asked.at))
        if asked.holds(reader):
            yield Clause(asked.number, reader.say(asked.phrase), at)
