"""Messages made from sentences of our own (made/*.txt), with names, numbers and addresses that mean nobody."""

import random
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from stdnum import iban, luhn
from tools.recognition.varying import _HETU, _SOUNDS, _UNKNOWN, _bsn, names

MADE = Path(__file__).parent / "made"
_SLOT = re.compile(r"\[([A-Z]+)([!~]?)(?::(\w+))?\]|\{(\w+)\}")
_LABEL = {
    "NAME": "PERSON",
    "FIRST": "PERSON",
    "LAST": "PERSON",
    "INI": "PERSON",
    "ME": "PERSON",
    "MYFIRST": "PERSON",
    "QNAME": "PERSON",
}
_LABEL |= {
    "DOB": "DATE_OF_BIRTH",
    "CASE": "CASE_ID",
    "DOC": "ID_DOCUMENT",
    "PLATE": "LICENCE_PLATE",
    "USER": "USERNAME",
    "CARD": "CREDIT_CARD",
}
_LABEL |= {"QEMAIL": "EMAIL"}
_STREETS = {
    "nl": ("straat", "laan", "weg", "plein", "kade", "singel", "hof", "dijk", "pad", "gracht", "steeg", ""),
    "fi": ("katu", "tie", "kuja", "polku", "rinne", "raitti", "kaari", "ranta"),
    "en": (" Street", " Road", " Lane", " Close", " Avenue", " Mews", " Drive"),
}
_PLACES = {
    "nl": "Utrecht Zwolle Gouda Almere Tiel Sneek Venlo Ede",
    "fi": "Turku Oulu Vaasa Lahti Kotka Pori Kuopio",
    "en": "Leeds Utrecht Turku York Delft",
}
_ROLES = {
    "nl": ("adviseur", "teamleider ICT", "secretaris", "medewerker inkoop", "Accountmanager", "directeur"),
    "fi": ("asiantuntija", "toimitusjohtaja", "palveluneuvoja", "sihteeri", "kiinteistöpäällikkö"),
    "en": ("Office manager", "Sales", "Facility Director", "secretary", "Application specialist"),
}
_FORMS = {"nl": ("BV", "NV", "B.V.", "Groep"), "fi": ("Oy", "Ky", "Ay", "Oyj"), "en": ("Ltd", "LLC", "plc", "& Sons")}
_BEFORE = {
    "nl": ("Stichting ", "Gemeente ", "Bakkerij ", ""),
    "fi": ("Asunto Oy ", "Kuljetus ", "Isännöinti ", ""),
    "en": ("", "", "Hotel "),
}
_MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta"
    " lokakuuta marraskuuta joulukuuta",
    "en": "January February March April May June July August September October November December",
}
_PHONES = {
    "nl": (
        "06-########",
        "06 ########",
        "06########",
        "06 ## ## ## ##",
        "020-#######",
        "+31 6 ########",
        "0031 6 #### ####",
        "0318-555 ###",
        "(020) ### ## ##",
        "06 - ## ## ## ##",
        "0### - 55 55 ##",
    ),
    "fi": (
        "040 ### ####",
        "050#######",
        "+358 40 ### ####",
        "045-### ####",
        "09 ### ####",
        "0400 ### ###",
        "044 #### ###",
        "03-### ####",
    ),
    "en": ("06-########", "07700 900###", "+44 7700 900###", "01632 960###", "+358 50 ### ####", "020 7946 0###"),
}
_CASES = (
    "#######",
    "######",
    "K-######",
    "P######",
    "##-#####",
    "TV-#######",
    "20##-D-####",
    "#### #####",
    "s#######",
    "C.20##.####",
    "##.###.##",
    "L-00#####",
)
_DOCS = ("AA######", "AAA#A##A#", "XP#######", "##########", "A########", "NX##AA###", "RP#######")
_PLATES = ("AA-###-A", "##-AAA-#", "A-###-AA", "#-AAA-##", "AAA-###", "AAA-##", "AA##AAA")
_PRODUCTS = [
    "printer",
    "camera",
    "scanner",
    "Onni-sovellus",
    "portal",
    "router",
    "laptop",
    "badge",
    "Tuuli",
    "Kaisla",
    "GRACE-200",
    "recorder",
    "tablet",
    "website",
    "Wilma",
    "app",
    "headset",
]
_BUILDINGS = ["Frank", "Rose", "Kaisla", "Koivu", "Iris", "Vermeer", "Helmi", "Neptune"]
_SERVERS = ["SATURN", "srv-02", "koski-db-01", "app-03", "DC-VENUS", "mail2"]


