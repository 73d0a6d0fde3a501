"""A published notice as its readers get it: the text of every element that has an id, in the order of the page."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from balie import register
from balie.channels import publishing
from balie.register import Notice, Version

_VOID = {"meta", "link", "br", "path", "circle", "img", "input", "use", "rect", "line"}


@dataclass
class _Elements(HTMLParser):
    """Collects the text below every id, and what stands beside a term of a list with the term."""

    found: dict[str, str] = field(default_factory=dict)
    open: list[tuple[str, str]] = field(default_factory=list)
    told_by: str = ""
    heading: str = ""
    links: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        given = {key: value or "" for key, value in attrs}
        name = given.get("id", "")
        if name:
            assert name not in self.found, f"two elements are called {name}"
            self.found[name] = ""
        if tag == "h2":
            self.heading = name
        if tag in ("dt", "h2"):
            self.told_by = name
        if tag == "a":
            self.links.append(given["href"])
        self.open.append((tag, name))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        inside = {name for _, name in self.open if name}
        for name in {*inside, self.told_by, self.heading} - {""}:
            self.found[name] += data


def page(v: Version, language: str, *, audience: str = "public") -> tuple[Notice, _Elements]:
    """A notice, and the elements of its page."""
    told = register.notice_for(v, audience=audience, language=language)  # type: ignore[arg-type]
    elements = _Elements()
    elements.feed(publishing.html(told, v.wording(v.data["organisation"]).read(language)))
    return told, elements
