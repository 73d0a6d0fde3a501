"""Do rows, keys, ledger, index and files tell of the same things?"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from balie import vault
from balie.kernel import Sentence, sentence
from balie.privacy.proof import Check


def agreed(desk: str, now: datetime) -> list[Check]:
    """Of one desk: each record can be read, nothing erased could be, and what has words can be found (mission, Beyond 3 and 4)."""
    return [
        _all(
            Check("keys", sentence("The key of everything that is kept lives.")),
            vault.without_key(desk),
            sentence("The key of this is gone, so that nobody can read it any more."),
        ),
        _all(
            Check("erased", sentence("The key of everything that was erased is destroyed.")),
            vault.outlived(desk, now),
            sentence("This was erased more than a minute ago, but its key lives: a backup would open it."),
        ),
        _all(
            Check("ledger", sentence("Nothing is kept that the ledger says was erased.")),
            vault.risen(desk),
            sentence("The ledger says that this was erased, but it is kept. Was a backup restored while the desk ran?"),
        ),
        _all(
            Check("found", sentence("All that is kept can be found.")),
            vault.unfindable(desk),
            sentence("This is kept, but cannot be found: `balie index rebuild` makes the index anew."),
        ),
        _all(
            Check("files", sentence("The file of everything large is there and whole.")),
            vault.missing_files(desk),
            sentence("The file of this is missing or was cut."),
        ),
        _all(
            Check("counted", sentence("What is said to go adds up to what is kept.")),
            (f"{one.activity}/{one.item}" for one in vault.miscounted(desk)),
            sentence("The forecast counts another number of these than is kept."),
        ),
    ]


def strays(now: datetime) -> list[Check]:
    """Of the whole installation: nothing is left of what no desk keeps."""
    return [
        _all(
            Check("index", sentence("The index knows nothing that is not kept.")),
            vault.stray_entries(now),
            sentence("The index knows this, but no desk keeps it."),
        ),
        _all(
            Check("stray-files", sentence("Among the sealed files is nothing that no desk keeps.")),
            vault.stray_files(now),
            sentence("This file belongs to nothing that a desk keeps."),
        ),
    ]


def _all(check: Check, found: Iterable[UUID | str], say: Sentence) -> Check:
    for one in found:
        check.fail(one, say)
    return check
