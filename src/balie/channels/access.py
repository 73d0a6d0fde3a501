"""The one access table: who may come to which route, to do what with whose data. A route without a row cannot be reached."""

import hmac
from dataclasses import dataclass
from typing import Literal, TypeGuard

from balie import register, vault
from balie.kernel import Actor, Invalid, Sentence, sentence

Audience = Literal["public", "staff", "agent", "privacy-officer", "administrator", "system-token"]


@dataclass(frozen=True)
class Row:
    """One route: through which door, for whom, with what right, on whose data, as which of the register's operations.

    of: `ticket` (the activity of the ticket at hand), `staff` (the accounts' activity), `register` (nothing personal), `none`.
    operation: one of the 20 words that the evidence uses; empty where nothing personal is touched.
    """

    door: Literal["portal", "console"]
    audience: Audience
    right: str
    of: Literal["ticket", "staff", "register", "none"]
    operation: str = ""


ROUTES: dict[str, Row] = {
    "health": Row("portal", "public", "hear that the program runs", "none"),
    "desks": Row("portal", "public", "read which desks there are", "register"),
    "notice": Row("portal", "public", "read the notice of a desk", "register"),
    "notice-version": Row("portal", "public", "read the notice as it was", "register"),
    "notice-pdf": Row("portal", "public", "save a notice as a PDF", "register"),
    "register-form": Row("portal", "public", "read the form of register files", "none"),
    "register-version": Row("portal", "public", "read a published activity", "register"),
    "sign-in": Row("console", "public", "show address and password", "staff", "use"),
    "sign-in-code": Row("console", "public", "show a one-time code", "staff", "use"),
    "sign-out": Row("console", "staff", "go", "staff", "use"),
    "tickets": Row("console", "staff", "see tickets that one's teams cover", "ticket", "consult"),
    "ticket": Row("console", "staff", "see a ticket that one's teams cover", "ticket", "consult"),
    "attachment": Row("console", "staff", "take a file of a visible ticket", "ticket", "consult"),
    "answers": Row("console", "agent", "answer the requester", "ticket", "transmit"),
    "retraction": Row("console", "agent", "take back an own answer that has not gone", "ticket", "store"),
    "notes": Row("console", "agent", "write for colleagues", "ticket", "record"),
    "drafts": Row("console", "agent", "keep what one is writing", "ticket", "store"),
    "draft-files": Row("console", "agent", "keep a file with what one is writing", "ticket", "store"),
    "draft-file-erasure": Row("console", "agent", "leave such a file out again", "ticket", "erase"),
    "following": Row("console", "staff", "follow a ticket, or no longer", "ticket", "organise"),
    "links": Row("console", "agent", "say that two tickets belong together", "ticket", "link"),
    "link-end": Row("console", "agent", "say that they do not", "ticket", "link"),
    "merging": Row("console", "agent", "make one ticket of two of one person", "ticket", "combine"),
    "split": Row("console", "agent", "make a message a ticket of its own", "ticket", "organise"),
    "assignment": Row("console", "agent", "give a ticket to somebody", "ticket", "organise"),
    "tab-end": Row("console", "staff", "put a ticket away that one had open", "none"),
    "contact": Row("console", "staff", "see in clear how a requester can be reached", "ticket", "consult"),
    "sorting": Row("console", "agent", "say what a ticket is about", "ticket", "organise"),
    "closure": Row("console", "agent", "close a ticket", "ticket", "use"),
    "reopening": Row("console", "agent", "open a closed ticket", "ticket", "use"),
    "assignment-together": Row("console", "agent", "give several tickets to somebody", "ticket", "organise"),
    "sorting-together": Row("console", "agent", "say what several tickets are about", "ticket", "organise"),
    "closure-together": Row("console", "agent", "close several tickets", "ticket", "use"),
    "reopening-together": Row("console", "agent", "open several closed tickets", "ticket", "use"),
    "undoing": Row("console", "agent", "take back what was done to several", "ticket", "organise"),
    "items": Row("console", "agent", "write something down about the requester", "ticket", "record"),
    "item-erasure": Row("console", "agent", "strike something out", "ticket", "erase"),
    "others-decision": Row("console", "agent", "decide about data of somebody else", "ticket", "restrict"),
    "others-retraction": Row("console", "agent", "take such a decision back", "ticket", "restrict"),
    "others-breach": Row("console", "agent", "say that it may be a data breach", "ticket", "record"),
    "others-view": Row("console", "staff", "see in clear what of others is needed", "ticket", "consult"),
    "attachment-opening": Row("console", "agent", "open a file that is held back, with a reason", "ticket", "consult"),
    "objections": Row("console", "staff", "write down that the requester objects", "ticket", "record"),
    "objection-decision": Row("console", "staff", "decide an objection", "ticket", "restrict"),
    "holds": Row("console", "staff", "hold data beyond their term", "ticket", "restrict"),
    "hold-end": Row("console", "staff", "let them go", "ticket", "restrict"),
    "views": Row("console", "staff", "arrange one's views", "none"),
    "view": Row("console", "staff", "say what a view asks", "none"),
    "view-place": Row("console", "staff", "say where a view stands", "none"),
    "view-sharing": Row("console", "administrator", "give a view to the whole desk", "none"),
    "view-end": Row("console", "staff", "keep a view no longer", "none"),
    "live": Row("console", "staff", "hear what changed on an open page", "ticket", "consult"),
    "completions": Row("console", "staff", "see what may be asked, and names that begin so", "ticket", "retrieve"),
    "search": Row("console", "staff", "find visible tickets", "ticket", "retrieve"),
    "calls": Row("console", "agent", "write down a call", "ticket", "record"),
    "call": Row("console", "agent", "write down a call that came in", "ticket", "record"),
    "call-end": Row("console", "agent", "let a call go unwritten", "ticket", "erase"),
    "incoming-calls": Row("console", "system-token", "tell of a call", "ticket", "collect"),
    "mail": Row("console", "administrator", "see what came in by mail and what waits", "none"),
    "outgoing-attempts": Row("console", "administrator", "have something sent at once", "ticket", "transmit"),
    "outgoing-end": Row("console", "administrator", "give up what waits to be sent", "ticket", "transmit"),
    "settings": Row("console", "staff", "choose how the console looks and speaks to oneself", "staff", "alter"),
    "shortcuts": Row("console", "staff", "choose one's own keys", "staff", "alter"),
    "desk-register": Row("console", "staff", "read the register of one's desk", "register"),
    "forecast": Row("console", "staff", "see how much goes when", "register"),
    "deeds": Row("console", "staff", "see how often what was done, and when what is looked at again", "register"),
    "destruction": Row("console", "privacy-officer", "see what waits to be destroyed", "register"),
    "destruction-approval": Row("console", "privacy-officer", "approve that it is destroyed", "ticket", "erase"),
    "destruction-exceptions": Row(
        "console", "privacy-officer", "hold some of it beyond its term", "ticket", "restrict"
    ),
    "declarations": Row("console", "staff", "see what was destroyed when", "register"),
    "declaration": Row("console", "staff", "read a declaration of destruction", "register"),
    "declaration-file": Row("console", "staff", "take it as a file", "register"),
    "comparison": Row("console", "staff", "see what changed between two versions", "register"),
    "proposal": Row("console", "staff", "read and write what shall be in force next", "register"),
    "register-editor": Row(
        "console", "staff", "write terms, items and texts of what shall be in force next", "register"
    ),
    "proposal-approval": Row("console", "staff", "put it in force", "register"),
    "older-data": Row("console", "staff", "read and weigh whether a new purpose reaches older data", "register"),
    "older-data-approval": Row("console", "staff", "let it reach them", "register"),
    "older-data-end": Row("console", "staff", "end that", "register"),
    "proposal-end": Row("console", "staff", "withdraw it", "register"),
    "version-withdrawal": Row("console", "staff", "withdraw an approved version before its day", "register"),
}


