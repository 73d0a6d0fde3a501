"""`balie register`: check, diff, ask and publish, of files and of what is in force."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.register.examples_read import HERE, document
from tests.register.test_questions_table import ROWS

from balie import register

DESKS = Path(register.__file__).parent.parent / "desks"
OFFICE = DESKS / "publications.yaml"
EXAMPLES = HERE / "examples"
ORDER = {  # of the words of a question in the table that has its own names
    "erase_on": ("activity", "people", "item", "happened"),
    "warnings_on": ("activity", "people", "item", "due"),
}
FLAGS = ("needed", "needed_now", "single", "closed")
MANY = ("confirmed", "asked_by", "consent", "agreed", "given", "covers")


def test_a_sound_register_says_its_doubts_and_until_when_they_are_answered(balie: Any) -> None:
    said = balie("register", "check", OFFICE)
    assert said.status == 0
    assert said.out.startswith("doubt: publications.yaml, line ")
    assert "(answered until 2027-11-01)" in said.out
    assert balie("register", "check", DESKS / "citizens-advice.yaml").out == "Nothing to say against it.\n"


def test_a_fault_ends_with_one_and_is_told_to_a_program_with_clause_and_place(balie: Any, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(OFFICE.read_text("utf-8").replace("keep: handled", "keep: nowhere", 1), "utf-8")
    said = balie("register", "check", file, "--settings", DESKS / "publications.desk.yaml", "--json")
    assert said.status == 1
    (fault,) = (one for one in said.json if one["level"] == "fault")
    assert (fault["file"], fault["rule"], fault["clause"]) == ("mine.yaml", "R01", "30(3)")
    assert fault["at"] == "activities/service-desk/keep"
    assert fault["line"] > 50


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        (b"", 1, "the file is empty; begin with `format: 1`"),
        (b"format: 1\n\tdesk: x\n", 2, "a tab stands before the first word; indent with spaces"),
        (b"format: 1\ndesk: \xff\n", 2, "the file is not written in UTF-8; save it as UTF-8"),
        (b"format: 2\n", 1, "«2» cannot stand at «format»; write one of: 1"),
        (b"#" * 5_000_000, 1, "the file is longer than 2097152 bytes; shorten it"),
    ],
)
def test_what_cannot_be_read_is_a_fault_with_its_line(
    balie: Any, tmp_path: Path, text: bytes, line: int, sentence: str
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_bytes(text)
    said = balie("register", "check", file, "--json")
    assert said.status == 1
    assert (line, sentence) in {(one["line"], one["sentence"]) for one in said.json}
    told = balie("register", "check", file)
    assert told.status == 1
    assert f"fault: mine.yaml, line {line}: {sentence}" in told.out


def test_a_file_that_is_not_there_is_one_sentence(balie: Any, tmp_path: Path) -> None:
    said = balie("register", "check", tmp_path / "none.yaml")
    assert said.status == 1
    assert "cannot be read" in said.out


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_difference_is_said_in_the_words_of_the_notice(balie: Any, tmp_path: Path, language: str) -> None:
    longer = tmp_path / "longer.yaml"
    text = OFFICE.read_text("utf-8").replace("keep: 1 year after ticket", "keep: 2 years after ticket")
    longer.write_text(text.replace("usual: [phone, email, relation]", "usual: [phone, email, relation, iban]"), "utf-8")
    said = balie("register", "diff", OFFICE, longer, "--language", language)
    expected = {
        "nl": (
            "Ruimer voor wie het aangaat",
            "voortaan ook bewaard: IBAN",
            "was 1 jaar na het sluiten van de melding, is nu 2",
        ),
        "en": (
            "Wider for the people concerned",
            "now also kept: IBAN",
            "was 1 year after the ticket is closed, is now 2",
        ),
    }
    for words in expected[language]:
        assert words in said.out
    found = balie("register", "diff", OFFICE, longer, "--json").json
    assert {one[0] for one in found["meant"]} == {"wider"}
    assert all(one["was"] != one["now"] for one in found["passages"])


def test_nothing_that_the_record_says_escapes_a_comparison(balie: Any, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(OFFICE.read_text("utf-8").replace("Voorbeeldlaan 1", "Voorbeeldlaan 2"), "utf-8")
    said = balie("register", "diff", OFFICE, other, "--language", "nl").out
    assert "+ Voorbeeldlaan 2" in said
    assert balie("register", "diff", OFFICE, OFFICE, "--language", "en").out == "Nothing has changed.\n"


def test_desks_and_numbers_name_versions(balie: Any, publications: Any) -> None:
    same = balie("register", "diff", "publications", "1", "1", "--language", "en")
    assert same.out == "Nothing has changed.\n"
    assert balie("register", "diff", "publications", OFFICE).status == 0
    assert balie("register", "diff", "publications", "1", "99").status == 1
    assert "Two registers are compared" in balie("register", "diff", "publications").err
    assert "There is no desk" in balie("register", "diff", "nowhere", "1", "2").err


def typed(row: dict[str, Any], file: Path) -> list[object]:
    """A row of the table of worked questions as one types it."""
    from balie.channels.cli.registers_asked import QUESTIONS

    given = dict(row["given"])
    name = row["ask"].replace("_", "-")
    question = QUESTIONS[name]
    words: list[object] = ["register", "ask", file, name, *(given.pop(one) for one in question.words)]
    for key, value in given.items():
        option = f"--{key.replace('_', '-')}"
        for one in value if key in MANY else [value]:
            words += ([option] if value else []) if key in FLAGS else [option, one]
    return [*words, "--json"] if "language" in given or name != "why" else [*words, "--language", "nl", "--json"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['id']}-{row['ask']}")
def test_every_worked_question_is_answered_on_the_command_line(balie: Any, row: dict[str, Any]) -> None:
    if row["ask"] == "diff":
        assert document(row["desk"], row["given"]["change"]).data
        return
    said = balie(*typed(row, EXAMPLES / f"{row['desk']}.yaml"))
    assert said.json == row["answer"]
    refused = isinstance(row["answer"], dict) and row["answer"].get("yes") is False
    assert said.status == (1 if refused else 0)


def test_an_answer_is_read_in_the_language_asked(balie: Any) -> None:
    question = ("register", "ask", OFFICE, "may-collect", "service-desk", "reporter")
    assert balie(*question, "phone").out == "Yes.\n"
    said = balie(*question, "iban", "--language", "nl").out
    assert said == "Nee. IBAN staat niet in het register voor «Iedereen die iets meldt». [5(1)(c), 30(1)(c)]\n"


def test_a_desk_in_force_is_asked_like_a_file(balie: Any, publications: Any) -> None:
    assert balie("register", "ask", "publications", "may-collect", "service-desk", "reporter", "phone").out == "Yes.\n"


def test_a_question_that_is_not_there_or_not_whole_says_what_to_type(balie: Any) -> None:
    assert "is it «may-collect»?" in balie("register", "ask", OFFICE, "may-colect").err
    assert "may-collect asks for: ACTIVITY PEOPLE ITEM." in balie("register", "ask", OFFICE, "may-collect", "x").err
    assert "may-disclose\tACTIVITY PEOPLE ITEM TO" in balie("register", "ask", OFFICE).out
    assert "is no number of persons" in balie("register", "ask", OFFICE, "may-report", "few").err


def test_a_notice_is_published_to_a_file_in_each_form(balie: Any, tmp_path: Path) -> None:
    for form, begin in (("html", b"<!DOCTYPE html>"), ("md", b"# Service desk")):
        to = tmp_path / f"notice.{form}"
        said = balie("register", "publish", OFFICE, "--format", form, "--language", "en", "--to", to)
        assert said.status == 0
        assert str(to) in said.err
        assert to.read_bytes().startswith(begin)


def test_a_notice_goes_to_standard_output_and_the_record_is_more(
    balie: Any, publications: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def published(*more: str) -> str:
        out = io.TextIOWrapper(io.BytesIO(), "utf-8")
        monkeypatch.setattr(sys, "stdout", out)
        balie("register", "publish", "publications", "--format", "md", *more)
        monkeypatch.undo()
        return out.buffer.getvalue().decode()  # type: ignore[attr-defined]

    notice, record = published(), published("--record")
    assert notice.startswith("# Servicedesk van het publicatiebureau")
    assert "## Systemen" in record
    assert "## Systemen" not in notice


def test_a_language_that_the_register_does_not_speak_is_refused(balie: Any) -> None:
    said = balie("register", "publish", OFFICE, "--language", "fi")
    assert said.status == 1
    assert "This register speaks nl, en" in said.err


def test_the_table_of_questions_is_whole() -> None:
    from balie.channels.cli.registers_asked import QUESTIONS

    asked = {row["ask"].replace("_", "-") for row in ROWS} - {"diff"}
    assert asked <= set(QUESTIONS)
    assert json.dumps(sorted(QUESTIONS))
