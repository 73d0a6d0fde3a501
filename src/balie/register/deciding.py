"""Who decides, what may be counted, what may be set, what follows: questions about the desk as a whole (GDPR 5, 21, 22, 33)."""

from collections.abc import Mapping
from typing import Any, Literal

from balie.kernel import sentence
from balie.register.collecting import YES, no
from balie.register.types import Answer, Id
from balie.register.versions import Version

DEFAULT_SMALLEST_GROUP = 10
DEFAULT_COOKIES: Mapping[str, Mapping[str, Any]] = {"session": {"kind": "necessary", "keep": "session"}}

_CONTROLLERS = frozenset({"controller", "joint-controller"})


def may_decide(v: Version, *, by: Literal["person", "rule", "job", "import"]) -> Answer:
    """May this kind of actor decide about a person? With `none`: a named person only; others propose. GDPR 22."""
    if by == "person" or v.data.get("automated-decisions", "none") != "none":
        return YES
    say = sentence("The register says: no automated decisions. A named person decides; this may only propose.")
    return no(say, "22(1), 13(2)(f)")


def may_report(v: Version, *, persons: int, single: bool = False) -> Answer:
    """May this cell of a report be shown? persons: how many it is about. single: a row that singles somebody out. GDPR 5(1)(c)."""
    reports = v.data.get("reports", {})
    if reports == "none" or single:
        return no(sentence("Reports are statistical; nobody can be identified in them."), "5(1)(c)")
    least = reports.get("smallest-group", DEFAULT_SMALLEST_GROUP)
    if persons >= least:
        return YES
    return no(sentence("Fewer than {least} persons: this cell is suppressed.", least=least), "5(1)(c)")


def may_set_cookie(v: Version, name: str, *, needed_now: bool) -> Answer:
    """Only declared cookies; functional ones only at the moment they are needed. ePrivacy 5(3)."""
    cookie = cookies(v).get(name)
    if cookie is None:
        return no(sentence("The cookie «{name}» is not in the register.", name=name), "ePrivacy 5(3)")
    if cookie["kind"] == "functional" and not needed_now:
        say = sentence("Only at the moment it is needed: {when}", when=v.wording(cookie.get("when", "")))
        return no(say, "ePrivacy 5(3)")
    return YES


def cookies(v: Version) -> Mapping[str, Mapping[str, Any]]:
    """The declared cookies by name; left out means one necessary session cookie, `none` means none."""
    found = v.data.get("cookies", DEFAULT_COOKIES)
    return {} if found == "none" else found


def third_party_steps(v: Version, *, needed: bool) -> tuple[str, ...]:
    """What happens with data of someone who is no party to the conversation, once an agent has judged whether they are needed.

    GDPR 5(1)(c), 14, 33.
    """
    rule = v.data.get("third-party-data", {})
    check = ("check for breach",) if rule.get("breach-check", True) else ()
    if needed:
        return ("handle", "erase when purpose.done")
    if rule.get("rule") == "erase-unless-needed":
        return ("erase at once", "ask again without them", *check)
    return ("hold until an agent decides", *check)


def objection_steps(v: Version, *, activity: Id = "", purpose: Id = "") -> tuple[str, ...]:
    """record → restrict (18(1)(d)) → weigh with those named → a named person decides → carry out → answer with reasons. GDPR 21.

    activity, purpose: what is objected to, where the person says so. To direct marketing nothing is weighed: it stops for that
    person, and what serves other purposes stays (21(2)-(3), mission S2.11).
    """
    if _is_direct_marketing(v, activity, purpose):
        return ("record", "stop this purpose", "answer")
    weigh = " and ".join(v.data.get("objections", {}).get("weighed-with", ("person",)))
    return (
        "record",
        "restrict (18(1)(d))",
        f"weigh with {weigh}",
        "a named person decides",
        "carry out",
        "answer with reasons",
    )


def _is_direct_marketing(v: Version, activity: Id, purpose: Id) -> bool:
    act = v.data["activities"].get(activity, {})
    return bool(act.get("purposes", {}).get(purpose, {}).get("direct-marketing"))


def record_of(v: Version, *, article: Literal["30(1)", "30(2)"]) -> tuple[Id, ...]:
    """The activities of the controller's (30(1)), or of the processor's (30(2)), record."""
    return tuple(
        activity
        for activity, act in v.data["activities"].items()
        if (act.get("role", "controller") in _CONTROLLERS) == (article == "30(1)")
    )
