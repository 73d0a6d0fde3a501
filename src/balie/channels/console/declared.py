"""A declaration of destruction as its readers see it: on a page, as Markdown, PDF or JSON. Handles and counts, nothing of anybody."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from balie import register
from balie.channels import clock, publishing, telling
from balie.channels.publishing.markdown import plain, table
from balie.kernel import Stop
from balie.privacy import declarations
from balie.privacy.declarations import Declaration, Line
from balie.register.telling.phrases import phrases
from balie.register.terms import iso

MOST = 1_000  # handles that a page and a PDF show; Markdown and JSON have all
KEYS_GONE = "30 days"  # where the register says nothing of its backups
FORMATS = {"md": "text/markdown; charset=utf-8", "pdf": "application/pdf", "json": "application/json"}


@dataclass(frozen=True)
class LineShown:
    """So many records that went. year: in which they were collected, empty where that is not known any more."""

    activity: str
    item: str
    term: str
    year: str
    count: int
    handles: Sequence[str]


@dataclass(frozen=True)
class DeclarationShown:
    """which: by what it is found, its handle or month. facts: what is said of the whole. all: the handles are all here."""

    which: str
    title: str
    organisation: str
    facts: list[tuple[str, str]]
    lines: list[LineShown]
    count: int
    note: str
    all: bool


def shown(made: Declaration, *, by: str = "") -> DeclarationShown:
    """A declaration in the reader's language. by: the name of who approved, for who works at the desk; no paper has it."""
    version = register.in_force(made.desk)
    language = telling.language()
    return DeclarationShown(
        which=made.handle or f"{made.month:%Y-%m}",
        title=_("Declaration of destruction"),
        organisation=version.wording(version.data["controller"]["name"]).read(language),
        facts=list(_facts(made, version, language, by)),
        lines=[_line(made.desk, line, language) for line in made.lines],
        count=made.count,
        note=made.note,
        all=made.count <= MOST,
    )


def document(made: Declaration, kind: str) -> bytes:
    """A declaration as a file of one of FORMATS. Raises Refused for a PDF where the system has no Pango."""
    if kind == "json":
        told = {"declaration": made.plain(), "digest": declarations.digest_of(made), "signature": made.note}
        return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()
    told_ = shown(made)
    if kind == "md":
        return ("\n".join(_markdown(told_)).rstrip() + "\n").encode()
    context = {"declaration": told_, "style": publishing.style(), "language": telling.language()}
    return publishing.printed(render_to_string("console/declaration_paper.html", context))


def _facts(made: Declaration, version: register.Version, language: str, by: str) -> Iterator[tuple[str, str]]:
    yield _("Organisation"), version.wording(version.data["controller"]["name"]).read(language)
    yield _("Register"), _register(version, language)
    if made.month:
        yield _("What went in"), clock.month_of(made.month)
        yield _("Approval"), _("None is asked for: the software carried out the terms of the register.")
        yield _("Sweeps in the evidence"), _sweeps(made)
    else:
        yield _("List"), made.handle
        yield _("Approved by"), _("the privacy officer, %(who)s") % {"who": f"{by} ({made.by})" if by else made.by}
        yield _("Approved on"), _moment(made.approved_at)
        yield _("Destroyed on"), _moment(made.carried_out_at) if made.carried_out_at else _("being carried out")
    yield _("Records"), str(made.count)
    if made.stayed:
        yield _("Approved, and kept because it was held or taken up again"), str(len(made.stayed))
    yield _("How"), _how(version, language)
    yield _("Digest (SHA-256)"), declarations.digest_of(made)


def _register(version: register.Version, language: str) -> str:
    name, number = version.wording(version.data["name"]).read(language), version.data.get("number", "")
    return f"{name} ({number})" if number else name


def _sweeps(made: Declaration) -> str:
    told = _("%(n)s, which took %(records)s records")
    return told % {"n": len(made.sweeps), "records": sum(count for _at, count in made.sweeps)}


def _how(version: register.Version, language: str) -> str:
    backups = version.data.get("protection", {}).get("backups", KEYS_GONE)
    told = _(
        "The key of each record was destroyed, and its row, its words in the index and its file. Copies in backups cannot be read "
        "any more once the backups of the keys are gone: after %(length)s."
    )
    return told % {"length": phrases(language).length(iso(str(backups)))}


def _line(desk: str, line: Line, language: str) -> LineShown:
    version = register.version(desk, line.version)
    return LineShown(
        activity=_activity(version, line.activity, language),
        item=version.label(line.item).read(language),
        term=telling.term(version, line.term),
        year=str(line.year or ""),
        count=line.count,
        handles=line.handles,
    )


def _activity(version: register.Version, activity: str, language: str) -> str:
    try:
        name = telling.activity_name(version, activity).read(language)
    except (KeyError, Stop):
        name = activity
    return f"{name} ({_('version %(n)s') % {'n': version.number}})"


def _moment(at: datetime | date | None) -> str:
    return f"{clock.long_day(at)}, {clock.clock(at)}" if isinstance(at, datetime) else ""


def _markdown(told: DeclarationShown) -> Iterator[str]:
    yield from (f"# {plain(told.title)}", "", plain(told.organisation), "")
    yield from (f"- **{plain(label)}**: {plain(value)}" for label, value in told.facts)
    heads = (_("Activity"), _("Item"), _("Term"), _("Collected in"), _("Number"))
    rows = [(one.activity, one.item, one.term, one.year, str(one.count)) for one in told.lines]
    yield from table(heads, [tuple(map(plain, row)) for row in rows])
    yield from (f"## {plain(_('Handles'))}", "", plain(_("Chance numbers, whose meaning went with the data.")), "")
    for one in told.lines:
        yield from (f"### {plain(one.item)}, {plain(one.term)} {one.year}".rstrip(), "", "```", *one.handles, "```", "")
    yield from (f"## {plain(_('Signature'))}", "", "```", told.note.rstrip(), "```")
