"""Made-up mails as people send them, the same for the same seed on every machine.

Nothing here comes from the standard library's mail package: what writes the mails must not be what reads them.
"""

import binascii
import html
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from benchmarks.corpus_texts import LANGUAGES, Language

T = TypeVar("T")

_DOMAINS = ("example.org", "example.com", "example.net", "mail.example", "post.test", "office.example")
_DESK = "Desk <desk@balie.test>"
_FILES = (
    *(("scherm.png", "image/png"), ("report.pdf", "application/pdf"), ("liite.pdf", "application/pdf")),
    *(("gegevens.csv", "text/csv"), ("foto.jpg", "image/jpeg"), ("bijlage één.docx", "application/msword")),
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Sentences in a letter. A table, since the logarithm of a chance may differ in its last bit from machine to machine.
_LENGTHS = (2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 8, 10, 12, 14, 17, 20, 25, 32, 45, 70)
_WORD = re.compile(r"[^\W\d_]{2,}")


def mails(seed: int, count: int, languages: Sequence[str] = ("nl", "fi", "en")) -> Iterator[bytes]:
    """`count` mails, one kB to thirty: plain, with an HTML form, with small attachments, answers with quotations.

    The nth mail of a seed is the same whatever the count, so that a longer run begins as a shorter one did.
    """
    for number in range(count):
        chance = random.Random(f"{seed}:{number}")
        language = languages[chance.randrange(len(languages))]
        yield _mail(_Writer(chance, LANGUAGES[language]), f"{seed}.{number}")


@dataclass(frozen=True)
class Letter:
    """What somebody wrote, without the mail around it."""

    name: str
    address: str
    subject: str
    text: str


def letters(seed: int, count: int, languages: Sequence[str] = ("nl", "fi", "en")) -> Iterator[Letter]:
    """`count` letters as the mails hold them; the nth of a seed is the same whatever the count."""
    for number in range(count):
        chance = random.Random(f"letter {seed}:{number}")
        writer = _Writer(chance, LANGUAGES[languages[chance.randrange(len(languages))]])
        subject = writer.filled(writer.one(writer.stock.subjects))
        yield Letter(*writer.person(), subject, "\n\n".join(writer.paragraphs()))


def words(language: str) -> tuple[str, ...]:
    """Every word that the mails of one language may hold in their sentences, in alphabetical order."""
    stock = LANGUAGES[language]
    texts = (*stock.things, *stock.steps, *stock.days, *stock.sentences, *stock.greetings, *stock.closings)
    return tuple(sorted({word.lower() for text in texts for word in _WORD.findall(re.sub(r"{\w+}", " ", text))}))


@dataclass(frozen=True)
class _Writer:
    """Chance and one language's stock."""

    chance: random.Random
    stock: Language

    def one(self, of: Sequence[T]) -> T:
        return of[self.chance.randrange(len(of))]

    def often(self, share: float) -> bool:
        return self.chance.random() < share

    def person(self) -> tuple[str, str]:
        first, family = self.one(self.stock.first), self.one(self.stock.family)
        local = f"{first}.{family}".lower().translate(str.maketrans("äöåé ", "aoae."))
        return f"{first} {family}", f"{local}{self.chance.randrange(1000)}@{self.one(_DOMAINS)}"

    def filled(self, template: str) -> str:
        text = template
        while "{" in text:
            name = text[text.index("{") + 1 : text.index("}")]
            text = text.replace(f"{{{name}}}", self._slot(name), 1)
        return text[0].upper() + text[1:]

    def _slot(self, name: str) -> str:
        if name == "number":
            return str(self.chance.randrange(1000, 999_999))
        if name in ("name", "address"):
            return self.person()[name == "address"]
        return self.one({"thing": self.stock.things, "step": self.stock.steps, "day": self.stock.days}[name])

    def paragraphs(self) -> list[str]:
        """The letter: usually short, now and then long."""
        length = self.one(_LENGTHS)
        sentences = [self.filled(self.one(self.stock.sentences)) for _ in range(length)]
        if self.often(0.15):
            sentences.append(self.filled(self.one(self.stock.asides)))
        size = self.chance.randrange(2, 6)
        return [" ".join(sentences[at : at + size]) for at in range(0, len(sentences), size)]


def _mail(writer: _Writer, number: str) -> bytes:
    name, address = writer.person()
    paragraphs = [writer.one(writer.stock.greetings), *writer.paragraphs(), writer.one(writer.stock.closings)]
    paragraphs += [f"{writer.stock.regards}\n{name}"]
    quoted = _quoted(writer) if writer.often(0.35) else []
    subject = ("Re: " if quoted else "") + writer.filled(writer.one(writer.stock.subjects))
    kind = writer.chance.random()
    body = _plain(writer, paragraphs, quoted)
    if kind > 0.35:
        body = _multipart("alternative", number, [body, _html(paragraphs, quoted)])
    if kind > 0.85:
        files = [_file(writer) for _ in range(writer.chance.randrange(1, 3))]
        body = _multipart("mixed", number, [body, *files])
    head = _head(writer, number, {"From": f"{_encoded(name)} <{address}>", "Subject": _encoded(subject)})
    if quoted:
        head += f"In-Reply-To: <q.{number}@balie.test>\r\nReferences: <q.{number}@balie.test>\r\n"
    return (f"{head}MIME-Version: 1.0\r\n{body}").encode("ascii")


def _head(writer: _Writer, number: str, fields: dict[str, str]) -> str:
    chance = writer.chance
    moment = f"{chance.randrange(1, 29)} {_MONTHS[chance.randrange(12)]} {chance.randrange(2022, 2026)}"
    moment += f" {chance.randrange(7, 19):02}:{chance.randrange(60):02}:{chance.randrange(60):02} +0100"
    host = writer.one(_DOMAINS)
    lines = [
        f"Received: from mx{hop}.{host} (mx{hop}.{host} [192.0.2.{chance.randrange(1, 255)}])\r\n"
        f"\tby mx.balie.test (Server) with ESMTPS id {chance.randrange(16**10):010X}\r\n\tfor <desk@balie.test>; {moment}"
        for hop in range(chance.randrange(1, 4))
    ]
    signed = _folded(binascii.b2a_base64(chance.randbytes(256), newline=False).decode(), "\r\n\t")
    lines.append(f"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d={host}; s=key;\r\n\tb={signed}")
    lines += [f"{name}: {value}" for name, value in fields.items()]
    lines += [f"To: {_DESK}", f"Date: {moment}", f"Message-ID: <{number}@{host}>", "User-Agent: Written/1.0"]
    return "\r\n".join(lines) + "\r\n"


def _quoted(writer: _Writer) -> list[str]:
    """The mail that is answered, as lines without their marks."""
    name, address = writer.person()
    said = writer.stock.wrote.format(day=writer.one(writer.stock.days[:5]), name=name, address=address)
    return [said, *writer.paragraphs(), *(writer.paragraphs() if writer.often(0.3) else [])]


def _plain(writer: _Writer, paragraphs: list[str], quoted: list[str]) -> str:
    lines = [line for one in paragraphs for line in [*_wrapped(one), ""]]
    if quoted:
        lines += [quoted[0], *(f"> {line}" for one in quoted[1:] for line in [*_wrapped(one), ""])]
    return _part("text/plain; charset=utf-8", "\r\n".join(lines) + "\r\n", base64=writer.often(0.1))


def _html(paragraphs: list[str], quoted: list[str]) -> str:
    text = "".join(f'<p style="margin:0 0 1em">{_marked(one)}</p>\r\n' for one in paragraphs)
    if quoted:
        inside = "".join(f"<p>{_marked(one)}</p>\r\n" for one in quoted[1:])
        text += f"<div>{html.escape(quoted[0])}</div><blockquote>\r\n{inside}</blockquote>\r\n"
    style = '<style type="text/css">p { font-family: sans-serif; font-size: 11pt }</style>'
    page = f"<html><head><meta charset=utf-8>{style}</head><body>\r\n{text}</body></html>\r\n"
    return _part("text/html; charset=utf-8", page, base64=False)


def _marked(paragraph: str) -> str:
    return html.escape(paragraph).replace("\n", "<br>\r\n")


def _file(writer: _Writer) -> str:
    name, media_type = _FILES[writer.chance.randrange(len(_FILES))]
    content = writer.chance.randbytes(500 + writer.chance.randrange(1 + writer.chance.randrange(9000)))
    coded = _folded(binascii.b2a_base64(content, newline=False).decode(), "\r\n")
    return (
        f'Content-Type: {media_type}; name="{_encoded(name)}"\r\nContent-Transfer-Encoding: base64\r\n'
        f'Content-Disposition: attachment; filename="{_encoded(name)}"\r\n\r\n{coded}\r\n'
    )


def _multipart(kind: str, number: str, parts: list[str]) -> str:
    boundary = f"=_{kind}_{number}"
    inside = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n{inside}--{boundary}--\r\n'


def _part(media_type: str, text: str, *, base64: bool) -> str:
    data = text.encode("utf-8")
    if base64:
        coded, encoding = _folded(binascii.b2a_base64(data, newline=False).decode(), "\r\n"), "base64"
    else:
        coded, encoding = binascii.b2a_qp(data).decode(), "quoted-printable"
    return f"Content-Type: {media_type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{coded}"


def _encoded(text: str) -> str:
    """A header's text, in words of RFC 2047 where it is not ASCII."""
    if text.isascii():
        return text
    pieces = [text[at : at + 20] for at in range(0, len(text), 20)]
    return "\r\n ".join(f"=?utf-8?b?{binascii.b2a_base64(one.encode(), newline=False).decode()}?=" for one in pieces)


def _wrapped(paragraph: str) -> list[str]:
    lines = [""]
    for word in paragraph.replace("\n", " \n ").split(" "):
        if word == "\n" or len(lines[-1]) + len(word) > 72:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _folded(text: str, end: str) -> str:
    return end.join(text[at : at + 76] for at in range(0, len(text), 76))
