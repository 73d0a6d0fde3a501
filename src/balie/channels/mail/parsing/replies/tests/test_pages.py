"""In mails that are HTML alone, replies are told from quotations in the layouts of the programs that write them."""

import pytest

from balie.channels.mail.parsing import read
from balie.channels.mail.parsing.replies import unfolded

OLD = "<p>Dear Anna,</p><p>could you try whether the printer works?<br>Bob</p>"
LAYOUTS = {
    "gmail": """<div dir="ltr"><div>It works.</div><div><br></div></div><br><div class="gmail_quote gmail_quote_container">
<div dir="ltr" class="gmail_attr">Op ma 4 mrt 2024 om 10:15 schreef Bob Berg &lt;<a
href="mailto:bob@example.org">bob@example.org</a>&gt;:<br></div>
<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid;padding-left:1ex">{old}</blockquote>
</div>""",
    "gmail, in a language that nobody taught": """<div dir="ltr">It works.</div><br><div class="gmail_quote">
<div dir="ltr" class="gmail_attr">Zuzu 4 mrz 2024 ko 10:15, Bob Berg &lt;<a
href="mailto:bob@example.org">bob@example.org</a>&gt; xazzy:<br></div>
<blockquote class="gmail_quote">{old}</blockquote></div>""",
    "apple": """<html><head></head><body style="overflow-wrap: break-word;">It works.<br><div><br><blockquote type="cite">
<div>On 4 Mar 2024, at
10:15, Bob Berg &lt;bob@example.org&gt; wrote:</div><br class="Apple-interchange-newline"><div>{old}</div></blockquote>
</div><br></body></html>""",
    "iphone": """<html><body dir="auto">It works.<br id="lineBreakAtBeginningOfSignature">
<div dir="ltr">Lähetetty iPhonesta</div><div dir="ltr"><br>
<blockquote type="cite">Bob Berg &lt;bob@example.org&gt; kirjoitti 4.3.2024 kello 10.15:<br><br></blockquote></div>
<blockquote type="cite"><div dir="ltr">{old}</div></blockquote></body></html>""",
    "thunderbird": """<html><body><p>It works.</p><div class="moz-cite-prefix">Am 04.03.24 um 10:15 schrieb Bob Berg:<br></div>
<blockquote type="cite" cite="mid:4711@example.org">{old}</blockquote></body></html>""",
    "outlook": """<body lang=SV><div class=WordSection1><p class=MsoNormal>It works.<o:p></o:p></p><p class=MsoNormal>
<o:p>&nbsp;</o:p></p>
<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b><span>Från:</span>
</b><span> Bob Berg
&lt;bob@example.org&gt; <br><b>Skickat:</b> den 4 mars 2024 10:15<br><b>Till:</b> Anna Aalto &lt;anna@example.org&gt;<br>
<b>Ämne:</b> Skrivaren
</span></p></div>{old}</div></body>""",
    "outlook on the web": """<div class="elementToProof">It works.</div><div id="appendonsend"></div>
<hr style="display:inline-block;width:98%" tabindex="-1">
<div id="divRplyFwdMsg" dir="ltr"><font><b>Von:</b> Bob Berg &lt;bob@example.org&gt;<br>
<b>Gesendet:</b> Montag, 4. März 2024 10:15<br>
<b>An:</b> Anna &lt;anna@example.org&gt;<br><b>Betreff:</b> Der Drucker</font><div>&nbsp;</div></div><div>{old}</div>""",
    "outlook on the web, in a language that nobody taught": """<div>It works.</div><div id="appendonsend"></div><hr tabindex="-1">
<div id="divRplyFwdMsg"><font><b>Zaz:</b> Bob Berg &lt;bob@example.org&gt;<br><b>Zuz:</b> 4 mrz 2024 10:15<br>
<b>Zez:</b> anna@example.org<br>
<b>Zyz:</b> Printr</font></div><div>{old}</div>""",
    "outlook on a telephone": """<div dir="ltr">It works.</div><div id="ms-outlook-mobile-signature"><div><br></div>Get
<a href="https://outlook.example.com/ios">Outlook for iOS</a></div><hr tabindex="-1"><div id="divRplyFwdMsg" dir="ltr">
<font><b>De :</b> Bob Berg
&lt;bob@example.org&gt;<br><b>Envoyé :</b> lundi 4 mars 2024 10:15<br><b>À :</b> Anna &lt;anna@example.org&gt;<br>
<b>Objet :</b> L'imprimante
</font></div>{old}""",
    "yahoo": """<div class="ydp"><div dir="ltr">It works.</div><div><br></div></div>
<div id="yahoo_quoted_1" class="yahoo_quoted"><div><div>
On Monday, 4 March 2024 at 10:15:12 CET, Bob Berg &lt;bob@example.org&gt; wrote:</div><div><br></div><div>{old}</div></div>
</div>""",
    "proton": """<div>It works.<br></div><div class="protonmail_signature_block"></div><div class="protonmail_quote">
On Monday, March 4th, 2024 at 10:15, Bob Berg &lt;bob@example.org&gt; wrote:<br>
<blockquote class="protonmail_quote" type="cite">{old}
</blockquote><br></div>""",
    "zimbra": """<html><body><div><div>It works.</div><hr id="zwchr"><div>
<b>From: </b>"Bob Berg" &lt;bob@example.org&gt;<br><b>To: </b>"Anna"
&lt;anna@example.org&gt;<br><b>Sent: </b>Monday, March 4, 2024 10:15:12 AM<br><b>Subject: </b>The printer<br>
</div>{old}</div></body></html>""",
    "gmx": """<html><head></head><body><div><div>It works.</div>
<div>&nbsp;<div name="quote" style="margin:10px 5px 5px 10px; border-left:2px solid">
<div><b>Gesendet:</b>&nbsp;Montag, 04. März 2024 um 10:15 Uhr<br/><b>Von:</b>&nbsp;"Bob Berg" &lt;bob@example.org&gt;<br/>
<b>An:</b>&nbsp;anna@example.org
<br/><b>Betreff:</b>&nbsp;Der Drucker</div><div name="quoted-content">{old}</div></div></div></div></body></html>""",
    "samsung": """<html><body dir="auto"><div dir="auto">It works.</div><div><br></div>
<div id="composer_signature" dir="auto"><div style="font-size:12px">
Verzonden vanaf mijn Galaxy</div></div><div><br></div><div><!-- originalMessage -->
<div>-------- Oorspronkelijk bericht --------</div><div>Van: Bob Berg
&lt;bob@example.org&gt; </div><div>Datum: 04-03-2024  10:15  (GMT+01:00) </div><div>Aan: anna@example.org </div>
<div>Onderwerp: De printer </div>
</div>{old}</body></html>""",
    "notes": """<span>It works.</span><br><br><table><tr><td><span>From:</span></td><td><span>Bob Berg/Bureau</span></td>
</tr><tr><td><span>To:</span></td>
<td>Anna Aalto/Bureau@BUREAU</td></tr><tr><td>Date:</td><td>04/03/2024 10:15</td></tr><tr><td>Subject:</td>
<td>The printer</td></tr></table><hr>{old}""",
    "roundcube": """<p>It works.</p><p id="reply-intro">On 2024-03-04 10:15, Bob Berg wrote:</p>
<blockquote type="cite" style="padding: 0 0.4em; border-left: #1010ff 2px solid; margin: 0">{old}</blockquote>""",
}


