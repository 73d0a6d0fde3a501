"""What may be decided about others' data: each rule gives a sentence of refusal, or None."""

from balie import register, vault
from balie.desk import looking_into, rules
from balie.desk.models import Others
from balie.desk.others import noticing
from balie.kernel import Actor, Sentence, Wording, sentence

Outcome = Others.Outcome


def decide(one: Others, actor: Actor) -> Sentence | None:
    """A named agent who handles the ticket decides, once; what was found needed may be decided anew when it is no longer."""
    refusal = rules.handle(one.ticket, actor)
    if refusal is not None:
        return refusal
    if one.done_at is not None:
        return sentence("This is decided and carried out already: nothing of it is left to decide.")
    if one.outcome not in ("", Outcome.NEEDED):
        return sentence("This was just decided. Whoever decided it can still take that back.")
    return None


def take_away(one: Others, actor: Actor) -> Sentence | None:
    """What is on hold, or may not be destroyed yet, is not masked for good or deleted; nor while an objection is weighed (18(1)(d))."""
    return decide(one, actor) or rules.unrestricted(one.ticket) or _held(one)


def mask(one: Others, actor: Actor) -> Sentence | None:
    refusal = take_away(one, actor)
    if refusal is None and one.attachment is not None and noticing.CLOSED in one.kinds:
        return sentence(
            "What stands in this file is not known, so nothing in it can be masked: delete it, or ask again."
        )
    if refusal is None and one.attachment is not None and not looking_into.is_read(one.attachment.media_type):
        return sentence("Nothing in a file of this kind can be masked: delete it, or ask for it again.")
    return refusal


def ask_again(one: Others, actor: Actor) -> Sentence | None:
    """Somebody is asked only where there is an address, and never a machine."""
    refusal = take_away(one, actor)
    if refusal is None and (one.message.sender is None or one.message.automatic):
        return sentence("There is nobody to ask: no person's address came with this message.")
    return refusal


def suspect_breach(one: Others, actor: Actor) -> Sentence | None:
    """Where the register has such data looked at for a breach (GDPR 33), an agent says that it may be one, once."""
    refusal = rules.handle(one.ticket, actor)
    if refusal is not None:
        return refusal
    if not checks_breaches(one):
        return sentence("The register of this desk does not ask for that: «breach-check» is off.")
    return sentence("This is noted as a possible data breach already.") if one.breach else None


def retract(one: Others, actor: Actor) -> Sentence | None:
    """Who decided takes it back, until it has been carried out."""
    refusal = rules.handle(one.ticket, actor)
    if refusal is not None:
        return refusal
    if one.done_at is not None or not one.outcome:
        return sentence("It has been carried out already and cannot be taken back.")
    if one.decided_by_id is None or one.decided_by_id.hex != actor.handle:
        return sentence("Only who decided this can take it back.")
    return None


def open_(one: Others, actor: Actor) -> Sentence | None:
    """Whoever may see the ticket may ask to see it: what was found needed, or a file that is held back (with a reason)."""
    refusal = rules.look(one.ticket, actor)
    if refusal is not None:
        return refusal
    if one.done_at is not None or one.outcome not in ("", Outcome.NEEDED):
        return sentence("This was decided: it is not shown any more.")
    if one.attachment is None and one.outcome != Outcome.NEEDED:
        return sentence("It is covered until somebody has decided that it is needed.")
    return None


def checks_breaches(one: Others) -> bool:
    steps = register.third_party_steps(rules.version_of(one.ticket), needed=False)
    return "check for breach" in steps


def erases_undecided(one: Others) -> bool:
    """Whether the register says that what nobody decided about in time is erased and asked for anew."""
    return "erase at once" in register.third_party_steps(rules.version_of(one.ticket), needed=False)


def condition(one: Others) -> Wording | None:
    """On what condition the register lets data of others be kept, in its own words; None where it says nothing of its own."""
    version, item = rules.version_of(one.ticket), "attachment" if one.attachment is not None else "message"
    places = (place for place in register.places_of(version, item) if place.activity == one.ticket.activity)
    found = next((place.when[0] for place in places if place.when and "another-person" in place.sources), None)
    return version.wording(found) if found else None


def _held(one: Others) -> Sentence | None:
    if on_hold(one):
        return sentence(
            "This is on hold, or may not be destroyed yet: it stays as it is until then, and stays covered."
        )
    return None


def on_hold(one: Others) -> bool:
    kept = vault.describe(one.ticket.desk, handles=noticing.records_of(one))
    return any(each.on_hold or each.not_before for each in kept)
