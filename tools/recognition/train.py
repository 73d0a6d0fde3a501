"""Learns the weights of balie.recognition from marked messages, and says how much each part of it is worth.

python -m tools.recognition.train                 # all work messages; writes src/balie/recognition/weights.json
python -m tools.recognition.train --folds 5       # measures instead: each fifth is recognised by what the others taught
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Sequence
from math import exp, sqrt
from pathlib import Path
from typing import Any

from tools.recognition import templates
from tools.recognition.varying import varied

from balie.recognition import recognising, weighing, whose
from balie.recognition.message import Message
from balie.recognition.persons import features, goes_on, may_be_name
from balie.recognition.plain import plain
from balie.recognition.recognising import Surroundings
from balie.recognition.weighing import Choice, Weights
from balie.recognition.words import Kind
from benchmarks import marked

CLASSES = ["n", "p", "t"]
RARE = 2  # a feature of no more rows than this is not learned
Rows = list[tuple[list[str], int, str]]  # features, truth, of which message
Messages = Sequence[dict[str, Any]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=0, help="measure by so many folds in place of writing weights")
    parser.add_argument("--variants", type=int, default=3, help="variants of each message (default 3)")
    parser.add_argument("--made", type=int, default=2400, help="messages made from templates (default 2400)")
    parser.add_argument(
        "--messages", nargs="*", type=Path, default=[], help="files of marked messages; default: the work files"
    )
    parser.add_argument("--bounds", action="store_true", help="with --folds: also with other bounds of what is enough")
    parser.add_argument(
        "--show", action="store_true", help="with --folds: show what is missed and what is found wrongly"
    )
    asked = parser.parse_args()
    messages = [one for path in (asked.messages or marked.files("work")) for one in marked.read(path)]
    if asked.folds:
        _measure(messages, asked)
        return
    names, choice = learn(messages, asked.variants, asked.made)
    write(names, choice)


def learn(messages: Messages, variants: int, made: int, seed: int = 1) -> tuple[Weights, Choice]:
    """Both sets of weights. The second is learned from what the first says of messages that it was not taught with."""
    dice = random.Random(seed)
    began = time.process_time()
    whole = [
        *messages,
        *(varied(one, dice) for one in messages for _ in range(variants)),
        *templates.messages(made, dice),
    ]
    readings = [_read(one) for one in whole]
    half = [hash_of(one["id"]) % 2 for one in whole]
    name_rows = [_name_rows(*reading) for reading in readings]
    parts = [
        binary([row for rows, part in zip(name_rows, half, strict=True) if part != one for row in rows], seed)
        for one in (0, 1)
    ]
    rows: Rows = []
    for reading, one, part in zip(readings, whole, half, strict=True):
        rows += _whose_rows(reading[0], one, parts[part])
    names = binary([row for rows_ in name_rows for row in rows_], seed)
    personal = binary([(found, int(truth != 0), of) for found, truth, of in rows], seed).weights
    other = binary([(found, int(truth == 2), of) for found, truth, of in rows if truth], seed).weights
    choice = Choice({one: [personal.get(one, 0.0), other.get(one, 0.0)] for one in {**personal, **other}})
    print(f"{len(whole):,} messages, {time.process_time() - began:.0f} s", file=sys.stderr)
    return names, choice


def hash_of(name: str) -> int:
    return sum(ord(sign) * (number + 1) for number, sign in enumerate(name))


def message_of(one: dict[str, Any]) -> Message:
    people = [(other["name"], other["email"]) for other in one["participants"]]
    return Message(one["text"], one.get("language"), one["from_name"] or "", one["from_email"] or "", people, "")


def _read(one: dict[str, Any]) -> tuple[Surroundings, dict[str, Any]]:
    message = message_of(one)
    return Surroundings(recognising.reading_of(message, plain(message.text))), one


def _name_rows(around: Surroundings, one: dict[str, Any]) -> Rows:
    reading = around.reading
    inside = [(span["start"], span["end"]) for span in one["spans"] if span["label"] == "PERSON"]
    truth = [any(start <= token.start and token.end <= end + 1 for start, end in inside) for token in reading.tokens]
    rows: Rows = []
    for number, token in enumerate(reading.tokens):
        if token.shape != "X." and token.kind & Kind.PARTICLE:
            truth[number] = goes_on(reading.tokens, number, truth)
    for number in range(len(reading.tokens)):
        before = recognising.persons._before(reading, number, truth)
        if may_be_name(reading, number, before):
            rows.append((features(reading, number, truth), int(truth[number]), one["id"]))
    return rows


def _whose_rows(around: Surroundings, one: dict[str, Any], names: Weights) -> Rows:
    reading = around.reading
    scores = recognising.persons.tag(reading, names)
    recognising._again(reading, scores)
    rows: Rows = []
    named: list[tuple[int, int, str]] = []
    for span in recognising.persons.spans(reading, scores, recognising.NAMED):
        truth = _truth(one, span[2], span[3], {"PERSON"})
        rows.append((recognising.person_features(around, span, scores), CLASSES.index(truth), one["id"]))
        if truth != "n":
            named.append((span[2], span[3], truth))
    around.meet(named)
    for found, called in recognising.gathered(around, message_of(one)):
        truth = _truth(one, found.start, found.end, {found.label})
        rows.append((whose.features(around, found, called), CLASSES.index(truth), one["id"]))
    return rows


def _truth(one: dict[str, Any], start: int, end: int, labels: set[str]) -> str:
    """Whose a stretch is by its marks: those of the label that it shares at least half of its signs with."""
    for span in one["spans"]:
        shared = min(end, span["end"]) - max(start, span["start"])
        if shared > 0 and span["label"] in labels and 2 * shared >= max(end - start, span["end"] - span["start"]):
            return "t" if span["role"] == "third_party" else "p"
        if shared > 0 and span["label"] in labels and labels == {"PERSON"} and 2 * shared >= end - start:
            return "t" if span["role"] == "third_party" else "p"
    return "n"


def binary(rows: Rows, seed: int, rounds: int = 6, rate: float = 0.1, decay: float = 1e-3) -> Weights:
    """Logistic regression by adaptive steps. Every tenth feature of a row is left out by chance, so that none is leant on alone;
    the mean of the weights over the second half of the rounds is kept.
    """
    kept = _often(rows)
    taught = [([one for one in found if one in kept], truth) for found, truth, _ in rows]
    weights: dict[str, float] = {}
    squares: dict[str, float] = {}
    means: dict[str, float] = {}
    dice = random.Random(seed)
    order = list(range(len(taught)))
    for turn in range(rounds):
        dice.shuffle(order)
        for number in order:
            whole, truth = taught[number]
            left_out = dice.getrandbits(64)
            found = [one for place, one in enumerate(whole) if (left_out >> (place % 61)) & 7]
            total = sum(weights.get(one, 0.0) for one in found) * 8 / 7
            slope = 1 / (1 + exp(-max(min(total, 30.0), -30.0))) - truth
            if -0.01 < slope < 0.01:
                continue
            for one in found:
                square = squares[one] = squares.get(one, 0.1) + slope * slope
                old = weights.get(one, 0.0)
                weights[one] = old - rate / sqrt(square) * (slope + decay * old)
        if turn >= rounds // 2:
            for one, weight in weights.items():
                means[one] = means.get(one, 0.0) + weight / (rounds - rounds // 2)
    return Weights(means)


def _often(rows: Rows) -> set[str]:
    """Features that occur often enough. Counted by rows: by messages, and names not seen before are found less."""
    seen: dict[str, int] = {}
    for found, _, _ in rows:
        for one in set(found):
            seen[one] = seen.get(one, 0) + 1
    return {one for one, count in seen.items() if count > RARE}


def write(names: Weights, choice: Choice) -> None:
    """Weights with two decimals; what weighs next to nothing is left out."""
    kept = {
        "name": {one: round(weight, 2) for one, weight in sorted(names.weights.items()) if abs(weight) >= 0.05},
        "whose": {
            one: [round(w, 2) for w in weights]
            for one, weights in sorted(choice.weights.items())
            if max(map(abs, weights)) >= 0.05
        },
    }
    weighing.PLACE.write_text(json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    print(
        f"{len(kept['name']):,} and {len(kept['whose']):,} weights, {weighing.PLACE.stat().st_size:,} bytes",
        file=sys.stderr,
    )


def _measure(messages: Messages, asked: argparse.Namespace) -> None:
    pairs = []
    tried: dict[tuple[float, ...], list[Any]] = {}
    for fold in range(asked.folds):
        taught = [one for number, one in enumerate(messages) if number % asked.folds != fold]
        learned = learn(taught, asked.variants, asked.made)
        for number, one in enumerate(messages):
            if number % asked.folds == fold:
                pairs.append((one, recognised(one, learned)))
                for bounds in BOUNDS if asked.bounds else ():
                    tried.setdefault(bounds, []).append((one, _with(bounds, one, learned)))
    marked.report(pairs)
    for bounds, results in tried.items():
        print("NAME, PERSONAL, LENIENT =", bounds)
        marked.report(results, only="all")
    if asked.show:
        marked.show(pairs)


BOUNDS = [(a, b, 0.42) for a in (0.3, 0.5, 0.65) for b in (0.25, 0.5)] + [(0.42, 0.42, c) for c in (0.3, 0.55)]


def _with(bounds: tuple[float, ...], one: dict[str, Any], learned: tuple[Weights, Choice]) -> list[Any]:
    """The same with other bounds of what is enough."""
    kept = recognising.NAME, recognising.PERSONAL, recognising.LENIENT
    recognising.NAME, recognising.PERSONAL, recognising.LENIENT = bounds
    try:
        return recognised(one, learned)
    finally:
        recognising.NAME, recognising.PERSONAL, recognising.LENIENT = kept


def recognised(one: dict[str, Any], learned: tuple[Weights, Choice]) -> list[Any]:
    message = message_of(one)
    seen = plain(message.text)
    around, spans, scores = recognising.read(message, seen, learned[0])
    return recognising._placed(seen, recognising._decided(around, spans, scores, learned[1], message))


if __name__ == "__main__":
    main()
