"""Words that say what the number or the name beside them is."""

import re

# For each sign a class: C(ase), T(hing), O(rganisation's number), B(orn), D(ocument), U(ser), V(ehicle), P(hone), I(ban),
# N(etwork), M(ac), E (imei), A(ddress), Z (postcode), S (national number), K (card), F (name), @ (e-mail), W(hen).
_CUES = (
    ("S", r"bsn|burgerservice|sofi|hetu|henkilötunnu|personbeteckning|social|citizen|identity|identiteitsn|henkilötun"),
    (
        "O",
        r"kvk|k\.v\.k|koophandel|rsin|btw|vat$|oin$|y-tunnu|ytunnu|business|company|chamber|commerce|fo-nummer|alv$|eori$|lei$|kbo"
        r"|ondernemingsn|ovt|siret|iso$|issn|isbn|ean$",
    ),
    ("E", r"imei"),
    ("M", r"mac$|mac[-_a]|cpe-mac|ethernet"),
    ("N", r"ip$|ip[-_v]|ipadd|ipadre|wan$|src$|dst$|source$"),
    ("I", r"iban|rekening|bankrekening|tili(?!t)|tilinumero|tilille|account(?! man)|konto|bankkonto|girorek"),
    ("K", r"creditcard|kredietkaart|betaalpas|pankkikort|luottokort|visa|mastercard|bankpas|debit|credit"),
    (
        "D",
        r"paspoort|passport|passi(?!l)|passin|pass$|id-kaart|idkaart|identiteits|identiteitsk|identity|id-card|rijbewij"
        r"|ajokort|körkort|driving|driver|verblijfs|residence|permit|vreemdeling|v-nummer|oleskelu|henkilökort|legitim"
        r"|documentn|document|licence(?=n)|dni$|nie$|id$",
    ),
    (
        "V",
        r"kenteken|plate|numberplate|licence|license|rekisterin|rekisterit|rekkari|kilpi|kilve|reg$|registration|registreringsn"
        r"|auto(?!m)|auton|car$|voertuig|bestel|bus$|vehicle|bil|scooter|motor|pakettiauto|farmari|henkilöauto",
    ),
    (
        "B",
        r"geb$|geboren|geboorte|geboorted|gebdat|geb_|born|birth|dob|birthd|synt|syntynyt|syntymä|syntyn|s$|född|födelse|o\.s"
        r"|verjaar|jarig|born_|syntaika",
    ),
    (
        "U",
        r"gebruikersn|gebruiker|gebruikerid|username|user|userid|user_|login|logon|inlog|inlognaam|loginnaam|käyttäjätun"
        r"|käyttäjän|tunnus|tunnuks|tunnukse|wilma-tunnu|account(?!a)|handle|alias|nick|accountn|aanmeld|uid|samaccount"
        r"|användar|password|profiel|profile",
    ),
    (
        "C",
        r"klant|klantn|klantid|patiënt|patient|patiëntn|cliënt|client|relatie|relatien|lidn|lidm|lidmaat|leden|student|studenten|studentn"
        r"|leerlingn|leerling|personeel|personeelsn|medewerkern|werknemer|dossier|dossiern|zaakn|zaak|polis|polisn|verzekerden"
        r"|verzekeringsn|contract|contractn|pasn|pasnummer|kaartn|abonnee|abonnement|abonneen|huurdern|deelnemer|debiteurn|bibliotheekp"
        r"|asiakas|asiakasn|asiakkaan|potilas|potilaan|potilasn|jäsen|jäsenn|opiskelija|opiskelijan|kortin|kirjastok|oppilas"
        r"|diaari|sopimusn|sopimus|vakuutusn|henkilöstön|henkilön|työntekijän|asianum|asian$|customer|cust|member|membership|case|file|pupil"
        r"|employee|staff|card|badge|policy|insurance|medew|persn|registr|registratien|kundn|kundnummer|medlem|ärende|elev"
        r"|cliëntn|clientn|loyalty|donor|tenant|huurder|cjib|burgern|crn|mrn|nhs|hospital|record|matter|reference(?=n)",
    ),
    (
        "T",
        r"ticket|tiketti|tiketin|melding|meldn|storing|incident|order|ordern|bestel|bestelling|factuur|factuurn|invoice|bill|lasku"
        r"|laskun|laskul|tilau|tilaus|viite|viiten|referent|ref$|kenmerk|artikel|article|product|versie|version|versio|build|release"
        r"|firmware|serie|serien|serial|sarjan|sarja|sn\b|model|malli|type|typ|tracking|track|pakket|zending|shipment|seuranta|lähety"
        r"|fout|error|virhe|code|koodi|pagina|page|sivu|rij|row|regel|line|rule|port|portti|pid|commit|issue|change|offerte|quote|tarjou"
        r"|campagne|record(?=n)|toegang|inventaris|kamer|room|lokaal|zaal|verdieping|floor|kerros|lift|hissi|camera|kamera|zone|batch|job"
        r"|asset|device|laite|machine|host|server|palvelin|sensor|delivery|levering|toimitus|kolli|mailing|nummer(?=n)|licentie|key\b"
        r"|chip|request|req|session|trace|thread|process|kb|bug|jira|faktura|beställning|beslut|besluit|decision|päätö|§|artikla|huolto",
    ),
    (
        "P",
        r"tel$|telnr|telef|teleph|mobiel|mob$|gsm|phone|mobile|cell$|cellph|call$|calls$|ring$|bel$|bellen$|belt$|bereik|terugbel|puh$|puhelin"
        r"|puhelime|soita|soitta|matkapuh|toestel|p$|t$|m$|app$|appen$|whatsapp|sms|mobil|ringa|numret|reach|fax|faks|nood|06-n"
        r"|huistel|rang$|bereikbaar|tavoitt",
    ),
    ("Z", r"postcode|postinum|postinro|postal|zip|postnummer|postal"),
    (
        "A",
        r"adres|address|osoite|osoitt|osoittee|katuosoi|woon|woont|wonen|wonende|woonachtig|straat|street|verhui|lives|live|living|resid"
        r"|asuu|asun|asuvan|asuva|muutt|gevestigd|bezoek|huisn|adress|bor$|kotios|toimitusos|bezorg|postadr|moved|home|flat|huoneisto|asunto"
        r"|asunno|woning|located|locatie|location|käynti|laskutusos",
    ),
    ("@", r"e-mail|email|mail|mailadres|e-mailadres|sähköpost|s-posti|meili|e-post|epost|sahkoposti"),
    (
        "F",
        r"naam|name|nimi|nimen|nimeni|nimel|namn|achternaam|voornaam|roepnaam|voorletter|surname|lastname|last$|first$|firstname|forename"
        r"|etunimi|sukunimi|contactp|contact|huoltaja|medewerker|kind$|child|parent|guardian|cliënt$|beller|caller|melder|aanvrager|applicant"
        r"|wie$|who$|kuka|soittaja|initials|tenav|yhteyshenk|omainen|poismuutt|sisäänmuutt|hakija|käsittelij|kirjasi|ouder|verzorger|familie"
        r"|employee$|pupil$|student$|owner|eigenaar|driver|bestuurder|guest|gast|bezoeker|visitor|speler|player|deelnemer|tussenv",
    ),
    ("W", r"datum|date|päivä|aika|per$|op$|sinds|since|vanaf|d\.d|dd$|until|tot$|eräp|due|klo|kello|time|tijd|versie"),
)
_FOUND = re.compile("|".join(f"(?P<c{number}>{pattern})" for number, (_, pattern) in enumerate(_CUES)))
_CLASS = {f"c{number}": sign for number, (sign, _) in enumerate(_CUES)}
_NUMBER = re.compile(r"(?:[^\W\d_-]{0,30}(?:nummer|numero|number|nro|nr)|no|id|num)(?:ni|n|nsa|mme|s|t|sta|on)?$")


def cue(word: str) -> str:
    """The class of a word in small letters; `#` for any other «number», empty when it says nothing."""
    match = _FOUND.match(word) if len(word) < 40 else None
    if match:
        return _CLASS[str(match.lastgroup)]
    return "#" if len(word) < 40 and _NUMBER.match(word) else ""
