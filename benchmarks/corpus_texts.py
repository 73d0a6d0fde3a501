"""What the made-up mails are made of: names, things and sentences in Dutch, Finnish and English, all our own.

Domains are reserved ones, numbers are those that authorities and standards keep for examples.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """One language's stock. Sentences have {thing}, {day}, {number}, {name}, {step} to fill in."""

    first: tuple[str, ...]
    family: tuple[str, ...]
    things: tuple[str, ...]
    steps: tuple[str, ...]
    days: tuple[str, ...]
    subjects: tuple[str, ...]
    greetings: tuple[str, ...]
    sentences: tuple[str, ...]
    asides: tuple[str, ...]
    closings: tuple[str, ...]
    wrote: str
    regards: str


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().splitlines() if line.strip())


def _words(text: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in text.split(","))


DUTCH = Language(
    first=_words(
        """
        Anouk, Bram, Carlijn, Daan, Esra, Floor, Gijs, Hanna, Ilse, Jelle, Karim, Lotte, Maarten, Noor, Olaf,
        Pien, Ruben, Sanne, Teun, Ylva
        """
    ),
    family=_words(
        """
        van der Beemd, Kuipersma, de Wolfshoek, Terpveld, Brandhorst, van Elzen, Hoogwater, Rietbergen, ter
        Heide, Molenkamp, Zandvoorde, Oudekerk, van Lindenhof, Schaapsmeer, Vossenbeld, Duinmeijer, Korenaar,
        Westerdijk, Bloemhof, Ravensteyn
        """
    ),
    things=_words(
        """
        het formulier, de aanvraag, het account, de vergunning, de brief, de website, het wachtwoord, de
        bijlage, de afspraak, het paspoort, de factuur, het uittreksel, de nieuwsbrief, de zoekfunctie, het
        overzicht, de koppeling, de publicatie, de bekendmaking, het besluit, de kaart, de melding, de
        inlogpagina, het dossier, de parkeervergunning, de afvalkalender, de agenda, het rapport, de
        verordening, de printer, het beeldscherm, de telefooncentrale, de voicemail, het abonnement, de
        toestelcode, de camera, het alarmsysteem, de toegangspas, de laptop, het certificaat, de verbinding, de
        bestelling, het contract, de rekening, de machtiging, de volmacht, het bezwaarschrift, de toelichting,
        het archief, de mailinglijst, de redactieomgeving
        """
    ),
    steps=_words(
        """
        opnieuw inloggen, het scherm verversen, een andere browser, de pagina afdrukken, het bestand opnieuw
        opslaan, de handleiding volgen, een collega laten meekijken, de computer herstarten, het nummer
        terugbellen, de gegevens nog eens invullen, de koppeling verwijderen, een nieuwe code aanvragen
        """
    ),
    days=_words(
        """
        maandag, dinsdag, woensdag, donderdag, vrijdag, gisteren, vanochtend, vorige week, eergisteren, sinds de
        laatste wijziging, na de vakantie, begin deze maand
        """
    ),
    subjects=_lines(
        """
        Vraag over {thing}
        {thing} werkt niet meer
        Storing sinds {day}
        Verzoek: {thing} aanpassen
        Kunt u meekijken met {thing}?
        Geen toegang, foutmelding {number}
        Nogmaals over {thing}
        Wijziging doorgeven
        Wanneer is {thing} klaar?
        Klacht over de wachttijd
        Melding {number} nog niet opgelost
        Nieuwe medewerker, rechten nodig
        """
    ),
    greetings=_lines(
        """
        Goedemorgen,
        Goedemiddag,
        Beste helpdesk,
        Geachte heer, mevrouw,
        Hallo,
        Beste mensen van de servicedesk,
        L.S.,
        """
    ),
    sentences=_lines(
        """
        Sinds {day} lukt het mij niet meer om {thing} te openen.
        Ik krijg steeds dezelfde foutmelding, code {number}, en daarna een leeg scherm.
        Mijn collega {name} heeft hetzelfde probleem, maar alleen op de werkplek bij het raam.
        Wij hebben al geprobeerd: {step}, en daarna ook {step}.
        Dat hielp een kwartier en toen begon het opnieuw.
        Kunt u nagaan wat er met {thing} is gebeurd?
        Volgens de brief zou {thing} al klaar moeten zijn, maar ik heb nog niets ontvangen.
        Het gaat om kenmerk {number}, ingediend op {day}.
        Ik heb een schermafdruk toegevoegd waarop u ziet waar het misgaat.
        Wilt u mij laten weten hoe lang het ongeveer duurt?
        We hebben hier morgen een bijeenkomst waarvoor wij {thing} nodig hebben.
        In de handleiding staat dat dit vanzelf gaat, maar bij ons gebeurt er niets.
        De knop onderaan is grijs en reageert niet op de muis.
        Op mijn telefoon werkt het wel, op de computer van de zaak niet.
        Zou u de rechten van {name} willen aanpassen, zodat ook hij of zij {thing} kan zien?
        Bij het opslaan verdwijnt de tweede alinea telkens.
        Ik heb vorige maand ook al gemeld dat {thing} traag is.
        Toen kreeg ik van {name} het advies: {step}.
        Het adres op {thing} klopt niet meer sinds de verhuizing.
        Kan {thing} ook per post worden gestuurd?
        De datum op de pagina is verkeerd, er staat een jaar te weinig.
        Als het eenvoudiger is, mag u mij ook bellen tussen negen en twaalf.
        Wij willen {thing} graag voor het einde van de maand stopzetten.
        Eerder kregen wij een bevestiging, deze keer bleef die uit.
        Er staat een spelfout in de kop van {thing}, misschien kunt u die meteen meenemen.
        Het lijkt erop dat twee mensen tegelijk in {thing} aan het werk waren.
        Ik begrijp niet goed wat er bij vraag vier van mij verwacht wordt.
        De afdeling vroeg mij dit eerst aan u voor te leggen.
        Zonder {thing} kunnen wij de bezoekers niet verder helpen.
        Is het de bedoeling dat iedereen dit kan lezen?
        Het probleem treedt vooral op aan het eind van de middag.
        Na {step} verscheen er een waarschuwing die ik niet kende.
        """
    ),
    asides=_lines(
        """
        U kunt mij bereiken op 06-12345678.
        Mijn burgerservicenummer is 111222333, mocht u dat nodig hebben.
        Het bedrag is afgeschreven van NL91 ABNA 0417 1643 00.
        Stuurt u het antwoord ook aan balie@voorbeeld.example?
        De storing zit op toestel 192.0.2.17, poort 8080.
        Mijn buurvrouw is te bereiken op buurvrouw@example.net.
        """
    ),
    closings=_lines(
        """
        Alvast bedankt voor uw hulp.
        Ik hoor graag van u.
        Bij voorbaat dank.
        Graag een reactie deze week.
        Fijne dag verder.
        """
    ),
    wrote="Op {day} schreef {name} <{address}>:",
    regards="Met vriendelijke groet,",
)

