"""How mail programs lay out an answer: what is new, who signs, and what was written before, each at its own place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Person:
    """Who writes, and the lines that their program puts below each mail."""

    name: str
    address: str
    closing: str
    signature: tuple[str, ...]

    @property
    def signed(self) -> str:
        """As programs put it below two dashes."""
        return "\n".join(self.signature)

    @property
    def closed(self) -> str:
        """As programs put it below the text without any: with a formula."""
        return f"{self.closing}\n\n{self.signed}"


@dataclass(frozen=True)
class Laid:
    """A mail as a program makes it: as plain text, as a page, or as both."""

    text: str = ""
    html: str = ""


Layout = Callable[[Person, Sequence[str], str], Laid]


def quoted(text: str) -> str:
    """A text as it is repeated, with an arrow before each line."""
    return "\n".join(f">{line}" if line.startswith(">") else f"> {line}".rstrip() for line in text.splitlines())


def first(by: Person, new: Sequence[str], before: str) -> Laid:
    """A mail that answers nothing: text and signature."""
    return Laid("\n\n".join(new) + f"\n\n{by.closed}\n")


def outlook(*head: str) -> Layout:
    """The answer, the signature, a line, and the head of the mail before with its whole text below."""

    def layout(by: Person, new: Sequence[str], before: str) -> Laid:
        parts = ("\n\n".join(new), by.closed, "_" * 32 + "\n" + "\n".join(head), before)
        return Laid("\n\n".join(parts) + "\n")

    return layout


def outlook_page(*head: str) -> Layout:
    """The same as a page alone: a border on top of the head, and nothing in plain text beside it."""

    def layout(by: Person, new: Sequence[str], before: str) -> Laid:
        labels = (one.partition(":") for one in head)
        told = "<br>".join(f"<b>{escape(label)}:</b>{escape(value)}" for label, _colon, value in labels)
        border = '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">'
        divided = f'<div>{border}<p class="MsoNormal">{told}</p></div></div>'
        own = _paragraphs([*new, by.closing, " ", *by.signature])
        page = f'<div class="WordSection1">{own}{divided}{_lines(before)}</div>'
        return Laid(html=f"<html><body lang=NL>{page}</body></html>")

    return layout


def gmail(announced: str) -> Layout:
    """Above what it answers, as text and as a page with the quotation in a part of its own."""

    def layout(by: Person, new: Sequence[str], before: str) -> Laid:
        text = "\n\n".join(new) + f"\n\n-- \n{by.signed}\n\n{announced}\n\n{quoted(before)}\n"
        quotation = (
            f'<div class="gmail_quote"><div>{escape(announced)}</div><blockquote>{_lines(before)}</blockquote></div>'
        )
        return Laid(text, f'<div dir="ltr">{_paragraphs(new)}</div><div>{_lines(by.signed)}</div>{quotation}')

    return layout


def apple(announced: str, device: str = "") -> Layout:
    """Above what it answers; a telephone says so, and puts an arrow before its announcement as well."""

    def layout(by: Person, new: Sequence[str], before: str) -> Laid:
        text = "\n\n".join(new)
        if device:
            return Laid(f"{text}\n\n{device}\n\n> {announced}\n>\n{quoted(before)}\n")
        return Laid(f"{text}\n\n{by.closed}\n\n{announced}\n\n{quoted(before)}\n")

    return layout


def thunderbird(announced: str) -> Layout:
    """Below what it answers, the signature last."""

    def layout(by: Person, new: Sequence[str], before: str) -> Laid:
        return Laid(f"{announced}\n{quoted(before)}\n\n" + "\n\n".join(new) + f"\n\n-- \n{by.signed}\n")

    return layout


def thunderbird_between(announced: str) -> Layout:
    """Each paragraph stands below the one that it answers."""

    def layout(by: Person, new: Sequence[str], before: str) -> Laid:
        asked = [part for part in before.split("\n\n") if part.strip()]
        told = [f"{quoted(part)}\n\n{answer}" for part, answer in zip(asked, new, strict=False)]
        rest = quoted("\n\n".join(asked[len(new) :]))
        return Laid(f"{announced}\n" + "\n\n".join([*told, rest]) + f"\n\n-- \n{by.signed}\n")

    return layout


def _paragraphs(texts: Sequence[str]) -> str:
    return "".join(
        f'<p class="MsoNormal">{escape(one).replace(" ", "&nbsp;") if one == " " else escape(one)}</p>' for one in texts
    )


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.splitlines())
