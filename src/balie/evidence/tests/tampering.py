"""What somebody might do to a log who can write to the database; the worst of them holds the log's key as well."""

from balie import evidence
from balie.evidence import leaves, merkle, notes, tiles
from balie.evidence.canonical import body, canonical, commitment
from balie.evidence.models import Entry, Log, Tile
from balie.evidence.notes import Checkpoint
from balie.evidence.tests.conftest import DESK, Key


def change_one(key: Key) -> None:
    """An entry says something else."""
    Entry.objects.filter(desk=DESK, index=2).update(act="ticket.reopened")


def remove_one(key: Key) -> None:
    """The row of an entry is gone."""
    Entry.objects.filter(desk=DESK, index=2).delete()


def empty_one(key: Key) -> None:
    """An entry looks as if it had expired."""
    Entry.objects.filter(desk=DESK, index=2).update(salt=None, act="", facts={}, about=[])


def shorten_a_term(key: Key) -> None:
    """An entry is made to expire early: its term is changed where it stands."""
    Entry.objects.filter(desk=DESK, index=2).update(expires=1, salt=None, act="", facts={}, about=[])


def swap_two(key: Key) -> None:
    """Two entries change places."""
    Entry.objects.filter(desk=DESK, index=2).update(index=-1)
    Entry.objects.filter(desk=DESK, index=3).update(index=2)
    Entry.objects.filter(desk=DESK, index=-1).update(index=3)


def add_one(key: Key) -> None:
    """An entry stands behind the last that was sealed."""
    row = Entry.objects.filter(desk=DESK).order_by("-index")[0]
    row.pk, row.index = None, (row.index or 0) + 1
    row.save()


def cut_the_rows(key: Key) -> None:
    """The last entries are gone."""
    Entry.objects.filter(desk=DESK, index__gte=4).delete()


def cut_the_tail(key: Key) -> None:
    """The last entries are gone, and everything fits again, under the true key."""
    Entry.objects.filter(desk=DESK, index__gte=4).delete()
    _seal_anew(key)


def rebuild(key: Key) -> None:
    """An entry is changed, and everything is made to fit again, under the true key."""
    row = Entry.objects.get(desk=DESK, index=2)
    row.act, row.commitment = "ticket.reopened", _committed(row, act="ticket.reopened")
    row.save()
    _seal_anew(key)


def _committed(row: Entry, **changed: object) -> bytes:
    values = {field.attname: getattr(row, field.attname) for field in Entry._meta.concrete_fields} | changed
    return commitment(bytes(row.salt or b""), canonical(body(values)))


def _seal_anew(key: Key) -> None:
    """Tiles and checkpoint as the sealer makes them, over the rows as they now stand."""
    tree = tiles.Growing()
    for row in Entry.objects.filter(desk=DESK, index__isnull=False).order_by("index"):
        tree.add(merkle.leaf_hash(leaves.leaf(row.kind, row.expires or 0, bytes(row.commitment))))
    Tile.objects.filter(desk=DESK).delete()
    tiles.keep(DESK, tree)
    note = notes.sign(Checkpoint(key.origin, tree.size, tree.root()).text(), key)
    Log.objects.filter(desk=DESK).update(size=tree.size, note=note)
    assert evidence.checkpoint(DESK) == note


def sign_with_another_key(key: Key) -> None:
    """The log is whole, but somebody else has signed it."""
    _seal_anew(Key(key.origin, b"\x09" * 32))


def spoil_a_tile(key: Key) -> None:
    """A hash of the tree is another."""
    tile = Tile.objects.get(desk=DESK, level=0, number=0)
    Tile.objects.filter(pk=tile.pk).update(hashes=bytes(32) + bytes(tile.hashes)[32:])


def lose_a_tile(key: Key) -> None:
    """A tile is gone."""
    Tile.objects.filter(desk=DESK, level=0, number=0).delete()
