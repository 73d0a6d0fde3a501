"""`balie evidence`: verify the log, hand out its newest checkpoint, lay it out as files."""

import argparse
from pathlib import Path

from django.utils import timezone

from balie import evidence, vault
from balie.channels.cli import asking, printing
from balie.kernel import Invalid, sentence


def add_commands(commands: asking.Commands) -> None:
    own = asking.group(commands, "evidence", "verify, checkpoint and export the evidence", "balie evidence verify")
    verify_ = asking.command(
        own,
        "verify",
        verify,
        "recompute the evidence against its signed checkpoint",
        example="balie evidence verify --desk publications --checkpoint yesterday.txt",
        more="Only with a checkpoint that was kept elsewhere does it show that the log was cut or made anew.",
    )
    verify_.add_argument(
        "--checkpoint", type=Path, metavar="FILE", help="an earlier checkpoint, as it was mailed; needs --desk"
    )
    show = asking.command(
        own,
        "checkpoint",
        checkpoint,
        "print the newest signed checkpoint of each desk",
        example="balie evidence checkpoint --desk publications > today.txt",
    )
    out = asking.command(
        own,
        "export",
        export,
        "lay the evidence out as files that tools/verify_evidence.py checks without this program",
        example="balie evidence export evidence-2026",
    )
    out.add_argument("folder", type=Path, metavar="FOLDER", help="where to; each desk gets a folder in it")
    for parser in (verify_, show, out):
        asking.desk(parser)
    asking.as_json(verify_)


def verify(asked: argparse.Namespace) -> int:
    """Verify the log of one desk or of all; 0 only if all is as it was recorded."""
    if asked.checkpoint and not asked.desk:
        raise Invalid(sentence("A checkpoint is of one desk: say which with --desk."))
    known = asking.text_of(asked.checkpoint) if asked.checkpoint else None
    reports = {
        desk: evidence.verify(desk, vkey=key_of(desk), known=known, now=timezone.now()) for desk in asking.desks(asked)
    }
    if asked.json:
        printing.data({desk: _plain(report) for desk, report in reports.items()})
    else:
        for report in reports.values():
            for one in (*report.lines, *report.failures):
                printing.line(one)
    return 0 if all(report.ok for report in reports.values()) else 1


def checkpoint(asked: argparse.Namespace) -> int:
    """Print the newest checkpoint; 1 when nothing has been sealed."""
    evidence.seal(vault.signer_for)
    found = [note for desk in asking.desks(asked) if (note := evidence.checkpoint(desk))]
    if not found:
        raise Invalid(sentence("Nothing has been sealed yet."))
    printing.line("\n".join(note.rstrip("\n") + "\n" for note in found).rstrip("\n"))
    return 0


def export(asked: argparse.Namespace) -> None:
    """Write each desk's log into a folder of its own, with the public key that verifies it."""
    for desk in asking.desks(asked):
        size = evidence.export(desk, asked.folder / desk)
        (asked.folder / desk / "vkey").write_text(key_of(desk) + "\n", "ascii")
        printing.line(f"{desk}: {size} entries in {asked.folder / desk}")


def key_of(desk: str) -> str:
    """The public key of a desk's log, as verifiers take it."""
    signer = vault.signer_for(desk)
    return evidence.vkey(signer.origin, signer.public_key)


def _plain(report: evidence.Report) -> dict[str, object]:
    return {
        "ok": report.ok,
        "lines": [str(one) for one in report.lines],
        "failed": report.failed,
        "failures": [str(one) for one in report.failures],
    }
