"""Has everything been looked at again on the day that was set for it?"""

from datetime import date

from balie import register, vault
from balie.kernel import sentence
from balie.privacy.proof import Check


def reviewed(desk: str, today: date) -> Check:
    """The register itself, what it keeps permanently, its answered doubts, and holds (missions S0.7; GDPR 5(2), 24(1))."""
    check = Check("reviews", sentence("Everything that is to be looked at again has been, on its day."))
    version = register.in_force(desk)
    _register(check, version, today)
    _permanent(check, desk, today)
    for hold in vault.holds(desk):
        if hold.until is not None and hold.until < today:
            say = sentence(
                "This is on hold since {day} without a reason: end the hold or give it a new day.", day=hold.until
            )
            check.fail(hold.handle, say)
    return check


def _register(check: Check, version: register.Version, today: date) -> None:
    place = f"/register/{version.desk}"
    due = version.data.get("review")
    if due and date.fromisoformat(str(due)) < today:
        check.fail(place, sentence("The register was to be reviewed on {day}.", day=due))
    for term, block in version.data["terms"].items():
        review = block.get("review")
        if review and date.fromisoformat(str(review)) < today:
            say = sentence("The term «{term}» was to be reviewed on {day}.", term=term, day=review)
            check.fail(f"{place}#terms/{term}", say)
    for answer in version.answers:
        if answer.review < today:
            say = sentence(
                "The answer to doubt {rule} was to be reviewed on {day}.", rule=answer.rule, day=answer.review
            )
            check.fail(f"{place}#{answer.at}", say)


def _permanent(check: Check, desk: str, today: date) -> None:
    for one in vault.to_review(desk, today):
        check.fail(
            f"/register/{desk}/{one.activity}#{one.item}",
            sentence(
                "{count} records of {item} are kept permanently and were to be reviewed on {day}.",
                count=one.count,
                item=one.item,
                day=one.review,
            ),
            times=one.count,
        )