@dataclass(frozen=True)
class Verdict:
    """go: come in. sign-in: first say who you are. hidden: there is nothing here. refused: seen, but not yours to do."""

    kind: Literal["go", "sign-in", "hidden", "refused"]
    sentence: Sentence | None = None


GO, SIGN_IN, HIDDEN = Verdict("go"), Verdict("sign-in"), Verdict("hidden")


def admit(route: str | None, actor: Actor | None, desk: str | None) -> Verdict:
    """Whether this actor may come to this route (invariant 8). Another desk's staff find nothing, like a stranger's guess."""
    row = ROUTES.get(route or "")
    if row is None or (desk is not None and not is_desk(desk)):
        return HIDDEN
    if row.audience == "public":
        return GO
    if actor is None:
        return HIDDEN if row.audience == "system-token" else SIGN_IN
    if actor.desk != desk or (row.audience == "system-token") != (actor.kind == "system"):
        return HIDDEN
    return _role(row, actor)


def is_desk(slug: object) -> TypeGuard[str]:
    """Whether there is a desk of this name: one whose register is in force."""
    try:
        return isinstance(slug, str) and register.in_force(slug) is not None
    except Invalid:
        return False


def telephone(desk: str, presented: str) -> Actor | None:
    """The telephone system of a desk as an actor, if this is its token (`balie phone token` prints it); None otherwise."""
    if not is_desk(desk):
        return None
    known = call_token(desk)
    return Actor.system("receive", desk) if known and hmac.compare_digest(known.encode(), presented.encode()) else None


def call_token(desk: str) -> str:
    """The secret word with which the telephone system of a desk tells of calls; empty where calls are not taken."""
    version = register.in_force(desk)
    return vault.token(desk, "incoming calls", desk) if takes_calls(version) else ""


def takes_calls(version: register.Version) -> bool:
    return "phone" in version.settings["intake"]["doors"]


def _role(row: Row, actor: Actor) -> Verdict:
    if row.audience == "agent" and not actor.has("agent"):
        return Verdict("refused", sentence("This is work for the agents of the desk. Your account has other tasks."))
    if row.audience == "privacy-officer" and not actor.has("privacy-officer"):
        return Verdict("refused", sentence("This is for the privacy officer of the desk."))
    if row.audience == "administrator" and not actor.has("administrator"):
        return Verdict("refused", sentence("This is for the administrators of the desk."))
    return GO
