"""What stands before a number: a word that says that it is a national number, or that it is the number of a thing."""

import re

REACH = 40  # characters that are looked back

_NATIONAL = re.compile(
    r"(?:\bbsn|burger ?service ?n|sofi-?n|persoons ?n|social security|national (?:id|number|insurance)|citizen service)"
    r"[^0-9\n]*$",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[0-9\n,;!?]")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ENDINGS = re.compile(r"-?(?:nummer|number|numeron|numero|nro|num|nr|no|id)?(?:s|en|n)?$")
_BETWEEN = frozenset(
    {
        *("nummer", "nummers", "number", "numbers", "numero", "numerot", "nro", "num", "nr", "no", "id"),
        *("is", "was", "are", "on", "oli", "van", "of", "met", "with", "the", "de", "het", "nu", "now"),
    }
)
_THINGS = frozenset(
    {
        *("ticket", "melding", "incident", "zaak", "case", "order", "bestelling", "bestel", "factuur", "invoice"),
        *("referentie", "reference", "ref", "kenmerk", "artikel", "article", "product", "versie", "version", "build"),
        *("release", "serie", "serial", "kvk", "btw", "rsin", "vat", "isbn", "ean", "barcode", "tracking", "track"),
        *("pakket", "zending", "shipment", "imei", "bedrag", "amount", "error", "fout", "foutcode", "code", "pagina"),
        *("page", "rij", "row", "regel", "line", "commerce", "koophandel", "pid", "port", "poort", "sha", "hash"),
        *("commit", "revision", "revisie", "tilaus", "tilauksen", "lasku", "laskun", "viite", "tapaus", "tiketti"),
        *("tiketin", "asia", "diaari", "seuranta", "lähetys", "y-tunnus", "ovt", "summa", "virhe", "koodi", "versio"),
        *("tuote", "sarja", "rivi", "kolli", "portti", "ärende", "ärendet", "faktura", "beställning"),
    }
)
_MONEY_BEFORE = re.compile(r"(?:[€$£]|\beuro?|\busd|\bsek)[ \t]*$", re.IGNORECASE)
_MONEY_AFTER = re.compile(
    r"[ \t]{0,3}(?:[€$£%]|euro?\b|usd\b|sek\b|,-|,[0-9]{2}\b|bytes?\b|[kmg]b\b|ms\b)", re.IGNORECASE
)


def before(text: str, at: int) -> str:
    """The piece of text that a number's meaning may be read from."""
    return text[max(0, at - REACH) : at]


def says_national(piece: str) -> bool:
    """Whether the words before a number call it a national number."""
    return _NATIONAL.search(piece) is not None


def says_thing(piece: str) -> bool:
    """Whether the words before a number call it the number of a thing: a ticket, an order, a version."""
    if piece.endswith("#"):
        return True
    words = _WORD.findall(_BREAK.split(piece)[-1].lower())
    telling = next((word for word in reversed(words[-3:]) if word not in _BETWEEN), "")
    return telling in _THINGS or _ENDINGS.sub("", telling, count=1) in _THINGS


def is_amount(text: str, start: int, end: int) -> bool:
    """Whether a currency or a measure stands beside the number."""
    return (
        _MONEY_AFTER.match(text, end) is not None or _MONEY_BEFORE.search(text[max(0, start - 8) : start]) is not None
    )
