"""Who may do what with accounts: each rule gives a sentence of refusal, or None."""

from balie.kernel import Actor, Sentence, sentence


def appoint(actor: Actor) -> Sentence | None:
    """Administrators make accounts; set-up makes the first."""
    if actor.kind == "system" and actor.handle == "set-up":
        return None
    return end(actor)


def end(actor: Actor) -> Sentence | None:
    """Administrators end accounts, by name: it is a decision about a person, which the software never takes (mission S0.9)."""
    if actor.has("administrator"):
        return None
    return sentence("Only an administrator of this desk can make or end accounts.")
