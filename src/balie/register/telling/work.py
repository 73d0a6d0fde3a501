"""The part of a notice about how the desk works: its settings, which can only narrow what the register says, in plain words."""

from collections.abc import Iterator, Mapping
from typing import Any

from balie.register.telling.parts import Row
from balie.register.telling.reader import Reader


def work(reader: Reader) -> tuple[Row, ...]:
    """How one reaches the desk, who may, and what comes of a first message. Empty for a register without settings."""
    settings = reader.v.settings
    return tuple(_rows(reader, settings)) if settings else ()


def _rows(reader: Reader, settings: Mapping[str, Any]) -> Iterator[Row]:
    say, intake = reader.say, settings["intake"]
    yield Row(say("label.doors"), (say.several([_door(reader, one) for one in intake["doors"]]),))
    yield Row(say("label.open-to"), (say(f"open-to.{intake['open-to']}"), say(f"first.{intake['first-ticket']}")))
    yield Row(say("label.services"), tuple(one.name.read(reader.language) for one in reader.v.services.values()))
    if "approved-contacts" in settings:
        yield Row(say("label.contacts"), tuple(_contacts(reader, settings["approved-contacts"])), "contacts-approved")
    if "portal" in settings:
        yield Row(say("label.accounts"), tuple(_accounts(reader, settings["portal"])))
    if "quotes-and-orders" in settings:
        kind = settings["approved-contacts"]["kinds"][settings["quotes-and-orders"]["approved-by"]]
        yield Row(say("label.orders"), (say("orders.approved", kind=_own(reader, kind["name"])),))


def _door(reader: Reader, door: str) -> str:
    address = reader.v.settings.get("mail", {}).get("address")
    return reader.say("door.mail-to", address=address) if door == "mail" and address else reader.say(f"door.{door}")


def _contacts(reader: Reader, found: Mapping[str, Any]) -> Iterator[str]:
    say = reader.say
    yield say("contacts.list")
    for kind in found["kinds"].values():
        may = say.several([say(f"contacts.may-{one}") for one in kind["may"]])
        yield say("contacts.technical" if "only" in kind else "contacts.kind", name=_own(reader, kind["name"]), may=may)
        if "help" in kind:
            yield _own(reader, kind["help"])
    yield say(f"contacts.other-address-{found['other-address']}")
    yield say(f"contacts.not-listed-{found['not-listed']}")
    if "nobody-reachable" in found:
        yield say("contacts.nobody-reachable")
    if "becoming-one" in found:
        yield say(f"contacts.becoming-{found['becoming-one']}")


def _accounts(reader: Reader, found: Mapping[str, Any]) -> Iterator[str]:
    yield reader.say(f"accounts.{found['accounts']}")
    if "invite" in found:
        yield reader.say(f"accounts.{found['invite']}")
    if found.get("only-listed"):
        yield reader.say("accounts.only-listed")


def _own(reader: Reader, text: str) -> str:
    """A sentence of the settings in the reader's language."""
    return reader.v.settings_wording(text).read(reader.language)
