"""What a notice is made of: plain parts, ready to be read by a template, in one language."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Row:
    """A label and what stands beside it, one line or several. id: of the element that shows it, where something points at it."""

    label: str
    lines: tuple[str, ...]
    id: str = ""


@dataclass(frozen=True)
class Point:
    """One line of a list."""

    text: str
    id: str = ""


@dataclass(frozen=True)
class TableRow:
    """One row of a table: its name, what is said below the name, and a cell of several lines for each other column."""

    id: str
    name: str
    below: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Table:
    """heads: of the columns, the first over the names of the rows."""

    heads: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True)
class ItemLine:
    """One kind of data: what it is, why it is kept, whether one must give it, how long it stays."""

    what: str
    why: str
    must: str
    long: str


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it, in this order: lines, table, rows, items, points.

    short: how a table of contents calls it; by default as its heading.
    apart: stands in a frame of its own (the right to object, GDPR 21(4)). public: printed in the notice too, not only in the record.
    """

    id: str
    heading: str
    lines: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    items: tuple[ItemLine, ...] = ()
    points: tuple[Point, ...] = ()
    table: Table | None = None
    apart: bool = False
    public: bool = True
    short: str = ""

    @property
    def named(self) -> str:
        return self.short or self.heading

    @property
    def empty(self) -> bool:
        return not (self.lines or self.rows or self.items or self.points or self.table)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the elements that show this section, its own first."""
        inner = [one.id for one in self.table.rows] if self.table else []
        inner += [one.id for one in self.rows]
        inner += [one.id for one in self.points]
        return (self.id, *filter(None, inner))


@dataclass(frozen=True)
class Clause:
    """What the law asks to be told, and where it is told. number: `13(1)(a), 14(1)(a)`. at: ids of elements, never empty."""

    number: str
    what: str
    at: tuple[str, ...]


@dataclass(frozen=True)
class Brief:
    """One line of the notice in short. icon: a name that a template may draw."""

    icon: str
    text: str


@dataclass(frozen=True)
class Notice:
    """What people are told, from the register alone.

    layout: `record` (as Dutch public bodies publish theirs), `seloste` (the Finnish tietosuojaseloste), `services` (a processor's
    table of services) or `policy` (a company's page about its help desk). articles: 13, and 14 when any source is not the person.
    purposes: their sentences, in order. clauses: what GDPR 13, 14 and 21(4) ask of this register, and where it stands.
    """

    desk: str
    name: str
    audience: str
    language: str
    layout: str
    version: int
    digest: str
    since: date | None
    activities: tuple[str, ...]
    articles: tuple[str, ...]
    right_to_object: bool
    purposes: tuple[str, ...]
    brief: tuple[Brief, ...] = ()
    sections: tuple[Section, ...] = field(default=())
    clauses: tuple[Clause, ...] = ()

    def plain(self) -> dict[str, object]:
        """The keys of the table of worked questions."""
        return {
            "name": self.name,
            "activities": list(self.activities),
            "articles": list(self.articles),
            "right-to-object": self.right_to_object,
            "purposes": list(self.purposes),
        }

    def section(self, name: str) -> Section:
        """One section by its id. Raises KeyError."""
        for one in self.sections:
            if one.id == name:
                return one
        raise KeyError(name)

    def text(self) -> str:
        """All words of the notice as plain text, section by section: for mails, for reading aloud, for tests."""
        return "\n\n".join(text_of(one) for one in self.sections)


def text_of(section: Section) -> str:
    """One section as plain text."""
    rows = [f"{row.label}: {' '.join(row.lines)}" for row in section.rows]
    items = [f"{one.what}: {one.why}; {one.must}; {one.long}" for one in section.items]
    points = [one.text for one in section.points]
    return "\n".join((section.heading, *section.lines, *_table(section), *rows, *items, *points))


def _table(section: Section) -> list[str]:
    return [
        "; ".join((one.name, *one.below, *(line for cell in one.cells for line in cell)))
        for one in (section.table.rows if section.table else ())
    ]
