"""A message as recognition gets it: the text and who takes part."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `language`: nl, fi, en, sv, or None when it is not known. `participants`: name and address of each who
    takes part beside the sender: in copy, contacts on the ticket, agents; either may be empty. `country`: ISO 3166 code of
    the desk, for numbers in their national form; empty when not known.
    """

    text: str
    language: str | None = None
    from_name: str = ""
    from_email: str = ""
    participants: Sequence[tuple[str, str]] = ()
    country: str = ""
