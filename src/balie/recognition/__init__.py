"""Whose data are in this text: pure functions, no database. The weights by which names are told come with the software."""

from balie.recognition.looking import look_through
from balie.recognition.masking import Masked, Piece, mask, pieces
from balie.recognition.message import Message
from balie.recognition.recognising import recognise
from balie.recognition.spans import ITEM_OF, Label, Participants, Role, Span

__all__ = [
    "ITEM_OF",
    "Label",
    "Masked",
    "Message",
    "Participants",
    "Piece",
    "Role",
    "Span",
    "look_through",
    "mask",
    "pieces",
    "recognise",
]
