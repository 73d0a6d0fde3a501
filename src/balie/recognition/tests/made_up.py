"""Strategies that make up valid numbers, and what may stand around them."""

from datetime import date

from hypothesis import strategies as st
from stdnum import iban, luhn

_WORDS = ["mijn", "nummer", "voor", "u:", "en", "het", "(zie", "tunnus", "on", "for", "you", "is", "dank", "«", "Väinö"]
_words = st.lists(st.sampled_from(_WORDS), max_size=4).map(lambda words: "".join(f"{word} " for word in words))
beginnings = st.tuples(_words, st.sampled_from(["", "(", '"', "'", "\n", "bsn: ", "> ", "\t", "hetu: "])).map("".join)
endings = st.sampled_from(["", " ", ".", ",", ")", "?", "\n", '"', "; ", " dank", " kiitos", ".\nGroet", ", 7"])

_HETU_LETTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_IBAN_SHAPES = {"NL": (4, 10), "FI": (0, 14), "DE": (0, 18), "BE": (0, 12), "SE": (0, 20), "GB": (4, 14)}
_CARD_BEGINNINGS = {"4": 16, "51": 16, "55": 16, "2221": 16, "34": 15, "37": 15, "36": 14, "6011": 16, "3528": 16}


def digits(size: int) -> st.SearchStrategy[str]:
    """So many digits."""
    return st.text("0123456789", min_size=size, max_size=size)


def bsn_check(eight: str) -> int:
    """The ninth digit; 10 when there is none that fits."""
    return sum(int(digit) * weight for digit, weight in zip(eight, range(9, 1, -1), strict=True)) % 11


@st.composite
def bsns(draw: st.DrawFn) -> str:
    """A valid BSN in one of the forms in which people write it."""
    eight = draw(digits(8).filter(lambda one: bsn_check(one) < 10 and int(one) > 0))
    number = f"{eight}{bsn_check(eight)}"
    threes = (number[:3], number[3:6], number[6:])
    return draw(
        st.sampled_from([number, f"{number[:4]}.{number[4:6]}.{number[6:]}", *(sign.join(threes) for sign in " .-")])
    )


@st.composite
def hetus(draw: st.DrawFn) -> str:
    """A valid HETU with any sign of its century, in capitals or not."""
    day = draw(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
    sign = draw(st.sampled_from("-YXWVU" if day.year < 2000 else "ABCDEF"))
    born, number = f"{day:%d%m%y}", f"{draw(st.integers(2, 999)):03}"
    whole = f"{born}{sign}{number}{_HETU_LETTERS[int(born + number) % 31]}"
    return draw(st.sampled_from([whole, whole.lower(), whole.replace("-", "–")]))


@st.composite
def ibans(draw: st.DrawFn) -> str:
    """A valid IBAN of one of six countries, in groups of four or not."""
    country = draw(st.sampled_from(sorted(_IBAN_SHAPES)))
    letters, numbers = _IBAN_SHAPES[country]
    rest = draw(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=letters, max_size=letters)) + draw(digits(numbers))
    whole = f"{country}{iban.calc_check_digits(f'{country}00{rest}')}{rest}"
    grouped = " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))
    return draw(st.sampled_from([whole, grouped, whole.lower(), grouped.replace(" ", "\u00a0")]))


@st.composite
def cards(draw: st.DrawFn) -> str:
    """A card number with a known beginning and a right check digit."""
    beginning = draw(st.sampled_from(sorted(_CARD_BEGINNINGS)))
    size = _CARD_BEGINNINGS[beginning]
    body = beginning + draw(digits(size - len(beginning) - 1))
    whole = body + luhn.calc_check_digit(body)
    if size != 16:
        return whole
    return draw(st.sampled_from([whole, *(sign.join(whole[at : at + 4] for at in (0, 4, 8, 12)) for sign in " -")]))
