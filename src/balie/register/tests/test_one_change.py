"""One term is changed in the file: the notice, the text of the form and the day of erasure all change with it."""

from datetime import date

import pytest

from balie import register
from balie.register import Version
from balie.register.tests.desks_read import draft_of

ASKED = ("advice", "requester", "email")
LAST_CONTACT = date(2028, 2, 29)

APPROVED = "    keep: 1 year after ticket.closed\n    approve-within: 30 days\n"


def everywhere(v: Version, language: str) -> tuple[str, str, str, date | None]:
    """What is said of one item: in the notice, beside the field, to «why do we still have this?», and when it goes."""
    notice = register.notice_for(v, audience="public", language=language)
    line = next(
        one for one in notice.section("data-advice-requester").items if one.what == v.label("email").read(language)
    )
    return (
        line.long,
        register.asked_field(v, *ASKED, language=language).how_long,
        register.why(v, *ASKED, language=language).how_long,
        register.erase_on(register.erase_rule(v, *ASKED), LAST_CONTACT),
    )


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("fi", "2 vuotta viimeisestä yhteydenotosta", "18 kuukautta viimeisestä yhteydenotosta"),
        ("sv", "2 år efter den senaste kontakten", "18 månader efter den senaste kontakten"),
        ("en", "2 years after the last contact", "18 months after the last contact"),
    ],
)
def test_changing_one_term_changes_notice_form_and_day_of_erasure(language: str, before: str, after: str) -> None:
    was = everywhere(draft_of("citizens-advice"), language)
    now = everywhere(draft_of("citizens-advice", ("keep: 2 years after", "keep: 18 months after")), language)
    for said in was[:3]:
        assert before in str(said)
    for said in now[:3]:
        assert after in str(said)
        assert before not in str(said)
    assert (was[3], now[3]) == (date(2030, 2, 28), date(2029, 8, 29))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fi", "näistä välitetään enintään yksi: sähköpostiosoite ja puhelinnumero"),
        ("sv", "av e-postadress och telefonnummer lämnas högst en"),
        ("en", "of e-mail address and Phone number no more than one goes along"),
    ],
)
def test_of_two_ways_to_reach_somebody_the_notice_says_that_one_goes_along(language: str, said: str) -> None:
    notice = register.notice_for(draft_of("citizens-advice"), audience="public", language=language)
    assert said.casefold() in notice.text().casefold()


def test_a_day_before_which_nothing_may_be_destroyed_is_told_and_kept() -> None:
    change = (
        "    keep: 1 year after ticket.closed\n",
        "    keep: 1 year after ticket.closed\n    not-before: 2 years\n",
    )
    v = draft_of("publications", change)
    rule = register.erase_rule(v, "service-desk", "reporter", "message")
    assert register.not_before_on(rule, date(2027, 3, 10)) == date(2029, 3, 10)
    told = register.asked_field(v, "service-desk", "reporter", "message", language="en").how_long
    assert "The law forbids to destroy it until 2 years have passed after recording." in told


@pytest.mark.parametrize("language", ["nl", "fi", "sv", "en"])
def test_that_a_person_approves_the_destruction_and_within_what_time_is_told(language: str) -> None:
    v = draft_of("publications", ("    keep: 1 year after ticket.closed\n", f"{APPROVED}"))
    rule = register.erase_rule(v, "service-desk", "reporter", "message")
    assert rule.approve_within == "P30D"
    told = register.notice_for(v, audience="public", language=language).text()
    assert {"nl": "binnen 30 dagen", "fi": "enintään 30 päivää", "sv": "inom 30 dagar", "en": "within 30 days"}[
        language
    ] in told


def test_that_data_wait_for_approval_is_wider_and_that_they_no_longer_do_narrower() -> None:
    plain = draft_of("publications")
    asking = draft_of("publications", ("    keep: 1 year after ticket.closed\n", APPROVED))
    assert [one.direction for one in register.diff(plain, asking)] == ["wider"]
    assert [one.direction for one in register.diff(asking, plain)] == ["narrower"]
    told = register.compared(plain, asking, language="en").of("wider")
    assert len(told) == 1
    assert told[0].endswith("was without approval, is now within 30 days.")


def test_what_stands_beside_a_field_is_why_on_what_ground_and_how_long() -> None:
    told = register.asked_field(draft_of("publications"), "service-desk", "reporter", "family-name", language="en")
    assert told.label == "Family name"
    assert told.why.startswith("Handling questions, faults and submitted forms")
    assert "Legitimate interest (GDPR, Article 6(1)(f)). The interest: Whoever uses" in told.ground
    assert told.how_long.startswith("1 year after the ticket is closed. Whoever still has a question")
    assert "5 years after recording at the latest" in told.how_long
    assert told.must == "needed; if it is missing, «dummy» stands there"
    assert told.without == "Without a name we cannot let you know what was done about your report."
    assert (told.placeholder, told.need, told.consent, told.conditions) == ("dummy", "required", None, ())


def test_a_field_under_a_condition_says_so() -> None:
    told = register.asked_field(draft_of("citizens-advice"), "advice", "requester", "name", language="sv")
    assert told.conditions == ("Namnet behövs för att svara eller återkomma till ärendet.",)
    assert told.consent == "person"
    assert told.must == "bara om det behövs och du samtycker"


def test_why_we_still_have_this() -> None:
    told = register.why(draft_of("publications"), "account-requests", "holder", "access-rights", language="nl")
    assert told.activity == "Aanvragen van accounts"
    assert told.bases == ("legal-obligation",)
    assert told.how_long == "blijvend; op 1 november 2027 wordt bekeken of dat nog nodig is"
    assert (told.review, told.latest) == (date(2027, 11, 1), None)
    assert told.because.startswith("Ook jaren later")
