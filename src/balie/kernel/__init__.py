"""Who acts, and how we refuse: the words that every other package uses. Imports nothing of Balie, holds no models."""

from balie.kernel.actor import SYSTEM_ACTS, Actor
from balie.kernel.refusal import Conflict, Erased, Invalid, Refused, Stop, check
from balie.kernel.sentence import Sentence, Wording, sentence

__all__ = [
    "SYSTEM_ACTS",
    "Actor",
    "Conflict",
    "Erased",
    "Invalid",
    "Refused",
    "Sentence",
    "Stop",
    "Wording",
    "check",
    "sentence",
]
