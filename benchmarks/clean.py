"""Messages without anybody's personal data, of the kinds in which a recogniser sees some: logs, orders, versions, firms, streets."""

import random
from collections.abc import Callable, Iterator

from balie.recognition import Message

_FIRMS = [
    "Jansen Installaties BV",
    "Mäkelä & Pojat Oy",
    "Hartley & Sons Ltd",
    "De Boer Transport",
    "Virtanen Kuljetus Ky",
    "Bakker en Zoon",
    "Grace Systems",
    "Koskinen Oyj",
    "Van Dalen Techniek BV",
    "Rose Interiors Ltd",
    "Stichting Frank",
    "Lehto Group",
]
_STREETS = [
    "Stationsstraat",
    "Havenkade",
    "Mannerheimintie",
    "Satamakatu",
    "Kanaalstraat",
    "Peltotie",
    "Julianaplein",
    "Church Lane",
    "Marktplein",
    "Kirkkokatu",
]
_PRODUCTS = [
    "Onni 3",
    "Iris scanner",
    "Tuuli-lehti",
    "GRACE-200",
    "Jack connector",
    "Kaisla X2",
    "Roos planner",
    "Wilma",
    "Helmi-kortti",
    "Rose Garden kit",
    "Merel app",
    "Will 2",
]
_PLACES = ["Utrecht", "Zwolle", "Salo", "Kallio", "Turku", "Leeds", "Venlo", "Lahti"]
_HOSTS = ["app-03", "SATURN", "koski-db-01", "mail2", "FRANK", "ROSE", "ilona"]
_OPEN = [
    "Hallo,",
    "Hei,",
    "Hi,",
    "Beste helpdesk,",
    "Hyvä vastaanottaja,",
    "Dear Sir or Madam,",
    "Goedemorgen,",
    "L.s.,",
]


