"""The desks that come with the product, and ways to change a text for a test."""

from pathlib import Path

from balie import register
from balie.kernel import Actor
from balie.register import AnsweredDoubt, Version

ANNEX = "annex"  # a desk that only these tests know
DESKS = Path(register.__file__).parent.parent / "desks"
OURS = ("publications", "newsletter-editors", "telecom", "municipal-websites", "citizens-advice")


def text_of(name: str) -> str:
    return (DESKS / name).read_text(encoding="utf-8")


def answers_of(desk: str) -> tuple[AnsweredDoubt, ...]:
    return register.read_answers(text_of(f"{desk}.answers.yaml"))


def draft_of(desk: str, *changes: tuple[str, str]) -> Version:
    """A desk's register as a draft, with some texts replaced."""
    return register.draft(changed_text(f"{desk}.yaml", *changes), text_of(f"{desk}.desk.yaml"), name=f"{desk}.yaml")


def changed_text(name: str, *changes: tuple[str, str]) -> str:
    text = text_of(name)
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def adopted(*changes: tuple[str, str], desk: str = ANNEX, actor: Actor | None = None) -> Version:
    """Put the publication office's register in force at a desk of its own, with some texts replaced."""
    return register.adopt(
        desk,
        changed_text("publications.yaml", ("desk: publications", f"desk: {desk}"), *changes),
        changed_text("publications.desk.yaml", ("desk: publications", f"desk: {desk}")),
        actor=actor or Actor.system("set-up", desk),
        answers=answers_of("publications"),
    )
