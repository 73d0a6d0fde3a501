"""What a member of staff prefers: language, density, colours, keys. Codes only, and each for oneself."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from balie import evidence, register
from balie.kernel import Actor, Invalid, sentence
from balie.people import accounts
from balie.people.models import Account

LANGUAGES = ("nl", "fi", "en")
DENSITIES = ("", "compact")
SCHEMES = ("", "light", "dark")
AFTER = ("", "next")
_MOST_KEYS = 200
Keys = str | Mapping[str, str]  # `off`, or keys by the code of what they do


@dataclass(frozen=True)
class Preferences:
    """language: empty for the browser's. density: empty for the usual. scheme: empty for the system's own.

    after: where one goes on after an answer or a closure: empty for the same ticket, `next` for the next one of the view.
    """

    language: str
    density: str
    scheme: str
    after: str = ""


def of(account: Account) -> Preferences:
    """What somebody prefers; what is stored and means nothing any more is as if it had not been chosen."""
    stored = account.preferences

    def known(name: str, among: tuple[str, ...]) -> str:
        value = stored.get(name, "")
        return value if value in among else ""

    language = account.language if account.language in LANGUAGES else ""
    return Preferences(language, known("density", DENSITIES), known("scheme", SCHEMES), known("after", AFTER))


@transaction.atomic
def look(*, language: str, density: str, scheme: str, after: str = "", actor: Actor) -> Account:
    """From the next page on the console looks, speaks and goes on so for the actor. Raises Invalid for what there is not."""
    asked = {"density": (density, DENSITIES), "scheme": (scheme, SCHEMES), "after": (after, AFTER)}
    for value, among in ((language, ("", *LANGUAGES)), *asked.values()):
        if value not in among:
            raise Invalid(sentence("«{value}» cannot be chosen here.", value=value))
    return _keep(actor, set(asked), {name: value for name, (value, _) in asked.items() if value}, language=language)


@transaction.atomic
def keys(chosen: Keys, *, actor: Actor) -> Account:
    """Which keys do what for the actor: `off`, or those that differ from the usual ones, by code. Raises Invalid.

    Whether a key can do what it is to do is the door's to say; here they are codes and single signs.
    """
    if isinstance(chosen, str):
        if chosen != "off":
            raise Invalid(sentence("«{value}» cannot be chosen here.", value=chosen))
        return _keep(actor, {"shortcuts"}, {"shortcuts": chosen})
    if len(chosen) > _MOST_KEYS or not all(evidence.is_code(code) and len(key) <= 3 for code, key in chosen.items()):
        raise Invalid(sentence("These keys cannot be chosen."))
    return _keep(actor, {"shortcuts"}, {"shortcuts": dict(chosen)} if chosen else {})


def _keep(actor: Actor, asked: set[str], chosen: Mapping[str, object], *, language: str | None = None) -> Account:
    account = accounts.account_of(actor)
    rest = {name: value for name, value in account.preferences.items() if name not in asked}
    account.preferences = {**rest, **chosen}
    account.language = account.language if language is None else language
    account.save(update_fields=["preferences", "language"])
    version = register.in_force(actor.desk)
    evidence.record(
        "account.preferred",
        actor,
        account.handle,
        operation="alter",
        about=[account.handle],
        activity=version.uri(register.home_of(version, "sign-in-secret", holder="account").activity),
    )
    return account
