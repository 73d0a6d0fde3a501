"""`balie register publish`: the notice or the record of a register, as a page, a PDF or Markdown."""

import argparse
import sys
from pathlib import Path

from balie import register
from balie.channels import publishing
from balie.channels.cli import asking, printing, registers_named
from balie.channels.context import PORTAL_LANGUAGES
from balie.kernel import Invalid, sentence

FORMATS = ("html", "pdf", "md")


def add_command(own: asking.Commands) -> None:
    publish_ = asking.command(
        own,
        "publish",
        publish,
        "write the privacy notice of a register as a page, a PDF or Markdown",
        example="balie register publish publications --format pdf --language nl --to notice.pdf",
        more="The page carries its style and its letters in it, and asks nothing of any server.",
    )
    publish_.add_argument("register", metavar="DESK|FILE", help="a desk, or the file of a register")
    publish_.add_argument("--format", choices=FORMATS, default="html", help="default: html")
    publish_.add_argument("--language", choices=PORTAL_LANGUAGES, help="default: the first of the register")
    publish_.add_argument("--record", action="store_true", help="the whole record (GDPR 30) instead of the notice")
    publish_.add_argument("--large", action="store_true", help="in large type")
    publish_.add_argument("--to", type=Path, metavar="PATH", help="a file (default: standard output)")


def publish(asked: argparse.Namespace) -> None:
    """Write one document."""
    version = registers_named.one(asked.register)
    language = asked.language or version.languages[0]
    if language not in version.languages:
        languages = list(version.languages)
        raise Invalid(
            sentence(
                "This register speaks {languages}; add «{one}» to its `languages` and translate it.",
                languages=languages,
                one=language,
            )
        )
    made = _document(version, language, asked)
    if asked.to:
        asked.to.write_bytes(made)
        printing.say(f"{asked.to}: {len(made):,} bytes.")
        return
    if asked.format == "pdf" and sys.stdout.isatty():
        raise Invalid(sentence("A PDF is not for a terminal: name a file with --to."))
    sys.stdout.flush()
    sys.stdout.buffer.write(made)


def _document(version: register.Version, language: str, asked: argparse.Namespace) -> bytes:
    told = register.notice_for(version, audience="staff" if asked.record else "public", language=language)
    organisation = version.wording(version.data["organisation"]).read(language)
    if asked.format == "pdf":
        return publishing.pdf(told, organisation, large=asked.large)
    if asked.format == "md":
        return publishing.markdown(told, organisation).encode()
    return publishing.html(told, organisation, large=asked.large).encode()
