"""Five demonstration desks with made-up people and tickets, to try everything with. Their secrets are public."""

import hashlib
import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.message import EmailMessage

from django.conf import settings
from rich.console import Console
from rich.table import Table

from balie import register, vault
from balie.config import environment, worker
from balie.desk import arrivals
from balie.desk.models import Ticket
from balie.kernel import Actor
from balie.people import accounts, sign_in

DESKS = ("publications", "newsletter-editors", "telecom", "municipal-websites", "citizens-advice")
REVIEW = date(2027, 11, 1)  # as it stands in the files
PASSWORD = "open-for-everyone"  # noqa: S105 - a demonstration's, printed on the screen


@dataclass(frozen=True)
class Demo:
    """One made-up member of staff."""

    desk: str
    name: str
    email: str
    roles: tuple[str, ...]
    teams: tuple[str, ...]

    @property
    def one_time(self) -> bytes:
        return hashlib.sha256(f"balie demonstration {self.email}".encode()).digest()[:20]


def staff() -> list[Demo]:
    """The people of the demonstration, in all teams of their desk."""
    found = []
    for desk, name, email, roles in (
        ("publications", "Noor Haverkamp", "noor@publications.test", ("agent",)),
        ("publications", "Teun Adriaans", "teun@publications.test", ("agent", "administrator")),
        ("publications", "Dorien Vossen", "dorien@publications.test", ("privacy-officer",)),
        ("newsletter-editors", "Renske Oudkerk", "renske@newsletter-editors.test", ("agent",)),
        ("newsletter-editors", "Bram Tolhuis", "bram@newsletter-editors.test", ("agent", "administrator")),
        ("newsletter-editors", "Heleen Zwart", "heleen@newsletter-editors.test", ("privacy-officer",)),
        ("telecom", "Sanne Kuipers", "sanne@telecom.test", ("agent",)),
        ("telecom", "Joost Meerdink", "joost@telecom.test", ("agent", "administrator")),
        ("telecom", "Marijn Lodder", "marijn@telecom.test", ("privacy-officer",)),
        ("municipal-websites", "Lotte Verschoor", "lotte@municipal-websites.test", ("agent",)),
        ("municipal-websites", "Wout Baanders", "wout@municipal-websites.test", ("agent", "administrator")),
        ("municipal-websites", "Ineke Dorresteijn", "ineke@municipal-websites.test", ("privacy-officer",)),
        ("citizens-advice", "Kerttu Lauttala", "kerttu@citizens-advice.test", ("agent",)),
        ("citizens-advice", "Aapo Rintaniemi", "aapo@citizens-advice.test", ("agent", "administrator")),
        ("citizens-advice", "Tuulia Kankaala", "tuulia@citizens-advice.test", ("privacy-officer",)),
    ):
        found.append(Demo(desk, name, email, roles, tuple(register.in_force(desk).teams)))
    return found


def load() -> None:
    """Make the desks, their people and a few tickets; what is there stays as it is."""
    for desk in DESKS:
        set_up_desk(desk)
    for one in staff():
        _appoint(one)
    for desk in DESKS:
        if not Ticket.objects.visible_to(Actor.system("set-up", desk)).exists():
            _deliver(desk, MAILS[desk])
    worker.work_all()


def set_up_desk(desk: str) -> None:
    """Give a desk that comes with the product its key and its register in force."""
    vault.open_desk(desk)
    text, settings_text, answers = (_file(f"{desk}.{part}") for part in ("yaml", "desk.yaml", "answers.yaml"))
    register.adopt(
        desk, text, settings_text, actor=Actor.system("set-up", desk), answers=register.read_answers(answers)
    )


def _file(name: str) -> str:
    """A file of the demonstration, with its review day moved on when that has passed: nobody reviews a demonstration."""
    text, today = (settings.PACKAGE / "desks" / name).read_text("utf-8"), datetime.now(UTC).date()
    later = REVIEW if today < REVIEW else today.replace(year=today.year + 1, day=1)
    return text.replace(REVIEW.isoformat(), later.isoformat())


def show() -> None:
    """Print addresses, sign-ins and the codes of this half minute."""
    console = Console(width=None if Console().is_terminal else 120)
    console.print(f"Five desks to try. The password of everyone is [b]{PASSWORD}[/b].\n")
    for desk in DESKS:
        version = register.in_force(desk)
        console.print(f"[b]{version.data['name']}[/b]")
        console.print(f"  sign in   {settings.BALIE_URL}/{desk}/sign-in")
        console.print(f"  notice    {settings.BALIE_URL}/{desk}/notice")
        console.print(f"  mail to   {register.mail_address(version)} by SMTP at {environment.smtp.value()}")
        show_codes(console, desk)
    console.print("A code holds for half a minute and serves once; [b]balie codes[/b] prints new ones.")


