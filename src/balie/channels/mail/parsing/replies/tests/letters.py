"""What mail programs put around a reply, in six languages and more: their layouts, with made-up people."""

# By language and program: the line above a quotation, broken where the program breaks it.
ANNOUNCEMENTS = {
    "en gmail": "On Mon, 4 Mar 2024 at 10:15, Anna Aalto <anna@example.org> wrote:",
    "en gmail of old, broken": "On Mon, Mar 4, 2024 at 10:15 AM, Anna Aalto <\nanna.with.a.long.address@mail.example.org> wrote:",
    "en gmail app": "On Mon, Mar 4, 2024, 10:15 Anna Aalto <anna@example.org> wrote:",
    "en apple": "On 4 Mar 2024, at 10:15, Anna Aalto <anna@example.org> wrote:",
    "en apple, in four lines": "On 4 Mar 2024, at 10:15,\nAnna Aalto of the Bureau\n<anna.aalto@mail.example.org>\nwrote:",
    "en thunderbird": "On 04/03/2024 10:15, Anna Aalto wrote:",
    "en evolution": "On Mon, 2024-03-04 at 10:15 +0100, Anna Aalto wrote:",
    "en proton": "On Monday, March 4th, 2024 at 10:15, Anna Aalto <anna@example.org> wrote:",
    "en yahoo": "    On Monday, 4 March 2024 at 10:15:12 CET, Anna Aalto <anna@example.org> wrote:",
    "en yahoo of old": "--- On Mon, 3/4/24, Anna Aalto <anna@example.org> wrote:",
    "en zoho": "---- On Mon, 04 Mar 2024 10:15:12 +0100 Anna Aalto <anna@example.org> wrote ----",
    "en k-9": "Anna Aalto <anna@example.org> wrote:",
    "en notes": "Anna Aalto <anna@example.org> wrote on 04/03/2024 10:15:12:",
    "en horde": "Quoting Anna Aalto <anna@example.org>:",
    "en news": "In message <4711@news.example.org>, Anna Aalto writes:",
    "nl gmail": "Op ma 4 mrt 2024 om 10:15 schreef Anna Aalto <anna@example.org>:",
    "nl gmail, broken": "Op ma 4 mrt 2024 om 10:15 schreef Anna Aalto <\nanna.with.a.long.address@mail.example.org>:",
    "nl apple": "Op 4 mrt 2024, om 10:15 heeft Anna Aalto <anna@example.org> het volgende geschreven:",
    "nl iphone, broken": "Op 4 mrt 2024 om 10:15 heeft Anna Aalto <anna@example.org> het\nvolgende geschreven:",
    "nl thunderbird": "Op 04-03-2024 om 10:15 schreef Anna Aalto:",
    "nl k-9": "Anna Aalto <anna@example.org> schreef:",
    "nl k-9 of today": "Op 4 maart 2024 10:15:12 CET schreef Anna Aalto <anna@example.org>:",
    "fi gmail": "ma 4. maalisk. 2024 klo 10.15 Anna Aalto (anna@example.org) kirjoitti:",
    "fi gmail, broken": "ma 4. maalisk. 2024 klo 10.15 Anna Aalto\n(anna.with.a.long.address@mail.example.org) kirjoitti:",
    "fi apple": "Anna Aalto <anna@example.org> kirjoitti 4.3.2024 kello 10.15:",
    "fi apple, broken": "Anna Aalto <anna@example.org>\nkirjoitti 4.3.2024 kello 10.15:",
    "fi thunderbird": "Anna Aalto kirjoitti 4.3.2024 klo 10.15:",
    "fi roundcube": "4.3.2024 10:15, Anna Aalto kirjoitti:",
    "sv gmail": "Den mån 4 mars 2024 kl 10:15 skrev Anna Aalto <anna@example.org>:",
    "sv gmail, broken": "Den mån 4 mars 2024 kl 10:15 skrev Anna Aalto <\nanna.with.a.long.address@mail.example.org>:",
    "sv apple": "4 mars 2024 kl. 10:15 skrev Anna Aalto <anna@example.org>:",
    "sv thunderbird": "Den 2024-03-04 kl. 10:15, skrev Anna Aalto:",
    "sv thunderbird of old": "Anna Aalto skrev den 2024-03-04 10:15:",
    "de gmail": "Am Mo., 4. März 2024 um 10:15 Uhr schrieb Anna Aalto <anna@example.org>:",
    "de gmail, broken": "Am Mo., 4. März 2024 um 10:15 Uhr schrieb Anna Aalto <\nanna.with.a.long.address@mail.example.org>:",
    "de gmail app, broken": "Anna Aalto <anna@example.org> schrieb am Mo., 4.\nMärz 2024, 10:15:",
    "de apple": "Am 04.03.2024 um 10:15 schrieb Anna Aalto <anna@example.org>:",
    "de thunderbird": "Am 04.03.24 um 10:15 schrieb Anna Aalto:",
    "de k-9": "Am 4. März 2024 10:15:12 MEZ schrieb Anna Aalto <anna@example.org>:",
    "de horde": "Zitat von Anna Aalto <anna@example.org>:",
    "fr gmail": "Le lun. 4 mars 2024 à 10:15, Anna Aalto <anna@example.org> a écrit :",
    "fr gmail, broken": "Le lun. 4 mars 2024 à 10:15, Anna Aalto <anna.with.a.long@mail.example.org> a\nécrit :",
    "fr apple": "Le 4 mars 2024 à 10:15, Anna Aalto <anna@example.org> a écrit :",
    "fr thunderbird": "Le 04/03/2024 à 10:15, Anna Aalto a écrit :",
    "es gmail": "El lun, 4 mar 2024 a las 10:15, Anna Aalto (<anna@example.org>) escribió:",
    "it gmail": "Il giorno lun 4 mar 2024 alle ore 10:15 Anna Aalto <\nanna@example.org> ha scritto:",
    "it thunderbird": "Il 04/03/2024 10:15, Anna Aalto ha scritto:",
    "pt gmail": "Em seg., 4 de mar. de 2024 às 10:15, Anna Aalto <anna@example.org> escreveu:",
    "da gmail": "Den man. 4. mar. 2024 kl. 10.15 skrev Anna Aalto <anna@example.org>:",
    "no gmail": "man. 4. mars 2024 kl. 10:15 skrev Anna Aalto <anna@example.org>:",
    "pl gmail": "pon., 4 mar 2024 o 10:15 Anna Aalto <anna@example.org> napisał(a):",
    "pl thunderbird": "W dniu 4.03.2024 o 10:15, Anna Aalto pisze:",
    "ru gmail": "пн, 4 мар. 2024 г. в 10:15, Anna Aalto <anna@example.org>:",
    "ru thunderbird": "04.03.2024 10:15, Anna Aalto пишет:",
    "cs gmail": "po 4. 3. 2024 v 10:15 odesílatel Anna Aalto <anna@example.org> napsal:",
    "hu gmail": "Anna Aalto <anna@example.org> ezt írta (időpont: 2024. márc. 4., H, 10:15):",
    "et gmail": "Kuupäev E, 4. märts 2024 kell 10:15 kirjutas Anna Aalto <anna@example.org>:",
    "ja gmail": "2024年3月4日(月) 10:15 Anna Aalto <anna@example.org>:",
    "ja apple": "2024/03/04 10:15、Anna Aalto <anna@example.org>のメール:",
    "zh gmail": "Anna Aalto <anna@example.org> 于2024年3月4日周一 10:15写道：",
    "zh apple": "在 2024年3月4日，上午10:15，Anna Aalto <anna@example.org> 写道：",
    "ko gmail": "2024년 3월 4일 (월) 오전 10:15, Anna Aalto <anna@example.org>님이 작성:",
    "a language that nobody taught": "Zuzu 4 mrz 2024 ko 10:15, Anna Aalto <anna@example.org> xazzy:",
}

