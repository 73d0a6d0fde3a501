"""What people are told, from the register alone: notices, the text beside a field, and why something is still kept."""

from balie.register.telling.changes import Comparison, Passage, compared
from balie.register.telling.fields import FieldText, Why, asked_field, why
from balie.register.telling.notice import notice_for
from balie.register.telling.parts import Brief, Clause, ItemLine, Notice, Row, Section, text_of

__all__ = [
    "Brief",
    "Clause",
    "Comparison",
    "FieldText",
    "ItemLine",
    "Notice",
    "Passage",
    "Row",
    "Section",
    "Why",
    "asked_field",
    "compared",
    "notice_for",
    "text_of",
    "why",
]
