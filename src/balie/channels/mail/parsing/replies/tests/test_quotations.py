"""A reply is found whether it stands above, below or between what it answers, in every language and layout."""

import pytest

from balie.channels.mail.parsing.replies import folds, unfolded
from balie.channels.mail.parsing.replies.tests.letters import ANNOUNCEMENTS, HEADS, OLD, REPLIES, marked

announced = pytest.mark.parametrize("announcement", ANNOUNCEMENTS.values(), ids=ANNOUNCEMENTS.keys())
headed = pytest.mark.parametrize("head", HEADS.values(), ids=HEADS.keys())
REPLY = REPLIES["en"]


def reply(text: str) -> str:
    return unfolded(text, folds(text))


@announced
@pytest.mark.parametrize("language", REPLIES)
def test_a_reply_above_marked_lines(announcement: str, language: str) -> None:
    assert reply(f"{REPLIES[language]}\n\n{announcement}\n\n{marked(OLD)}\n") == REPLIES[language]
    assert reply(f"{REPLIES[language]}\n{announcement}\n{marked(OLD)}") == REPLIES[language]


@announced
def test_a_reply_above_lines_without_marks(announcement: str) -> None:
    assert reply(f"{REPLY}\n\n{announcement}\n\n{OLD}\n") == REPLY


@announced
def test_a_reply_below(announcement: str) -> None:
    assert reply(f"{announcement}\n{marked(OLD)}\n\n{REPLY}\n") == REPLY


@announced
def test_a_reply_between(announcement: str) -> None:
    first, second, third = "Good morning,", "Yes, it does.", "Thank you for that."
    text = (
        f"{first}\n\n{announcement}\n> Does it work?\n\n{second}\n\n> We have given it new toner.\n{third}\n\n> Bob\n"
    )
    assert reply(text) == f"{first}\n\n{second}\n\n{third}"


@headed
@pytest.mark.parametrize("language", REPLIES)
def test_a_reply_above_the_head_of_an_older_mail(head: str, language: str) -> None:
    assert reply(f"{REPLIES[language]}\n\n{head}\n\n{OLD}\n") == REPLIES[language]
    assert reply(f"{REPLIES[language]}\n{head}\n{OLD}\n") == REPLIES[language]


@headed
def test_what_is_only_sent_on_is_not_folded(head: str) -> None:
    if "reply above" not in head:
        assert (
            reply(f"{head}\n\nCould you try whether the printer works?")
            == f"{head}\n\nCould you try whether the printer works?"
        )


def test_a_mail_that_is_sent_on_with_marks_is_not_folded() -> None:
    text = f"Begin forwarded message:\n\n{marked('From: Anna <anna@example.org>')}\n{marked(OLD)}"
    assert folds(text) == ()
    assert reply(f"See below.\n\n{text}\n\nBob") == "See below.\n\nBob"


def test_a_reply_that_adds_nothing_is_empty() -> None:
    assert reply(f"Sent from my iPhone\n\n{ANNOUNCEMENTS['en apple']}\n{marked(OLD)}") == ""


def test_text_before_an_announcement_in_its_line_is_kept() -> None:
    text = f"Works! {ANNOUNCEMENTS['en gmail']}\n{marked(OLD)}"
    assert reply(text) == "Works!"
    assert reply(f"Works!--- {ANNOUNCEMENTS['en gmail']}\n{marked(OLD)}") == "Works!"


def test_what_follows_an_announcement_in_its_line_is_old() -> None:
    assert reply(f"Works!\n\n  {ANNOUNCEMENTS['en yahoo']}   Dear Anna,\n\ncould you try?") == "Works!"


def test_a_piece_that_was_broken_off_a_quoted_line_is_quoted() -> None:
    long = "> We have given it new toner, and would like to know whether it prints as it"
    assert reply(f"{ANNOUNCEMENTS['en gmail']}\n{long}\nshould.\n> Bob\n\nYes.") == "Yes."
    assert reply(f"{ANNOUNCEMENTS['en gmail']}\n> See (https://example.org/a\nb)\n> Bob\n\nYes.") == "Yes."


@pytest.mark.parametrize(
    "text",
    [
        "On your machine you can run:\n\n    ping example.org\n\nOn mine it does not work.",
        "On Friday, one thing did not work: the printer.\nOn Monday, it did.",
        "I get mail from: bob@example.org and from: anna@example.org\n\nFrom: is not what it says.",
        "The list is:\n\nFrom: Utrecht\nTo: Turku\n\nThat is far.",
        "It says:\n2024-03-04 10:15:12\n04.03.2024 10:15\n\nWhat does that mean?",
        "Read https://example.org/on-monday-bob-wrote: it helps.",
        "a > b and c < d\n\nThat is all.",
        "See <https://example.org/a\n> for more.",
        "In the log:\n---\nfirst\n---\nsecond",
        "Please fill in:\n\nSubject: the printer\nDate: today",
        "Bob wrote:",
        "My colleague wrote: it does not work.",
    ],
)
def test_what_only_looks_like_a_quotation_stays(text: str) -> None:
    assert reply(text) == text


def test_quotations_in_a_conversation_of_many_programs_are_one_fold() -> None:
    older = f"{ANNOUNCEMENTS['de gmail']}\n\n{marked(OLD)}"
    text = f"{REPLY}\n\n{HEADS['nl outlook']}\n\nDat is goed.\n\n{older}"
    (fold,) = folds(text)
    assert (fold.kind, text[: fold.start], fold.end) == ("quotation", f"{REPLY}\n\n", len(text))
