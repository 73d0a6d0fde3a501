"""The Finnish labelled messages are well formed: what they say of themselves can be relied on when an engine is measured by them.

Persons, numbers and addresses are made up. A name is labelled as written, with its ending and without its title; an address is
street, number and flat, its postcode a span of its own. What belongs to an organisation (its address, general number, server or
account) is not labelled, nor are numbers of orders, tickets and invoices.
"""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

MESSAGES = Path(__file__).parent / "messages"
FILES = {"fi-work.jsonl": "fi-w", "fi-held.jsonl": "fi-h"}
LABELS = {"PERSON", "EMAIL", "PHONE", "ADDRESS", "POSTCODE", "BSN", "HETU", "IBAN", "CREDIT_CARD", "IP", "MAC", "IMEI"}
LABELS |= {"LICENCE_PLATE", "DATE_OF_BIRTH", "ID_DOCUMENT", "USERNAME", "CASE_ID"}
KEYS = {"id", "language", "kind", "text", "from_name", "from_email", "participants", "spans"}
RESERVED = re.compile(r"(?:[a-z0-9-]+\.)*(?:example\.(?:org|com|net)|[a-z0-9-]+\.test)")
HOST = re.compile(r"(?:@|https?://|\bwww\.)((?:[\w-]+\.)+[a-z]{2,})", re.IGNORECASE)
ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+\w")
CENTURIES = "+-YXWVUABCDEF"  # the separators of a Finnish personal identity code, from 2023 on

Row = dict[str, Any]


def read(name: str) -> list[Row]:
    return [json.loads(line) for line in (MESSAGES / name).read_text(encoding="utf-8").splitlines()]


def labelled(rows: list[Row], *labels: str) -> list[str]:
    return [row["text"][s["start"] : s["end"]] for row in rows for s in row["spans"] if s["label"] in labels]


def compact(value: str) -> str:
    return re.sub(r"[\s./]", "", value).upper()


def luhn_holds(value: str) -> bool:
    digits = [int(c) for c in value if c.isdigit()][::-1]
    return sum(digits[::2]) % 10 == -sum(sum(divmod(2 * d, 10)) for d in digits[1::2]) % 10


def hetu_holds(value: str) -> bool:
    found = re.fullmatch(r"(\d{6})([" + re.escape(CENTURIES) + r"])(\d{3})([0-9A-Y])", compact(value))
    return found is not None and "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(found[1] + found[3]) % 31] == found[4]


def iban_holds(value: str) -> bool:
    turned = compact(value)[4:] + compact(value)[:4]
    return int("".join(str(int(c, 36)) for c in turned)) % 97 == 1


@pytest.fixture(params=FILES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def rows(name: str) -> list[Row]:
    return read(name)


def test_there_are_at_least_150_and_each_id_is_of_its_file_and_once(name: str, rows: list[Row]) -> None:
    ids = [row["id"] for row in rows]
    assert len(ids) >= 150
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(FILES[name] + r"-\d{3}", one) for one in ids)


def test_each_line_has_the_agreed_keys(rows: list[Row]) -> None:
    for row in rows:
        assert set(row) == KEYS, row["id"]
        assert row["language"] in {"fi", "mixed"}, row["id"]
        assert row["kind"], row["id"]
        assert row["text"].strip(), row["id"]
        assert all(set(one) == {"name", "email"} for one in row["participants"]), row["id"]


def test_the_sender_is_not_repeated_among_the_participants(rows: list[Row]) -> None:
    for row in rows:
        assert row["from_email"] not in [one["email"] for one in row["participants"]], row["id"]


def test_spans_stand_in_order_inside_the_text_and_do_not_overlap(rows: list[Row]) -> None:
    for row in rows:
        end = 0
        for span in row["spans"]:
            assert set(span) == {"start", "end", "label", "role"}, row["id"]
            assert span["label"] in LABELS, row["id"]
            assert span["role"] in {"third_party", "participant"}, row["id"]
            assert end <= span["start"] < span["end"] <= len(row["text"]), row["id"]
            end = span["end"]


def test_a_span_covers_whole_words(rows: list[Row]) -> None:
    for row in rows:
        for span in row["spans"]:
            value = row["text"][span["start"] : span["end"]]
            around = row["text"][span["start"] - 1 : span["start"]], row["text"][span["end"] : span["end"] + 1]
            assert value == value.strip(" \t\n,;:"), (row["id"], value)
            assert not (around[0].isalnum() and value[0].isalnum()), (row["id"], value)
            assert not (value[-1].isalnum() and around[1].isalnum()), (row["id"], value)


def test_a_name_stands_without_its_title_and_one_by_one(rows: list[Row]) -> None:
    beside = re.compile(r"\b(herra|rouva|rva|hra|neiti|tohtori|dr|tk-lääkäri)\b|[&/;@\d]|^\W", re.IGNORECASE)
    assert [name for name in labelled(rows, "PERSON") if beside.search(name)] == []


def test_a_mail_address_is_a_participants_or_a_third_partys(rows: list[Row]) -> None:
    for row in rows:
        own = {row["from_email"], *(one["email"] for one in row["participants"])}
        roles = {row["text"][s["start"] : s["end"]].lower(): s["role"] for s in row["spans"] if s["label"] == "EMAIL"}
        assert all(roles[one] == "participant" for one in own & set(roles)), row["id"]
        assert own.intersection(ADDRESS.findall(row["text"].lower())) <= set(roles), row["id"]


def test_mail_and_web_addresses_are_of_reserved_domains(rows: list[Row]) -> None:
    for row in rows:
        written = "\n".join([row["text"], row["from_email"], *(one["email"] for one in row["participants"])])
        for host in HOST.findall(written):
            assert RESERVED.fullmatch(host.lower()), (row["id"], host)
    assert all(ADDRESS.fullmatch(value) for value in labelled(rows, "EMAIL"))


def test_check_digits_are_right(rows: list[Row]) -> None:
    assert [v for v in labelled(rows, "HETU") if not hetu_holds(v)] == []
    assert [v for v in labelled(rows, "IBAN") if not iban_holds(v)] == []
    assert [v for v in labelled(rows, "CREDIT_CARD", "IMEI") if not luhn_holds(v)] == []


def test_identity_codes_are_of_the_range_no_person_holds(rows: list[Row]) -> None:
    """Individual numbers 900 to 999 are kept for temporary use (Finnish Digital and Population Data Services Agency)."""
    assert all(compact(value)[7] == "9" for value in labelled(rows, "HETU"))


def test_about_six_in_ten_hold_a_third_party_and_every_label_is_met(rows: list[Row]) -> None:
    holding = sum(any(span["role"] == "third_party" for span in row["spans"]) for row in rows)
    assert 0.55 <= holding / len(rows) <= 0.65
    met = Counter(span["label"] for row in rows for span in row["spans"] if span["role"] == "third_party")
    assert set(met) == LABELS


def test_no_message_of_one_file_is_a_variant_of_one_in_the_other() -> None:
    """No run of six words is common to two messages of the two files, beyond the headers mail programs write."""
    work, held = ([(row["id"], runs(row["text"])) for row in read(name)] for name in FILES)
    assert [(a, b, mine & theirs) for a, mine in work for b, theirs in held if mine & theirs] == []


def runs(text: str, length: int = 6) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}
