"""The words of recognition: what was found, where, and whose it is as far as that can be told."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Label(StrEnum):
    """Kinds of personal data that are found in texts. Where two fit one place, the earlier one is meant."""

    IBAN = "IBAN"
    HETU = "HETU"
    CREDIT_CARD = "CREDIT_CARD"
    BSN = "BSN"
    EMAIL = "EMAIL"
    PHONE = "PHONE"
    MAC = "MAC"
    IMEI = "IMEI"
    IP = "IP"
    PERSON = "PERSON"
    DATE_OF_BIRTH = "DATE_OF_BIRTH"
    ADDRESS = "ADDRESS"
    POSTCODE = "POSTCODE"
    ID_DOCUMENT = "ID_DOCUMENT"
    LICENCE_PLATE = "LICENCE_PLATE"
    USERNAME = "USERNAME"
    CASE_ID = "CASE_ID"


class Role(StrEnum):
    """Whose it is. A number in a text does not say whose: `unknown` unless it is a participant's."""

    PARTICIPANT = "participant"
    THIRD_PARTY = "third_party"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Span:
    """One finding: the text from `start` up to `end` (in characters of the text as given)."""

    start: int
    end: int
    label: str
    role: str


@dataclass(frozen=True, slots=True)
class Participants:
    """Who takes part in the conversation. `emails`: bare addresses in any case. `phones`: numbers as written or in
    E.164. `names`: as written; nothing with a structure is told by a name, so they are not looked at yet.
    """

    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


# The register's word for each kind (the catalogue of the register format). A national number, a card number, a day of
# birth, a document and a number of a person have none there: no register declares them unless it defines a word of its own.
ITEM_OF: Mapping[str, str | None] = {
    Label.BSN: None,
    Label.HETU: None,
    Label.CREDIT_CARD: None,
    Label.IBAN: "iban",
    Label.EMAIL: "email",
    Label.PHONE: "phone",
    Label.MAC: "mac-address",
    Label.IMEI: "imei",
    Label.IP: "ip-address",
    Label.PERSON: "name",
    Label.DATE_OF_BIRTH: None,
    Label.ADDRESS: "home-address",
    Label.POSTCODE: "home-address",
    Label.ID_DOCUMENT: None,
    Label.LICENCE_PLATE: "vehicle",
    Label.USERNAME: "username",
    Label.CASE_ID: None,
}
