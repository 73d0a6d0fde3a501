"""Who may put a register in force. A rule gives a sentence, or None when it agrees; buttons and verbs ask the same one."""

from balie.kernel import Actor, Sentence, sentence


def adopt(actor: Actor, desk: str) -> Sentence | None:
    """The desk's privacy officer, or the set-up of an installation; nobody at another desk (GDPR 24(1), 39(1))."""
    if actor.desk != desk:
        return sentence("A register is put in force at its own desk.")
    if actor.kind == "system" and actor.handle == "set-up":
        return None
    if actor.kind == "staff" and actor.has("privacy-officer"):
        return None
    return sentence("Only the privacy officer of the desk puts a register in force.")
