"""Signatures, companies' notices and the lines of mail programs are told from what somebody says."""

import pytest

from balie.channels.mail.parsing.replies import folds, unfolded
from balie.channels.mail.parsing.replies.tests.letters import (
    ANNOUNCEMENTS,
    CLOSINGS,
    DEVICES,
    HEADS,
    OLD,
    REPLIES,
    marked,
)

REPLY = REPLIES["en"]
CONTACT = "Anna Aalto\nBureau of Made-Up Things\nTel. 040-1234567\nanna@example.org"
closing = pytest.mark.parametrize("formula", [one for each in CLOSINGS.values() for one in each])
device = pytest.mark.parametrize("line", [one for each in DEVICES.values() for one in each])


def reply(text: str) -> str:
    return unfolded(text, folds(text))


def kinds(text: str) -> list[tuple[str, str]]:
    return [(one.kind, text[one.start : one.end]) for one in folds(text)]


@device
def test_a_line_that_a_mail_program_adds_is_folded(line: str) -> None:
    assert kinds(f"{REPLY}\n\n{line}\n") == [("device", line)]
    assert reply(f"{REPLY}\n\n{line}\n\n{ANNOUNCEMENTS['en apple']}\n\n{marked(OLD)}") == REPLY
    assert reply(f"{REPLY}\n\n{line}\n{HEADS['en outlook on the web']}\n\n{OLD}") == REPLY
    assert reply(f"{line}\n\n{REPLY}") == REPLY


@pytest.mark.parametrize("mark", ["-- ", "--", "__", "\u2014", "______________________________", "-----"])
def test_a_signature_below_its_mark_is_folded(mark: str) -> None:
    assert kinds(f"{REPLY}\n\n{mark}\n{CONTACT}\n") == [("signature", f"{mark}\n{CONTACT}")]
    assert reply(f"{REPLY}\n\n{mark}\n{CONTACT}\n\n{ANNOUNCEMENTS['nl gmail']}\n\n{marked(OLD)}") == REPLY


@closing
def test_a_formula_with_a_name_alone_stays_in_the_reply(formula: str) -> None:
    for end in (formula, f"{formula}\nAnna", f"{formula}\n\nAnna Aalto", f"{formula}\nAnna Aalto\n\n-- \n{CONTACT}"):
        text = f"{REPLY}\n\n{end}"
        assert kinds(text)[0] == ("closing", end.partition("\n\n-- ")[0])
        assert reply(text) == f"{REPLY}\n\n{end.partition(chr(10) * 2 + '-- ')[0]}"


@closing
def test_a_formula_with_more_than_a_name_is_a_signature(formula: str) -> None:
    text = f"{REPLY}\n\n{formula}\n\n{CONTACT}"
    assert kinds(text) == [("signature", f"{formula}\n\n{CONTACT}")]
    assert reply(f"{text}\n\n{HEADS['fi outlook']}\n\n{OLD}") == REPLY


def test_a_postscript_below_a_signature_stays() -> None:
    assert (
        reply(f"{REPLY}\n\nKind regards,\n{CONTACT}\n\nPS: the scanner is grey.")
        == f"{REPLY}\n\nPS: the scanner is grey."
    )


def test_a_name_behind_a_dash_is_a_signature() -> None:
    assert kinds(f"{REPLY}\n\n-Anna Aalto\n") == [("signature", "-Anna Aalto")]
    assert kinds(f"{REPLY}\n\n/Anna\n\n{ANNOUNCEMENTS['sv gmail']}\n{marked(OLD)}")[0] == ("signature", "/Anna")


def test_the_foot_of_a_mailing_list_is_folded_with_the_name_above_it() -> None:
    foot = "_______________________________________________\nPrinters mailing list\nprinters@lists.example.org"
    assert reply(f"{REPLY}\n\n-Anna Aalto\n\n\n{foot}\n") == REPLY


@pytest.mark.parametrize(
    "notice",
    [
        "This e-mail and any attachments are confidential.\nIf it is not for you, tell us.",
        "Disclaimer: nothing in this mail binds anybody.",
        "De informatie in dit bericht is vertrouwelijk.",
        "Tämä viesti on luottamuksellinen.",
    ],
)
def test_a_company_notice_below_is_folded(notice: str) -> None:
    assert reply(f"{REPLY}\n\n{notice}") == REPLY


def test_a_notice_above_that_the_mail_comes_from_outside_is_folded() -> None:
    assert reply(f"CAUTION: this mail came from outside the company. Do not open files.\n\n{REPLY}") == REPLY
    assert reply(f"Caution: the printer is hot.\n\n{REPLY}") == f"Caution: the printer is hot.\n\n{REPLY}"


@pytest.mark.parametrize(
    "text",
    [
        "Sent from my desk, which is easier than from my telephone.",
        "The notice was sent from my iPhone app.\n\nAll is sent from the server.",
        "I need:\n\n- a mouse\n- a screen\n- Anna",
        "The list:\n\n   -\n\n   First thing.\n   *\n\n   Second thing.",
        "Points:\n----\n\n1. It prints\n\n----\n\nThe lines above are only drawn.",
        "First part.\n\n____________________\n\nSecond part, which is long.\n\nKind regards,\nAnna",
        "Thanks!\n\nI tried that, and it works\nnow as it should.",
        "With regards to the printer: it works.\nBest is to leave it.",
        "My address is:\n\nAnna Aalto\nMain street 1\n040-1234567",
        "Thanks for the help\nwith the printer",
        "The best\nway is to start it again?",
    ],
)
def test_what_only_looks_like_a_signature_stays(text: str) -> None:
    assert reply(text) == text
