"""Ten mails of one conversation, made up: four mail programs, three languages, each repeating what was written before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from tests.mail_programs import (
    Laid,
    Layout,
    Person,
    apple,
    first,
    gmail,
    outlook,
    outlook_page,
    thunderbird,
    thunderbird_between,
)

BEGAN = datetime(2026, 11, 23, 8, 2, tzinfo=UTC)
SUBJECT = "Formulier geeft een foutmelding"
ADDRESS = "servicedesk@publications.test"

ELS = Person(
    "Els Quispel",
    "els@waterbeke.example.org",
    "Met vriendelijke groet,",
    ("Els Quispel", "Gemeente Waterbeke", "T 020 123 4567"),
)
TOM = Person(
    "Tom Harrow",
    "tom@harrow-forms.example.org",
    "Kind regards,",
    ("Tom Harrow", "Harrow Forms Ltd", "T +44 1632 960123"),
)
AINO = Person(
    "Aino Esimerkki",
    "aino@lomake.example.org",
    "Ystävällisin terveisin",
    ("Aino Esimerkki", "Lomakepalvelu", "p. 040 123 4567"),
)


@dataclass(frozen=True)
class Told:
    """One of the ten: with which program, in which language, by whom, and what it says now, paragraph by paragraph."""

    program: str
    language: str
    by: Person
    layout: Layout
    new: tuple[str, ...]


TEN = (
    Told("Outlook", "nl", ELS, first, ("Het formulier voor een bekendmaking geeft sinds vanochtend een foutmelding.",)),
    Told(
        *("Gmail", "en", TOM),
        gmail("On Mon, 23 Nov 2026 at 09:39, Els Quispel <els@waterbeke.example.org> wrote:"),
        ("We built that form. Which browser do you use?", "Nothing has changed on our side since Friday."),
    ),
    Told(
        *("Thunderbird", "fi", AINO),
        thunderbird("Tom Harrow kirjoitti 23.11.2026 klo 11.16:"),
        ("Sama virhe näkyy myös meillä kaikilla selaimilla.",),
    ),
    Told(
        *("Outlook", "nl", ELS),
        outlook_page(
            "Van: Aino Esimerkki <aino@lomake.example.org>",
            "Verzonden: maandag 23 november 2026 11:53",
            f"Aan: {ADDRESS}",
            f"Onderwerp: {SUBJECT}",
        ),
        ("Wij gebruiken Firefox en Edge, en in beide gaat het mis.",),
    ),
    Told(
        *("Apple Mail", "en", TOM),
        apple("On 23 Nov 2026, at 12:30, Els Quispel <els@waterbeke.example.org> wrote:", "Sent from my iPhone"),
        ("Thanks, that rules the browser out. I am on a train and will look at the logs tonight.",),
    ),
    Told(
        *("Gmail", "fi", AINO),
        gmail("ma 23. marrask. 2026 klo 15.07 Tom Harrow <tom@harrow-forms.example.org> kirjoitti:"),
        ("Lokissa lukee, että istunto on vanhentunut jo ennen lähetystä.",),
    ),
    Told(
        *("Apple Mail", "nl", ELS),
        apple("Op 23 nov 2026, om 15:44 heeft Aino Esimerkki <aino@lomake.example.org> het volgende geschreven:"),
        ("Dat klopt met wat inwoners melden: ze doen langer dan tien minuten over het invullen.",),
    ),
    Told(
        *("Outlook", "fi", AINO),
        outlook(
            "Lähettäjä: Els Quispel <els@waterbeke.example.org>",
            "Lähetetty: maanantai 23. marraskuuta 2026 16.21",
            f"Vastaanottaja: {ADDRESS}",
            f"Aihe: {SUBJECT}",
        ),
        ("Pidensimme istunnon kahteen tuntiin.", "Voitteko kokeilla uudelleen?"),
    ),
    Told(
        *("Thunderbird", "en", TOM),
        thunderbird_between("On 23/11/2026 16:58, Aino Esimerkki wrote:"),
        ("Two hours is what our test server had all along.", "Tried it twice: the form goes through now."),
    ),
    Told(
        *("Gmail", "nl", ELS),
        gmail("Op ma 23 nov 2026 om 17:35 schreef Tom Harrow <tom@harrow-forms.example.org>:"),
        ("Hier werkt het ook weer. De melding kan dicht, dank u wel.",),
    ),
)


def laid_out() -> Iterator[tuple[Told, Laid]]:
    """Each of the ten as its program makes it, with all that was written before."""
    before = ""
    for told in TEN:
        made = told.layout(told.by, told.new, before.strip())
        yield told, made
        before = made.text or "\n\n".join((*told.new, told.by.closed, before))


def mails(to: str) -> Iterator[tuple[Told, EmailMessage]]:
    """The ten as they go over the wire, each an answer to the one before."""
    prefix = {"nl": "Re: ", "en": "RE: ", "fi": "VS: "}
    for number, (told, made) in enumerate(laid_out()):
        mail = EmailMessage()
        mail["From"] = f"{told.by.name} <{told.by.address}>"
        mail["To"] = to
        mail["Subject"] = (prefix[told.language] if number else "") + SUBJECT
        mail["Date"] = format_datetime(BEGAN + timedelta(minutes=37 * number))
        mail["Message-ID"] = f"<ten-{number}@mail.example.org>"
        if number:
            mail["In-Reply-To"] = f"<ten-{number - 1}@mail.example.org>"
        if made.text:
            mail.set_content(made.text)
        if made.html and made.text:
            mail.add_alternative(made.html, subtype="html")
        elif made.html:
            mail.set_content(made.html, subtype="html")
        yield told, mail
