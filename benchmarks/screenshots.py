"""Made-up screenshots, 1280 × 800, with what people show in them: forms, tables and chats in three languages."""

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = (1280, 800)
_FOLDERS = ("/usr/share/fonts/truetype", "/usr/share/fonts", "/usr/local/share/fonts")
_FILES = ("LiberationSans-Regular.ttf", "DejaVuSans.ttf")


@dataclass(frozen=True)
class Screenshot:
    """One picture as PNG, and each text in it that is of a person."""

    language: str
    picture: bytes
    planted: tuple[str, ...]


_FORM = (
    ("Aanvrager", "Sanne van den Heuvel"),
    ("Contactpersoon", "Joris Kuipers-de Wit"),
    ("Telefoon", "06-12345678"),
    ("Mobiel", "+31 6 8765 4321"),
    ("Kantoor", "(020) 624 11 22"),
    ("E-mail", "sanne.heuvel@example.org"),
    ("E-mail privé", "j.kuipers_1978@voorbeeld.test"),
    ("BSN", "111222333"),
    ("Burgerservicenummer partner", "123456782"),
    ("IBAN", "NL91 ABNA 0417 1643 00"),
    ("Tegenrekening", "NL02ABNA0123456789"),
    ("Behandelaar", "Ömer Yıldız"),
    ("Mentor", "Fleur IJsbrands"),
    ("Ouder", "Hendrik-Jan 't Hooft"),
    ("Ouder 2", "Noëlle Çelik"),
    ("Noodnummer", "010-7654321"),
    ("Melden bij", "meldpunt+bewoners@voorbeeld.test"),
    ("Arts", "dr. Willemijn Oosterhuis"),
    ("Rekening zorg", "NL44 RABO 0123 4567 89"),
    ("BSN kind", "987654329"),
)
_TABLE = (
    ("Väinö Hämäläinen", "040 123 4567", "vaino.hamalainen@example.org"),
    ("Aino-Maija Mäkelä", "+358 50 765 4321", "aino.makela@esimerkki.test"),
    ("Jyrki Öhman", "(09) 310 1691", "jyrki.ohman@example.org"),
    ("Sirkka Yli-Hannuksela", "044-9876543", "s.yli-hannuksela@esimerkki.test"),
    ("Pekka Kääriäinen", "0400 555 012", "pekka_k@esimerkki.test"),
    ("Eeva Törrönen", "+358 9 4567 890", "eeva.torronen1@example.org"),
)
_MORE = (("IBAN", "FI21 1234 5600 0007 85"), ("Tilinumero", "FI5542345670000081"))
_CHAT = (
    ("Hi, this is Charlotte Whitfield from the third floor.", ("Charlotte Whitfield",)),
    ("Could you reset the account of Liam O'Sullivan? His number is 020 7946 0958.", ("Liam O'Sullivan", "020 7946 0958")),
    ("Sure. Which address may I use, liam.osullivan@example.org or l.sullivan@mail.test?",
     ("liam.osullivan@example.org", "l.sullivan@mail.test")),
    ("The first. His manager is Priya Ramachandran, +44 7700 900123.", ("Priya Ramachandran", "+44 7700 900123")),
    ("And please pay Gwendolyn Achterberg back: GB29 NWBK 6016 1331 9268 19.",
     ("Gwendolyn Achterberg", "GB29 NWBK 6016 1331 9268 19")),
    ("Her citizen service number is 111222333, his is 123456782.", ("111222333", "123456782")),
    ("Copy to Benedict Okonkwo (b.okonkwo@example.org, 07700 900456).",
     ("Benedict Okonkwo", "b.okonkwo@example.org", "07700 900456")),
    ("Old account of Zoë Fairbanks-Clarke: NL91ABNA0417164300.", ("Zoë Fairbanks-Clarke", "NL91ABNA0417164300")),
    ("Call Matthew Illingworth at +1 202 555 0143 if anything is unclear.", ("Matthew Illingworth", "+1 202 555 0143")),
)  # fmt: skip


def screenshots() -> list[Screenshot]:
    """One picture for each language. Raises OSError where the machine has neither of the two letters that are used."""
    return [_form(), _table(), _chat()]


def font(size: int, which: int = 0) -> ImageFont.FreeTypeFont:
    """Letters that the system has: Liberation Sans or DejaVu Sans."""
    for name in (_FILES[which], *_FILES):
        for folder in _FOLDERS:
            for path in sorted(Path(folder).rglob(name)):
                return ImageFont.truetype(str(path), size)
    raise OSError("neither Liberation Sans nor DejaVu Sans is installed")


def png(image: Image.Image) -> bytes:
    """The picture as PNG."""
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()


def _page(title: str, ground: str, bar: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", SIZE, ground)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, SIZE[0], 48), bar)
    draw.text((24, 14), title, "white", font(18))
    return image, draw


def _form() -> Screenshot:
    image, draw = _page("Aanvraag 2041 · Gemeente Voorbeeld", "white", "#154273")
    for number, (label, value) in enumerate(_FORM):
        left, top = 40 + 620 * (number % 2), 80 + 66 * (number // 2)
        draw.text((left, top), label, "#555555", font(13))
        draw.rectangle((left, top + 20, left + 420, top + 50), "white", "#999999")
        draw.text((left + 10, top + 26), value, "#111111", font(15))
    return Screenshot("nl", png(image), tuple(value for _, value in _FORM))


def _table() -> Screenshot:
    image, draw = _page("Asiakkaat", "#f4f4f4", "#003580")
    for column, head in enumerate(("Nimi", "Puhelin", "Sähköposti")):
        draw.text((40 + 340 * column, 80), head, "#333333", font(14, 1))
    for number, row in enumerate(_TABLE):
        draw.rectangle((30, 110 + 44 * number, 1240, 152 + 44 * number), "white" if number % 2 else "#e8eef6")
        for column, value in enumerate(row):
            draw.text((40 + 340 * column, 122 + 44 * number), value, "#222222", font(14, 1))
    for number, (label, value) in enumerate(_MORE):
        draw.text((40, 430 + 40 * number), f"{label}: {value}", "#222222", font(14, 1))
    return Screenshot("fi", png(image), (*(one for row in _TABLE for one in row), *(value for _, value in _MORE)))


def _chat() -> Screenshot:
    image, draw = _page("Chat · Service desk", "#1e1e1e", "#333333")
    for number, (line, _) in enumerate(_CHAT):
        left, top = (40, 500)[number % 2], 76 + 76 * number
        draw.rounded_rectangle((left, top, left + 660, top + 52), 12, "#2d4f7c" if number % 2 else "#3a3a3a")
        draw.text((left + 16, top + 17), line, "#f0f0f0", font(15, number % 2))
    return Screenshot("en", png(image), tuple(one for _, planted in _CHAT for one in planted))