def mail(page: str) -> bytes:
    head = "From: Anna Aalto <anna@example.org>\nSubject: Re: The printer\nContent-Type: text/html; charset=utf-8\n\n"
    return (head + page).encode()


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_a_reply_in_html_is_found(layout: str) -> None:
    read_mail = read(mail(layout.format(old=OLD)))
    assert unfolded(read_mail.text, read_mail.folds) == "It works."
    assert "could you try whether the printer works?" in read_mail.text


def test_replies_between_quotations_in_html_are_found() -> None:
    page = (
        '<div class="gmail_quote"><div class="gmail_attr">On Mon, 4 Mar 2024 at 10:15, Bob &lt;bob@example.org&gt; wrote:<br></div>'
        '<blockquote class="gmail_quote"><p>Does it work?</p></blockquote><div>Yes.</div>'
        '<blockquote class="gmail_quote"><p>And does it scan?</p></blockquote><div>No.</div></div>'
    )
    read_mail = read(mail(page))
    assert unfolded(read_mail.text, read_mail.folds) == "Yes.\n\nNo."


def test_a_mail_without_quotations_has_no_folds() -> None:
    assert (
        read(
            mail("<p>The printer does not work.</p><table><tr><td>From:</td><td>the first floor</td></tr></table>")
        ).folds
        == ()
    )


PROGRAM_SAYS_OLD = {
    "outlook": '<div class="WordSection1"><p>It works.</p><div style="border:none;border-top:solid #E1E1E1 1.0pt">{old}</div></div>',
    "outlook on the web": '<div>It works.</div><div id="appendonsend"></div><div id="divRplyFwdMsg">Zaz: Bob</div>{old}',
    "exchange": '<div name="messageBodySection"><p>It works.</p></div><div name="messageReplySection">{old}</div>',
    "thunderbird": '<p>It works.</p><div class="moz-cite-prefix">Zuzu Bob xazzy:<br></div><blockquote type="cite">{old}</blockquote>',
    "yahoo": '<div>It works.</div><div class="x yahoo_quoted"><div>Zuzu Bob xazzy:</div>{old}</div>',
    "zimbra": '<div>It works.<br></div><div><hr id="zwchr"><div data-marker="__QUOTED_TEXT__">{old}</div></div>',
}


@pytest.mark.parametrize("layout", PROGRAM_SAYS_OLD.values(), ids=PROGRAM_SAYS_OLD.keys())
def test_what_a_program_says_is_old_is_quoted_in_any_language(layout: str) -> None:
    read_mail = read(mail(layout.format(old=OLD)))
    assert unfolded(read_mail.text, read_mail.folds) == "It works."
    sent_on = read(mail(layout.format(old=OLD).replace("It works.", "").replace("blockquote", "div")))
    assert "> could you try" not in sent_on.text
    assert "could you try whether the printer works?" in unfolded(sent_on.text, sent_on.folds)


@pytest.mark.parametrize(
    "named", ['class="gmail_signature" dir="ltr"', 'id="Signature"', 'class="moz-signature"', 'id="composer_signature"']
)
def test_what_a_program_says_is_a_signature_is_one(named: str) -> None:
    page = f"<div>It works.</div><div {named}><div>Anna Aalto, who is well.</div><div>First floor</div></div>"
    read_mail = read(
        mail(page + '<div class="gmail_quote">On Mon, 4 Mar 2024 at 10:15, Bob wrote:<blockquote>x</blockquote></div>')
    )
    assert unfolded(read_mail.text, read_mail.folds) == "It works."
    assert [one.kind for one in read_mail.folds] == ["signature", "quotation"]


def test_a_reply_below_what_a_program_says_is_old_is_found() -> None:
    page = '<div>Dear Bob,</div><div class="moz-cite-prefix">Zuzu Bob xazzy:</div><blockquote>Does it?</blockquote><p>Yes.</p>'
    read_mail = read(mail(page))
    assert unfolded(read_mail.text, read_mail.folds) == "Dear Bob,\n\nYes."
