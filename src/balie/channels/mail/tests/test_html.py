"""HTML mail becomes plain text that reads well, in time that grows with its length only."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balie.channels.mail.html import MOST, is_heavy, to_text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("One<br>Two<br><br>Three", "One\nTwo\n\nThree"),
        ("<p>a   b\n\nc</p>", "a b c"),
        ("<b>bo</b>ld and <i>slanted</i>", "bold and slanted"),
        ("a&nbsp;&amp;&nbsp;b &lt;c&gt; &euro;5", "a & b <c> €5"),
        ("<ul><li>one<li>two<ul><li>deep</ul></ul>", "- one\n- two\n  - deep"),
        ("<ol><li>one</li><li>two</li></ol>", "1. one\n2. two"),
        ("<table><tr><th>Name<th>Number</tr><tr><td>a<td>1</table>", "Name | Number\na | 1"),
        ("<table><tr><td><p>one</p></td><td><p>two</p></td></tr></table>", "one\n\ntwo"),
        ("<blockquote>old<br>lines</blockquote>new", "> old\n> lines\n\nnew"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n>\n> > b"),
        ("<pre>a\n  b\n\nc</pre>", "a\n  b\n\nc"),
        ("a<hr>b", "a\n---\nb"),
        ("<h1>Title</h1>text", "Title\n\ntext"),
        ('<a href="https://example.org/x?a=1&amp;b=2">here</a>', "here <https://example.org/x?a=1&b=2>"),
        ('<a href="https://www.example.org/">example.org</a>', "example.org"),
        ('<a href="mailto:bob@example.org?subject=x">bob@example.org</a>', "bob@example.org"),
        ('<a href="https://evil.example/">https://bank.example/</a>', "https://bank.example/ <https://evil.example/>"),
        ('<a href="javascript:alert(1)">x</a><a href="data:text/html,y">y</a><a href="/z">z</a>', "xyz"),
        ('<img src="https://tracker.example/1.gif" width=1 height=1>text', "text"),
        ('see <img alt="the plan" src="cid:1"> here', "see [the plan] here"),
        ("<style>p{color:red}</style><script>alert(1)</script><title>t</title>text", "text"),
        ("<!-- secret --><!--[if mso]>outlook<![endif]-->text", "text"),
        ("<html><head><meta charset=x></head><body>text</body></html>", "text"),
        ("a<svg><script>x</script></svg><math>", "a"),
        ("<p>unclosed <b>bold", "unclosed bold"),
        ("2 < 3 and 4 > 3", "2 < 3 and 4 > 3"),
        ("zero\u200bwidth", "zerowidth"),
        ("<p>\u202eevil</p>", "evil"),
        ("", ""),
        ("plain", "plain"),
    ],
)
def test_what_a_reader_sees(source: str, text: str) -> None:
    assert to_text(source) == text


HOSTILE = {
    "nested": "<div>" * 200_000,
    "formatting": "".join(f"<b id={number}>" for number in range(20_000)) + "<p>" * 20_000,
    "hidden formatting": "<b></x>" * 60_000 + "<p>" * 60_000,
    "paragraphs in formatting": "<b><p>" * 390 + "<p>x" * 100_000,
    "entities": "&a" * 400_000,
    "comments": "<!--" * 200_000,
    "brackets": "<" * 900_000,
    "names without end": "<a" * 450_000,
    "attributes": "<a " + " ".join(f"a{number}=1" for number in range(140_000)) + ">x</a>",
    "attributes beside tags": "<a " + " ".join(f"a{number}<p" for number in range(100_000)) + ">x</a>",
    "several long tags": ("<a " + " ".join(f"a{number}" for number in range(9000)) + ">x</a>") * 16,
    "quotations": "<blockquote>" * 80_000,
    "lists": "<ul><li>" * 390 + "<br>x" * 80_000,
    "tables": "<table><tr><td>" * 60_000,
    "links": "<a href=http://x.example>y" * 40_000,
    "scripts": "<script>" * 100_000,
    "templates": "<template><svg><math>" * 40_000,
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_html_takes_no_more_time_than_its_length_warrants(source: str) -> None:
    start = time.process_time()
    text = to_text(source)
    assert time.process_time() - start < 3
    assert len(text) < 6 * MOST


def test_what_is_taken_apart_by_the_simpler_hand_reads_the_same() -> None:
    letter = (
        '<p>One <b>two</b></p><script>x</script><ul><li>a<li>b</ul><a href="https://example.org/p">here</a><!-- c -->'
    )
    heavy = letter + "<div>" * 500
    assert is_heavy(heavy)
    assert not is_heavy(letter)
    assert to_text(heavy) == to_text(letter) == "One two\n\n- a\n- b\n\nhere <https://example.org/p>"


def test_the_simpler_hand_lets_no_script_or_address_through_either() -> None:
    text = to_text(
        "<div>" * 500
        + "<script>evil()</script><style>p{}</style><a href='javascript:x'>y</a><img src=http://t.example>"
    )
    assert text == "y"


@settings(deadline=None)
@given(
    st.text()
    | st.text("<>/ abp=\"'&;!-\n")
    | st.lists(
        st.sampled_from(
            [
                "<p>",
                "<b>",
                "</b>",
                "<td>",
                "<ul>",
                "<li>",
                "</ul>",
                "<a href=x:y>",
                "<!--",
                "x",
                "<pre>",
                "</pre>",
                "\n",
                "<script>",
            ]
        )
    ).map("".join)
)
def test_any_text_is_turned_into_plain_text(source: str) -> None:
    text = to_text(source)
    assert "\r" not in text
    assert "\x00" not in text
    text.encode("utf-8")
