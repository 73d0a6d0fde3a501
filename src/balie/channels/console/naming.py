"""What a question is called: its terms in the reader's words, since a view has no other name than what it asks."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from balie import register
from balie.channels.tags import said
from balie.desk.asking import OPEN, Asked

STATUS = {
    "new": gettext_noop("New"),
    "open": gettext_noop("Open"),
    "waiting": gettext_noop("Waiting"),
    "closed": gettext_noop("Closed"),
}
KIND = {
    "question": gettext_noop("Question"),
    "incident": gettext_noop("Incident"),
    "request": gettext_noop("Request"),
    "feedback": gettext_noop("Feedback"),
}
CHANNEL = {"mail": gettext_noop("By mail"), "phone": gettext_noop("By phone")}
WHO = {"me": gettext_noop("Mine"), "nobody": gettext_noop("Nobody’s yet")}
DELIVERY = {"failed": gettext_noop("Not delivered"), "delayed": gettext_noop("Not delivered yet")}
IS = {
    "unread": gettext_noop("Unread"),
    "followed": gettext_noop("Followed"),
    "restricted": gettext_noop("Somebody objected"),
    "others": gettext_noop("Data of others to decide about"),
}
SORT = {
    "best": gettext_noop("Best on top"),
    "oldest": gettext_noop("Longest without contact on top"),
    "newest": gettext_noop("Newest contact on top"),
    "closed": gettext_noop("Closed last on top"),
    "number": gettext_noop("By number"),
}
COLUMN = {
    "number": gettext_noop("Number"),
    "who": gettext_noop("Who asks"),
    "service": gettext_noop("Service"),
    "kind": gettext_noop("Kind"),
    "channel": gettext_noop("How it came"),
    "team": gettext_noop("Team"),
    "assignee": gettext_noop("Assigned to"),
}
KEY = {
    "status": gettext_noop("Status"),
    "service": gettext_noop("Service"),
    "kind": gettext_noop("Kind"),
    "channel": gettext_noop("How it came"),
    "team": gettext_noop("Team"),
    "assignee": gettext_noop("Assigned to"),
    "delivery": gettext_noop("Delivery"),
    "is": gettext_noop("Is"),
    "sort": gettext_noop("Order"),
}
_WORDS = {
    "status": STATUS,
    "kind": KIND,
    "channel": CHANNEL,
    "assignee": WHO,
    "delivery": DELIVERY,
    "is": IS,
    "sort": SORT,
}


def name_of(asked: Asked, version: register.Version, names: Mapping[UUID, str]) -> str:
    """A question in words: its values, the conditions with a point between. names: of colleagues, by account."""
    terms = [term for term in asked.terms if not (term.key == "status" and set(term.values) == set(OPEN))]
    if not terms:
        return _("All open") if asked.terms else _("All")
    return " · ".join(", ".join(word_of(term.key, one, version, names) for one in term.values) for term in terms)


def word_of(key: str, value: str, version: register.Version, names: Mapping[UUID, str]) -> str:
    """One value in the reader's words; a code that nothing is known of any more stands as it is."""
    if key in ("service", "team"):
        known = (version.services if key == "service" else version.teams).get(value)
        return said(known.name) if known else value
    if value in _WORDS[key]:
        return _(_WORDS[key][value])
    return names.get(UUID(value), "?") if key == "assignee" else value


def accounts_in(questions: Iterable[Asked]) -> set[UUID]:
    """The colleagues who are asked for by name."""
    return {UUID(one) for asked in questions for one in asked.of("assignee") if one not in WHO}
