"""Who takes part in a message, as far as a name or an address in its text can be compared with them."""

import re
from dataclasses import dataclass, field

from balie.recognition.message import Message
from balie.recognition.words import NAME, Kind, base_forms, lexicon, without_accents

_PART = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_SHARED = re.compile(
    r"(?:info|support|help|helpdesk|servicedesk|service|desk|no-?reply|do-?not-?reply|noreply|admin\w*|postmaster|sales|office"
    r"|contact|klantenservice|klantcontact|kcc|balie\w*|receptie|facturen|factuur|boekhouding|crediteuren|debiteuren|inkoop|hr"
    r"|redactie|secretariaat|bestuur|bureau|team\w*|formulier\w*|web\w*|chat\w*|noc|beheer|ict|it|asiakaspalvelu|neuvonta"
    r"|laskutus|toimisto|kirjaamo|vaihde|palaute|tuki|lahituki|lomake\w*|viestinta|tilaukset|isannointi|billing\w*|jobs\w*"
    r"|editors?|publications?|marketing|media|press|news\w*|nieuws\w*|security|privacy|jobs|orders?|invoices?|accounts?"
    r"|mail|post|mailer-daemon|root|system|monitor\w*|backup|alerts?|raportti|sihteeri|hallitus|rekry|library|reception"
    r"|storing\w*|meld\w*|vergunning\w*|parkeren|burgerzaken|salaris\w*|personeel|leden\w*|verhuur|planning|events?|archief)"
    r"(?:[._+-].*)?",
    re.IGNORECASE,
)
_FUNCTIONS = re.compile(
    r"(?:web|form|lomake|noreply|no-reply|desk|balie|dienst|service|team|afdeling|beheer|administratie|helpdesk|receptie|bureau"
    r"|neuvonta|vaihde|tuki|toimisto|palvelu|keskus|monitor|backup|log|chat|system|alert|bot|intake|office|reception|redactie"
    r"|secretariaat|laskutus|valvonta|isännöinti|asiakas|support|info|punt|kamer|loket)",
    re.IGNORECASE,
)


def words_of(name: str) -> list[str]:
    """The words of a name in small letters and without accents, initials among them."""
    return [without_accents(part.casefold()) for part in _PART.findall(name)]


def is_shared(address: str) -> bool:
    """Whether an address is a mailbox of a desk or a machine rather than a person's."""
    return _SHARED.fullmatch(address.partition("@")[0]) is not None


@dataclass(slots=True)
class Known:
    """`sender`, `others`: words of names; `emails`: addresses in small letters. `person`: whether the sender is one."""

    sender: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    emails: set[str] = field(default_factory=set)
    sender_email: str = ""
    person: bool = True
    beginnings: set[str] = field(default_factory=set)

    def whose(self, word: str) -> str:
        """«s» when a word (in small letters) is of the sender's name, «o» of another's, else nothing."""
        bare = without_accents(word)
        for one in (bare, *bare.split("-")):
            if one in self.sender:
                return "s"
            if one in self.others:
                return "o"
        if bare[:2] not in self.beginnings:
            return ""
        for form in base_forms(word):
            bare = without_accents(form)
            if bare in self.sender:
                return "s"
            if bare in self.others:
                return "o"
        return ""

    def begins(self, letters: str) -> str:
        """The same for an initial: whose name has a word that begins so."""
        for whose, names in (("s", self.sender), ("o", self.others)):
            if letters and any(name.startswith(letters) for name in names):
                return whose
        return ""

    def owner(self, name: str, address: str) -> str:
        """Who wrote a quoted message: «s» the sender, «o» another participant, «t» somebody else."""
        if address:
            return "s" if address == self.sender_email else "o" if address in self.emails else "t"
        words = [word for word in words_of(name) if len(word) > 1 and not lexicon().get(word, 0) & Kind.PARTICLE]
        if words and all(word in self.sender for word in words):
            return "s"
        return "o" if words and all(word in self.others for word in words) else "t"


def known(message: Message) -> Known:
    """Everything a participant may be told by."""
    found = Known(sender_email=message.from_email.strip().casefold())
    found.sender.update(_names(message.from_name, found.sender_email))
    found.emails.add(found.sender_email)
    for name, address in message.participants:
        found.others.update(_names(name, address.strip().casefold()))
        found.emails.add(address.strip().casefold())
    found.emails.discard("")
    found.others -= found.sender
    found.beginnings = {name[:2] for name in (*found.sender, *found.others)}
    found.person = _is_person(message.from_name, found.sender_email)
    return found


def _names(name: str, address: str) -> set[str]:
    small = lexicon()
    words = {word for word in words_of(name) if not small.get(word, 0) & (Kind.PARTICLE | Kind.TITLE)}
    if not is_shared(address):
        local = address.partition("@")[0]
        words |= {word for word in words_of(local) if len(word) > 2}
    return words


def _is_person(name: str, address: str) -> bool:
    if _FUNCTIONS.search(name) or is_shared(address):
        return False
    kinds = [lexicon().get(word.casefold(), 0) for word in _PART.findall(name)]
    if any(kind & Kind.ORG and not kind & NAME for kind in kinds):
        return False
    return not kinds or any(kind & NAME or not kind & Kind.WORD for kind in kinds)
