"""Whose data are in this text: pure functions, no models, no database."""

from balie.recognition.looking import look_through
from balie.recognition.masking import Masked, Piece, mask, pieces
from balie.recognition.spans import ITEM_OF, Label, Participants, Role, Span

__all__ = ["ITEM_OF", "Label", "Masked", "Participants", "Piece", "Role", "Span", "look_through", "mask", "pieces"]
