"""Mails that a fuzzer makes, guided by which lines of ours they reach: read, folded and made harmless.

By hand: `python -m tests.torture.fuzz_mail [options of libFuzzer] [folder with mails to begin from]`.
"""

import sys

import atheris

with atheris.instrument_imports(include=["balie.channels.mail"]):
    from balie.channels.mail import html
    from balie.channels.mail.parsing import read, replies

from balie.channels.mail.tests.sound import fit, harmless

HEAD = b"From: alice@example.org\r\n"


def try_out(data: bytes) -> None:
    """One mail, or what may stand in one: nothing raises, and what comes out is sound."""
    for raw in (data, HEAD + data):
        mail = read(raw, with_html=True)
        fit(mail)
        harmless(mail.html)
        assert all(0 <= fold.start < fold.end <= len(mail.text) for fold in mail.folds)
    text = data.decode("utf-8", "replace")
    harmless(html.sanitised(text))
    html.to_text(text)
    folds = replies.folds(text)
    assert len(replies.unfolded(text, folds)) <= len(text)


if __name__ == "__main__":
    atheris.Setup(sys.argv, try_out)
    atheris.Fuzz()
