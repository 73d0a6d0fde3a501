"""Bytes to text: the declared charset where it fits, what the bytes really are where it lies."""

import codecs
import re
from encodings.aliases import aliases

# Python also knows codecs that are no charsets (zip, punycode, unicode_escape …): a mail may name any of them,
# so only these are ever looked up.
CHARSETS = (
    *("ascii", "utf-8", "utf-8-sig", "utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"),
    *(f"iso8859-{number}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16)),
    *(f"cp{number}" for number in (1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258)),
    *(f"cp{number}" for number in (437, 775, 850, 852, 855, 857, 858, 860, 861, 862, 863, 865, 866, 869, 874)),
    *("koi8-r", "koi8-u", "koi8-t", "mac-roman", "mac-cyrillic", "mac-latin2", "hp-roman8", "kz1048", "ptcp154"),
    *("shift_jis", "cp932", "euc_jp", "iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_jp_ext"),
    *("gb18030", "gbk", "gb2312", "hz", "big5", "big5hkscs", "cp950", "euc_kr", "cp949", "iso2022_kr", "johab"),
    *("tis-620", "shift_jis_2004", "euc_jis_2004"),
)
_LATIN = frozenset({"ascii", "iso8859-1", "cp1252", "iso8859-15"})
# What mailers write, and what they mean by it. Each of the right-hand names holds its left-hand one whole.
_MEANT = {
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "iso2022_jp": "iso2022_jp_2",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
}
# Names that neither the registry nor Python knows, as they are met in mails.
_WRITTEN = {
    **{"ks-c-5601": "cp949", "ks-c-5601-1992": "cp949", "ksc5601": "cp949", "korean": "cp949", "windows-949": "cp949"},
    **{"sjis": "cp932", "ms-kanji": "cp932", "windows-31j": "cp932", "windows-932": "cp932", "cp943": "cp932"},
    **{"gbk": "gb18030", "windows-936": "gb18030", "gb-2312-80": "gb18030", "chinese": "gb18030", "euc-cn": "gb18030"},
    **{"big5-eten": "cp950", "windows-950": "cp950", "cn-big5": "big5hkscs", "big-5": "big5hkscs"},
    **{"hz-gb-2312": "hz", "iso-8859-8-i": "iso8859-8", "iso-8859-8-e": "iso8859-8", "iso-8859-6-i": "iso8859-6"},
    **{"iso-8859-6-e": "iso8859-6", "iso-8859-11": "cp874", "windows-874": "cp874", "macintosh": "mac-roman"},
    **{"mac": "mac-roman", "apple-roman": "mac-roman", "unicode-1-1-utf-7": "utf-7", "utf-7-imap": "utf-7"},
    **{"unicode-2-0-utf-8": "utf-8", "utf8mb4": "utf-8", "utf-8mb4": "utf-8", "utf8mb3": "utf-8", "cp65001": "utf-8"},
    **{"utf-8n": "utf-8", "ansi": "cp1252", "iso-8859-12": "iso8859-13", "iso-10646-ucs-2": "utf-16-be"},
    **{"ucs-2": "utf-16-be", "ucs-2be": "utf-16-be", "ucs-2le": "utf-16-le", "unicode": "utf-16", "koi8": "koi8-r"},
    **{"koi8-ru": "koi8-u", "cp-1252": "cp1252", "dos-850": "cp850", "tis-620-2533": "tis-620"},
    **{"koi8r": "koi8-r", "koi8u": "koi8-u", "latin-1": "iso8859-1", "latin-9": "iso8859-15", "utf16": "utf-16"},
    **{"utf16le": "utf-16-le", "utf16be": "utf-16-be", "iso-2022-jp-ms": "iso2022_jp_ext", "cp50220": "iso2022_jp_ext"},
    **{"cp50221": "iso2022_jp_ext", "x-windows-iso2022jp": "iso2022_jp_ext", "utf7": "utf-7", "utf8": "utf-8"},
}
_WIDE = frozenset({"utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"})
_WRITTEN_AS = re.compile(r"""[\s"'=<]{0,9}([a-zA-Z0-9][a-zA-Z0-9._:+-]{1,39})""")
_NUMBERED = re.compile(r"^(cp|ibm|iso|windows)-?(\d+.*)$")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_JAPANESE = b"\x1b$"
_ESCAPE = re.compile(rb"\x1b(?:\$\(?[@B]|\([BJ])")
_HIGH_WORD = re.compile(rb"[\xa3\xb3\xb8\xa8\xc0-\xff]{3,60}")
_CYRILLIC_WORD = re.compile("(?:\\b[А-ЯЁ])?[а-яё]+")
# Control characters, direction switches with no place in a mail's text, half characters and noncharacters.
_UNFIT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_UNFIT_ASCII = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_RETURN = re.compile("[\r\x0c]")
_ENDS = re.compile("\r\n?|[\x0c\x85\u2028\u2029]")


def decode(data: bytes, charset: str = "") -> str:
    """The text in these bytes. `charset` as the mail declares it; empty where it does not. Never raises."""
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-16", "replace")
    name = known(charset)
    for attempt in _attempts(data, name):
        try:
            return data.decode(attempt)
        except UnicodeDecodeError as wrong:
            if attempt == "utf-8" and wrong.start >= len(data) - 3 and not data[: wrong.start].isascii():
                return data.decode("utf-8", "replace")  # only its last sign was cut off
    return _damaged(data, name)


def known(charset: str) -> str:
    """Python's name for a charset, or empty for one that is unknown or no charset."""
    written = _WRITTEN_AS.match(charset)
    if written is None:
        return ""
    name = written[1].lower().replace("_", "-").replace(":", "-")
    shapes = (name, name.removeprefix("x-"), _NUMBERED.sub(r"\1\2", name))
    return next((_NAMES[shape] for shape in shapes if shape in _NAMES), "")


def clean(text: str) -> str:
    """The text with `\\n` for every kind of line end, and without NULs, control signs and half characters."""
    if text.isascii():
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n") if _RETURN.search(text) else text
        return _UNFIT_ASCII.sub("", text)
    return _UNFIT.sub("", _ENDS.sub("\n", text))


def clean_line(text: str, limit: int) -> str:
    """The text as one line of at most `limit` signs, runs of white space as one space."""
    text = text[: limit * 4]
    return " ".join((text if text.isprintable() else clean(text)).split())[:limit].rstrip()


def _damaged(data: bytes, name: str) -> str:
    """A little that does not fit is damage; much of it means that another charset was meant."""
    if name.startswith("iso2022_jp") and _JAPANESE in data:
        return _with_extensions(data)
    if name == "utf-7" and data.isascii():
        return data.decode("ascii")  # it says so, and is not
    supposed = name if name and name not in _LATIN else "utf-8"
    text = data.decode(supposed, "replace")
    lost, strange = text.count("\ufffd"), len(_BEYOND_ASCII.findall(text))
    fits = lost * 2 <= strange if supposed == name else lost * 10 <= strange
    if name in _WIDE or fits:
        return text
    return data.decode(_cyrillic(data) if name not in _LATIN or name == "ascii" else "cp1252", "replace")


def _cyrillic(data: bytes) -> str:
    """Bytes in no charset that is named: Cyrillic when whole words of them are beyond ASCII, else Western."""
    words = _HIGH_WORD.findall(data[:20_000])
    high = sum(map(len, words))
    if not words or high * 10 < 8 * sum(byte > 127 for byte in data[:20_000]):
        return "cp1252"
    tries = {charset: _small_letters(b" ".join(words).decode(charset, "replace")) for charset in ("cp1251", "koi8-r")}
    best = max(tries, key=lambda charset: tries[charset])
    return best if tries[best] * 10 > 7 * high else "cp1252"


def _small_letters(text: str) -> int:
    """How many signs are small Cyrillic letters, or one capital at the beginning of a word."""
    return sum(len(word) for word in _CYRILLIC_WORD.findall(text))


def _with_extensions(data: bytes) -> str:
    """ISO-2022-JP with signs beyond its own set, as Windows mailers write: by way of Shift-JIS, which has them."""
    pieces, at, double = list[bytes](), 0, False
    for match in _ESCAPE.finditer(data):
        pieces.append(_shifted(data[at : match.start()]) if double else data[at : match.start()])
        double, at = match[0].startswith(b"\x1b$"), match.end()
    pieces.append(_shifted(data[at:]) if double else data[at:])
    return b"".join(pieces).decode("cp932", "replace")


def _shifted(data: bytes) -> bytes:
    signs = data.translate(None, b"\r\n")
    out = bytearray()
    for first, second in zip(signs[::2], signs[1::2], strict=False):
        row = first - 0x21
        out.append((row >> 1) + (0x81 if row < 62 else 0xC1) & 0xFF)
        out.append(second + (0x7E if row & 1 else 0x20 if second > 0x5F else 0x1F) & 0xFF)
    return bytes(out)


def _attempts(data: bytes, name: str) -> list[str]:
    if not name or name in _LATIN:
        # Valid UTF-8 is hardly ever anything else, so it wins over a declared Latin charset and over none at all.
        guess = ["iso2022_jp_2"] if _JAPANESE in data else []
        return [*guess, "utf-8", *([_MEANT.get(name, name)] if name not in ("", "ascii") else [])]
    # Seven-bit charsets with escapes are valid UTF-8 whatever is in them.
    return [_MEANT.get(name, name), *([] if data.isascii() else ["utf-8"])]


def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    allowed = {codecs.lookup(name).name: name for name in CHARSETS}
    for alias, codec in aliases.items():
        try:
            found = allowed.get(codecs.lookup(codec).name)
        except LookupError:  # a codec of another platform
            continue
        if found:
            names[alias.replace("_", "-")] = found
    for shown, name in [*allowed.items(), *((name, name) for name in CHARSETS)]:
        names[shown.replace("_", "-")] = name
    for number in (*range(1, 12), *range(13, 17)):
        names |= {f"iso-8859-{number}": f"iso8859-{number}", f"iso8859{number}": f"iso8859-{number}"}
    for number in range(1250, 1259):
        names |= {f"{word}-{number}": f"cp{number}" for word in ("windows", "win", "cp")} | {
            f"win{number}": f"cp{number}"
        }
    return names | _WRITTEN


_NAMES = _names()
