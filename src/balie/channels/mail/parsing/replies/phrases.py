"""What mail programs and people write around a reply, by language: to teach another language, add it here alone.

Every entry is a list with `|` between its phrases, in any case. See `Language` for what each list is for.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Language:
    """The phrases of one language.

    opens: with what a line that announces a quotation begins ("On … wrote:"), where it begins with a word of its own.
    wrote: the last word of what announces it ("a écrit" has `écrit`); wherever it stands in the line.
    quoting: with what it begins where it only names who is quoted.
    sender, sent, to, copy, subject, other: labels in the head of a mail that is answered or sent on.
    separators: what stands between dashes above such a mail, or by itself with a colon.
    devices: beginnings of the lines that mail programs add below. notices: beginnings of what companies add below.
    closings: formulas above the name.
    """

    opens: str = ""
    wrote: str = ""
    quoting: str = ""
    sender: str = ""
    sent: str = ""
    to: str = ""
    copy: str = ""
    subject: str = ""
    other: str = ""
    separators: str = ""
    devices: str = ""
    notices: str = ""
    closings: str = ""


LANGUAGES = {
    "en": Language(
        opens="On|At|In message|Posted by",
        wrote="wrote|writes|said|says|sent",
        quoting="Quoting|Quote from",
        sender="From",
        sent="Sent|Date|Sent at|Received",
        to="To",
        copy="Cc|Bcc",
        subject="Subject",
        other="Reply-To|Reply To|Attachments|Importance|Priority|Organization|On behalf of|Sender|Resent-From|Attachment",
        separators="Original Message|Original Email|Original Mail|Forwarded Message|Forwarded Mail|Reply Message"
        "|Begin forwarded message|Start of forwarded message|Forwarded by|Replied Message|Original Appointment"
        "|Original Message processed by|Previous message|Message from|Previous Replies",
        devices="Sent from my|Sent from a|Sent from an|Sent from mobile|Sent from Mail for|Sent from Mail|Sent from Outlook"
        "|Sent from Yahoo|Sent from Windows|Sent from Samsung|Sent from Mailbox|Sent from Proton|Sent from BlackBerry"
        "|Sent from iPhone|Sent from iPad|Sent from Android|Sent from Gmail|Sent from Workspace|Sent from Nine|Sent from Type"
        "|Sent from AOL|Sent from the|Sent from Acompli|Sent via|Sent with|Sent using|Sent by|Sent on the go|Sent wirelessly"
        "|Get Outlook for|Get the Outlook|Download Outlook for|From my iPhone|Please excuse my brevity|Typed on"
        "|Composed with|Get BlueMail for|Sent through|Virus-free|Powered by Cricket",
        notices="Disclaimer|Confidentiality notice|Confidential notice|Legal notice|Privacy notice"
        "|This e-mail and any|This email and any|This e-mail is confidential|This email is confidential"
        "|This message is confidential|This message and any|The information in this e|The information contained in this"
        "|The contents of this e|This e-mail (including|This email (including|This e-mail message|You received this message"
        "|You are receiving this|To unsubscribe from|Please consider the environment|Please think of the environment"
        "|This email has been checked for viruses",
        closings="Kind regards|Best regards|Warm regards|Warmest regards|Many regards|With kind regards|With best regards"
        "|With regards|Kindest regards|Regards|Rgds|Best wishes|Best|All the best|Cheers|Sincerely|Yours sincerely"
        "|Sincerely yours|Yours truly|Yours faithfully|Yours|Respectfully|Thanks|Many thanks|Thank you|Thanks and regards"
        "|Thanks & regards|Thanking you|Thanks in advance|Thank you in advance|Kind greetings|Greetings|Take care|KR|BR|Thx",
    ),
    "nl": Language(
        opens="Op",
        wrote="schreef|geschreven|verzond|schrijft",
        quoting="Citeren|Citaat van",
        sender="Van",
        sent="Verzonden|Verzonden op|Datum|Verstuurd",
        to="Aan",
        copy="CC|Kopie|Bcc",
        subject="Onderwerp|Betreft",
        other="Beantwoorden|Antwoord aan|Bijlage|Bijlagen|Prioriteit|Urgentie|Namens",
        separators="Oorspronkelijk bericht|Origineel bericht|Oorspronkelijke mail|Oorspronkelijke e-mail"
        "|Doorgestuurd bericht|Begin doorgestuurd bericht|Doorgestuurde mail|Antwoordbericht|Eerdere antwoorden|Vorige antwoorden",
        devices="Verzonden vanaf mijn|Verzonden vanuit|Verzonden via|Verzonden met|Verstuurd vanaf mijn|Verstuurd vanaf"
        "|Verstuurd vanuit|Verstuurd via|Verstuurd met|Verzonden vanaf|Verzonden door|Verzonden van mijn|Outlook voor"
        "|Outlook downloaden voor|Download Outlook voor|Outlook ophalen voor",
        notices="De informatie in dit bericht|De informatie in deze e|Dit bericht is vertrouwelijk|Dit bericht kan informatie"
        "|Deze e-mail en|Deze e-mail is|Dit e-mailbericht|De inhoud van dit|Dit bericht en|Denk aan het milieu"
        "|Aan dit bericht kunnen geen rechten",
        closings="Met vriendelijke groet|Met vriendelijke groeten|Vriendelijke groet|Vriendelijke groeten|Met hartelijke groet"
        "|Hartelijke groet|Hartelijke groeten|Met groet|Met groeten|Groet|Groeten|Groetjes|Gr|Grtjs|Grt|Mvg|Mvrgr|Hoogachtend"
        "|Met dank|Met vr gr|Vr gr|Vr groet|M.v.g.|Vriendelijk dank|Alvast bedankt|Bedankt|Dank u|Beste groeten|Met beste groet"
        "|Met collegiale groet|Liefs",
    ),
    "fi": Language(
        wrote="kirjoitti|kirjoittaa|lähetti",
        quoting="Lainaus|Lainaan",
        sender="Lähettäjä|Keneltä",
        sent="Lähetetty|Päivämäärä|Päiväys|Pvm",
        to="Vastaanottaja|Vastaanottajat|Kenelle",
        copy="Kopio|Kopiot",
        subject="Aihe",
        other="Liite|Liitteet|Tärkeys|Vastausosoite|Vastaus",
        separators="Alkuperäinen viesti|Alkuperäinen sähköposti|Välitetty viesti|Edelleenlähetetty viesti|Vastausviesti"
        "|Välitetty viesti alkaa|Edelleen lähetetty viesti|Aiemmat vastaukset|Aikaisemmat vastaukset",
        devices="Lähetetty iPhonesta|Lähetetty iPadista|Lähetetty puhelimesta|Lähetetty minun|Lähetetty Samsung|Lähetetty Huawei"
        "|Lähetetty Windows|Lähetetty laitteesta|Lähetetty älypuhelimesta|Lähetetty Androidista|Lähetetty Outlook"
        "|Lähetetty Yahoo|Lähetetty matkapuhelimesta|Lähetetty sovelluksesta|Lähetetty Galaxy|Lähetetty Nokia|Lähetetty Androidin"
        "|Lähetetty Elisa|Lähetetty Sony|Lähetetty OnePlus|Hanki Outlook|Lataa Outlook|Lähetetty kännykästä"
        "|Lähetetty Sähköposti|Lähetetty laitteestani|Lähetetty mobiililaitteesta",
        notices="Tämä viesti on luottamuksellinen|Tämä sähköposti|Tämä viesti ja sen|Viesti on tarkoitettu vain",
        closings="Ystävällisin terveisin|Ystävällisesti|Terveisin|Parhain terveisin|Parhaat terveiset|Kunnioittavasti|Terveiset|Terv"
        "|T|Yt|Yst terv|Ystävällisin terveisin|Kiitos|Kiitos jo etukäteen|Kiitos etukäteen|Kiitoksin|Kiittäen|Lämpimin terveisin"
        "|Hyvää viikonloppua|Yhteistyöterveisin|Aurinkoisin terveisin|Hyvin terveisin",
    ),
    "sv": Language(
        opens="Den",
        wrote="skrev|skriver",
        quoting="Citerar|Citat från",
        sender="Från",
        sent="Skickat|Datum|Skickades",
        to="Till",
        copy="Kopia",
        subject="Ämne",
        other="Svar till|Bifogade filer|Bilagor|Prioritet|Bilaga",
        separators="Ursprungligt meddelande|Originalmeddelande|Ursprungligt mail|Vidarebefordrat meddelande|Vidarebefordrat brev"
        "|Vidarebefordrat mail|Svarsmeddelande|Ursprungligt mejl|Vidarebefordrat mejl"
        "|Tidigare svar",
        devices="Skickat från min|Skickat från|Skickat från e-post|Skickat via|Skickat med|Skickad från|Hämta Outlook"
        "|Ladda ned Outlook|Skaffa Outlook|Sänt från min",
        notices="Detta meddelande är konfidentiellt|Detta e-postmeddelande|Detta mail|Informationen i detta",
        closings="Med vänlig hälsning|Med vänliga hälsningar|Vänlig hälsning|Vänliga hälsningar|Vänligen|Hälsningar|Hälsning"
        "|Bästa hälsningar|Mvh|M.v.h|Mvh/|Med bästa hälsningar|Allt gott|Hälsar|Tack på förhand|Tack|Vh|Bästa hälsning|Högaktningsfullt"
        "|Med varma hälsningar|Ha det bra|Tack och hej|Varma hälsningar",
    ),
    "de": Language(
        opens="Am",
        wrote="schrieb|schrieben|geschrieben|schreibt",
        quoting="Zitat von|Zitiere",
        sender="Von",
        sent="Gesendet|Datum|Gesendet am|Date",
        to="An",
        copy="Cc|Kopie|Bcc",
        subject="Betreff",
        other="Antwort an|Anlagen|Anhänge|Priorität|Wichtigkeit|Organisation|Anlage|Im Auftrag von",
        separators="Ursprüngliche Nachricht|Original-Nachricht|Originalnachricht|Original Nachricht|Weitergeleitete Nachricht"
        "|Weitergeleitete Mail|Anfang der weitergeleiteten Nachricht|Anfang der weitergeleiteten E-Mail|Antwort Nachricht"
        "|Ursprüngliche Mail|Weitergeleitet von|Originalmail|Ursprüngliche E-Mail"
        "|Vorherige Antworten|Frühere Antworten",
        devices="Gesendet von meinem|Gesendet von meiner|Gesendet mit|Gesendet von|Von meinem|Von meiner|Vom iPhone gesendet"
        "|Von unterwegs gesendet|Gesendet über|Gesendet aus|Outlook für|Holen Sie sich Outlook|Laden Sie Outlook|Vom Handy gesendet"
        "|Diese Nachricht wurde von meinem|Diese Nachricht wurde mit|Gesendet vom|Mobil gesendet",
        notices="Diese E-Mail enthält vertrauliche|Diese Nachricht ist vertraulich|Diese E-Mail ist vertraulich|Der Inhalt dieser E"
        "|Wichtiger Hinweis|Bitte denken Sie an die Umwelt|Vertraulichkeitshinweis",
        closings="Mit freundlichen Grüßen|Mit freundlichem Gruß|Mit freundlichen Gruessen|Mit freundlichem Gruss"
        "|Mit freundlichen Grüssen|Freundliche Grüße|Freundliche Grüsse|Freundlicher Gruß|Mit besten Grüßen|Beste Grüße"
        "|Beste Grüsse|Viele Grüße|Viele Gruesse|Viele Grüsse|Liebe Grüße|Liebe Grüsse|Herzliche Grüße|Herzliche Grüsse|Schöne Grüße"
        "|Grüße|Grüsse|Gruß|Gruss|Lieben Gruß|Schönen Gruß|MfG|LG|VG|BG|Hochachtungsvoll|Danke|Vielen Dank|Besten Dank"
        "|Danke im Voraus|Mit lieben Grüßen|Herzlichst|Mit herzlichen Grüßen|Besten Gruß|Vielen Dank und viele Grüße|Danke und Gruß",
    ),
    "fr": Language(
        opens="Le",
        wrote="écrit|ecrit|dit|écrivait",
        quoting="Citation de|Quoting",
        sender="De|Expéditeur",
        sent="Envoyé|Date|Envoyé le|Date d'envoi",
        to="À|A|Pour|Destinataire",
        copy="Cc|Copie|Cci|Copie à",
        subject="Objet|Sujet",
        other="Répondre à|Pièces jointes|Pièce jointe|Importance|Organisation",
        separators="Message d'origine|Message original|Message transféré|Message initial|Mail original|Courriel original"
        "|Début du message transféré|Début du message réexpédié|Message réexpédié|Mail d'origine|E-mail d'origine|Courrier original"
        "|Réponses précédentes",
        devices="Envoyé de mon|Envoyé depuis mon|Envoyé depuis|Envoyé à partir de|Envoyé avec|Envoyé par|Envoyé via|Envoyé de"
        "|Télécharger Outlook|Obtenir Outlook|Obtenez Outlook|Téléchargez Outlook|Provenance : Courrier",
        notices="Ce message et|Ce message est confidentiel|Ce courriel|Cet e-mail|Ce message peut contenir|Pensez à l'environnement"
        "|Les informations contenues dans",
        closings="Cordialement|Bien cordialement|Très cordialement|Bien à vous|Bien à toi|Sincères salutations|Salutations"
        "|Meilleures salutations|Salutations distinguées|Bonne journée|Bonne soirée|Bonne réception|Amicalement|Merci|Merci d'avance"
        "|Respectueusement|Cdt|Cdlt|Merci et bonne journée|Belle journée|Avec mes salutations|Merci par avance|À bientôt|Bises",
    ),
    "es": Language(
        opens="El",
        wrote="escribió|escribio|escribiste",
        sender="De|Remitente",
        sent="Enviado|Fecha|Enviado el|Enviada el",
        to="Para",
        copy="CC|Copia",
        subject="Asunto",
        other="Responder a|Datos adjuntos|Importancia|Organización|Archivos adjuntos",
        separators="Mensaje original|Mensaje reenviado|Mensaje de respuesta|Inicio del mensaje reenviado|Correo original",
        devices="Enviado desde mi|Enviado desde|Enviado de mi|Enviado con|Enviado por|Obtener Outlook|Descargar Outlook",
        notices="Este mensaje y|Este correo electrónico|Aviso legal|Antes de imprimir",
        closings="Saludos|Un saludo|Saludos cordiales|Atentamente|Cordialmente|Gracias|Muchas gracias|Un cordial saludo|Atte",
    ),
    "it": Language(
        opens="Il|In data",
        wrote="scritto|scrive|scrisse",
        sender="Da|Mittente",
        sent="Inviato|Data|Inviata",
        to="A|Destinatario",
        copy="Cc|Copia",
        subject="Oggetto",
        other="Rispondi a|Allegati|Priorità|Importanza",
        separators="Messaggio originale|Messaggio inoltrato|Inizio messaggio inoltrato|Messaggio originario|Inizia messaggio inoltrato",
        devices="Inviato da|Inviato dal|Inviato con|Inviato tramite|Scarica Outlook|Ottieni Outlook|Inviato dalla",
        notices="Questo messaggio|Le informazioni contenute|Avviso di riservatezza",
        closings="Cordiali saluti|Distinti saluti|Saluti|Un saluto|Cordialmente|Grazie|Buona giornata|Cari saluti",
    ),
    "pt": Language(
        opens="Em|A|No dia|Na",
        wrote="escreveu",
        sender="De",
        sent="Enviado|Data|Enviada|Enviada em|Enviado em",
        to="Para",
        copy="Cc|Cópia",
        subject="Assunto",
        other="Responder para|Anexos|Prioridade",
        separators="Mensagem original|Mensagem encaminhada|Início da mensagem reencaminhada|Mensagem reencaminhada"
        "|Início da mensagem encaminhada",
        devices="Enviado do meu|Enviado a partir|Enviado do|Enviado de|Enviado pelo|Enviado via|Obter o Outlook|Baixar o Outlook",
        closings="Atenciosamente|Cumprimentos|Com os melhores cumprimentos|Melhores cumprimentos|Obrigado|Obrigada|Abraços|Att",
    ),
    "da": Language(
        opens="Den|På",
        wrote="skrev|skriver",
        sender="Fra",
        sent="Sendt|Dato",
        to="Til",
        copy="Cc|Kopi",
        subject="Emne",
        other="Svar til|Vedhæftet|Vedhæftede filer|Vedlegg|Prioritet",
        separators="Oprindelig meddelelse|Original meddelelse|Videresendt meddelelse|Videresendt besked|Start på videresendt besked"
        "|Opprinnelig melding|Videresendt melding|Original besked|Oprindelig besked|Original melding|Begynnelse på videresendt melding",
        devices="Sendt fra min|Sendt fra|Sendt via|Sendt med|Hent Outlook|Last ned Outlook|Skaff Outlook",
        closings="Med venlig hilsen|Venlig hilsen|Venlige hilsner|Hilsen|Mange hilsner|Bedste hilsner|De bedste hilsner|Kh|Dbh"
        "|Med vennlig hilsen|Vennlig hilsen|Med hilsen|Hilsen fra|Beste hilsen|På forhånd tak|På forhånd takk|Tak|Takk|Vennligst",
    ),
    "pl": Language(
        opens="W dniu|Dnia|Dňa",
        wrote="napisał|napisała|pisze|nadesłał",
        sender="Od",
        sent="Wysłano|Data|Wysłane",
        to="Do",
        copy="DW|UDW",
        subject="Temat",
        other="Odpowiedz do|Załączniki",
        separators="Wiadomość oryginalna|Oryginalna wiadomość|Wiadomość przekazana|Treść oryginalnej wiadomości"
        "|Przekazana wiadomość|Początek przekazywanej wiadomości",
        devices="Wysłano z|Wysłane z|Pobierz program Outlook|Pobierz Outlook",
        closings="Pozdrawiam|Z poważaniem|Z powazaniem|Pozdrowienia|Serdecznie pozdrawiam|Dziękuję",
    ),
    "ru": Language(
        wrote="написал|написала|пишет|писал|пише",
        sender="От|От кого|Від",
        sent="Отправлено|Дата|Отправлен",
        to="Кому",
        copy="Копия|Копія",
        subject="Тема",
        separators="Исходное сообщение|Пересылаемое сообщение|Перенаправленное сообщение|Оригинальное сообщение"
        "|Пересылаемое письмо|Начало переадресованного сообщения",
        devices="Отправлено с|Отправлено из|Отправлено от|Скачать Outlook|Надіслано з",
        closings="С уважением|С наилучшими пожеланиями|Спасибо|З повагою|Всего доброго",
    ),
    "cs": Language(
        opens="Dne|Dňa",
        wrote="napsal|napsala|napísal|napísala",
        sender="Od",
        sent="Odesláno|Datum|Odoslané|Dátum",
        to="Komu|Pro",
        copy="Kopie|Kópia",
        subject="Předmět|Predmet",
        separators="Původní zpráva|Původní e-mail|Přeposlaná zpráva|Pôvodná správa",
        devices="Odesláno z|Odoslané z|Získejte Outlook|Stáhnout Outlook",
        closings="S pozdravem|S úctou|Děkuji|S přáním hezkého dne|Zdraví|S pozdravom",
    ),
    "hu": Language(
        wrote="írta|ezt írta",
        sender="Feladó",
        sent="Elküldve|Dátum|Küldve|Küldés ideje",
        to="Címzett",
        copy="Másolatot kap|Másolat",
        subject="Tárgy",
        separators="Eredeti üzenet|Továbbított üzenet",
        devices="Elküldve|Küldve",
        closings="Üdvözlettel|Tisztelettel|Köszönettel|Üdv",
    ),
    "et": Language(
        wrote="kirjutas",
        sender="Saatja",
        sent="Saadetud|Kuupäev|Saatmisaeg",
        to="Adressaat|Saaja",
        copy="Koopia",
        subject="Teema",
        separators="Algne sõnum|Edastatud kiri|Algsõnum|Edastatud sõnum",
        devices="Saadetud minu|Saadetud",
        closings="Lugupidamisega|Parimate soovidega|Tervitades|Heade soovidega",
    ),
    "ro": Language(
        opens="Pe|În",
        wrote="scris",
        sender="De la",
        sent="Trimis|Dată",
        to="Către",
        subject="Subiect",
        separators="Mesaj original|Mesaj redirecționat",
        devices="Trimis de pe|Trimis din",
        closings="Cu stimă|Cu respect|Toate cele bune|Mulțumesc",
    ),
    "tr": Language(
        wrote="yazdı|şunu yazdı|yazmış",
        sender="Kimden|Gönderen",
        sent="Gönderildi|Tarih|Gönderme Tarihi",
        to="Kime|Alıcı",
        subject="Konu",
        separators="Özgün İleti|Orijinal Mesaj|İletilen mesaj|Yönlendirilen ileti",
        devices="iPhone'umdan gönderildi|Gönderen:",
        closings="Saygılarımla|İyi çalışmalar|Saygılar",
    ),
    "ja": Language(
        opens="20",
        wrote="のメッセージ|のメール|のコメント|書きました|が書きました",
        sender="差出人|送信者",
        sent="送信日時|日時|日付",
        to="宛先",
        copy="CC",
        subject="件名",
        separators="Original Message|元のメッセージ|転送メッセージ|転送されたメッセージ|Forwarded message",
        devices="iPhoneから送信|iPadから送信|私のiPhoneから送信|Outlook for",
    ),
    "zh": Language(
        opens="在|于|於",
        wrote="写道|寫道|写到",
        sender="发件人|寄件者|寄件人",
        sent="发送时间|日期|寄件日期|发件时间|傳送日期",
        to="收件人|收件者",
        copy="抄送|副本",
        subject="主题|主旨",
        separators="原始邮件|原始郵件|转发的邮件|回复的原邮件|轉寄的郵件|转发邮件信息|原邮件",
        devices="发自我的|从我的|從我的|發自我的|来自我的|发自",
    ),
    "ko": Language(
        opens="20",
        wrote="작성|작성하였습니다|씀",
        sender="보낸 사람|보낸사람",
        sent="보낸 날짜|날짜|보낸날짜",
        to="받는 사람|받는사람",
        copy="참조",
        subject="제목",
        separators="원본 메시지|전달된 메시지",
        devices="내 iPhone에서 보냄|나의 iPhone에서 보냄",
    ),
    "vi": Language(opens="Vào", wrote="viết|đã viết"),
    "he": Language(opens="בתאריך|ב", wrote="כתב|כתבה|כתב/ה|מאת", sender="מאת", sent="נשלח", to="אל", subject="נושא"),
}

# Words for what people hold in their hands, in a line like "Sent from my …".
DEVICES = (
    "iphone|ipad|ipod|phone|mobile|android|samsung|galaxy|blackberry|windows|htc|nokia|huawei|xiaomi|pixel|tablet|smartphone"
    "|telefoon|toestel|handy|smartphone|outlook|mail|yahoo|gmail|cell|device|moto|motorola|oneplus|sony|xperia|lg|alcatel|mac"
    "|macbook|puhelimesta|puhelin|laite|laitteesta|mobil|telefon|portable|téléphone|mobilgerät|mobiltelefon|móvil|celular"
    "|telefono|cellulare|ios|watch|treo|palm|verizon|wireless|nexus|surface|laptop|pc|computer|ti-85|app|proton|protonmail"
)
# Words in a notice above a mail that came from outside.
OUTSIDE = "outside|external|extern|externe|externen|ulkopuolelta|ulkoinen|utanför|extérieur|externa|esterno"
BANNERS = (
    "caution|warning|external|[external|let op|waarschuwing|achtung|huomio|varoitus|attention|varning|obs|vorsicht"
)
# What stands above a mail that a desk sent, to be answered above it.
ABOVE = (
    "type your reply above|reply above this line|above this line|boven deze lijn|boven deze regel|tämän rivin yläpuolelle"
    "|ovanför den här raden|ovanför denna rad|oberhalb dieser zeile|über dieser zeile|au-dessus de cette ligne"
)


def phrases(name: str) -> tuple[str, ...]:
    """One list of all languages together, in small letters, each phrase once, longest first."""
    found = {one.casefold() for each in LANGUAGES.values() for one in getattr(each, name).split("|") if one}
    return tuple(sorted(found, key=lambda one: (-len(one), one)))


@dataclass(frozen=True, slots=True)
class Tables:
    """What all languages have to say, in the form in which it is looked up."""

    opens: tuple[str, ...] = field(default_factory=lambda: phrases("opens"))
    wrote: tuple[str, ...] = field(default_factory=lambda: phrases("wrote"))
    quoting: tuple[str, ...] = field(default_factory=lambda: phrases("quoting"))
    separators: tuple[str, ...] = field(default_factory=lambda: phrases("separators"))
    devices: tuple[str, ...] = field(default_factory=lambda: phrases("devices"))
    notices: tuple[str, ...] = field(default_factory=lambda: phrases("notices"))
    closings: tuple[str, ...] = field(default_factory=lambda: phrases("closings"))
    labels: dict[str, str] = field(
        default_factory=lambda: {
            label: role for role in ("other", "copy", "to", "sent", "subject", "sender") for label in phrases(role)
        }
    )
