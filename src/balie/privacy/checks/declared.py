"""Is everything that is kept declared, and under the term that the register gives it?"""

from balie import register, vault
from balie.kernel import Invalid, Sentence, sentence
from balie.privacy.proof import Check


def declared(desk: str) -> Check:
    """Each kind of record asked of the version under which it was collected (mission, Beyond 1; invariant 2)."""
    check = Check("declared", sentence("All that is kept is declared by the register, with its term."))
    for kind in vault.kinds(desk):
        wrong = _wrong(desk, kind)
        if wrong is None:
            continue
        handles = vault.of_kind(desk, kind, limit=max(1, check.room))
        for handle in handles:
            check.fail(handle, wrong)
        check.failed += kind.count - len(handles)
    return check


def _wrong(desk: str, kind: vault.Kind) -> Sentence | None:
    try:
        version = register.version(desk, kind.version)
    except Invalid:
        return sentence("This was put away under version {version}, which this desk never had.", version=kind.version)
    facts = register.every_condition_met(version, kind.activity, kind.people, kind.item)
    asked = register.may_collect(version, kind.activity, kind.people, kind.item, holder=kind.holder, facts=facts)  # type: ignore[arg-type]
    if not asked.yes:
        return asked.say
    if kind.term_version != kind.version:
        version = register.version(desk, kind.term_version)  # a later one, that shortened what was collected before it
    rule = register.erase_rule(version, kind.activity, kind.people, kind.item, holder=kind.holder)  # type: ignore[arg-type]
    if (kind.term, kind.trigger) != (rule.term, rule.event or ""):
        return sentence(
            "{item} is kept under the term «{term}», but version {version} of the register says «{declared}».",
            item=version.label(kind.item),
            term=kind.term,
            version=kind.term_version,
            declared=rule.term,
        )
    return None
