"""The English messages marked by hand are well-formed: a measurement against them means what it says."""

import ipaddress
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent / "messages"
FILES = {"en-work": "en-w-", "en-held": "en-h-"}
FIELDS = {"id", "language", "kind", "text", "from_name", "from_email", "participants", "spans"}
LABELS = {
    *("PERSON", "EMAIL", "PHONE", "ADDRESS", "POSTCODE", "BSN", "HETU", "IBAN", "CREDIT_CARD", "IP", "MAC", "IMEI"),
    *("LICENCE_PLATE", "DATE_OF_BIRTH", "ID_DOCUMENT", "USERNAME", "CASE_ID"),
}
RESERVED = re.compile(r"(?:[\w-]+\.)*(?:example\.(?:org|com|net)|[\w-]+\.test)")
MAIL = re.compile(r"[\w.+'-]+@([\w-]+(?:\.[\w-]+)*\.[a-z]{2,})", re.IGNORECASE)
DOCUMENTATION = [
    ipaddress.ip_network(net) for net in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")
]
Message = dict[str, Any]


def messages(name: str) -> list[Message]:
    return [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def marked(label: str) -> Iterator[str]:
    for name in FILES:
        for message in messages(name):
            for span in message["spans"]:
                if span["label"] == label:
                    yield message["text"][span["start"] : span["end"]]


def figures(text: str) -> str:
    return re.sub(r"\D", "", text)


def luhn(text: str) -> bool:
    doubled = [int(figure) * (1 + place % 2) for place, figure in enumerate(reversed(figures(text)))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def bsn(text: str) -> bool:
    numbers = [int(figure) for figure in figures(text)]
    weights = [9, 8, 7, 6, 5, 4, 3, 2, -1]
    return len(numbers) == 9 and sum(n * w for n, w in zip(numbers, weights, strict=True)) % 11 == 0


def hetu(text: str) -> bool:
    parts = re.fullmatch(r"(\d{6})[-+A-FU-Y](9\d\d)([0-9A-Y])", text)
    return parts is not None and "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(parts[1] + parts[2]) % 31] == parts[3]


def iban(text: str) -> bool:
    letters = re.sub(r"[\s.-]", "", text).upper()
    lengths = {"NL": 18, "FI": 18, "BE": 16, "DE": 22, "GB": 22, "IE": 22, "PL": 28, "FR": 27, "SE": 24, "EE": 20}
    turned = "".join(str(int(letter, 36)) for letter in letters[4:] + letters[:4])
    return lengths.get(letters[:2]) == len(letters) and int(turned) % 97 == 1


def card(text: str) -> bool:
    return 14 <= len(figures(text)) <= 16 and luhn(text)


def imei(text: str) -> bool:
    return len(figures(text)) == 15 and luhn(text)


@pytest.mark.parametrize("name", FILES)
def test_a_file_holds_enough_messages_each_with_its_own_id(name: str) -> None:
    found = messages(name)
    assert len(found) >= 150
    assert [message["id"] for message in found] == [f"{FILES[name]}{number:03d}" for number in range(1, len(found) + 1)]
    assert len({message["text"] for message in found}) == len(found)


@pytest.mark.parametrize("name", FILES)
def test_each_message_says_who_wrote_it_and_what_it_is(name: str) -> None:
    for message in messages(name):
        assert set(message) == FIELDS, message["id"]
        assert message["language"] in {"en", "mixed"}
        assert message["kind"]
        assert message["from_name"]
        assert all(set(one) == {"name", "email"} for one in message["participants"])
        assert message["from_email"] not in [one["email"] for one in message["participants"]]


@pytest.mark.parametrize("name", FILES)
def test_spans_stand_in_the_text_in_order_and_do_not_overlap(name: str) -> None:
    for message in messages(name):
        last = 0
        for span in message["spans"]:
            assert set(span) == {"start", "end", "label", "role"}
            assert last <= span["start"] < span["end"] <= len(message["text"]), (message["id"], span)
            assert span["label"] in LABELS
            assert span["role"] in {"third_party", "participant"}
            value = message["text"][span["start"] : span["end"]]
            assert value == value.strip(" \n\t,;:"), (message["id"], value)
            last = span["end"]


@pytest.mark.parametrize("name", FILES)
def test_a_good_part_is_clean_and_a_good_part_is_not(name: str) -> None:
    found = messages(name)
    with_others = [one for one in found if any(span["role"] == "third_party" for span in one["spans"])]
    assert 0.5 <= len(with_others) / len(found) <= 0.7


@pytest.mark.parametrize("name", FILES)
def test_each_label_is_asked_of_third_parties(name: str) -> None:
    spans = [span for message in messages(name) for span in message["spans"]]
    assert {span["label"] for span in spans if span["role"] == "third_party"} == LABELS


@pytest.mark.parametrize("name", FILES)
def test_no_mail_address_can_be_anybodys(name: str) -> None:
    for message in messages(name):
        senders = [message["from_email"], *(one["email"] for one in message["participants"])]
        for found in MAIL.finditer("\n".join([message["text"], *senders])):
            assert RESERVED.fullmatch(found[1].lower()), (message["id"], found[0])


def test_no_third_party_and_no_text_stands_in_both_files() -> None:
    def values(name: str) -> set[str]:
        return {
            one["text"][span["start"] : span["end"]].lower()
            for one in messages(name)
            for span in one["spans"]
            if span["role"] == "third_party"
        }

    assert not values("en-work") & values("en-held")


@pytest.mark.parametrize(
    ("label", "right"), [("BSN", bsn), ("HETU", hetu), ("IBAN", iban), ("CREDIT_CARD", card), ("IMEI", imei)]
)
def test_check_digits_are_right_where_the_label_says_so(label: str, right: Any) -> None:
    found = list(marked(label))
    assert found
    assert [value for value in found if not right(value)] == []


def test_marked_internet_addresses_are_kept_for_documentation() -> None:
    for value in marked("IP"):
        address = ipaddress.ip_address(value)
        assert any(address in net for net in DOCUMENTATION if net.version == address.version), value