FINNISH = Language(
    first=_words(
        """
        Aino, Eero, Helmi, Ilmari, Jenna, Kalle, Lumi, Matias, Noora, Onni, Pihla, Risto, Saana, Tuomo, Ulla,
        Veikko, Väinö, Yrjö, Äimä, Hilkka
        """
    ),
    family=_words(
        """
        Koivulampi, Metsäranta, Kivisaarela, Harjunpää, Lehtokari, Suvantola, Jokimäki, Pihlajakoski,
        Rantasalmela, Tuomikangas, Vuorelainen, Hietaharju, Saarenkylä, Mäntyaho, Kuusivaara, Honkaniitty,
        Järvenheimo, Niittylahti, Laaksovirta, Peltoniemelä
        """
    ),
    things=_words(
        """
        lomake, hakemus, käyttäjätunnus, lupa, kirje, verkkosivu, salasana, liite, ajanvaraus, passi, lasku,
        todistus, uutiskirje, haku, luettelo, yhteys, julkaisu, ilmoitus, päätös, kartta, vikailmoitus,
        kirjautumissivu, asiakirja, pysäköintilupa, jätekalenteri, kalenteri, raportti, ohje, tulostin, näyttö,
        puhelinvaihde, vastaaja, liittymä, laitekoodi, kamera, hälytysjärjestelmä, kulkukortti, kannettava,
        varmenne, etäyhteys, tilaus, sopimus, maksu, valtuutus, valtakirja, oikaisuvaatimus, selvitys, arkisto,
        postituslista, toimitusjärjestelmä
        """
    ),
    steps=_words(
        """
        kirjautua uudelleen, päivittää sivun, vaihtaa selainta, tulostaa sivun, tallentaa tiedoston uudelleen,
        seurata ohjetta, pyytää työkaverin katsomaan, käynnistää koneen uudelleen, soittaa takaisin, täyttää
        tiedot uudestaan, poistaa yhteyden, tilata uuden koodin
        """
    ),
    days=_words(
        """
        maanantaina, tiistaina, keskiviikkona, torstaina, perjantaina, eilen, tänä aamuna, viime viikolla,
        toissapäivänä, viimeisen muutoksen jälkeen, loman jälkeen, kuun alussa
        """
    ),
    subjects=_lines(
        """
        Kysymys: {thing}
        {thing} ei toimi
        Häiriö, alkoi {day}
        Pyyntö: {thing} muutettava
        Voisitteko katsoa, {thing} jumissa
        En pääse sisään, virhe {number}
        Vielä asiasta {thing}
        Muutosilmoitus
        Milloin {thing} on valmis?
        Palautetta jonotusajasta
        Ilmoitus {number} yhä kesken
        Uusi työntekijä, oikeudet puuttuvat
        """
    ),
    greetings=_lines(
        """
        Hei,
        Hyvää huomenta,
        Hyvää päivää,
        Tervehdys,
        Arvoisa vastaanottaja,
        Moi,
        """
    ),
    sentences=_lines(
        """
        Meillä {thing} ei ole auennut kunnolla, vika alkoi {day}.
        Saan joka kerta saman virheilmoituksen, koodi {number}, ja sen jälkeen tyhjän ruudun.
        Työkaverillani {name} on sama ongelma, mutta vain ikkunan viereisellä koneella.
        Olemme jo yrittäneet {step} ja sen jälkeen {step}.
        Se auttoi hetken, ja sitten sama alkoi alusta.
        Voisitteko selvittää, miksi {thing} katosi?
        Kirjeen mukaan {thing} olisi jo valmis, mutta en ole saanut mitään.
        Asian tunnus on {number}, ja se jätettiin {day}.
        Lähetän mukana kuvan, josta näkyy, missä kohdassa se kaatuu.
        Kertoisitteko, kuinka kauan käsittely suunnilleen kestää?
        Meillä on huomenna tilaisuus, jossa {thing} on välttämätön.
        Ohjeessa sanotaan, että tämä tapahtuu itsestään, mutta meillä ei tapahdu mitään.
        Alareunan painike on harmaa eikä reagoi hiireen.
        Puhelimella se onnistuu, työpaikan koneella ei.
        Voisiko henkilölle {name} antaa oikeudet, joilla {thing} näkyy?
        Tallennettaessa toinen kappale häviää aina.
        Ilmoitin jo viime kuussa, että {thing} on hidas.
        Silloin {name} neuvoi minua: kannattaa {step}.
        Osoitetieto on väärin muuton jälkeen, ja {thing} lähtee siksi väärään paikkaan.
        Saisiko sen myös postitse?
        Sivulla on väärä päivämäärä, vuosi on yhden liian pieni.
        Minulle voi myös soittaa aamupäivällä, jos se on helpompaa.
        Haluaisimme, että {thing} lopetetaan ennen kuun loppua.
        Aiemmin saimme vahvistuksen, tällä kertaa sitä ei tullut.
        Otsikossa on kirjoitusvirhe, ehkä sen voi korjata samalla.
        Näyttää siltä, että kaksi ihmistä muokkasi samaa asiakirjaa yhtä aikaa.
        En oikein ymmärrä, mitä neljännessä kohdassa pitäisi vastata.
        Osastolta neuvottiin kysymään ensin teiltä.
        Ilman sitä emme pysty palvelemaan kävijöitä.
        Onko tarkoitus, että kaikki voivat lukea tämän?
        Ongelma esiintyy varsinkin iltapäivän lopulla.
        Kun yritin {step}, näytölle tuli varoitus, jota en tuntenut.
        """
    ),
    asides=_lines(
        """
        Minut tavoittaa numerosta 040 123 4567.
        Henkilötunnukseni on 131052-308T, jos sitä tarvitaan.
        Maksu lähti tililtä FI21 1234 5600 0007 85.
        Voitteko vastata myös osoitteeseen palvelu@esimerkki.example?
        Vika on laitteessa 192.0.2.17, portti 8080.
        Naapurini osoite on naapuri@example.net.
        """
    ),
    closings=_lines(
        """
        Kiitos avusta jo etukäteen.
        Jään odottamaan vastausta.
        Kiitos vaivannäöstä.
        Toivon vastausta tällä viikolla.
        Mukavaa päivänjatkoa.
        """
    ),
    wrote="{name} <{address}> kirjoitti {day}:",
    regards="Ystävällisin terveisin",
)