# By language and program: the head of the older mail, in programs that put no marks before it.
HEADS = {
    "en outlook": """From: Anna Aalto <anna@example.org>
Sent: Monday, 4 March 2024 10:15
To: Service desk <desk@balie.test>
Cc: Bob Berg <bob@example.org>
Subject: RE: The printer""",
    "en outlook of old": """-----Original Message-----
From: Anna Aalto [mailto:anna@example.org]
Sent: Monday, March 04, 2024 10:15 AM
To: desk@balie.test
Subject: The printer""",
    "en outlook on the web": """________________________________
From: Anna Aalto <anna@example.org>
Sent: 04 March 2024 10:15
To: desk@balie.test <desk@balie.test>
Subject: The printer""",
    "en outlook for mac": """From: Anna Aalto <anna@example.org>
Date: Monday, 4 March 2024 at 10:15
To: desk@balie.test <desk@balie.test>
Subject: The printer""",
    "en outlook, in bold": """*From:* Anna Aalto <anna@example.org>
*Sent:* Monday, March 4, 2024 10:15 AM
*To:* desk@balie.test
*Subject:* The printer""",
    "en blackberry": """-----Original Message-----
From: Anna Aalto <anna@example.org>

Date: Mon, 4 Mar 2024 10:15:12
To: <desk@balie.test>


Subject: The printer""",
    "en gmail, sent on": """---------- Forwarded message ---------
From: Anna Aalto <anna@example.org>
Date: Mon, 4 Mar 2024 at 10:15
Subject: The printer
To: <desk@balie.test>""",
    "en notes": """From:        Anna Aalto/Bureau
To:        Desk/Bureau@BUREAU,
Cc:        Bob Berg/Bureau@BUREAU
Date:        04/03/2024 10:15
Subject:        The printer""",
    "en notes, sent on": "----- Forwarded by Anna Aalto/Bureau on 04/03/2024 10:15 -----",
    "en zimbra": """----- Original Message -----
From: "Anna Aalto" <anna@example.org>
To: "Desk" <desk@balie.test>
Sent: Monday, March 4, 2024 10:15:12 AM
Subject: The printer""",
    "en, all in one line": "From: Anna Aalto <anna@example.org> Sent: Monday, March 4, 2024 To: desk@balie.test Subject: The printer",
    "nl outlook": """Van: Anna Aalto <anna@example.org>
Verzonden: maandag 4 maart 2024 10:15
Aan: Servicedesk <desk@balie.test>
CC: Bob Berg <bob@example.org>
Onderwerp: RE: De printer""",
    "nl outlook of old": """-----Oorspronkelijk bericht-----
Van: Anna Aalto [mailto:anna@example.org]
Verzonden: maandag 4 maart 2024 10:15
Aan: desk@balie.test
Onderwerp: De printer""",
    "nl samsung": """-------- Oorspronkelijk bericht --------
Van: Anna Aalto <anna@example.org>
Datum: 04-03-2024 10:15 (GMT+01:00)
Aan: desk@balie.test
Onderwerp: De printer""",
    "fi outlook": """Lähettäjä: Anna Aalto <anna@example.org>
Lähetetty: maanantai 4. maaliskuuta 2024 10.15
Vastaanottaja: Palvelupiste <desk@balie.test>
Kopio: Bob Berg <bob@example.org>
Aihe: VS: Tulostin""",
    "fi outlook of old": """-----Alkuperäinen viesti-----
Lähettäjä: Anna Aalto [mailto:anna@example.org]
Lähetetty: 4. maaliskuuta 2024 10:15
Vastaanottaja: desk@balie.test
Aihe: Tulostin""",
    "fi samsung": """-------- Alkuperäinen viesti --------
Lähettäjä: Anna Aalto <anna@example.org>
Päivämäärä: 4.3.2024 10.15 (GMT+02:00)
Saaja: desk@balie.test
Aihe: Tulostin""",
    "sv outlook": """Från: Anna Aalto <anna@example.org>
Skickat: den 4 mars 2024 10:15
Till: Servicedesk <desk@balie.test>
Kopia: Bob Berg <bob@example.org>
Ämne: SV: Skrivaren""",
    "sv outlook of old": """-----Ursprungligt meddelande-----
Från: Anna Aalto [mailto:anna@example.org]
Skickat: den 4 mars 2024 10:15
Till: desk@balie.test
Ämne: Skrivaren""",
    "de outlook": """Von: Anna Aalto <anna@example.org>
Gesendet: Montag, 4. März 2024 10:15
An: Service Desk <desk@balie.test>
Cc: Bob Berg <bob@example.org>
Betreff: AW: Der Drucker""",
    "de outlook of old": """-----Ursprüngliche Nachricht-----
Von: Anna Aalto [mailto:anna@example.org]
Gesendet: Montag, 4. März 2024 10:15
An: desk@balie.test
Betreff: Der Drucker""",
    "de gmx": """Gesendet: Montag, 04. März 2024 um 10:15 Uhr
Von: "Anna Aalto" <anna@example.org>
An: desk@balie.test
Betreff: Der Drucker""",
    "fr outlook": """De : Anna Aalto <anna@example.org>
Envoyé : lundi 4 mars 2024 10:15
À : Service <desk@balie.test>
Cc : Bob Berg <bob@example.org>
Objet : RE: L'imprimante""",
    "fr outlook of old": """-----Message d'origine-----
De : Anna Aalto [mailto:anna@example.org]
Envoyé : lundi 4 mars 2024 10:15
À : desk@balie.test
Objet : L'imprimante""",
    "es outlook": """De: Anna Aalto <anna@example.org>
Enviado: lunes, 4 de marzo de 2024 10:15
Para: desk@balie.test
Asunto: La impresora""",
    "it outlook": """Da: Anna Aalto <anna@example.org>
Inviato: lunedì 4 marzo 2024 10:15
A: desk@balie.test
Oggetto: La stampante""",
    "pl outlook": """Od: Anna Aalto <anna@example.org>
Wysłano: poniedziałek, 4 marca 2024 10:15
Do: desk@balie.test
Temat: Drukarka""",
    "da outlook": """Fra: Anna Aalto <anna@example.org>
Sendt: 4. marts 2024 10:15
Til: desk@balie.test
Emne: Printeren""",
    "zh": """发件人: Anna Aalto <anna@example.org>
发送时间: 2024年3月4日 10:15
收件人: desk@balie.test
主题: 打印机""",
    "a language that nobody taught": """________________________________
Zaz: Anna Aalto <anna@example.org>
Zuz: 4 mrz 2024 10:15
Zez: desk@balie.test
Zyz: Printr""",
    "a forum": "---\n*Vorherige Antworten*",
    "a desk that asks to be answered above": "##- Please type your reply above this line -##",
}

