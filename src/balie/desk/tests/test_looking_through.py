"""What is recognised and not declared is masked wherever the text is shown, and found by nobody."""

from typing import Any

import pytest

from balie import vault
from balie.channels.mail import composing
from balie.desk import conversation, intake, looking, phone, reporter, threading
from balie.desk.models import Attachment, Finding
from balie.desk.tests.coming_in import ALICE, BSN, fresh, items, listed, mail, said, shown, ticket
from balie.post.models import Outgoing
from balie.vault.tests.keeping import read

TEXT = f"Goedemorgen, mijn bsn is {BSN}, kunt u mij helpen?"


def found(cast: Any, words: str) -> list[int]:
    return [one.number for one in looking.search(words, actor=cast.bob)]


def test_the_senders_own_national_number_is_covered_in_the_conversation(publications: Any) -> None:
    assert shown(ticket(publications, TEXT), publications.bob) == ["Goedemorgen, mijn bsn is [BSN], kunt u mij helpen?"]


def test_it_is_covered_in_the_list_whether_it_stands_in_the_subject_or_in_the_text(publications: Any) -> None:
    ticket(publications, "Text", subject=f"Bsn {BSN} werkt niet")
    ticket(publications, TEXT, subject="")
    gists = [gist for _, gist, _ in listed(publications.bob)]
    assert gists == ["Bsn [BSN] werkt niet", "Goedemorgen, mijn bsn is [BSN], kunt u mij helpen?"]


def test_it_is_covered_in_the_subject_of_every_mail_that_goes_out(publications: Any) -> None:
    one = ticket(publications, "Text", subject=f"Bsn {BSN} werkt niet")
    reporter.write(one, item="family-name", value="Voorbeeld", actor=publications.bob)
    conversation.answer(one, text="An answer", actor=publications.bob)
    for row in Outgoing.objects.all():
        written = composing.compose(row, vault.Reading(publications.door, "mail.composed"))
        assert written is not None
        assert written.mail["Subject"] == "Re: Bsn … werkt niet [1001]"
        assert BSN not in written.mail.as_string()


def test_it_is_covered_in_the_name_of_a_file(publications: Any) -> None:
    one = ticket(publications, files=(intake.File(f"uittreksel {BSN}.pdf", b"%PDF"),))
    (message,) = conversation.shown(one, vault.Reading(publications.bob, "ticket.looked-at"))
    assert [file.name for file in message.files] == ["uittreksel ….pdf"]
    assert read(publications.bob, Attachment.objects.get().name) == [f"uittreksel {BSN}.pdf".encode()]


@pytest.mark.parametrize("written", [BSN, "111 222 333", "111.222.333"])
def test_it_is_covered_however_it_is_written(publications: Any, written: str) -> None:
    assert "[BSN]" in shown(ticket(publications, f"Mijn bsn: {written}"), publications.bob)[0]


def test_it_is_found_by_nobody_also_not_after_the_index_was_made_anew(publications: Any) -> None:
    ticket(publications, TEXT, subject=f"Bsn {BSN}", files=(intake.File(f"{BSN}.pdf", b"x"),))
    for _ in range(2):
        assert found(publications, BSN) == found(publications, "111222") == found(publications, "111 222 333") == []
        assert found(publications, "helpen") == [1001]
        vault.rebuild_index(publications.desk)


def test_what_an_adviser_writes_by_phone_is_looked_through_too(advice: Any) -> None:
    one = phone.register_call(
        None,
        number="09 123 4567",
        email="",
        text="Soittaja kertoi henkilötunnuksen 131052-308T.",
        actor=advice.bob,
        close=False,
    )
    assert shown(one, advice.bob) == ["Soittaja kertoi henkilötunnuksen [HETU]."]
    assert found(advice, "308T") == []
    assert found(advice, "soittaja") == [one.number]


def test_what_staff_write_is_looked_through_and_masked_for_all_at_the_desk(publications: Any) -> None:
    one = ticket(publications)
    reporter.write(one, item="family-name", value="Voorbeeld", actor=publications.bob)
    conversation.note(one, text=f"Belde terug, bsn {BSN}", actor=publications.bob)
    conversation.answer(one, text=f"U schreef bsn {BSN}", actor=publications.bob)
    assert shown(one, publications.bob)[1:] == ["Belde terug, bsn [BSN]", "U schreef bsn [BSN]"]
    assert found(publications, BSN) == []
    assert found(publications, "belde") == [one.number]


def test_a_draft_is_shown_to_its_writer_as_written_and_found_by_nobody_by_what_is_masked(publications: Any) -> None:
    one = ticket(publications)
    conversation.keep_draft(one, kind="note", text=f"bsn {BSN}", actor=publications.bob)
    assert conversation.drafts_of(one, vault.Reading(publications.bob, "x.y")) == {"note": f"bsn {BSN}"}
    assert found(publications, BSN) == []


def test_what_the_register_declares_is_not_covered(publications: Any) -> None:
    text = f"Bel 020 794 0123 of schrijf naar {ALICE}"
    assert shown(ticket(publications, text), publications.bob) == [text]
    assert {finding.label for finding in Finding.objects.filter(masked=False)} == {"PHONE", "EMAIL"}


def test_what_is_somebody_elses_is_covered_and_found_by_nobody(publications: Any) -> None:
    one = ticket(publications, "Schrijf naar carol@example.org of naar mij")
    assert shown(one, publications.bob) == ["Schrijf naar [EMAIL] of naar mij"]
    assert found(publications, "carol") == []
    assert found(publications, "schrijf") == [one.number]


def test_those_who_got_it_too_and_the_desk_itself_take_part(publications: Any) -> None:
    text = f"{publications.address} en bob@publications.test en karin@example.org"
    assert shown(ticket(publications, text, copied=("Karin@example.org",)), publications.bob) == [text]


def test_whose_address_stands_on_the_ticket_takes_part(publications: Any) -> None:
    one = ticket(publications)
    reporter.write(one, item="email", value="thuis@example.org", actor=publications.bob)
    word = threading.secret_word(one)
    again = publications.address.replace("@", f"+{word}@")
    mail(publications, "Ik ben thuis@example.org en zij is carol@example.org", recipients=(again,))
    assert shown(one, publications.bob)[-1] == "Ik ben thuis@example.org en zij is [EMAIL]"


def test_what_staff_say_about_others_is_their_own(publications: Any) -> None:
    one = ticket(publications)
    conversation.note(one, text="Vraag het carol@example.org", actor=publications.bob)
    assert shown(one, publications.bob)[1:] == ["Vraag het carol@example.org"]


def test_the_words_around_what_is_covered_stay_in_their_place(publications: Any) -> None:
    text = f"één ½ {BSN} émoji 🙂 en nog eens {BSN} einde"
    (parts,) = [
        message.parts
        for message in conversation.shown(ticket(publications, text), vault.Reading(publications.bob, "x.y"))
    ]
    assert said(parts) == "één ½ [BSN] émoji 🙂 en nog eens [BSN] einde"
    assert [part.number for part in parts or () if not isinstance(part, str)] == [1, 1]


def test_the_raw_mail_is_kept_for_its_term_and_shown_by_nothing(publications: Any) -> None:
    one = mail(publications, TEXT).ticket
    assert "raw-message" not in items(fresh(one))
