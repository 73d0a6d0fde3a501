"""Scores from learned weights: a sum for each class, made a chance."""

import json
from functools import cache
from math import exp
from pathlib import Path

PLACE = Path(__file__).parent / "weights.json"


class Weights:
    """A score for two classes (yes or no): the sum of what each feature weighs."""

    __slots__ = ("weights",)

    def __init__(self, weights: dict[str, float]) -> None:
        self.weights = weights

    def chance(self, found: list[str]) -> float:
        get = self.weights.get
        total = 0.0
        for one in found:
            total += get(one, 0.0)
        return 1 / (1 + exp(-total)) if total > -30 else 0.0


class Choice:
    """A score for several classes: each feature weighs for each of them."""

    __slots__ = ("classes", "weights")

    def __init__(self, classes: list[str], weights: dict[str, list[float]]) -> None:
        self.classes, self.weights = classes, weights

    def chances(self, found: list[str]) -> dict[str, float]:
        totals = [0.0] * len(self.classes)
        get = self.weights.get
        for one in found:
            weights = get(one)
            if weights:
                for number, weight in enumerate(weights):
                    totals[number] += weight
        most = max(totals)
        powers = [exp(max(total - most, -50)) for total in totals]
        whole = sum(powers)
        return {name: power / whole for name, power in zip(self.classes, powers, strict=True)}


@cache
def learned() -> tuple[Weights, Choice]:
    """The weights that come with the software; made by tools/recognition/train.py."""
    kept = json.loads(PLACE.read_text("utf-8"))
    return Weights(kept["name"]), Choice(kept["classes"], kept["whose"])
