"""The Dutch labelled messages are well formed: every mark names what it covers, no address leads anywhere, numbers check."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent / "messages"
FILES = ("nl-work.jsonl", "nl-held.jsonl")
PREFIX = {"nl-work.jsonl": "nl-w-", "nl-held.jsonl": "nl-h-"}
FIELDS = {"id", "language", "kind", "text", "from_name", "from_email", "participants", "spans"}
LABELS = {
    *("PERSON", "EMAIL", "PHONE", "ADDRESS", "POSTCODE", "BSN", "HETU", "IBAN", "CREDIT_CARD", "IP", "MAC", "IMEI"),
    *("LICENCE_PLATE", "DATE_OF_BIRTH", "ID_DOCUMENT", "USERNAME", "CASE_ID"),
}
# Names nobody can register: RFC 2606 and RFC 6761.
RESERVED = re.compile(r"(?:^|\.)(?:example\.(?:org|com|net)|[a-z0-9-]+\.test)$", re.IGNORECASE)
MAIL_DOMAIN = re.compile(r"[\w.+-]+@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})")
WEB_DOMAIN = re.compile(r"(?:https?://|\bwww\.)([A-Za-z0-9.-]*[A-Za-z0-9])")
MARK = re.compile(r"\{[A-Z]\*?:|\[\[[A-Z_]+\|")
REPEATED_WORDS = 7

Message = dict[str, Any]
Check = Callable[[str], bool]


def messages(name: str) -> list[Message]:
    """The messages of one file, in its order."""
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


def covered(name: str, *labels: str) -> Iterator[tuple[str, str]]:
    """The words under each span of the labels, with the message they stand in."""
    for message in messages(name):
        for span in message["spans"]:
            if span["label"] in labels:
                yield message["id"], message["text"][span["start"] : span["end"]]


def digits(text: str) -> list[int]:
    return [int(sign) for sign in text if sign.isascii() and sign.isdigit()]


def is_bsn(text: str) -> bool:
    """The eleven-test of the citizen service number, with its eight-digit form: the weights are 9 to 2, then minus 1."""
    figures = digits(text)
    if len(figures) not in (8, 9):
        return False
    weights = [*range(9, 1, -1), -1][-len(figures) :]
    weighed: int = sum(weight * figure for weight, figure in zip(weights, figures, strict=True))
    return weighed % 11 == 0


def is_iban(text: str) -> bool:
    """ISO 13616: the remainder by 97 is one."""
    account = re.sub(r"[^0-9A-Z]", "", text.upper())
    return int("".join(str(int(sign, 36)) for sign in account[4:] + account[:4])) % 97 == 1


def is_luhn(text: str) -> bool:
    """ISO/IEC 7812-1, annex B."""
    doubled = (figure * (1 + place % 2) for place, figure in enumerate(reversed(digits(text))))
    return sum(figure - 9 if figure > 9 else figure for figure in doubled) % 10 == 0


def is_card(text: str) -> bool:
    return 13 <= len(digits(text)) <= 19 and is_luhn(text)


def is_imei(text: str) -> bool:
    return len(digits(text)) == 15 and is_luhn(text)


@pytest.mark.parametrize("name", FILES)
def test_a_file_holds_at_least_150_messages_each_with_its_own_number_and_text(name: str) -> None:
    rows = messages(name)
    assert len(rows) >= 150
    assert [row["id"] for row in rows] == [f"{PREFIX[name]}{number:03d}" for number in range(1, len(rows) + 1)]
    assert len({row["text"] for row in rows}) == len(rows)


@pytest.mark.parametrize("name", FILES)
def test_each_message_has_every_field_and_no_other(name: str) -> None:
    for row in messages(name):
        assert set(row) == FIELDS, row["id"]
        assert row["language"] in {"nl", "mixed"}, row["id"]
        assert all(row[field].strip() for field in ("kind", "text", "from_name")), row["id"]
        assert all(set(other) == {"name", "email"} for other in row["participants"]), row["id"]
        assert row["from_email"] not in {other["email"] for other in row["participants"]}, row["id"]
        assert not MARK.search(row["text"]), row["id"]


@pytest.mark.parametrize("name", FILES)
def test_spans_stand_in_order_inside_the_text_and_do_not_touch_each_other(name: str) -> None:
    for row in messages(name):
        before = 0
        for span in row["spans"]:
            assert set(span) == {"start", "end", "label", "role"}, row["id"]
            assert before <= span["start"] < span["end"] <= len(row["text"]), row["id"]
            assert span["label"] in LABELS, row["id"]
            assert span["role"] in {"third_party", "participant"}, row["id"]
            words = row["text"][span["start"] : span["end"]]
            assert words == words.strip(), row["id"]
            assert "\n" not in words, row["id"]
            before = span["end"]


@pytest.mark.parametrize("name", FILES)
def test_a_span_begins_and_ends_between_words(name: str) -> None:
    for row in messages(name):
        for span in row["spans"]:
            text = f" {row['text']} "
            outside = text[span["start"]] + text[span["end"] + 1]
            assert not any(sign.isalnum() for sign in outside), (row["id"], text[span["start"] : span["end"] + 2])


@pytest.mark.parametrize("name", FILES)
def test_between_half_and_seven_tenths_of_the_messages_hold_data_of_third_parties(name: str) -> None:
    rows = messages(name)
    holding = sum(any(span["role"] == "third_party" for span in row["spans"]) for row in rows)
    assert 0.5 <= holding / len(rows) <= 0.7


@pytest.mark.parametrize("name", FILES)
def test_every_kind_of_data_a_dutch_desk_meets_is_there_for_third_parties(name: str) -> None:
    found = {span["label"] for row in messages(name) for span in row["spans"] if span["role"] == "third_party"}
    assert found >= LABELS - {"HETU"}


@pytest.mark.parametrize("name", FILES)
def test_mail_and_web_addresses_lead_nowhere(name: str) -> None:
    for row in messages(name):
        people = [row["from_email"], *(other["email"] for other in row["participants"])]
        hosts = MAIL_DOMAIN.findall(" ".join([row["text"], *people])) + WEB_DOMAIN.findall(row["text"])
        assert all(RESERVED.search(host) for host in hosts), (row["id"], hosts)
        assert all(MAIL_DOMAIN.fullmatch(address) for address in people), row["id"]
    assert all(MAIL_DOMAIN.fullmatch(words) for _, words in covered(name, "EMAIL"))


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("label", "checks"), [("BSN", is_bsn), ("IBAN", is_iban), ("CREDIT_CARD", is_card), ("IMEI", is_imei)]
)
def test_a_number_under_its_label_has_the_right_check_digit(name: str, label: str, checks: Check) -> None:
    wrong = [(where, words) for where, words in covered(name, label) if not checks(words)]
    assert wrong == []


def test_no_message_of_one_file_is_a_variant_of_one_in_the_other() -> None:
    """Seven words in a row are said in one file only."""

    def runs(name: str) -> set[tuple[str, ...]]:
        found = set()
        for row in messages(name):
            words = re.findall(r"\w+", row["text"].lower())
            found |= {tuple(words[at : at + REPEATED_WORDS]) for at in range(len(words) - REPEATED_WORDS + 1)}
        return found

    assert runs(FILES[0]) & runs(FILES[1]) == set()


@pytest.mark.parametrize(
    ("checks", "right", "wrong"),
    [
        (is_bsn, "123456782", "123456783"),
        (is_iban, "NL91 ABNA 0417 1643 00", "NL92 ABNA 0417 1643 00"),
        (is_card, "4111 1111 1111 1111", "4111 1111 1111 1112"),
        (is_imei, "49-015420-323751-8", "49-015420-323751-7"),
    ],
)
def test_a_check_refuses_a_wrong_digit(checks: Check, right: str, wrong: str) -> None:
    assert checks(right)
    assert not checks(wrong)
