"""`balie recognise`: try out, on messages in a file, what is recognised in a text and whose it is; or what is read in any file."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from balie import recognition
from balie.channels.cli import asking, printing, recognise_files
from balie.kernel import Invalid, sentence


def add_commands(commands: asking.Commands) -> None:
    parser = asking.command(
        commands,
        "recognise",
        recognise,
        "show what personal data are recognised in messages, and whose they are",
        example="balie recognise messages.jsonl",
        more="A line is an object with id, text, from_name, from_email, participants ([{name, email}]) and, if"
        " known, language and country."
        " Needs no installation and keeps nothing; shows places in the text, not what stands there.",
    )
    parser.add_argument(
        "messages", metavar="FILE", nargs="?", help="messages, one JSON object a line; «-» is standard input"
    )
    recognise_files.add_arguments(parser)
    asking.as_json(parser)


def recognise(asked: argparse.Namespace) -> None:
    """Print the findings of each message, one JSON object a line. Nothing is printed when a line cannot be read."""
    if recognise_files.wanted(asked):
        recognise_files.run(asked)
        return
    if not asked.messages:
        raise Invalid(sentence("Name a file of messages, or any file with --image or --file."))
    for name, message in list(_messages(asked.messages)):
        spans = [
            {"start": one.start, "end": one.end, "label": str(one.label), "role": str(one.role)}
            for one in recognition.recognise(message)
        ]
        printing.line(json.dumps({"id": name, "spans": spans}, ensure_ascii=False))


def _messages(file: str) -> Iterator[tuple[object, recognition.Message]]:
    for number, line in enumerate(_lines(file), 1):
        if line.strip():
            yield _message(line, file, number)


def _lines(file: str) -> list[str]:
    try:
        text = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return text.decode("utf-8").removeprefix("\ufeff").split("\n")
    except OSError as error:
        raise Invalid(sentence("«{file}» cannot be read: {why}.", file=file, why=error.strerror or "?")) from error
    except UnicodeDecodeError as error:
        raise Invalid(sentence("«{file}» is not in UTF-8.", file=file)) from error


def _message(line: str, file: str, number: int) -> tuple[object, recognition.Message]:
    try:
        read = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Invalid(sentence("{file}, line {number}: this is no JSON.", file=file, number=number)) from error
    wrong = _wrong(read)
    if wrong:
        raise Invalid(sentence("{file}, line {number}: {wrong}.", file=file, number=number, wrong=wrong))
    people = [(one.get("name") or "", one.get("email") or "") for one in read.get("participants") or []]
    return read["id"], recognition.Message(
        text=read["text"],
        language=read.get("language"),
        from_name=read.get("from_name") or "",
        from_email=read.get("from_email") or "",
        participants=people,
        country=read.get("country") or "",
    )


def _wrong(read: Any) -> str:
    """What is wrong with a line, in a few words; empty when nothing is."""
    if not isinstance(read, dict):
        return "this is no object"
    if not isinstance(read.get("id"), (str, int)) or isinstance(read.get("id"), bool):
        return "«id» is missing or no word"
    if not isinstance(read.get("text"), str):
        return "«text» is missing or no text"
    for key in ("language", "from_name", "from_email", "country"):
        if not isinstance(read.get(key) or "", str):
            return f"«{key}» is no text"
    people = read.get("participants") or []
    if not isinstance(people, list) or not all(_is_participant(one) for one in people):
        return "«participants» is no list of objects with name and email"
    return ""


def _is_participant(one: Any) -> bool:
    return isinstance(one, dict) and all(isinstance(one.get(key) or "", str) for key in ("name", "email"))