DEVICES = {
    "en": (
        "Sent from my iPhone",
        "Sent from my Samsung Galaxy smartphone.",
        "Sent from Mail for Windows",
        "Sent from Outlook for iOS",
        "Get Outlook for iOS<https://outlook.example.com/ios>",
        "Get Outlook for Android <https://outlook.example.com/android>",
        "Sent from Yahoo Mail on Android",
        "Sent via BlackBerry from T-Example",
        "Sent with Proton Mail secure email.",
        "Sent from my Android device with K-9 Mail. Please excuse my brevity.",
    ),
    "nl": (
        "Verzonden vanaf mijn iPhone",
        "Verstuurd vanaf mijn iPad",
        "Verzonden vanaf mijn Galaxy",
        "Verzonden vanuit Mail voor Windows",
        "Outlook voor Android downloaden",
        "Verstuurd vanaf mijn Android-apparaat",
    ),
    "fi": (
        "Lähetetty iPhonesta",
        "Lähetetty Samsung Galaxy -älypuhelimesta",
        "Hanki Outlook for Android",
        "Lähetetty Windowsin Sähköpostista",
        "Lähetetty Outlook for iOS:stä",
    ),
    "sv": (
        "Skickat från min iPhone",
        "Skickat från min Samsung Galaxy smartphone.",
        "Hämta Outlook för iOS",
        "Skickat från E-post för Windows",
    ),
    "de": (
        "Von meinem iPhone gesendet",
        "Gesendet von meinem Samsung Galaxy-Smartphone",
        "Gesendet von Outlook für iOS",
        "Gesendet von Mail für Windows",
        "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
        "Gesendet mit der GMX Mail App",
    ),
    "fr": (
        "Envoyé de mon iPhone",
        "Envoyé depuis mon appareil Samsung",
        "Envoyé à partir de Courrier pour Windows",
        "Obtenir Outlook pour iOS",
        "Télécharger Outlook pour Android",
    ),
    "others": (
        "Enviado desde mi iPhone",
        "Inviato da iPhone",
        "Sendt fra min iPhone",
        "Wysłano z iPhone'a",
        "Отправлено с iPhone",
        "发自我的 iPhone",
    ),
}

