"""Short proofs out of the tiles: that one entry is in the log, and that the log continues an earlier one."""

import base64

from balie.evidence import merkle, notes, tiles
from balie.evidence.models import Log
from balie.evidence.notes import Checkpoint
from balie.kernel import Sentence, sentence


def proof(desk: str, index: int) -> str:
    """That entry `index` is in the desk's log, as a C2SP tlog-proof that anyone can check without us.

    LookupError when no checkpoint covers that entry. Mission, Beyond 4: a receipt that can be checked.
    """
    note = Log.objects.filter(desk=desk).values_list("note", flat=True).first() or ""
    size = int(note.split("\n", 2)[1]) if note else 0
    if not 0 <= index < size:
        raise LookupError(f"no checkpoint covers entry {index}")
    path = merkle.inclusion(index, size, tiles.perfect(tiles.kept(desk)))
    lines = ["c2sp.org/tlog-proof@v1", f"index {index}", *(base64.b64encode(one).decode() for one in path), "", note]
    return "\n".join(lines)


def continues(desk: str, known: str, *, vkey: str) -> Sentence | None:
    """Why the desk's newest checkpoint does not continue an earlier one, or None when it does. Takes some milliseconds.

    Looks at tiles, not at entries: `verify` looks at all.
    """
    note = Log.objects.filter(desk=desk).values_list("note", flat=True).first() or ""
    try:
        newest = Checkpoint.read(notes.opened(note, vkey))
    except ValueError:
        return sentence("The newest checkpoint of desk {desk} is not signed with the given key.", desk=desk)
    return extension(newest, known, vkey=vkey, read=tiles.kept(desk))


def extension(newest: Checkpoint, known: str, *, vkey: str, read: tiles.Read) -> Sentence | None:
    """The same for a newest checkpoint that has been opened, over any tiles."""
    try:
        old = Checkpoint.read(notes.opened(known, vkey))
    except ValueError:
        return sentence("The earlier checkpoint is not signed with the given key.")
    if old.origin != newest.origin:
        return sentence("The earlier checkpoint is of another log, {origin}.", origin=old.origin)
    if old.size > newest.size:
        return sentence(
            "The log was cut: it has {size} entries, and {known} were signed earlier.", size=newest.size, known=old.size
        )
    try:
        steps = merkle.consistency(old.size, newest.size, tiles.perfect(read)) if old.size else []
    except LookupError as missing:
        return sentence("Tile {tile} is missing or too short.", tile=missing)
    if old.size and not merkle.continues(old.size, old.root, newest.size, newest.root, steps):
        return sentence(
            "The log was rebuilt: its first {known} entries are not those that were signed earlier.", known=old.size
        )
    return None
