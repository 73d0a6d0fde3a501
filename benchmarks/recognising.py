"""Recognition of personal data, on messages marked by hand: what is found, what leaks, what is covered in vain, and how fast.

python -m benchmarks.recognising                # figures kept with the others
python -m benchmarks.recognising --full         # each language and each label by itself
python -m benchmarks.recognising --beside PYTHON  # also tools of others, in an environment of their own
"""

import argparse
import json
import resource
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from balie.recognition import Message, Span, recognise
from benchmarks import clean, marked
from benchmarks.figure import Figure

# For messages never seen: what the best union of tools known to us reaches, which was asked to be beaten, and what is aimed at.
AIMS = {
    "recall": (0.80, 0.95, True),
    "recall of structured": (0.0, 0.98, True),
    "recall of names": (0.0, 0.92, True),
    "nothing leaks": (0.40, 0.85, True),
    "clean with a false alarm": (0.63, 0.10, False),
    "participant covered": (1.0, 0.05, False),
}
SPEED, MEMORY = 500.0, 300.0  # kB/s on one core, aimed at; MB, asked
ROUNDS = 3


def message_of(one: dict[str, Any]) -> Message:
    """A marked message as recognition gets it: without the marks."""
    people = [(other.get("name") or "", other.get("email") or "") for other in one.get("participants", [])]
    return Message(one["text"], one.get("language"), one.get("from_name") or "", one.get("from_email") or "", people)


def measure(made: int) -> list[Figure]:
    """Both parts, the gap between them, clean messages by the thousand, speed and memory."""
    parts = {part: _score(part) for part in ("held", "work")}
    held, work = (parts[part].figures() for part in ("held", "work"))
    figures = []
    for name, (known, aim, more) in AIMS.items():
        holds = held[name] >= known if more else held[name] <= known
        word = "over" if more else "under"
        asked = f"{word} {known:.0%}" if 0 < known < 1 else ""
        about = f"{parts['held'].messages} held messages; work: {work[name]:.1%}, gap {100 * (work[name] - held[name]):+.1f}"
        figures.append(Figure(f"recognition, {name}", 100 * held[name], "%", asked, holds, about, f"{word} {aim:.0%}"))
    figures.append(
        Figure("recognition, precision", 100 * held["precision"], "%", "", True, f"work: {work['precision']:.1%}")
    )
    often = "false alarms a clean message"
    figures.append(Figure(f"recognition, {often}", held[often], "", "", True, f"work: {work[often]:.2f}"))
    alarmed, kinds = false_alarms(made)
    told = ", ".join(f"{kind} {count}" for kind, count in kinds.items()) or "none"
    figures.append(
        Figure(
            "recognition, made clean messages with a false alarm",
            100 * alarmed,
            "%",
            "",
            True,
            f"{made:,} made; alarms: {told}",
            "under 10%",
        )
    )
    rate, longest = _speed()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures.append(
        Figure(
            "recognition, text on one core",
            rate,
            "kB/s",
            "",
            True,
            f"slowest message {longest:.0f} ms",
            f"over {SPEED:.0f}",
        )
    )
    figures.append(Figure("recognition, memory", memory, "MB", "under 300", memory < MEMORY, "whole process"))
    return figures


def _score(part: str) -> marked.Score:
    score = marked.Score()
    for path in marked.files(part):
        for one in marked.read(path):
            score.take(one, recognise(message_of(one)))
    return score


def false_alarms(count: int) -> tuple[float, dict[str, int]]:
    """The share of made messages without personal data in which something is covered as somebody's, and the alarms by kind."""
    kinds: dict[str, int] = {}
    alarmed = 0
    for kind, message in clean.messages(count):
        found = [one for one in recognise(message) if one.role == "third_party"]
        alarmed += bool(found)
        for one in found:
            name = f"{kind}/{one.label}"
            kinds[name] = kinds.get(name, 0) + 1
    return alarmed / max(count, 1), dict(sorted(kinds.items(), key=lambda one: -one[1]))


def _speed() -> tuple[float, float]:
    """Bytes of text a second of processor time, and the time of the slowest message."""
    messages = [
        message_of(one) for part in ("work", "held") for path in marked.files(part) for one in marked.read(path)
    ]
    size = sum(len(one.text.encode()) for one in messages)
    best, longest = 1e9, 0.0
    for _ in range(ROUNDS):
        start = time.process_time()
        for one in messages:
            before = time.process_time()
            recognise(one)
            longest = max(longest, time.process_time() - before)
        best = min(best, time.process_time() - start)
    return size / best / 1000, longest * 1000


def full() -> None:
    """Each part and language, and each label, in lines."""
    for part in ("work", "held"):
        print(f"# {part}")
        marked.report([(one, recognise(message_of(one))) for path in marked.files(part) for one in marked.read(path)])


def beside(python: str) -> None:
    """The same figures for tools of others that are installed for another Python (benchmarks/others.py runs there)."""
    files = [str(path) for part in ("work", "held") for path in marked.files(part)]
    script = str(Path(__file__).with_name("others.py"))
    done = subprocess.run([python, script, *files], capture_output=True, text=True, check=False)
    print(done.stderr[-2000:])
    found: dict[tuple[str, str], list[Span]] = {}
    for line in done.stdout.splitlines():
        one = json.loads(line)
        found[one["tool"], one["id"]] = [Span(*span, "third_party") for span in one["spans"]]
        if "seconds" in one:
            print(f"{one['tool']}: {one['bytes'] / one['seconds'] / 1000:.0f} kB/s")
    for tool in sorted({tool for tool, _ in found}):
        for part in ("work", "held"):
            print(f"# {tool}, {part}")
            marked.report(list(_pairs(tool, part, found)))


def _pairs(
    tool: str, part: str, found: dict[tuple[str, str], list[Span]]
) -> Iterator[tuple[dict[str, Any], Sequence[Span]]]:
    for path in marked.files(part):
        for one in marked.read(path):
            if (tool, one["id"]) in found:
                yield one, found[tool, one["id"]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=1000, help="made messages without personal data (default 1,000)")
    parser.add_argument("--full", action="store_true", help="each language and label by itself")
    parser.add_argument("--beside", metavar="PYTHON", help="a Python in which other tools are installed")
    asked = parser.parse_args()
    if asked.full:
        full()
    elif asked.beside:
        beside(asked.beside)
    else:
        for figure in measure(asked.size):
            print(json.dumps(asdict(figure)), flush=True)


if __name__ == "__main__":
    main()
