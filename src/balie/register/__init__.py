"""The record of processing activities, which is the desk's configuration: read, lint, adopt, ask, tell.

`from balie import register`, then `register.in_force("publications")` and `register.may_collect(...)`. The names below are
found when first used, because Django imports this package before its tables exist. All but `models`, `adoption` and `in_use`
is pure: an immutable `Version` in, an answer out; no database, no clock, no Django.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from balie.register.adoption import adopt, adopt_from
    from balie.register.in_use import desks, in_force, version
    from balie.register.questions import (
        asked_items,
        consent_needed,
        cookies,
        disclosure_ends,
        erase_on,
        erase_rule,
        if_never,
        latest_on,
        may_admit,
        may_collect,
        may_decide,
        may_disclose,
        may_do,
        may_link,
        may_report,
        may_see,
        may_set_cookie,
        may_transfer,
        objection_steps,
        place_of,
        places_of,
        record_of,
        requester_group,
        required_items,
        third_party_steps,
        warnings_on,
    )
    from balie.register.types import NO_FACTS, Answer, EraseRule, Facts, Group, Holder, Id, Need, Party, Place, Share
    from balie.register.versions import AnsweredDoubt, Service, Team, Version, draft

_HOME = {
    "Answer": "types",
    "AnsweredDoubt": "versions",
    "EraseRule": "types",
    "Facts": "types",
    "Group": "types",
    "Holder": "types",
    "Id": "types",
    "NO_FACTS": "types",
    "Need": "types",
    "Party": "types",
    "Place": "types",
    "Service": "versions",
    "Share": "types",
    "Team": "versions",
    "Version": "versions",
    "adopt": "adoption",
    "adopt_from": "adoption",
    "asked_items": "questions",
    "consent_needed": "questions",
    "cookies": "questions",
    "desks": "in_use",
    "disclosure_ends": "questions",
    "draft": "versions",
    "erase_on": "questions",
    "erase_rule": "questions",
    "if_never": "questions",
    "in_force": "in_use",
    "latest_on": "questions",
    "may_admit": "questions",
    "may_collect": "questions",
    "may_decide": "questions",
    "may_disclose": "questions",
    "may_do": "questions",
    "may_link": "questions",
    "may_report": "questions",
    "may_see": "questions",
    "may_set_cookie": "questions",
    "may_transfer": "questions",
    "objection_steps": "questions",
    "place_of": "questions",
    "places_of": "questions",
    "record_of": "questions",
    "requester_group": "questions",
    "required_items": "questions",
    "third_party_steps": "questions",
    "version": "in_use",
    "warnings_on": "questions",
}

__all__ = [
    "NO_FACTS",
    "Answer",
    "AnsweredDoubt",
    "EraseRule",
    "Facts",
    "Group",
    "Holder",
    "Id",
    "Need",
    "Party",
    "Place",
    "Service",
    "Share",
    "Team",
    "Version",
    "adopt",
    "adopt_from",
    "asked_items",
    "consent_needed",
    "cookies",
    "desks",
    "disclosure_ends",
    "draft",
    "erase_on",
    "erase_rule",
    "if_never",
    "in_force",
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
    "objection_steps",
    "place_of",
    "places_of",
    "record_of",
    "requester_group",
    "required_items",
    "third_party_steps",
    "version",
    "warnings_on",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(name)
    globals()[name] = found = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    return found