ENGLISH = Language(
    first=_words(
        """
        Ada, Basil, Clover, Dexter, Edith, Fergus, Greta, Hugo, Imogen, Jasper, Keziah, Linus, Mabel, Ned,
        Odette, Piers, Quentin, Rosalind, Silas, Tabitha
        """
    ),
    family=_words(
        """
        Ashgrove, Brindlewood, Copperfieldson, Dunmarsh, Elmhurstley, Fairwether, Greystoke-Hill, Hazelrigg,
        Ivorson, Kestrelman, Larkspurr, Millbrookes, Netherton-Lea, Oakhollow, Pennywhistle, Quillfeather,
        Rookwoodly, Stonebridger, Thistledown, Wrenfieldt
        """
    ),
    things=_words(
        """
        the form, the application, the account, the permit, the letter, the website, the password, the
        attachment, the appointment, the passport, the invoice, the extract, the newsletter, the search page,
        the overview, the connection, the publication, the notice, the decision, the map, the report, the
        sign-in page, the case file, the parking permit, the waste calendar, the diary, the summary, the by-law,
        the printer, the monitor, the switchboard, the voicemail, the subscription, the device code, the camera,
        the alarm system, the access pass, the laptop, the certificate, the remote connection, the order, the
        contract, the payment, the mandate, the proxy, the objection, the explanation, the archive, the mailing
        list, the editing environment
        """
    ),
    steps=_words(
        """
        signing in again, refreshing the page, using another browser, printing the page, saving the file once
        more, following the manual, asking a colleague to look, restarting the computer, calling the number
        back, filling everything in again, removing the connection, asking for a new code
        """
    ),
    days=_words(
        """
        on Monday, on Tuesday, on Wednesday, on Thursday, on Friday, yesterday, this morning, last week, the day
        before yesterday, after the last change, after the holidays, early this month
        """
    ),
    subjects=_lines(
        """
        Question about {thing}
        {thing} has stopped working
        Fault that began {day}
        Request: change {thing}
        Could you look at {thing}?
        No access, error {number}
        Once more about {thing}
        Change of details
        When will {thing} be ready?
        Complaint about the waiting time
        Report {number} still open
        New colleague needs rights
        """
    ),
    greetings=_lines(
        """
        Good morning,
        Good afternoon,
        Dear help desk,
        Dear Sir or Madam,
        Hello,
        Hi all,
        """
    ),
    sentences=_lines(
        """
        I have not been able to open {thing}; it began {day}.
        Each time I get the same error, code {number}, and then an empty screen.
        My colleague {name} has the same trouble, but only at the desk by the window.
        We have tried {step}, and after that {step} as well.
        That helped for a quarter of an hour and then it began again.
        Could you find out what happened to {thing}?
        According to the letter {thing} should be ready, yet nothing has come.
        The reference is {number}, handed in {day}.
        I have added a picture of the screen that shows where it goes wrong.
        Would you tell me roughly how long this takes?
        There is a meeting tomorrow for which we need {thing}.
        The manual says that this happens by itself, but here nothing happens.
        The button at the bottom is grey and ignores the mouse.
        It works on my phone but not on the computer at work.
        Could you change the rights of {name}, so that they can see {thing} too?
        When I save, the second paragraph disappears every time.
        I already reported last month that {thing} is slow.
        Back then {name} advised {step}.
        The address on {thing} has been wrong since we moved.
        Can {thing} be sent by post as well?
        The date on the page is wrong, the year is one too few.
        If that is easier you may also ring me between nine and noon.
        We would like to end {thing} before the month is over.
        Earlier we had a confirmation, this time there was none.
        There is a spelling mistake in the heading of {thing}, perhaps you can mend it at the same time.
        It looks as if two people were working in {thing} at once.
        I do not quite see what question four wants from me.
        The department asked me to put this to you first.
        Without {thing} we cannot help our visitors.
        Is everybody meant to be able to read this?
        The trouble comes mostly late in the afternoon.
        After {step} there was a warning that I had not seen before.
        """
    ),
    asides=_lines(
        """
        You can reach me on +44 7700 900123.
        The card that was charged is 4111 1111 1111 1111.
        The amount left account GB29 NWBK 6016 1331 9268 19.
        Please answer to desk@office.example as well.
        The fault is on device 192.0.2.17, port 8080.
        My neighbour can be reached at neighbour@example.net.
        """
    ),
    closings=_lines(
        """
        Thank you for your help.
        I look forward to your answer.
        Many thanks in advance.
        I would be glad of an answer this week.
        Have a good day.
        """
    ),
    wrote="{day}, {name} <{address}> wrote:",
    regards="Kind regards,",
)

LANGUAGES = {"nl": DUTCH, "fi": FINNISH, "en": ENGLISH}