CLOSINGS = {
    "en": ("Kind regards,", "Best regards", "Thanks,", "Cheers!", "Yours sincerely,", "All the best,"),
    "nl": ("Met vriendelijke groet,", "Groetjes,", "Mvg", "Met vriendelijke groeten,", "Hartelijke groet"),
    "fi": ("Ystävällisin terveisin", "Terveisin,", "Yt.", "Parhain terveisin,", "Kiitos!"),
    "sv": ("Med vänliga hälsningar", "Mvh", "Vänliga hälsningar,", "Hälsningar"),
    "de": ("Mit freundlichen Grüßen", "Viele Grüße,", "MfG", "LG", "Beste Grüße"),
    "fr": ("Cordialement,", "Bien à vous,", "Bonne journée,", "Bien cordialement"),
    "two": (
        "Med venlig hilsen / Kind regards",
        "Met vriendelijke groet | Best regards,",
        "Ystävällisin terveisin / Med vänlig hälsning",
    ),
}

REPLIES = {
    "en": "Good morning,\n\nI have tried it: the printer works again.\nOnly the scanner does not.",
    "nl": "Goedemorgen,\n\nik heb het geprobeerd: de printer doet het weer.\nAlleen de scanner niet.",
    "fi": "Hei,\n\nkokeilin sitä: tulostin toimii taas.\nVain skanneri ei toimi.",
    "sv": "Hej,\n\njag har provat: skrivaren fungerar igen.\nBara inte skannern.",
    "de": "Guten Morgen,\n\nich habe es versucht: der Drucker geht wieder.\nNur der Scanner nicht.",
    "fr": "Bonjour,\n\nj'ai essayé : l'imprimante marche à nouveau.\nSeul le scanner ne marche pas.",
}

OLD = """Dear Anna,

could you try whether the printer works now?
We have given it new toner.

Kind regards,
Bob
The desk, 040-1234567"""


def marked(text: str) -> str:
    """The text as a quotation."""
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
