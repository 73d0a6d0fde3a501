"""Bytes to text: the declared charset where it fits, what the bytes really are where it lies."""

import codecs
import re

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
}
_WRITTEN = {"ks_c_5601-1987": "cp949", "x-sjis": "cp932", "iso-8859-8-i": "iso8859-8", "x-mac-roman": "mac-roman"}
_WRITTEN |= {"windows-874": "cp874", "macintosh": "mac-roman", "x-gbk": "gb18030", "unicode-1-1-utf-7": "utf-7"}
_WIDE = frozenset({"utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"})
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_JAPANESE = b"\x1b$"
# Control characters, direction switches with no place in a mail's text, half characters and noncharacters.
_UNFIT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_ENDS = re.compile("\r\n?|[\x0c\x85\u2028\u2029]")


def decode(data: bytes, charset: str = "") -> str:
    """The text in these bytes. `charset` as the mail declares it; empty where it does not. Never raises."""
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-16", "replace")
    name = known(charset)
    for attempt in _attempts(data, name):
        try:
            return data.decode(attempt)
        except UnicodeDecodeError:
            continue
    text = data.decode(name if name and name not in _LATIN else "cp1252", "replace")
    lost = text.count("\ufffd")
    # A little that does not fit is damage; much of it means that another charset was meant.
    return text if name in _WIDE or lost * 2 <= len(_BEYOND_ASCII.findall(text)) else data.decode("cp1252", "replace")


def known(charset: str) -> str:
    """Python's name for a charset, or empty for one that is unknown or no charset."""
    written = charset.strip(" \t\"'").lower()[:40]
    return _NAMES.get(_WRITTEN.get(written, written).replace("_", "-"), "")


def clean(text: str) -> str:
    """The text with `\\n` for every kind of line end, and without NULs, control signs and half characters."""
    if "\r" in text or not text.isascii() or "\x0c" in text:
        text = _ENDS.sub("\n", text)
    return _UNFIT.sub("", text)


def clean_line(text: str, limit: int) -> str:
    """The text as one line of at most `limit` signs, runs of white space as one space."""
    return " ".join(clean(text[: limit * 4]).split())[:limit].rstrip()


def _attempts(data: bytes, name: str) -> list[str]:
    if not name or name in _LATIN:
        # Valid UTF-8 is hardly ever anything else, so it wins over a declared Latin charset and over none at all.
        guess = ["iso2022_jp_2"] if _JAPANESE in data else []
        return [*guess, "utf-8", "cp1252"]
    return [_MEANT.get(name, name), "utf-8"]


def _names() -> dict[str, str]:
    names = {name.replace("_", "-"): name for name in CHARSETS}
    for name in CHARSETS:
        names[codecs.lookup(name).name.replace("_", "-")] = name
    for number in range(1, 17):
        names |= {f"iso-8859-{number}": f"iso8859-{number}"} if f"iso8859-{number}" in CHARSETS else {}
        names |= {f"latin{number}": f"iso8859-{number}"} if number in (1, 2, 3, 4) else {}
    for number in range(1250, 1259):
        names |= {f"windows-{number}": f"cp{number}", f"x-cp{number}": f"cp{number}"}
    names |= {f"iso-2022-{rest}": f"iso2022_{rest.replace('-', '_')}" for rest in ("jp", "jp-1", "jp-2", "kr")}
    names |= {f"ibm{number}": f"cp{number}" for number in (437, 850, 852, 855, 857, 858, 862, 866)}
    names |= {"us-ascii": "ascii", "utf8": "utf-8", "utf7": "utf-7", "utf16": "utf-16", "latin-1": "iso8859-1"}
    return names | {"latin-9": "iso8859-15", "latin9": "iso8859-15", "cp-850": "cp850", "sjis": "cp932"}


_NAMES = _names()
