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
    """Two questions with one set of features: is it a person's at all, and if so, is it somebody else's?"""

    __slots__ = ("weights",)

    def __init__(self, weights: dict[str, list[float]]) -> None:
        self.weights = weights

    def chances(self, found: list[str]) -> tuple[float, float]:
        """How likely a finding is somebody's, and how likely it is then not a participant's."""
        personal = other = 0.0
        get = self.weights.get
        for one in found:
            pair = get(one)
            if pair:
                personal += pair[0]
                other += pair[1]
        return 1 / (1 + exp(-max(personal, -30.0))), 1 / (1 + exp(-max(other, -30.0)))


@cache
def learned() -> tuple[Weights, Choice]:
    """The weights that come with the software; made by tools/recognition/train.py."""
    kept = json.loads(PLACE.read_text("utf-8"))
    return Weights(kept["name"]), Choice(kept["whose"])
