"""Marked messages, and how recognition does on them: what is found, what leaks, what is covered in vain."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MESSAGES = Path(__file__).parents[1] / "tests" / "recognition" / "messages"
STRUCTURED_NOT = "PERSON"
Pair = tuple[dict[str, Any], Sequence[Any]]


def files(part: str, language: str = "*") -> list[Path]:
    """The files of one part, `work` or `held`."""
    return sorted(MESSAGES.glob(f"{language}-{part}.jsonl"))


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


@dataclass
class Score:
    """Counts over messages. A third party's data are found when each letter and digit of them is covered as a third party's."""

    data: int = 0
    found: int = 0
    names: int = 0
    names_found: int = 0
    telling: int = 0
    tight: int = 0
    clean: int = 0
    alarmed: int = 0
    alarms: int = 0
    covered: int = 0
    right: int = 0
    messages: int = 0
    wronged: int = 0
    missed: dict[str, list[int]] = field(default_factory=dict)

    def take(self, message: dict[str, Any], spans: Sequence[Any]) -> None:
        third = [span for span in spans if span.role == "third_party"]
        marks = [span for span in message["spans"] if span["role"] == "third_party"]
        text = message["text"]
        self.messages += 1
        leaks = 0
        for mark in marks:
            whole = covers(text, mark, third)
            name = mark["label"] == STRUCTURED_NOT
            self.data += 1
            self.found += whole
            self.names += name
            self.names_found += whole and name
            leaks += not whole
            kind = self.missed.setdefault(mark["label"], [0, 0])
            kind[0] += whole
            kind[1] += 1
        self.telling += bool(marks)
        self.tight += bool(marks) and not leaks
        self.clean += not marks
        self.alarmed += not marks and bool(third)
        self.alarms += 0 if marks else len(third)
        self.covered += len(third)
        self.right += sum(any(touch(span, mark) for mark in marks) for span in third)
        own = [span for span in message["spans"] if span["role"] == "participant"]
        self.wronged += any(touch(span, mark) for span in third for mark in own)

    def figures(self) -> dict[str, float]:
        rest, rest_found = self.data - self.names, self.found - self.names_found
        return {
            "recall": self.found / max(self.data, 1),
            "recall of structured": rest_found / max(rest, 1),
            "recall of names": self.names_found / max(self.names, 1),
            "nothing leaks": self.tight / max(self.telling, 1),
            "clean with a false alarm": self.alarmed / max(self.clean, 1),
            "false alarms a clean message": self.alarms / max(self.clean, 1),
            "precision": self.right / max(self.covered, 1),
            "participant covered": self.wronged / max(self.messages, 1),
        }


def covers(text: str, mark: dict[str, Any], spans: Iterable[Any]) -> bool:
    covered = {at for span in spans for at in range(max(span.start, mark["start"]), min(span.end, mark["end"]))}
    return all(at in covered for at in range(mark["start"], mark["end"]) if text[at].isalnum())


def touch(span: Any, mark: dict[str, Any]) -> bool:
    return bool(span.start < mark["end"] and mark["start"] < span.end)


def report(pairs: Sequence[Pair], only: str = "") -> None:
    """Figures of each language and of all, one line each."""
    groups: dict[str, Score] = {}
    for message, spans in pairs:
        for name in (message["id"][:2], "all"):
            groups.setdefault(name, Score()).take(message, spans)
    for name, score in groups.items():
        if only and name != only:
            continue
        print(name, score.messages, " ".join(f"{what}={value:.3f}" for what, value in score.figures().items()))
    if not only:
        found = (
            {label: f"{right}/{of}" for label, (right, of) in sorted(groups["all"].missed.items())} if groups else {}
        )
        print("by label", found)


def show(pairs: Sequence[Pair]) -> None:
    """What was missed and what was found wrongly, each with what stands around it."""
    for message, spans in pairs:
        for line in faults(message, spans):
            print(message["id"], line)


def faults(message: dict[str, Any], spans: Sequence[Any]) -> Iterator[str]:
    text = message["text"]
    third = [span for span in spans if span.role == "third_party"]
    marks = [mark for mark in message["spans"] if mark["role"] == "third_party"]
    for mark in marks:
        if not covers(text, mark, third):
            near = sorted({f"{span.label}:{span.role[:1]}" for span in spans if touch(span, mark)})
            yield f"MISSED {mark['label']} {near} {_around(text, mark['start'], mark['end'])}"
    for span in third:
        if not any(touch(span, mark) for mark in marks):
            own = any(touch(span, mark) for mark in message["spans"])
            yield f"{'OWN' if own else 'WRONG'} {span.label} {_around(text, span.start, span.end)}"


def _around(text: str, start: int, end: int) -> str:
    return f"{text[max(0, start - 40) : start]!r} [[{text[start:end]}]] {text[end : end + 25]!r}"
