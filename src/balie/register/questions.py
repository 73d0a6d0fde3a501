"""What the rest of the software may ask a register, and nothing else: the whole list in one place.

Each question is a pure function of one immutable version and plain facts: no clock, no database, no network, no current user.
Promised of all: total (no declared name raises), monotone (more facts never turn a yes into a no, except `closed`), closed
world (what no line names is refused), stable, and a look-up cheap enough for every row on every screen.
"""

from balie.register.collecting import (
    asked_items,
    consent_needed,
    may_collect,
    may_do,
    may_link,
    place_of,
    places_of,
    requester_group,
    required_items,
)
from balie.register.deciding import (
    cookies,
    may_decide,
    may_report,
    may_set_cookie,
    objection_steps,
    record_of,
    third_party_steps,
)
from balie.register.keeping import approval_due, erase_on, erase_rule, if_never, latest_on, not_before_on, warnings_on
from balie.register.passing_on import disclosure_ends, may_admit, may_disclose, may_see, may_transfer

__all__ = [
    "approval_due",
    "asked_items",
    "consent_needed",
    "cookies",
    "disclosure_ends",
    "erase_on",
    "erase_rule",
    "if_never",
    "latest_on",
    "may_admit",
    "may_collect",
    "may_decide",
    "may_disclose",
    "may_do",
    "may_link",
    "may_report",
    "may_see",
    "may_set_cookie",
    "may_transfer",
    "not_before_on",
    "objection_steps",
    "place_of",
    "places_of",
    "record_of",
    "requester_group",
    "required_items",
    "third_party_steps",
    "warnings_on",
]
