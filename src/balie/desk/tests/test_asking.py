"""The language of lists: what is read is written the same, what is not known is told in one sentence, and nothing breaks it."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from balie.desk import asking
from balie.desk.asking import Asked, Term
from balie.kernel import Invalid

KNOWN = {
    "status": ("new", "open", "waiting", "closed"),
    "service": ("other", "regulations"),
    "kind": ("question", "incident"),
    "channel": ("mail", "phone"),
    "team": ("desk",),
    "assignee": ("me", "nobody"),
    "delivery": ("failed", "delayed"),
    "is": ("unread", "followed", "restricted"),
    "sort": asking.SORTS,
}


def read(text: str) -> Asked:
    return asking.parse(text, KNOWN)


def test_terms_words_phrases_and_order_are_told_apart() -> None:
    asked = read('Status:open,WAITING locked kind:incident "no longer  opens" out sort:newest is:unread')
    assert asked == Asked(
        (Term("status", ("open", "waiting")), Term("kind", ("incident",)), Term("is", ("unread",))),
        ("locked", "out"),
        ("no longer  opens",),
        "newest",
    )
    assert asked.is_open
    assert not read("status:open,closed").is_open
    assert not read("kind:incident").is_open


def test_a_key_that_stands_twice_is_one_term_with_both_values() -> None:
    assert read("kind:incident kind:question,incident").terms == (Term("kind", ("incident", "question")),)


def test_a_colleague_may_be_written_by_name_with_spaces() -> None:
    assert read('assignee:"Noor Haverkamp" assignee:me').of("assignee") == ("Noor Haverkamp", "me")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("10:30", ("10:30",)),
        ("https://example.org/a?b=c", ("https://example.org/a?b=c",)),
        ("Re: locked", ("re", "locked")),
        ("a-b:c", ("a-b:c",)),
        ("#1001", ("#1001",)),
    ],
)
def test_what_only_looks_like_a_term_is_a_word(text: str, words: tuple[str, ...]) -> None:
    assert read(text) == Asked(words=words)


def test_in_quotation_marks_a_colon_is_a_sign_like_any_other() -> None:
    assert read('"note:this" status:new') == Asked((Term("status", ("new",)),), phrases=("note:this",))


def test_a_quotation_mark_that_is_not_closed_reaches_to_the_end() -> None:
    assert read('status:new "no longer opens').phrases == ("no longer opens",)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("note:this", ["«note:»", "status, service, kind"]),
        ("status:solved", ["«solved»", "«status:»", "new, open, waiting, closed"]),
        ("status:", ["«status:»", "new, open, waiting, closed"]),
        ("status:,", ["«status:»", "new, open, waiting, closed"]),
        ("service:portal", ["«portal»", "other, regulations"]),
        ("sort:random", ["«random»", "best, oldest, newest, closed, number"]),
        ("assignee:", ["«assignee:»", "me, nobody"]),
        ("status:open sort:closed", ["status:closed sort:closed"]),
    ],
)
def test_what_is_not_known_is_told_in_one_sentence_that_names_what_is(text: str, names: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        read(text)
    for name in names:
        assert name in str(refused.value.sentence)


_values = {key: st.lists(st.sampled_from(values), min_size=1, unique=True) for key, values in KNOWN.items()}
_names = st.text(st.characters(exclude_characters='"', exclude_categories=("Cs",)), min_size=1).map(str.strip)
_values["assignee"] = st.lists(st.sampled_from(["me", "nobody"]) | _names.filter(bool), min_size=1, unique=True)


@st.composite
def questions(draw: st.DrawFn) -> Asked:
    keys = [key for key in asking.KEYS if key != "sort" and draw(st.booleans())]
    terms = tuple(Term(key, tuple(draw(_values[key]))) for key in keys)
    return Asked(terms, sort=draw(st.sampled_from(["", "best", "oldest", "newest", "number"])))


@given(questions())
def test_what_is_written_reads_as_it_was(asked: Asked) -> None:
    again = read(asking.written(asked))
    folded = tuple(
        Term(key, tuple(dict.fromkeys(_known(key, value) for value in values))) for key, values in asked.terms
    )
    assert again == Asked(folded, sort=asked.sort)
    assert asking.written(again) == asking.written(Asked(folded, sort=asked.sort))


def _known(key: str, value: str) -> str:
    return next((one for one in KNOWN[key] if one.casefold() == value.casefold()), value)


@given(
    st.text() | st.lists(st.sampled_from([*asking.KEYS, ":", '"', ",", " ", "open", "me", "x", "/", "\n"])).map("".join)
)
@example('status:"')
@example('":":"')
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    try:
        asked = read(text)
    except Invalid:
        return
    assert all(term.values for term in asked.terms)
    assert read(asking.written(asked)).terms == asked.terms
    assert all(word and not word.isspace() for word in (*asked.words, *asked.phrases))


@given(st.text())
def test_the_pieces_lie_in_what_was_typed_in_order(text: str) -> None:
    places = [(one.start, one.end) for one in asking.tokens(text)]
    assert places == sorted(places)
    assert all(before[1] <= after[0] for before, after in pairwise(places))
    left = list(text)
    for start, end in places:
        left[start:end] = " " * (end - start)
    assert not "".join(left).strip()
