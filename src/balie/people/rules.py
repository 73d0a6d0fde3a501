"""Who may do what with accounts: each rule gives a sentence of refusal, or None."""

from balie.kernel import Actor, Sentence, sentence


def manage_accounts(actor: Actor) -> Sentence | None:
    """Administrators make and end accounts; set-up makes the first."""
    if actor.has("administrator") or (actor.kind == "system" and actor.handle == "set-up"):
        return None
    return sentence("Only an administrator of this desk can make or end accounts.")
