"""A desk with life in it, as the pages are tried and shown with: tickets in several states, an answer, a note, masked data, a draft,
a followed ticket with news, two that belong together, objections, data on hold, calls, a view of one's own, two versions of the
register. Everybody is made up."""

import re
from dataclasses import dataclass

from balie.config.demonstration import Demo
from tests.counter import ADDRESSES, Asked, Running, deliver
from tests.installation import mail
from tests.scene_duties import done, hold, object_in_vain, second_version
from tests.visitor import AAPO, DORIEN, KERTTU, NOOR, TEUN, TUULIA, Visitor

_TELEPHONE = "09 310 10044"

# Subject, who, what: the first is the one with everything on it; a third of it is quotation and signature, as in a mail.
WRITTEN = {
    "publications": (
        (
            "Bekendmaking staat niet op de site",
            "Aleid Brouwer",
            "Goedemorgen,\n\nGisteren hebben wij een bekendmaking aangeboden, maar op de site is zij nog niet te vinden. "
            "De inwoner die haar miste heeft burgerservicenummer 111222333; misschien helpt dat bij het zoeken.\n\n"
            "Kunt u nagaan waar het misgaat?\n\nMet vriendelijke groet,\nAleid Brouwer\nGemeente Waterbeke\n020 123 4567\n\n"
            "Op ma 23 nov 2026 om 10:12 schreef Servicedesk <servicedesk@publications.test>:\n\n"
            "> Kunt u het nog eens proberen?\n",
        ),
        ("Zoekfunctie vindt raadsstukken niet meer", "Jorrit Hamstra", "Sinds de update vind ik niets meer."),
        ("Nieuwe redacteur voor de nieuwsrubriek", "Merel Okkerse", "Onze nieuwe collega begint maandag."),
        ("Kaart met wegwerkzaamheden laadt traag", "Femke Raadsma", "Op een telefoon duurt het een minuut."),
        ("Bekendmaking nog steeds niet te vinden", "Aleid Brouwer", "Ik zie haar nog altijd niet."),
        ("Afbeeldingen zonder alternatieve tekst", "Ilse Quist", "In het nieuwsbericht van gisteren ontbreken ze."),
        ("Mag ik ook toegang tot het beheer?", "", "Ik moet morgen iets plaatsen."),
    ),
    "citizens-advice": (
        (
            "Passin ajanvaraus ei onnistu",
            "Aino Esimerkki",
            "Hei,\n\nyritin varata aikaa passia varten, mutta verkkopalvelu ei tunnista minua. Henkilötunnukseni on "
            "131052-308T, jos siitä on apua.\n\nMistä saan ajan?\n\nTerveisin\nAino Esimerkki\n040 123 4567\n\n"
            "23.11.2026 klo 10.12 Neuvonta <neuvonta@citizens-advice.test> kirjoitti:\n\n> Voitteko kokeilla uudelleen?\n",
        ),
        ("Muuttoilmoitus kesämökille", "Veikko Malli", "Miten ilmoitan tilapäisen osoitteen?"),
        ("Lupapalvelu kaatui kolmesti", "", "Toivon, että tieto menee perille."),
        ("Ajokortin uusiminen ulkomailla", "Kirsi Esimerkki", "Asun Tallinnassa vuoden loppuun."),
        ("Passin ajanvaraus, vielä kerran", "Aino Esimerkki", "Sain ajan, mutta väärään kaupunkiin."),
        ("Postiäänestyksen aikataulu", "Olavi Malli", "Milloin asiakirjat voi tilata?"),
        ("Kenelle kuuluu katuvalo?", "", "Lamppu on ollut pimeänä viikon."),
    ),
}
SAID = {
    "publications": (
        "Dag Aleid,\n\nDank voor de melding. Wij zien de fout ook en zoeken uit waar de bekendmaking bleef. "
        "Voor vier uur hoort u van ons.\n\nNoor Haverkamp",
        "De aanlevering is wel binnen, maar staat nog in de wachtrij. Teun kijkt ernaar.",
        "Dank u wel. Ik wacht op uw bericht.",
        "Dag Aleid,\n\nDe bekendmaking staat er nu op. In de bijlage ziet u waar.",
    ),
    "citizens-advice": (
        "Hei Aino,\n\nkiitos viestistä. Passin ajanvaraus on poliisin palvelussa; ajan saa myös puhelimitse.\n\nKerttu Lauttala",
        "Ajanvarauksessa oli aamulla häiriö, tarkistan huomenna.",
        "Kiitos! Kokeilen vielä tänään.",
        "Hei Aino,\n\najanvaraus toimii taas. Ohje on liitteenä.",
    ),
}


@dataclass(frozen=True)
class Scene:
    """What a page of the desk can be opened with. call: the address of a page that takes a call. view: of one's own, its number."""

    desk: str
    agent: Demo
    head: Demo
    officer: Demo
    rich: Asked
    twin: Asked
    chosen: tuple[Asked, Asked]
    objected: Asked
    closed: Asked
    doubted: Asked
    unread: Asked
    call: str
    view: int


