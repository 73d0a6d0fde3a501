"""The resolver: asked by its number and no other, and never waited for longer than a mail is worth."""

import time

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as some

from balie.channels.mail.provenance.resolver import Resolver, Unanswered
from balie.channels.mail.provenance.tests.name_server import NameServer

NAME = "key1._domainkey.example.org"


def test_it_answers_with_the_texts_of_a_name(names: NameServer) -> None:
    names.texts[NAME] = ["v=DKIM1; p=" + "A" * 700, "another"]
    assert sorted(Resolver(names.at).texts(NAME)) == [b"another", b"v=DKIM1; p=" + b"A" * 700]
    assert names.asked == [NAME]


def test_a_name_that_is_not_there_has_none(names: NameServer) -> None:
    assert Resolver(names.at).texts(NAME) == []


def test_an_answer_that_does_not_fit_is_asked_for_over_a_stream(names: NameServer) -> None:
    names.long = True
    names.texts[NAME] = ["v=DKIM1; p=" + "A" * 3000]
    assert Resolver(names.at).texts(NAME) == [b"v=DKIM1; p=" + b"A" * 3000]


def test_a_text_beyond_all_measure_is_left_out(names: NameServer) -> None:
    names.long = True
    names.texts[NAME] = ["A" * 5000]
    assert Resolver(names.at).texts(NAME) == []


def test_a_resolver_that_cannot_answer_is_told_apart_from_a_name_that_is_not_there(names: NameServer) -> None:
    names.broken = True
    with pytest.raises(Unanswered):
        Resolver(names.at).texts(NAME)


def test_a_silent_one_is_waited_for_briefly_and_then_left_alone(names: NameServer) -> None:
    names.silent = True
    begun = time.monotonic()
    with pytest.raises(Unanswered):
        Resolver(names.at, patience=0.3).texts(NAME)
    for _ in range(100):  # other mails, a hundred of them
        with pytest.raises(Unanswered):
            Resolver(names.at).texts(NAME)
    assert time.monotonic() - begun < 2
    assert names.asked == [NAME]


def test_patience_is_for_all_that_a_mail_asks_and_only_for_that(names: NameServer) -> None:
    one = Resolver(names.at, patience=0.5)
    time.sleep(0.6)  # the mail is long, and something else is done with it
    assert one.texts(NAME) == []
    for _ in range(2000):
        try:
            one.texts(NAME)
        except Unanswered:
            break
    else:
        pytest.fail("it is asked for ever")


@given(some.text(max_size=300))
@tried(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_name_has_an_answer(names: NameServer, name: str) -> None:
    assert Resolver(names.at).texts(name) == []
