"""`balie mail parse`: shows what is in mail files, read as the product reads them, without any installation."""

import argparse
import json
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from balie.channels.mail.child import Reader
from balie.channels.mail.parsing import ReadAttachment, ReadMail
from balie.channels.mail.parsing.parts import RAW
from balie.channels.mail.parsing.replies import unfolded

TIMEOUT = 4.0  # seconds for one file; with a child that must be started, it stays under five
MEMORY = 320 * 1024 * 1024  # bytes for the child

HELP = "show what is in mail files"
EXAMPLE = "balie mail parse message.eml --json"
MORE = "Reads each file as the product reads mail that arrives, needs no installation and keeps nothing."

WHY = {
    "not-mail": "This is no mail: it has none of the header fields of one.",
    "header-too-large": "The header is larger than what is read of one; what could be read is shown.",
    "too-many-parts": "The mail has more parts than are read of one; what could be read is shown.",
    "too-deep": "The parts of the mail lie deeper in each other than is read; what could be read is shown.",
    "too-large": "The mail is larger than what is read of one; what could be read is shown.",
    "took-too-long": "Reading the mail took too long and was given up.",
    "reader-died": "The mail could not be read: whatever it holds ended the process that reads.",
}


def main(arguments: Sequence[str]) -> int:
    """Run the command with what follows `balie mail parse`; its exit status, 1 when a file could not be opened."""
    parser = argparse.ArgumentParser(
        prog="balie mail parse", description=f"{HELP[0].upper()}{HELP[1:]}. {MORE}", epilog=f"Example: {EXAMPLE}"
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="one mail each (RFC 5322); - is standard input")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line for each file")
    asked = parser.parse_args(arguments)
    try:
        return show(asked)
    except (BrokenPipeError, KeyboardInterrupt):  # whoever asked has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def show(asked: argparse.Namespace) -> int:
    """Print each file of `asked.files`, as JSON or to be read; 1 when one of them could not be opened."""
    failed = False
    for file in _read(asked.files):
        failed = failed or not file.opened
        if asked.json:
            sys.stdout.write(json.dumps(plain(file)) + "\n")
        else:
            _draw(file)
        sys.stdout.flush()
    return 1 if failed else 0


@dataclass(frozen=True, slots=True)
class File:
    """One file and the mail in it. error: a sentence, or empty. opened: whether there was a file to read."""

    name: str
    mail: ReadMail
    error: str = ""
    opened: bool = True


def plain(file: File) -> dict[str, object]:
    """One file as `--json` prints it: every key always there, what a mail does not have null."""
    mail = file.mail
    reply = unfolded(mail.text, mail.folds) if mail.folds else mail.text
    return {
        "file": file.name,
        "from_name": mail.from_name or None,
        "from_email": mail.from_address or None,
        "reply_to": list(mail.reply_to),
        "to": list(mail.to),
        "cc": list(mail.cc),
        "subject": mail.subject or None,
        "date": mail.date or None,
        "message_id": mail.message_id or None,
        "in_reply_to": mail.in_reply_to or None,
        "references": list(mail.references),
        "auto_submitted": mail.automatic,
        "body_text": mail.text or None,
        "reply_text": reply if mail.text else None,
        "body_html": mail.html or None,
        "attachments": list(map(_plain_attachment, mail.attachments)),
        "error": file.error or None,
    }


def _read(names: Sequence[str]) -> Iterator[File]:
    with Reader(TIMEOUT, MEMORY, with_html=True) as reader:
        for name in names:
            shown = os.fsencode(name).decode("utf-8", "replace").replace("\0", "\ufffd")
            try:
                mail = reader.read(_bytes_of(name))
            except (OSError, ValueError) as wrong:
                why = getattr(wrong, "strerror", None) or "there can be no such file"
                yield File(shown, ReadMail(), f"The file cannot be opened: {why}.", opened=False)
                continue
            yield File(shown, mail, WHY.get(mail.unreadable, mail.unreadable))


def _bytes_of(name: str) -> bytes:
    """What is in a file, as far as anything would be read of it. A pipe without a writer is empty, and not waited for."""
    if name == "-":
        return sys.stdin.buffer.read(RAW + 1)
    handle = os.open(name, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file:
        if stat.S_ISFIFO(os.fstat(handle).st_mode):
            os.set_blocking(handle, True)
        return file.read(RAW + 1)


def _plain_attachment(one: ReadAttachment) -> dict[str, object]:
    return {
        "filename": one.name or None,
        "content_type": one.media_type,
        "size": len(one.content),
        "inline": one.inline,
    }


def _draw(file: File) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    told = plain(file)
    table = Table(
        title=Text(file.name), title_justify="left", title_style="bold", box=None, show_header=False, pad_edge=False
    )
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in told.items():
        if name not in ("file", "body_html", "reply_text", "attachments") and value not in (None, [], False):
            table.add_row(Text(name.replace("_", " ")), Text(_words(value)))
    for one in file.mail.attachments:
        row = f"{one.name or '(no name)'} · {one.media_type} · {len(one.content)} bytes{' · inline' if one.inline else ''}"
        table.add_row(Text("attachment"), Text(row))
    Console(soft_wrap=not sys.stdout.isatty()).print(table, Text(""))


def _words(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "yes" if value is True else str(value)