def set_up(running: Running, desk: str) -> Scene:
    """Let all of it happen through the doors; the agent's work is done as an agent does it."""
    house = running.house
    agent, head, officer = (NOOR, TEUN, DORIEN) if desk == "publications" else (KERTTU, AAPO, TUULIA)
    rich, *others = [_written(running, desk, *one) for one in WRITTEN[desk]]
    _at_work(running, agent, rich, others)
    object_in_vain(running, agent, officer, others[5])
    running.visitor(agent).get(others[5].path)
    done(running.visitor(agent), f"{others[5].path}/closure")
    hold(running, officer, others[5])
    for one in (rich, others[0]):
        running.visitor(head).get(one.path)
    scene = Scene(
        desk,
        agent,
        head,
        officer,
        rich,
        twin=others[3],
        chosen=(others[1], others[2]),
        objected=others[4],
        closed=others[5],
        doubted=doubtful(running, desk),
        unread=unreadable(running, desk),
        call=_call(running, desk, house.balie("phone", "token", desk).stdout.strip()),
        view=_view(running.visitor(head), desk),
    )
    second_version(running, desk, head, officer)  # last: what came before is kept by the first
    return scene


def doubtful(running: Running, desk: str) -> Asked:
    """A mail about whose sender there is a warning, with a file and a picture in its text."""
    written = mail(sender="bode@example.org", to=ADDRESSES[desk], subject="Bijlagen", text="Zie de bijlagen.")
    written["Reply-To"] = "elders@example.net"
    written.add_attachment(b"%PDF-1", maintype="application", subtype="pdf", filename="besluit.pdf")
    logo = {"maintype": "image", "subtype": "png", "filename": "logo.png"}
    written.add_attachment(b"PNG", disposition="inline", cid="<logo@example.org>", **logo)
    return Asked(desk, deliver(running.house, desk, written, sender="bode@example.org"), "bode@example.org")


def unreadable(running: Running, desk: str) -> Asked:
    """A mail with part within part within part, deeper than anybody opens."""
    raw = "From: pop@example.org\r\nSubject: Pop in pop\r\nMIME-Version: 1.0\r\n"
    parts = (f'Content-Type: multipart/mixed; boundary="b{deep}"\r\n\r\n--b{deep}\r\n' for deep in range(200))
    number = deliver(running.house, desk, (raw + "".join(parts) + "\r\nDag\r\n").encode(), sender="pop@example.org")
    return Asked(desk, number, "pop@example.org")


def _written(running: Running, desk: str, subject: str, name: str, text: str) -> Asked:
    sender = f"{name.lower().replace(' ', '.') or 'melding'}@example.org"
    made = mail(sender=sender, to=ADDRESSES[desk], subject=subject, text=text, name=name)
    return Asked(desk, deliver(running.house, desk, made, sender=sender), sender)


def _at_work(running: Running, agent: Demo, rich: Asked, others: list[Asked]) -> None:
    """What an agent has done at this desk today."""
    visitor, house, desk = running.visitor(agent), running.house, rich.desk
    answer, note, thanks, draft = SAID[desk]
    me = _own(visitor, rich)
    for one in (rich, others[1], others[3]):
        done(visitor, f"{one.path}/assignment", to=me)
    done(visitor, f"{rich.path}/sorting", **_sorted(visitor, rich))
    if desk == "publications":  # whose register asks for a name before anybody is answered
        for one in (rich, others[1], others[3]):
            done(visitor, f"{one.path}/items", item="family-name", value="Brouwer")
    done(visitor, f"{rich.path}/answers", text=answer, kind="answer", seen=_seen(visitor, rich))
    done(visitor, f"{rich.path}/notes", text=note, kind="note")
    done(visitor, f"{rich.path}/following", follow="yes")
    done(visitor, f"{rich.path}/links", into=str(others[3].number))
    done(visitor, f"{others[1].path}/answers", text=answer, kind="answer", seen=_seen(visitor, others[1]))
    done(visitor, f"{others[4].path}/objections")
    house.wait(lambda: house.sink.to(rich.sender))  # to whose acknowledgement is written
    to = house.sink.to(rich.sender)[0]["Reply-To"].addresses[0].addr_spec
    again = mail(sender=rich.sender, to=to, subject=f"Re: [{rich.number}]", text=thanks)
    assert deliver(house, desk, again, sender=rich.sender, to=to) == rich.number
    visitor.get(rich.path)
    visitor.post(f"{rich.path}/drafts", kind="answer", text=draft)


def _own(visitor: Visitor, asked: Asked) -> str:
    """The value that stands for oneself among those to whom a ticket can be given."""
    page = visitor.get(asked.path).text
    name = re.findall(r"<b>([^<]+)</b>\s*<br>", page.partition('class="menu-box stack"')[2])[0]
    return re.findall(r'value="([0-9a-f]{32})"[^>]*>\s*' + re.escape(name), page)[0]


def _sorted(visitor: Visitor, asked: Asked) -> dict[str, str]:
    """The first service and the first kind that may be chosen."""
    page = visitor.get(asked.path).text
    first = {name: page.partition(f'<select class="input" id="{name}"')[2] for name in ("service", "kind")}
    return {
        name: next(one for one in re.findall(r'<option value="([^"]+)"', told) if one) for name, told in first.items()
    }


def _seen(visitor: Visitor, asked: Asked) -> str:
    return re.findall(r'data-seen="([0-9a-f]{32})"', visitor.get(asked.path).text)[0]


def _call(running: Running, desk: str, word: str) -> str:
    """Where the page is that takes the call of which the telephone system tells."""
    told = Visitor(running.house.url).post(
        f"/{desk}/calls/incoming", headers={"Authorization": f"Bearer {word}"}, number=_TELEPHONE
    )
    assert told.status == 201, told.text
    return told.location.removeprefix(running.house.url)


def _view(visitor: Visitor, desk: str) -> int:
    visitor.get(f"/{desk}/views")
    kept = visitor.post(
        f"/{desk}/views", status=["new", "open"], column=["service", "assignee"], sort="newest", shared="yes"
    )
    assert kept.status == 303, kept.text
    return int(kept.location.rpartition("v")[2])