@cache
def sentences(language: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    part = ""
    for line in (MADE / f"{language}.txt").read_text("utf-8").splitlines():
        if line.startswith("= "):
            part = line[2:]
        elif part and line:
            pieces = re.split(r"(?<!\\)\|", line)
            found.setdefault(part, []).extend(piece.replace("\\|", "|").replace("\\n", "\n") for piece in pieces)
    return found


class Maker:
    """Makes one message: who writes, who takes part, and what is marked."""

    def __init__(self, language: str, dice: random.Random) -> None:
        self.language, self.dice = language, dice
        self.me = (self.first(), self.last())
        self.other = (self.first(), self.last())
        self.quoted = (self.first(), self.last())
        self.own_quote = dice.random() < 0.4
        self.spans: list[dict[str, Any]] = []
        self.text = ""
        self.people: list[tuple[str, str]] = []

    def first(self) -> str:
        return self._made() if self.dice.random() < _UNKNOWN else _title(self.dice.choice(names("first")))

    def last(self) -> str:
        if self.dice.random() < _UNKNOWN:
            return self._made() + self.dice.choice(("nen", "stra", "man", "sen", "la", "ski", "mäki", "berg", "s", ""))
        name = _title(self.dice.choice(_usual(self.language) if self.dice.random() < 0.5 else names("last")))
        roll = self.dice.random()
        if self.language == "nl" and roll < 0.2:
            return self.dice.choice(("van ", "van der ", "de ", "van den ", "ten ", "el ", "Van ", "van 't ")) + name
        return f"{name}-{_title(self.dice.choice(names('last')))}" if roll > 0.92 else name

    def _made(self) -> str:
        return _title("".join(self.dice.choice(_SOUNDS[0]) for _ in range(self.dice.randint(2, 3))))

    def digits(self, pattern: str) -> str:
        return "".join(
            str(self.dice.randint(0, 9)) if one == "#" else self.dice.choice("BDFGHJKLNPRSTVXZ") if one == "A" else one
            for one in pattern
        )

    def add(self, sentence: str, third: str = "third_party") -> None:
        """A sentence at the end of the text. `third`: whose is what is marked as somebody else's."""
        at = 0
        for slot in _SLOT.finditer(sentence):
            self.text += sentence[at : slot.start()]
            at = slot.end()
            if slot[4]:
                self.text += self.neutral(slot[4])
                continue
            written, role = self.written(slot[1], slot[2], slot[3] or "", third)
            start = len(self.text)
            self.text += written
            self.spans.append(
                {"start": start, "end": len(self.text), "label": _LABEL.get(slot[1], slot[1]), "role": role}
            )
        self.text += sentence[at:]

    def written(self, slot: str, sign: str, case: str, third: str) -> tuple[str, str]:
        own = "participant"
        if slot in ("ME", "MYFIRST"):
            return (" ".join(self.me) if slot == "ME" else self.me[0]), own
        if slot in ("QNAME", "QEMAIL"):
            who = self.me if self.own_quote else self.quoted
            role = own if self.own_quote else "third_party"
            return (" ".join(who) if slot == "QNAME" else _address(who)), role
        if sign == "~":
            if self.other not in self.people:
                self.people.append(self.other)
            return (self.other[0] if slot == "FIRST" else self.other[1]), own
        if sign == "!":
            return (_address(self.me) if slot == "EMAIL" else self.value(slot)), own
        return _inflected(self.value(slot), case), third

    def value(self, slot: str) -> str:
        """Something made up of one kind."""
        dice, language = self.dice, self.language
        makers: dict[str, Callable[[], str]] = {
            "NAME": lambda: (
                f"{self.initials()} {self.last()}" if dice.random() < 0.15 else f"{self.first()} {self.last()}"
            ),
            "FIRST": self.first,
            "LAST": self.last,
            "INI": self.initials,
            "PHONE": lambda: self.digits(dice.choice(_PHONES[language])),
            "EMAIL": lambda: _address((self.first(), self.last())),
            "DOB": self.birth,
            "BSN": lambda: _bsn(dice.choice(("123456789", "1234.56.789", "123 456 789", "123456789")), dice),
            "HETU": self.hetu,
            "IBAN": self.iban,
            "CARD": self.card,
            "CASE": lambda: self.digits(dice.choice(_CASES)),
            "DOC": lambda: self.digits(dice.choice(_DOCS)),
            "PLATE": lambda: self.digits(dice.choice(_PLATES)),
            "IP": lambda: (
                f"{dice.choice(('203.0.113', '198.51.100', '192.0.2', '10.66.12', '192.168.1'))}.{dice.randint(2, 250)}"
            ),
            "MAC": lambda: dice.choice(":-").join(f"{dice.randint(0, 255):02x}" for _ in range(6)),
            "IMEI": lambda: self.imei(),
            "USER": self.user,
            "ADDRESS": self.address,
            "POSTCODE": lambda: self.digits(
                dice.choice(("35## AA", "10##AA", "81## AA")) if language != "fi" else "33##0"
            ),
        }
        return makers[slot]()

    def initials(self) -> str:
        return "".join(f"{self.dice.choice('ABCDEFGHJKLMNPRSTW')}." for _ in range(self.dice.randint(1, 3)))

    def birth(self) -> str:
        day, month, year = self.dice.randint(1, 28), self.dice.randint(1, 12), self.dice.randint(1930, 2020)
        name = _MONTHS[self.language].split()[month - 1]
        wordy = f"{day}. {name} {year}" if self.language == "fi" else f"{day} {name} {year}"
        return self.dice.choice(
            (
                f"{day:02}-{month:02}-{year}",
                f"{day}.{month}.{year}",
                f"{day}/{month}/{year}",
                wordy,
                wordy,
                f"{year}-{month:02}-{day:02}",
            )
        )

    def hetu(self) -> str:
        born = f"{self.dice.randint(1, 28):02}{self.dice.randint(1, 12):02}{self.dice.randint(0, 99):02}"
        number = f"{self.dice.randint(900, 999)}"
        return f"{born}{self.dice.choice('-A-YF')}{number}{_HETU[int(born + number) % 31]}"

    def iban(self) -> str:
        country, rest = (
            ("FI", self.digits("##############"))
            if self.language == "fi"
            else ("NL", "INGB" + self.digits("##########"))
        )
        whole = f"{country}{iban.calc_check_digits(f'{country}00{rest}')}{rest}"
        return whole if self.dice.random() < 0.5 else " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))

    def card(self) -> str:
        body = self.digits("4111111########")
        whole = body + luhn.calc_check_digit(body)
        return " ".join(whole[at : at + 4] for at in range(0, 16, 4))

    def imei(self) -> str:
        body = self.digits("35############")
        return body + luhn.calc_check_digit(body)

    def user(self) -> str:
        first, last = _bare(self.first()), _bare(self.last().split()[-1])
        return self.dice.choice(
            (
                f"{first[:1]}{last}",
                f"{first}.{last}",
                f"{last[:5]}{first[:2]}",
                f"{first}{self.dice.randint(1, 99)}",
                f"CORP\\{first[:1]}{last}",
                f"{first[:1]}.{last}",
            )
        )

    def address(self) -> str:
        number = str(self.dice.randint(1, 180))
        stem = _title(self.dice.choice(names("last")))
        ending = self.dice.choice(_STREETS[self.language])
        if self.language == "en":
            return f"{number} {stem}{ending}"
        if self.language == "fi":
            return f"{stem}n{ending} {number}" + self.dice.choice(
                ("", f" A {self.dice.randint(1, 80)}", f" as. {self.dice.randint(1, 20)}", " B")
            )
        return f"{stem}{ending} {number}" + self.dice.choice(("", "", "a", "-2", " hs", "-bis", " II", "B"))

    def neutral(self, word: str) -> str:
        dice, language = self.dice, self.language
        makers: dict[str, Callable[[], str]] = {
            "company": lambda: (
                f"{dice.choice(_BEFORE[language])}{self.last().split()[-1]} {dice.choice(_FORMS[language])}"
            ),
            "place": lambda: dice.choice(_PLACES[language].split()),
            "street": lambda: f"{_title(dice.choice(names('last')))}{dice.choice(_STREETS[language][:5])}",
            "orgaddress": lambda: self.address() + f", {self.value('POSTCODE')} {self.neutral('place')}",
            "role": lambda: dice.choice(_ROLES[language]),
            "department": lambda: dice.choice(("inkoop", "receptie", "ICT", "administratie")),
            "date": lambda: dice.choice(
                (
                    f"{dice.randint(1, 28)}.{dice.randint(1, 12)}.2026",
                    f"{dice.randint(1, 28)}-{dice.randint(1, 12)}-2026",
                    f"2026-0{dice.randint(1, 9)}-12",
                    f"{dice.randint(1, 28)} {_MONTHS[language].split()[3]} 2026",
                )
            ),
            "order": lambda: self.digits(
                dice.choice(("#######", "104######", "20##-#####", "TIL-2026-####", "BB-##-#####"))
            ),
            "invoice": lambda: self.digits(dice.choice(("2026-#####", "20######", "INV-####"))),
            "ticket": lambda: self.digits(dice.choice(("#####", "INC00#####", "2026####-00##"))),
            "version": lambda: self.digits(dice.choice(("#.#.##", "7.0.12.#", "2026.#", "##.#"))),
            "kvk": lambda: self.digits("########"),
            "vat": lambda: self.digits("NL8########B01"),
            "ytunnus": lambda: self.digits("#######-#"),
            "serial": lambda: self.digits(
                dice.choice(("AA-#####-AA", "JJFI#########", "####-####-####", "AAN########"))
            ),
            "code": lambda: self.digits(dice.choice(("E-0###", "0x8007####", "500", "E119"))),
            "amount": lambda: self.digits("1##,50"),
            "server": lambda: dice.choice(_SERVERS),
            "serverip": lambda: f"10.20.0.{dice.randint(2, 99)}",
            "orgphone": lambda: self.digits("088-#######" if language == "nl" else "09 310 #####"),
            "orgmail": lambda: (
                dice.choice(("info", "support", "helpdesk", "servicedesk", "asiakaspalvelu", "facturen"))
                + "@desk.example.org"
            ),
            "product": lambda: dice.choice(_PRODUCTS),
            "building": lambda: dice.choice(_BUILDINGS),
            "iban": self.iban,
            "first": lambda: _title(dice.choice(names("first"))),
            "FIRST": lambda: dice.choice(names("first")).upper(),
            "last": lambda: _title(dice.choice(names("last"))),
            "word": lambda: dice.choice(_ordinary(language)),
            "Word": lambda: _title(dice.choice(_ordinary(language))),
        }
        return makers[word]()


_ENDINGS = {
    "fi": r"(?:nen|la|lä|mäki|ki|kko|sto|stö|nta|maa|joki|vaara|niemi|lahti|qvist|ström|berg|lund|lin)$",
    "nl": r"(?:sen|man|mans|stra|ma|huis|veld|hof|kamp|dijk|kker|ers|link|ink|horst|broek|voort|gers)$",
    "en": r"(?:ton|ley|field|son|ford|well|worth|by|ham|er|land)$",
}


@cache
def _usual(language: str) -> list[str]:
    """Surnames with an ending that is common in a language."""
    return [name for name in names("last") if re.search(_ENDINGS[language], name)]


@cache
def _ordinary(language: str) -> list[str]:
    """Ordinary words: for Finnish those that we wrote down, else those of the dictionaries."""
    own = (Path(__file__).parent / "own" / "words.txt").read_text("utf-8").splitlines()
    if language == "fi":
        return [word for word in own[1].split() if len(word) > 3]
    known = set(names("first")) | set(names("last"))
    return [word for word in names("word") if word not in known and len(word) > 3]


def _title(name: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in name.split("-"))


def _bare(name: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", name.lower()) if sign.isascii() and sign.isalnum())


def _address(who: tuple[str, str]) -> str:
    return f"{_bare(who[0])}.{_bare(who[1])}@example.org"


def _inflected(name: str, case: str) -> str:
    """A Finnish case, as far as the commonest rules go."""
    if not case:
        return name
    vowel = "ä" if not re.search("[aouAOU]", name) else "a"
    ending = {"a": "a" if vowel == "a" else "ä"}.get(case, case.replace("a", vowel))
    if name.endswith("nen"):
        return name[:-3] + ("sta" if case == "a" and vowel == "a" else "stä" if case == "a" else "se" + ending)
    for strong, weak in (("kk", "k"), ("pp", "p"), ("tt", "t")):
        if name[-3:-1] == strong and name[-1] in "aeiouyäö" and case != "a":
            name = name[:-3] + weak + name[-1]
    return name + ending if name[-1] in "aeiouyäö" else name + "i" + ending


def messages(count: int, dice: random.Random) -> list[dict[str, Any]]:
    """So many messages, a third in each language."""
    return [_message(("nl", "fi", "en")[number % 3], number, dice) for number in range(count)]


def _message(language: str, number: int, dice: random.Random) -> dict[str, Any]:
    maker, parts = Maker(language, dice), sentences(language)
    kind = dice.choices(("mail", "form", "table", "note", "forwarded", "mobile"), (50, 12, 10, 8, 14, 10))[0]
    _BODIES[kind](maker, parts)
    if kind == "mobile":
        maker.text = maker.text.lower()
    shared = kind in ("form", "note") or (kind == "table" and dice.random() < 0.4)
    name = (
        dice.choice(("Webformulier", "Receptie", "Neuvonta", "Web form", "Lomake", "Balie 2"))
        if shared
        else dice.choice((" ".join(maker.me), maker.me[0], " ".join(maker.me)))
    )
    return {
        "id": f"m{number}",
        "language": language,
        "text": maker.text,
        "from_name": name,
        "from_email": "noreply@forms.example.org" if shared else _address(maker.me),
        "participants": [{"name": " ".join(one), "email": _address(one)} for one in maker.people],
        "spans": maker.spans,
    }


def _mail(maker: Maker, parts: dict[str, list[str]]) -> None:
    dice = maker.dice
    maker.add(dice.choice(parts["greeting"]) + dice.choice(("\n\n", "\n", " ")))
    clean = dice.random() < 0.45
    for _ in range(dice.randint(1, 5)):
        part = dice.choices(("third", "own", "neutral"), (0 if clean else 5, 2, 5))[0]
        maker.add(dice.choice(parts[part]) + dice.choice((" ", " ", "\n", "\n\n")))
    maker.add("\n\n" + dice.choice(parts["closing"]))


def _form(maker: Maker, parts: dict[str, list[str]]) -> None:
    dice = maker.dice
    for line in dice.sample(parts["labels"], dice.randint(3, 9)):
        label, sign, rest = line.partition(":")
        maker.add(f"{label}{dice.choice((':', ' :', '.......:')) if sign else ''}{rest}\n")
    if dice.random() < 0.4:
        maker.add(dice.choice(parts["third"]))


def _table(maker: Maker, parts: dict[str, list[str]]) -> None:
    dice = maker.dice
    maker.add(dice.choice(parts["neutral"]) + "\n\n")
    columns = [one.split(";") for one in dice.sample(parts["heads"], dice.randint(2, 5))]
    sign = dice.choice((";", " | ", ",", "\t"))
    around = ("| ", " |") if sign == " | " else ("", "")
    maker.add(around[0] + sign.join(one[0] for one in columns) + around[1] + "\n")
    for _ in range(dice.randint(1, 4)):
        maker.add(around[0])
        for place, one in enumerate(columns):
            maker.add((sign if place else "") + one[1])
        maker.add(around[1] + "\n")
    maker.add("\n" + dice.choice(parts["closing"]))


def _note(maker: Maker, parts: dict[str, list[str]]) -> None:
    for line in maker.dice.sample(parts["note"], maker.dice.randint(2, 5)):
        maker.add(line + maker.dice.choice(("\n", ". ", "\n- ")))


def _forwarded(maker: Maker, parts: dict[str, list[str]]) -> None:
    dice = maker.dice
    maker.add(dice.choice(parts["neutral"]) + "\n\n" + dice.choice(parts["closing"]) + "\n\n")
    maker.add(dice.choice(parts["quote"]) + "\n\n")
    whose = "participant" if maker.own_quote else "third_party"
    for _ in range(dice.randint(1, 3)):
        sentence = dice.choice(parts[dice.choice(("third", "own", "neutral"))])
        if whose == "third_party":
            sentence = sentence.replace("[ME]", "[QNAME]").replace("!]", "]")
        maker.add(sentence + " ")
    maker.add("\n\n[QNAME]" if dice.random() < 0.6 else "\n")


def _mobile(maker: Maker, parts: dict[str, list[str]]) -> None:
    for _ in range(maker.dice.randint(1, 3)):
        maker.add(maker.dice.choice(parts[maker.dice.choice(("third", "own", "neutral"))]) + " ")
    if maker.dice.random() < 0.6:
        maker.add("\n\n[MYFIRST]")


_BODIES: dict[str, Callable[[Maker, dict[str, list[str]]], None]] = {
    "mail": _mail,
    "form": _form,
    "table": _table,
    "note": _note,
    "forwarded": _forwarded,
    "mobile": _mobile,
}
