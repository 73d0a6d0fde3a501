"""XML without anything that could grow or reach out: a document type, and with it every entity, is refused."""

from collections.abc import Callable
from functools import lru_cache
from xml.parsers import expat

from balie.recognition.reading.findings import Over
from balie.recognition.reading.outcome import Reason

Opened = Callable[[str, dict[str, str]], None]

# Within a line of a document: what these hold goes on where the line stood. Anything else that ends, ends a line.
_IN_A_LINE = frozenset(
    {
        *(
            "t",
            "r",
            "rPr",
            "ins",
            "del",
            "hyperlink",
            "span",
            "a",
            "s",
            "b",
            "i",
            "smartTag",
            "sdt",
            "sdtContent",
            "sdtPr",
        ),
        *(
            "delText",
            "lang",
            "rFonts",
            "sz",
            "szCs",
            "color",
            "proofErr",
            "bookmarkStart",
            "bookmarkEnd",
            "noBreakHyphen",
        ),
        *("rStyle", "bCs", "iCs", "u", "highlight", "moveFrom", "moveTo", "lastRenderedPageBreak", "tab", "phoneticPr"),
    }
)
_TELLING = frozenset(
    {
        *("author", "initials", "name", "descr", "title", "tooltip", "alt", "display", "userId", "href"),
        *("oldText", "newText", "prompt", "error", "promptTitle", "errorTitle", "instr", "lastAuthor", "displayName"),
    }
)


_FORMAT = ("http://schemas.", "http://purl.oclc.org/ooxml/", "dcterms:")


def walk(data: bytes, *, opened: Opened, closed: Callable[[str], None], said: Callable[[str], None]) -> None:
    """Call for each element that opens and closes, by its name without namespace, and for each text. Raises Over for
    a document type, expat.ExpatError for what is no XML.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.StartElementHandler = lambda name, given: opened(
        _local(name), {_local(key): value for key, value in given.items()}
    )
    parser.EndElementHandler = lambda name: closed(_local(name))
    parser.CharacterDataHandler = said
    parser.Parse(data, True)


def text_of(data: bytes) -> str:
    """All text, a line for each paragraph, and at the end what stands in attributes that tell something."""
    texts: list[str] = []
    hidden: dict[str, None] = {}

    def opened(name: str, given: dict[str, str]) -> None:
        if name == "tab":
            texts.append("\t")
        elif name in ("br", "cr"):
            texts.append("\n")
        hidden.update((value, None) for key, value in given.items() if _tells(key, value))

    def closed(name: str) -> None:
        if name not in _IN_A_LINE and texts and not texts[-1].endswith("\n"):
            texts.append("\n")

    def said(text: str) -> None:
        if not ("\n" in text and text.isspace()):  # how a file is set out, and no text
            texts.append(text)

    walk(data, opened=opened, closed=closed, said=said)
    return "".join(texts) + "\n".join(hidden)


def _tells(key: str, value: str) -> bool:
    """Whether an attribute may tell something: by its name, or since it is an address that is none of the format's own."""
    return key in _TELLING or (":" in value and not value.startswith(_FORMAT))


def _refuse(*_: object) -> None:
    raise Over(Reason.DAMAGED)


@lru_cache(maxsize=1000)
def _local(name: str) -> str:
    return name.rpartition(" ")[2]
