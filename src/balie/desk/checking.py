"""The look before an answer goes: what its writer may want to see once more. It stands in nobody's way."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from balie import recognition
from balie.desk import conversation, gathering, looking_through, reporter
from balie.desk.models import Ticket
from balie.desk.others import asking_again
from balie.kernel import Sentence, Wording, sentence

_UNDECLARED = {
    "BSN": sentence("There is a BSN in it, which this desk does not keep: leave it out if you can."),
    "HETU": sentence(
        "There is a personal identity code in it, which this desk does not keep: leave it out if you can."
    ),
    "IBAN": sentence("There is an IBAN in it, which this desk does not keep: leave it out if you can."),
    "CREDIT_CARD": sentence("There is a card number in it, which this desk does not keep: leave it out if you can."),
    "EMAIL": sentence("There is an e-mail address in it, which this desk does not keep: leave it out if you can."),
    "PHONE": sentence("There is a phone number in it, which this desk does not keep: leave it out if you can."),
}
_OTHERS = sentence("There is data of somebody else in it ({kinds}): is the requester to have it?")
_QUOTED = sentence("There is data of somebody else in what it quotes ({kinds}): leave those lines out if you can.")
_OTHER_UNDECLARED = sentence(
    "There is something in it which this desk does not keep ({kind}): leave it out if you can."
)
_OUTSIDE = sentence("The mail that this answers asks for a close look at its sender. The answer goes to that address.")

# A place that was to be filled in: [name], {date}, <<link>>, ____, XXX. A ticket's number in brackets is none.
_OPEN = re.compile(
    r"\[(?![#\d\s-]*\])[^\[\]\n]{1,40}\]|\{\{?[^{}\n]{1,40}\}\}?|<<[^<>\n]{1,40}>>|_{4,}|\bX{3,}\b|\.{5,}"
)
_ATTACHED = re.compile(
    r"\b("
    r"attached|attachments?|enclosed|enclosure"
    r"|bijlagen?|bijgevoegde?|bijgaande?|meegestuurde?|toegevoegde? bestand(en)?"
    r"|liitte(enä|et|ellä|essä|eet|istä|ään|en|itä)|liite|liitän|liitin|liitetty|liitteinä|ohei(nen|sessa|senä|set|sta)|ohessa"
    r"|bifogad[et]?|bifogar|bilag(a|or|an|orna)"
    r")\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Remark:
    """One thing to see once more. code: what it is, for the page and its tests."""

    code: str
    said: Sentence


def before(ticket: Ticket, text: str, *, files: int, address: str) -> list[Remark]:
    """What to say of an answer to a ticket before it goes; nothing where nothing is written. Nothing is recorded or kept.

    files: how many go along. address: where it goes, which is no surprise in it. What the register forbids is refused by the
    verb, not here (S0.5); what it would rather not have is said here (S0.4).
    """
    if not text.strip():
        return []
    return [
        *_recognised(ticket, text, address),
        *_avoided(ticket, text),
        *_unfinished(text, files),
        *_addressee(ticket),
    ]


def _recognised(ticket: Ticket, text: str, address: str) -> Iterator[Remark]:
    seen = looking_through.look(ticket, text, by=looking_through.Writer(address, staff=True))
    for label in dict.fromkeys(one.span.label for one in seen if one.masked):
        known = Sentence(_OTHER_UNDECLARED.template, {"kind": asking_again.kind(label)})
        yield Remark("undeclared", _UNDECLARED.get(label, known))
    others = [one.span for one in seen if one.others and not one.masked]
    for code, say, some in (
        ("others", _OTHERS, [span for span in others if not _is_quoted(text, span)]),
        ("others-quoted", _QUOTED, [span for span in others if _is_quoted(text, span)]),
    ):
        kinds = tuple(asking_again.kind(label) for label in dict.fromkeys(span.label for span in some))
        if kinds:
            yield Remark(code, Sentence(say.template, {"kinds": kinds}))


def _is_quoted(text: str, span: recognition.Span) -> bool:
    """Whether a place stands in a line of a quotation."""
    return text[text.rfind("\n", 0, span.start) + 1 : span.start + 1].lstrip().startswith(">")


def _avoided(ticket: Ticket, text: str) -> Iterator[Remark]:
    for label in reporter.avoided_words(ticket, text):
        yield Remark("avoided", _avoids(label))


def _avoids(label: Wording) -> Sentence:
    return sentence(
        "This seems to say what this desk avoids: {names}. Leave it out, unless it cannot be helped.", names=label
    )


def _unfinished(text: str, files: int) -> Iterator[Remark]:
    places = list(dict.fromkeys(one.group() for one in _OPEN.finditer(text)))
    for place in places[:3]:
        yield Remark("open", sentence("«{place}» looks like a place that was to be filled in.", place=place))
    if not files and _ATTACHED.search(text):
        yield Remark("no-file", sentence("It speaks of a file, and none goes along."))


def _addressee(ticket: Ticket) -> Iterator[Remark]:
    """A mail that warns of its sender is answered to that sender, unless a person wrote an address down."""
    asked = conversation.answered(ticket)
    if asked is None or not asked.provenance.get("warnings"):
        return
    if "email" not in gathering.written(ticket):
        yield Remark("outside", _OUTSIDE)
