"""Recomputing a desk's log from its entries, and saying of each thing that does not fit which one it is."""

import struct
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Max, Min

from balie.evidence import notes, proofs, terms, tiles
from balie.evidence.canonical import body, canonical, commitment
from balie.evidence.leaves import leaf
from balie.evidence.merkle import EMPTY, leaf_hash
from balie.evidence.models import Entry, Log
from balie.evidence.notes import Checkpoint
from balie.evidence.rows import Row, rows
from balie.kernel import Sentence, sentence

MOST = 100  # failures that are named; what more there is, is counted


@dataclass
class Report:
    """What a verification found. lines: what was looked at; failures: a sentence each, by number, nothing personal."""

    lines: list[Sentence] = field(default_factory=list)
    failures: list[Sentence] = field(default_factory=list)
    failed: int = 0  # all failures, also those beyond the first hundred

    @property
    def ok(self) -> bool:
        return not self.failed

    def fail(self, failure: Sentence) -> None:
        self.failed += 1
        if self.failed <= MOST:
            self.failures.append(failure)


def verify(desk: str, *, vkey: str, known: str | None = None, now: datetime) -> Report:
    """Recompute everything of one desk: each entry against its leaf, each tile, the root, the signature.

    vkey: the log's public key, from outside the database. known: an earlier checkpoint, kept elsewhere; only with one
    does it show that a log was cut or rebuilt by somebody with the true key. now: which terms have ended. An entry that
    is gone is in order when its leaf says so. What does not fit raises nothing: it is in the report. Beyond 5 and 7.
    """
    report = Report()
    log = Log.objects.filter(desk=desk).first() or Log(desk=desk)
    signed = _signed(log, vkey, report)
    if signed is None:
        return report
    whole = _Walk(desk, signed.size, terms.day_number(now), report).over(signed.root)
    if known and whole and (broken := proofs.extension(signed, known, vkey=vkey, read=tiles.kept(desk))):
        report.fail(broken)
    _look_beyond(desk, report)
    return report


def _signed(log: Log, vkey: str, report: Report) -> Checkpoint | None:
    """The newest checkpoint, when the key has signed it."""
    if not log.note and not log.size:
        return Checkpoint(vkey.partition("+")[0], 0, EMPTY)
    try:
        signed = Checkpoint.read(notes.opened(log.note, vkey))
    except ValueError:
        report.fail(sentence("The newest checkpoint of desk {desk} is not signed with the given key.", desk=log.desk))
        return None
    if signed.size != log.size:
        report.fail(
            sentence(
                "The log of desk {desk} counts {size} entries, but its checkpoint {signed}.",
                desk=log.desk,
                size=log.size,
                signed=signed.size,
            )
        )
    return signed


def _look_beyond(desk: str, report: Report) -> None:
    """What has a place that no checkpoint covers, and what has none yet."""
    entries = Entry.objects.filter(desk=desk)
    ends = entries.aggregate(first=Min("index"), last=Max("index"))
    size = Log.objects.filter(desk=desk).values_list("size", flat=True).first() or 0  # read last: sealing goes on
    if ends["last"] is not None and (ends["first"] < 0 or ends["last"] >= size):
        stray = entries.filter(index__isnull=False).exclude(index__gte=0, index__lt=size).count()
        report.fail(sentence("Entries of desk {desk} that no checkpoint covers: {count}.", desk=desk, count=stray))
    waiting = entries.filter(index__isnull=True).count()
    if waiting:
        report.lines.append(sentence("Entries that wait to be sealed: {count}.", count=waiting))


class _Walk:
    """Once over all leaves, in order."""

    def __init__(self, desk: str, size: int, today: int, report: Report) -> None:
        self.desk, self.size, self.today, self.report = desk, size, today, report
        self.present = self.expired = 0
        self.read = tiles.kept(desk)

    def over(self, root: bytes) -> bool:
        """Whether the tree could be walked whole; what does not fit in it is in the report."""
        tree = tiles.Growing()
        for number in range(-(-self.size // tiles.WIDTH)):
            length = min(tiles.WIDTH, self.size - number * tiles.WIDTH) * tiles.HASH
            tile = self.read(0, number)[:length]
            if len(tile) < length:
                self._misfit(0, number)
                return False
            self._tile(tree, tile)
        for (level, number), made in tree.touched.items():
            self._compare(level, number, bytes(made))
        if tree.root() != root:
            self.report.fail(sentence("The leaves of desk {desk} do not give the signed root.", desk=self.desk))
        self.report.lines.append(
            sentence(
                "Desk {desk}: {size} entries sealed, {present} as recorded, {expired} expired under their term.",
                desk=self.desk,
                size=self.size,
                present=self.present,
                expired=self.expired,
            )
        )
        return True

    def _tile(self, tree: tiles.Growing, tile: bytes) -> None:
        here = rows(self.desk, tree.size, tree.size + tiles.WIDTH)
        for value in tiles.hashes(tile):
            self._judge(tree.size, value, here.get(tree.size))
            tree.add(value)
        for level, number, made in tree.finished():
            self._compare(level, number, made)

    def _compare(self, level: int, number: int, made: bytes) -> None:
        if self.read(level, number)[: len(made)] != made:
            self._misfit(level, number)

    def _misfit(self, level: int, number: int) -> None:
        self.report.fail(
            sentence(
                "Tile {level}/{number} of desk {desk} is missing or does not fit the entries under it.",
                desk=self.desk,
                level=level,
                number=number,
            )
        )

    def _judge(self, index: int, value: bytes, row: Row | None) -> None:
        wrong = self._wrong(index, value, row)
        if wrong:
            self.report.fail(wrong)
        elif row and row["salt"] is None:
            self.expired += 1
        else:
            self.present += 1

    def _wrong(self, index: int, value: bytes, row: Row | None) -> Sentence | None:
        if row is None:
            return sentence("Entry {index} of desk {desk} is missing or cannot be read.", index=index, desk=self.desk)
        if not _is_leaf(row, value):
            return sentence("The seal of entry {index} of desk {desk} was changed.", index=index, desk=self.desk)
        if row["salt"] is None and row["expires"] > self.today:
            return sentence(
                "Entry {index} of desk {desk} is gone before its term, which ends on {day}.",
                index=index,
                desk=self.desk,
                day=terms.day(row["expires"]),
            )
        if row["salt"] is not None and not _is_as_recorded(row):
            return sentence(
                "Entry {index} of desk {desk} was changed after it was sealed.", index=index, desk=self.desk
            )
        return None


def _is_leaf(row: Row, value: bytes) -> bool:
    try:
        return leaf_hash(leaf(row["kind"], row["expires"], row["commitment"])) == value
    except (struct.error, KeyError, TypeError):  # what no sealer can have written
        return False


def _is_as_recorded(row: Row) -> bool:
    try:
        return commitment(bytes(row["salt"]), canonical(body(row))) == bytes(row["commitment"])
    except (AttributeError, TypeError, ValueError):  # what no verb can have recorded
        return False
