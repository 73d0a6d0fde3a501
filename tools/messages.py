"""Keeps the translations: `update` renews the .po files, `check` fails when a sentence lacks a language, `compile` writes .mo.

Sentences are found in templates (`_`, `ngettext`) and in Python (`_`, `gettext`, `ngettext`, `sentence`).
Every sentence needs nl and fi; those that the public reads (portal, errors, shared templates) need sv too.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "balie"
TEMPLATES = PACKAGE / "channels" / "templates"
# Beside the portal: what anybody may read who comes to a page or writes in.
PUBLIC = (PACKAGE / "channels" / "pages.py", PACKAGE / "desk" / "others" / "asking_again.py")
LANGUAGES = ("nl", "fi", "sv")
CALLS = {"_": 1, "gettext": 1, "gettext_noop": 1, "gettext_lazy": 1, "sentence": 1, "ngettext": 2}
_HEAD = """# The sentences of Balie in one language; tools/messages.py renews and checks this file.
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
_TEMPLATES = Environment()
_FORMAT = re.compile(r"%\((\w+)\)[sd]")


@dataclass
class Found:
    """One sentence: where it stands, its plural, and whether the public reads it."""

    places: list[str] = field(default_factory=list)
    plural: str = ""
    public: bool = False


def found() -> dict[str, Found]:
    """Every sentence of the product by its English."""
    known: dict[str, Found] = {}
    for path in sorted(TEMPLATES.rglob("*.html")):
        public = path.relative_to(TEMPLATES).parts[0] != "console"
        _add(known, path, of_template(path.read_text()), public)
    for path in sorted(PACKAGE.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.parts):
            public = path.parent.name in ("portal", "publishing") or path in PUBLIC
            _add(known, path, of_python(path.read_text(), str(path)), public)
    return known


def of_template(text: str) -> Iterator[tuple[int, str, str]]:
    """Line, sentence and plural of each translated piece of a template; what is named elsewhere is found there."""
    for call in _TEMPLATES.parse(text).find_all(nodes.Call):
        if not isinstance(call.node, nodes.Name) or call.node.name not in ("_", "ngettext"):
            continue
        texts = [one.value for one in call.args[: CALLS[call.node.name]] if isinstance(one, nodes.Const)]
        if len(texts) == CALLS[call.node.name]:
            yield call.lineno, texts[0], texts[1] if len(texts) > 1 else ""


def of_python(text: str, name: str) -> Iterator[tuple[int, str, str]]:
    """Line, sentence and plural of each call of ours that names a sentence. SystemExit for one that no translator can find."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call) or (called := _name(node.func)) not in CALLS or not node.args:
            continue
        texts = [one.value for one in node.args[: CALLS[called]] if isinstance(one, ast.Constant)]
        if len(texts) == CALLS[called] and all(isinstance(one, str) for one in texts):
            yield node.lineno, str(texts[0]), str(texts[1]) if len(texts) > 1 else ""
        elif called == "sentence":
            raise SystemExit(
                f"{name}:{node.lineno}: a sentence is written out where it is said, so that it can be translated."
            )


def update() -> int:
    """Renew the .po files: new sentences come in empty, those that nobody says any more go."""
    sentences = found()
    for language in LANGUAGES:
        old, new = _catalog(language), Catalog(locale=language, project="balie", charset="utf-8")
        for text, one in sentences.items():
            if language == "sv" and not one.public and not _translation(old, text):
                continue
            key = (text, one.plural) if one.plural else text
            new.add(key, string=_translation(old, text) or None, locations=[(place, 0) for place in one.places[:1]])
        path = _po(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(_HEAD.format(language=language).encode())
            write_po(file, new, width=120, sort_output=True, omit_header=True, include_lineno=False)
    return 0


def check() -> int:
    """Nothing untranslated, and every translation keeps the names in braces. The number of faults."""
    faults = []
    for language in LANGUAGES:
        catalog = _catalog(language)
        for text, one in found().items():
            if language == "sv" and not one.public:
                continue
            said = _translation(catalog, text)
            forms = said if isinstance(said, tuple) else (said,)
            if not all(forms):
                faults.append(f"{language}: {one.places[0]}: «{text}» is not translated")
            elif any(_names(form) - _names(f"{text} {one.plural}") for form in forms):
                faults.append(f"{language}: {one.places[0]}: «{text}» is translated with other names in it")
    print("\n".join(faults) or f"{len(found())} sentences, all translated")
    return len(faults)


def compiled() -> int:
    """Write what gettext reads beside each .po."""
    for language in LANGUAGES:
        with _po(language).with_suffix(".mo").open("wb") as file:
            write_mo(file, _catalog(language))
    return 0


def _add(known: dict[str, Found], path: Path, pieces: Iterator[tuple[int, str, str]], public: bool) -> None:
    for _, text, plural in pieces:
        one = known.setdefault(text, Found())
        one.places.append(path.relative_to(PACKAGE).as_posix())
        one.plural, one.public = plural or one.plural, one.public or public


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else ""


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(_FORMAT.sub(r"{\1}", text.replace("%%", ""))) if name}


def _po(language: str) -> Path:
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"


def _catalog(language: str) -> Catalog:
    if not _po(language).exists():
        return Catalog(locale=language)
    with _po(language).open("rb") as file:
        return read_po(file, locale=language)


def _translation(catalog: Catalog, text: str) -> str | tuple[str, ...]:
    message = catalog.get(text)
    said = message.string if message else ""
    return tuple(said) if isinstance(said, list) else said or ""


if __name__ == "__main__":
    what = {"update": update, "check": check, "compile": compiled}
    if len(sys.argv) != 2 or sys.argv[1] not in what:
        raise SystemExit(f"usage: python {Path(__file__).name} update|check|compile")
    raise SystemExit(min(what[sys.argv[1]](), 1))
