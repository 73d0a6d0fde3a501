"""What a notice is made of: plain parts, ready to be read by a template, in one language."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Row:
    """A label and what stands beside it, one line or several."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class ItemLine:
    """One kind of data: what it is, why it is kept, whether one must give it, how long it stays."""

    what: str
    why: str
    must: str
    long: str


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it, in this order: lines, rows, items, points.

    apart: stands in a frame of its own (the right to object, GDPR 21(4)).
    """

    id: str
    heading: str
    lines: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    items: tuple[ItemLine, ...] = ()
    points: tuple[str, ...] = ()
    apart: bool = False


@dataclass(frozen=True)
class Brief:
    """One line of the notice in short. icon: a name that a template may draw."""

    icon: str
    text: str


@dataclass(frozen=True)
class Notice:
    """What people are told, from the register alone.

    layout: `record` (as Dutch public bodies publish theirs) or `seloste` (the Finnish tietosuojaseloste). articles: 13, and 14
    when any source is not the person. purposes: their sentences, in order.
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
    return "\n".join((section.heading, *section.lines, *rows, *items, *section.points))
