"""Asking the sender to send something again without others' data, in the language in which they wrote."""

import re
from collections import Counter

from django.utils import translation

from balie import evidence, post, vault
from balie.desk import allowance
from balie.desk import rules as desk_rules
from balie.desk.models import Message, Others, Status, Ticket
from balie.desk.others import deciding
from balie.kernel import Actor, Sentence, sentence

LANGUAGES = ("nl", "fi", "sv", "en")
KINDS = {
    "BSN": sentence("a citizen service number (BSN)"),
    "HETU": sentence("a personal identity code"),
    "IBAN": sentence("an account number (IBAN)"),
    "CREDIT_CARD": sentence("a card number"),
    "EMAIL": sentence("an e-mail address"),
    "PHONE": sentence("a phone number"),
    "PERSON": sentence("a name"),
    "ADDRESS": sentence("a home address"),
    "BIRTH_DATE": sentence("a date of birth"),
    "CLOSED": sentence("a file that we cannot look into"),
}
_OTHER = sentence("other personal data")
_IN_TEXT = sentence("Your message held data of somebody else: {kinds}.")
_IN_FILE = sentence("A file that you sent held, or may hold, data of somebody else: {kinds}.")
_WHY = sentence(
    "We keep data of others only if your question cannot be answered without them. That is not so here, or nobody could say in time "
    "that it is. So we have deleted what you sent."
)
_ASK = sentence(
    "If you still need our help, please send it again without those data: leave them out, or make them unreadable. Look at "
    "attachments, screenshots and the messages below your own as well."
)
_ADDRESSED = sentence("You can simply reply to this message; it then joins your question {number}.")

# Words that stand in almost every message of a language and in few of another.
_WORDS = {
    "nl": "de het een en van ik niet dat is wij met voor zijn deze kan heb mijn naar u ook bij groet geachte",
    "fi": "ja on ei että se en ole minun mutta kun voi hei myös olen tämä jos minä terveisin kiitos miten onko",
    "sv": "och det att jag är inte en som för på med har den av till kan min hej också vänliga hälsningar",
    "en": "the and to of is i that it for not my you with have this on can are please regards hello dear",
}
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str, *, otherwise: str) -> str:
    """In which of the four languages a text is written, by its commonest words; `otherwise` where that cannot be told."""
    found = Counter(word.casefold() for word in _WORD.findall(text[:4000]))
    scores = {language: sum(found[word] for word in words.split()) for language, words in _WORDS.items()}
    first, second = sorted(scores.values(), reverse=True)[:2]
    return max(scores, key=lambda one: scores[one]) if first > second else otherwise


def kind(label: str) -> Sentence:
    """A kind of data in words."""
    return KINDS.get(label, _OTHER)


def said(one: Others, language: str) -> str:
    """What the sender is told: what kind of thing, why it is gone, and what to do."""
    kinds = {each.template: each for each in map(kind, one.kinds)} or {"": _OTHER}
    what = Sentence((_IN_FILE if one.attachment_id else _IN_TEXT).template, {"kinds": tuple(kinds.values())})
    how = Sentence(_ADDRESSED.template, {"number": one.ticket.number})
    with translation.override(language):
        return "\n\n".join(each.say(language, translation.gettext) for each in (what, _WHY, _ASK, how))


def ask(one: Others, *, actor: Actor) -> bool:
    """Leave the request in the outbox as an answer, in the caller's transaction; whether there was anybody to ask.

    Never to a machine, and within what one address and one desk get of themselves (see `allowance`). It stands in the conversation as
    what the desk said, and the ticket waits for its requester.
    """
    ticket, message = one.ticket, one.message
    if message.automatic or message.sender is None:
        return False
    reading = vault.Reading(Actor.system("retain", ticket.desk), "others.asked-again", ticket.handle)
    address, text = reading.text(message.sender), reading.text(message.text)
    reading.record()
    if not address or (
        actor.kind == "system" and not allowance.one_more(ticket, address, at=one.decided_at or one.due_at)
    ):
        return False
    version = desk_rules.version_of(ticket)
    text = said(one, language_of(text, otherwise=version.data["languages"][0]))
    record = deciding.put_away(ticket, text, actor=actor)
    told = Message.objects.create(
        ticket=ticket, kind=Message.Kind.ANSWER, at=one.done_at or one.due_at, automatic=True, text=record
    )
    post.add(ticket.desk, kind="answer", refs={"ticket": ticket.handle.hex, "message": told.handle.hex})
    if ticket.status != Status.CLOSED:
        Ticket.objects.filter(pk=ticket.pk).update(status=Status.WAITING)
    evidence.record(
        "others.asked-again",
        actor,
        told.handle,
        operation="transmit",
        activity=version.uri(ticket.activity),
        about=[ticket.requester_id] if ticket.requester_id else [],
        facts={"ticket": ticket.number, "kinds": len(one.kinds)},
    )
    return True