class _Made:
    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.one = dice.choice

    def digits(self, pattern: str) -> str:
        return "".join(str(self.dice.randint(0, 9)) if sign == "#" else sign for sign in pattern)

    def log(self) -> str:
        lines = []
        for _ in range(self.dice.randint(2, 6)):
            at = self.digits(f"2026-0{self.dice.randint(1, 9)}-1# 0#:1#:2#")
            lines.append(at + " " + self.one((
                f"INFO {self.one(_HOSTS)}[{self.digits('####')}]: backup ok ({self.digits('###')} GB)",
                f"WARN request_id={self.digits('7f3c-####-#b21')} took {self.digits('###')} ms",
                f"ERROR code=0x8007{self.digits('####')} rule={self.digits('###')} port=443",
                f"{self.one(_HOSTS)} certificate expires in {self.digits('##')} days",
                f"CRON[{self.digits('####')}]: session opened for user root",
                f"build {self.digits('2026####.#')} agent v{self.digits('#.#.##')} started",
            )))  # fmt: skip
        return "\n".join(lines)

    def trace(self) -> str:
        name = self.one(("com.mercer.catalogue.Record", "nl.harmonie.model.Bewoner", "fi.koski.app.Lasku"))
        return (
            f'java.lang.NullPointerException: Cannot invoke "{name}.getTitle()"\n'
            f"    at {name}.render({name.rsplit('.')[-1]}.java:{self.digits('2##')})\n    at org.jack.rabbit.Pool.lease(Pool.java:4#)\n"
            f"Versie {self.digits('#.#.##')}, build {self.digits('####')}."
        )

    def order(self) -> str:
        rows = "\n".join(
            f"{self.digits('10####')};{self.one(_PRODUCTS)};{self.digits('#')};{self.digits('1#,50')}" for _ in range(4)
        )
        return (
            self.one(("ordernr;product;aantal;prijs", "tilausnro;tuote;kpl;hinta", "order;product;qty;price"))
            + "\n"
            + rows
        )

    def invoice(self) -> str:
        return self.one((
            f"Factuur {self.digits('2026-#####')} van {self.one(_FIRMS)} is niet betaald. Ordernummer"
            f" {self.digits('104######')}, KvK {self.digits('########')}.",
            f"Lasku {self.digits('2026####')}, saaja {self.one(_FIRMS)}, viite {self.digits('########')},"
            f" Y-tunnus {self.digits('#######-#')}.",
            f"Invoice {self.digits('INV-####')} of {self.one(_FIRMS)}, VAT {self.digits('NL8########B01')},"
            f" amount € {self.digits('1.###')},00.",
            f"RSIN {self.digits('8########')} en btw-nummer {self.digits('NL8########B01')} staan verkeerd op"
            f" bestelbon {self.digits('BB-##-#####')}.",
        ))  # fmt: skip

    def office(self) -> str:
        street, number, place = self.one(_STREETS), self.digits("1#"), self.one(_PLACES)
        return self.one((
            f"Het kantoor van {self.one(_FIRMS)} is aan de {street} in {place}. De {self.one(_STREETS)} is afgesloten.",
            f"{self.one(_FIRMS)} sijaitsee osoitteessa {street} {number}, {place}. Avoinna ma–pe 9–17.",
            f"Our reception is at {street}, open 8–16. {self.one(_FIRMS)} delivers at the back.",
            f"De halte {street} vervalt. Bezoekadres gemeente {place}: {street} {number}.",
        ))  # fmt: skip

    def ticket(self) -> str:
        return self.one((
            f"Ticket {self.digits('#####')} mag dicht, versie {self.digits('#.#.##')} werkt. Melding"
            f" {self.digits('2026####-00##')} nog niet.",
            f"Tiketti {self.digits('INC00#####')} voidaan sulkea. {self.one(_PRODUCTS)} toimii nyt, virhe"
            f" {self.digits('E-0###')} poistui.",
            f"Ticket {self.digits('######')} was closed with no answer. {self.one(_PRODUCTS)} still shows error {self.digits('8##')}.",
            f"Change {self.digits('CHG00#####')} is teruggedraaid op {self.one(_HOSTS)}.",
        ))  # fmt: skip

    def product(self) -> str:
        return self.one((
            f"De {self.one(_PRODUCTS)} (serienummer {self.digits('PH-#####-XK')}) start niet meer op sinds"
            f" firmware {self.digits('7.0.##.#')}.",
            f"{self.one(_PRODUCTS)} ei käynnisty. Sarjanumero {self.digits('LN-####-######')}, versio {self.digits('#.##.#')}.",
            f"The {self.one(_PRODUCTS)} came without the bracket. Serial {self.digits('####-####-A')}, order"
            f" {self.digits('########')}.",
            f"Tracking {self.digits('JJFI##########')} geeft niets. Artikel {self.digits('######')}.",
        ))  # fmt: skip

    def question(self) -> str:
        return self.one((
            "Wat zijn de openingstijden op Koningsdag? Op de site staat maandag t/m vrijdag.",
            "Onko kirjasto auki helatorstaina? Sivulla lukee vain ma–pe 7–21.",
            "Will the library be open in May? I hope to hear from you, it says mark as read.",
            f"Wie beheert de website van de gemeente {self.one(_PLACES)}? De zaal Vermeer is dubbel geboekt.",
            f"Milloin {self.one(_PLACES)}n kaupungin sivut päivitetään? Kokoushuone Kaisla on remontissa.",
        ))  # fmt: skip


_KINDS: dict[str, Callable[[_Made], str]] = {
    kind: getattr(_Made, kind)
    for kind in ("log", "trace", "order", "invoice", "office", "ticket", "product", "question")
}


def messages(count: int, seed: int = 20261124) -> Iterator[tuple[str, Message]]:
    """So many messages with their kind; the same ones each time."""
    made = _Made(random.Random(seed))
    for number in range(count):
        kind = list(_KINDS)[number % len(_KINDS)]
        body = _KINDS[kind](made)
        text = f"{made.one(_OPEN)}\n\n{body}\n" if made.dice.random() < 0.7 else body
        yield kind, Message(text, None, "Servicedesk", "servicedesk@example.org")
