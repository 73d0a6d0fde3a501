"""What people are told, from the register alone: notices, the text beside a field, and why something is still kept."""

from balie.register.telling.fields import FieldText, Why, asked_field, why
from balie.register.telling.notice import notice_for
from balie.register.telling.parts import Brief, ItemLine, Notice, Row, Section, text_of

__all__ = [
    "Brief",
    "FieldText",
    "ItemLine",
    "Notice",
    "Row",
    "Section",
    "Why",
    "asked_field",
    "notice_for",
    "text_of",
    "why",
]
