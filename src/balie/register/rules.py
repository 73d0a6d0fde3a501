"""Who may put a register in force. A rule gives a sentence, or None when it agrees; buttons and verbs ask the same one."""

from dataclasses import dataclass

from balie.kernel import Actor, Sentence, sentence

WRITES = ("privacy-officer", "administrator")


@dataclass(frozen=True)
class Author:
    """Who wrote a version: the actor as the evidence writes it, and whether as privacy officer."""

    actor: str
    officer: bool


def adopt(actor: Actor, desk: str, author: Author | None = None) -> Sentence | None:
    """The desk's privacy officer, or the set-up of an installation; nobody at another desk (GDPR 24(1), 39(1)).

    author: of a proposal. Then four eyes see it: another person puts it in force, and one of the two is the privacy officer.
    """
    if actor.desk != desk:
        return sentence("A register is put in force at its own desk.")
    if actor.kind == "system" and actor.handle == "set-up":
        return None
    if author is not None and actor.kind == "staff":
        return _second(actor, author)
    if actor.kind == "staff" and actor.has("privacy-officer"):
        return None
    return sentence("Only the privacy officer of the desk puts a register in force.")


def propose(actor: Actor, desk: str) -> Sentence | None:
    """The privacy officer or an administrator of the desk writes what shall be in force; another person decides."""
    if actor.desk != desk:
        return sentence("A register is put in force at its own desk.")
    if actor.kind == "staff" and any(actor.has(role) for role in WRITES):
        return None
    return sentence("The privacy officer and the administrators of the desk write its register.")


def decide_reach(actor: Actor, desk: str) -> Sentence | None:
    """The privacy officer weighs whether a new purpose reaches older data; another person approves it (GDPR 6(4), 39(1))."""
    if actor.desk == desk and actor.kind == "staff" and actor.has("privacy-officer"):
        return None
    return sentence("The privacy officer of the desk weighs this, and another person approves it.")


def _second(actor: Actor, author: Author) -> Sentence | None:
    if not any(actor.has(role) for role in WRITES):
        return sentence("The privacy officer or an administrator of the desk puts this in force.")
    if author.actor == str(actor):
        return sentence("You wrote this. Another person puts it in force: ask a colleague to look at it.")
    if not author.officer and not actor.has("privacy-officer"):
        return sentence("An administrator wrote this, so the privacy officer puts it in force.")
    return None