def show_codes(console: Console, desk: str) -> None:
    """Print who may sign in at a desk, and with which code now."""
    table = Table("sign in as", "roles", "code now", box=None, pad_edge=False, padding=(0, 3, 0, 2))
    for one in staff():
        if one.desk == desk:
            table.add_row(one.email, ", ".join(one.roles), f"[b]{code_of(one)}[/b]")
    console.print(table)
    console.print()


def code_of(one: Demo, now: datetime | None = None) -> str:
    """The one-time code of a made-up member of staff at a moment, default now."""
    return sign_in.code_of(one.one_time, now or datetime.now(UTC))


def _appoint(one: Demo) -> None:
    lookup = vault.lookup(one.desk, "account", one.email)
    if accounts.is_known(one.desk, lookup):
        return
    accounts.appoint(
        name=one.name,
        email=one.email,
        roles=one.roles,
        teams=one.teams,
        password=PASSWORD,
        one_time=one.one_time,
        actor=Actor.system("set-up", one.desk),
    )


def _deliver(desk: str, mails: Sequence[tuple[str, str, str, str]]) -> None:
    address = register.mail_address(register.in_force(desk))
    deliveries = [
        arrivals.Delivery(sender, (address,), mail_of(name, sender, address, subject, text).as_bytes())
        for name, sender, subject, text in mails
    ]
    arrivals.take_in(deliveries, actor=Actor.system("receive", desk))


def mail_of(name: str, sender: str, to: str, subject: str, text: str) -> EmailMessage:
    """A mail as a person would send it."""
    mail = EmailMessage()
    mail["From"] = f"{name} <{sender}>" if name else sender
    mail["To"] = to
    mail["Subject"] = subject
    mail["Message-ID"] = f"<{hashlib.sha256((sender + subject).encode()).hexdigest()[:24]}@example.org>"
    mail.set_content(text)
    return mail


def send(mail: EmailMessage, *, host: str, port: int, sender: str, to: str) -> None:
    """Send a mail by SMTP, as any mail programme does."""
    with smtplib.SMTP(host, port, timeout=30) as server:
        server.send_message(mail, from_addr=sender, to_addrs=[to])


MAILS: dict[str, list[tuple[str, str, str, str]]] = {
    "publications": [
        (
            "Joris Wending",
            "j.wending@waterbeke.example.org",
            "Bekendmaking staat niet op de site",
            "Goedemorgen,\n\nGisteren hebben wij een bekendmaking aangeboden, maar op de site is zij nog niet te vinden. "
            "Kunt u nagaan waar het misgaat?\n\nMet vriendelijke groet,\nJoris Wending\nGemeente Waterbeke\n020 123 4567\n",
        ),
        (
            "",
            "melding@duinvoort.example.org",
            "Foutmelding bij het inloggen",
            "Bij het inloggen verschijnt de melding dat de sessie verlopen is. Mijn burgerservicenummer is 111222333, "
            "misschien hebt u dat nodig.\n",
        ),
        (
            "Femke Raadsma",
            "femke@oosterlinge.example.org",
            "Toegang voor een nieuwe collega",
            "Beste servicedesk,\n\nKan een nieuwe collega toegang krijgen tot de aanlevermodule? "
            "Ik hoor graag wat u daarvoor nodig hebt.\n\nFemke\n",
        ),
    ],
    "newsletter-editors": [
        (
            "Thijs Aalberts",
            "t.aalberts@polderdijk.example.org",
            "Account voor de nieuwsbrief",
            "Goedemiddag,\n\nVanaf volgende maand maak ik de nieuwsbrief van onze dienst. "
            "Kan ik daarvoor een account krijgen?\n\nGroet,\nThijs Aalberts\n",
        ),
    ],
    "telecom": [
        (
            "Carla Drost",
            "c.drost@bakkerij-molenzicht.example.org",
            "Alarm gaat af bij sluiten",
            "Hallo,\n\nSinds gisteren gaat het alarm af zodra wij de achterdeur sluiten. "
            "Kunnen jullie kijken wat er is?\n\nCarla Drost\n",
        ),
    ],
    "municipal-websites": [
        (
            "Gijs Roelofsen",
            "g.roelofsen@heideveen.example.org",
            "Formulier geeft een foutmelding",
            "Beste support,\n\nHet formulier voor een afspraak geeft sinds vanochtend een foutmelding. "
            "Kunt u dit nakijken?\n\nGijs Roelofsen\n",
        ),
    ],
    "citizens-advice": [
        (
            "Onni Esimerkki",
            "onni@example.org",
            "Ajanvaraus ei onnistu",
            "Hei,\n\nyritin varata aikaa passia varten, mutta verkkopalvelu ei tunnista minua. Mistä saan ajan?\n\nTerveisin Onni\n",
        ),
        (
            "",
            "palaute@example.org",
            "Palaute lupapalvelusta",
            "Lupapalvelun verkkosivu kaatui kolme kertaa saman päivän aikana. Toivon, että tieto menee perille ja saan vastauksen.\n",
        ),
    ],
}
