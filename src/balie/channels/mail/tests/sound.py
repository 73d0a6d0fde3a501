"""What must hold of whatever was read: texts that fit, names that lead nowhere, pages that do nothing."""

from html.parser import HTMLParser

from balie.channels.mail.parsing import ReadMail

TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def fit(mail: ReadMail) -> None:
    """No text holds a NUL, half a character or, where it is one line, a line end; no name a path or a control sign."""
    lines = [mail.from_name, mail.from_address, mail.subject, mail.message_id, mail.in_reply_to, mail.date]
    lines += [*mail.to, *mail.cc, *mail.reply_to, *mail.references, *mail.authentication]
    lines += [one.name for one in mail.attachments]
    for text in [*lines, mail.text, mail.html]:
        text.encode("utf-8")
        assert "\0" not in text
    assert not any(len(line.splitlines()) > 1 for line in lines)
    for one in mail.attachments:
        assert len(one.name) <= 255
        assert not set("/\\") & set(one.name)
        assert not any(sign in TURNING or sign < " " or "\x7f" <= sign < "\xa0" for sign in one.name)
        assert one.name not in (".", "..")


class Seen(HTMLParser):
    """Every tag and attribute that a reader of the result would meet."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_comment(self, data: str) -> None:
        self.tags.add("comment")

    def handle_decl(self, decl: str) -> None:
        self.tags.add("declaration")

    def handle_pi(self, data: str) -> None:
        self.tags.add("instruction")


HARMLESS = {
    *("a", "abbr", "address", "article", "aside", "b", "big", "blockquote", "br", "caption", "center", "cite", "code"),
    *("col", "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1"),
    *(
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "i",
        "ins",
        "kbd",
        "li",
        "main",
        "mark",
        "nav",
        "ol",
        "p",
        "pre",
        "q",
    ),
    *("s", "samp", "section", "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th"),
    *("thead", "tr", "tt", "u", "ul", "var"),
}


def harmless(page: str) -> None:
    seen = Seen(page)
    assert seen.tags <= HARMLESS
    for name, value in seen.attributes:
        assert name in ("href", "rel", "colspan", "rowspan")
        if name == "href":
            assert value.startswith(("http:", "https:", "mailto:", "tel:"))
