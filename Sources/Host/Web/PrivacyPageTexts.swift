import ModuleKit

/// What the page on privacy says beside what the modules say.
struct PrivacyPageTexts: TextSet {
    let lead: String
    /// The institution's name.
    let controller: @Sendable (String, Laws) -> PageSection
    let traces: PageSection
    /// Months for which the audit trail is kept.
    let looks: @Sendable (Int, Laws) -> PageSection
    let rights: @Sendable (Laws) -> PageSection
    /// Months for which requests about personal data are kept.
    let requests: @Sendable (Int, Laws) -> PageSection

    static let nb = PrivacyPageTexts(
        lead: "Hva vi lagrer om deg, hvem som ser det, hvor lenge, og hva du kan kreve.",
        controller: { institution, laws in
            PageSection(
                "Hvem som har ansvaret",
                "\(institution) er behandlingsansvarlig. Vi behandler opplysningene for å gjøre det \(laws[.learningEnvironment]) pålegger oss: ta vare på læringsmiljøet og følge opp det som meldes."
            )
        },
        traces: PageSection(
            "Innlogging, e-post og logger",
            "Logger du inn, har nettleseren informasjonskapsler for innloggingen til du logger ut eller de går ut. En annen husker språket. Fra tjenesten du logger inn hos, får vi navn, e-postadresse og om du er student eller ansatt. Det finnes ingen kapsler for statistikk eller reklame.",
            "E-post, hendelser og logger inneholder aldri det du har skrevet, bare et saksnummer og en lenke."),
        looks: { months, laws in
            PageSection(
                "Hvem som ser saker",
                "Når noen åpner en sak de behandler, eller bestemmer noe i den, noterer vi hvem, hva og når, og aldri noe av det saken sier. Har du meldt et avvik, ser du på sakens side hvilke roller som har åpnet den. Loggen leses av revisoren.",
                "Gjør du noe med det du selv har meldt, står navnet ditt ikke der. Når du varsler, noteres ingenting av det du gjør.",
                "Linjene slettes etter \(months) måneder. Vi tar vare på dem for å kunne vise at ingen har sett på saker uten grunn (\(laws[.accountability]))."
            )
        },
        rights: { laws in
            PageSection(
                "Hva du kan kreve",
                "Du kan be om innsyn i det som er lagret om deg, og om at feil rettes. Vi svarer uten unødig opphold, og senest innen en måned.",
                "Du kan be om at noe slettes. Det \(laws[.archives]) pålegger oss å ta vare på, kan vi ikke slette før tiden er ute; da får du vite hvorfor.",
                "Mener du at vi gjør noe galt, kan du klage til Datatilsynet (datatilsynet.no). Institusjonens personvernombud kan hjelpe deg."
            )
        },
        requests: { months, laws in
            PageSection(
                "Krav om egne opplysninger",
                "Ber du om innsyn eller sletting, lagrer vi det du skriver, svaret, det du fikk utlevert, og hvem som gjorde hva med kravet. Bare du og de som svarer, ser det. Teksten er kryptert.",
                "\(months) måneder etter at kravet er avgjort, slettes alt sammen, og nøkkelen ødelegges. Vi tar vare på det fordi et krav om erstatning (\(laws[.damages])) foreldes tre år etter at den som krever det, fikk eller burde ha fått vite nok om skaden og hvem som har ansvaret (\(laws[.limitation])), og vi må kunne vise at vi svarte (\(laws[.accountability])). Lenger trenger vi det ikke (\(laws[.storageLimitation])). At du tok ut en kopi, står i loggen din like lenge."
            )
        })
    static let nn = PrivacyPageTexts(
        lead: "Kva vi lagrar om deg, kven som ser det, kor lenge, og kva du kan krevje.",
        controller: { institution, laws in
            PageSection(
                "Kven som har ansvaret",
                "\(institution) er behandlingsansvarleg. Vi behandlar opplysningane for å gjere det \(laws[.learningEnvironment]) pålegg oss: ta vare på læringsmiljøet og følgje opp det som blir meldt."
            )
        },
        traces: PageSection(
            "Innlogging, e-post og loggar",
            "Loggar du inn, har nettlesaren informasjonskapslar for innlogginga til du loggar ut eller dei går ut. Ein annan hugsar språket. Frå tenesta du loggar inn hos, får vi namn, e-postadresse og om du er student eller tilsett. Det finst ingen kapslar for statistikk eller reklame.",
            "E-post, hendingar og loggar inneheld aldri det du har skrive, berre eit saksnummer og ei lenkje."),
        looks: { months, laws in
            PageSection(
                "Kven som ser saker",
                "Når nokon opnar ei sak dei behandlar, eller avgjer noko i ho, noterer vi kven, kva og når, og aldri noko av det saka seier. Har du meldt eit avvik, ser du på sida til saka kva roller som har opna ho. Loggen blir lesen av revisoren.",
                "Gjer du noko med det du sjølv har meldt, står namnet ditt ikkje der. Når du varslar, blir ingenting av det du gjer notert.",
                "Linjene blir sletta etter \(months) månader. Vi tek vare på dei for å kunne vise at ingen har sett på saker utan grunn (\(laws[.accountability]))."
            )
        },
        rights: { laws in
            PageSection(
                "Kva du kan krevje",
                "Du kan be om innsyn i det som er lagra om deg, og om at feil blir retta. Vi svarar utan unødig opphald, og seinast innan ein månad.",
                "Du kan be om at noko blir sletta. Det \(laws[.archives]) pålegg oss å ta vare på, kan vi ikkje slette før tida er ute; då får du vite kvifor.",
                "Meiner du at vi gjer noko gale, kan du klage til Datatilsynet (datatilsynet.no). Personvernombodet ved institusjonen kan hjelpe deg."
            )
        },
        requests: { months, laws in
            PageSection(
                "Krav om eigne opplysningar",
                "Ber du om innsyn eller sletting, lagrar vi det du skriv, svaret, det du fekk utlevert, og kven som gjorde kva med kravet. Berre du og dei som svarer, ser det. Teksten er kryptert.",
                "\(months) månader etter at kravet er avgjort, blir alt saman sletta, og nøkkelen øydelagd. Vi tek vare på det fordi eit krav om erstatning (\(laws[.damages])) blir forelda tre år etter at den som krev det, fekk eller burde ha fått vite nok om skaden og kven som har ansvaret (\(laws[.limitation])), og vi må kunne vise at vi svarte (\(laws[.accountability])). Lenger treng vi det ikkje (\(laws[.storageLimitation])). At du tok ut ein kopi, står i loggen din like lenge."
            )
        })
    static let en = PrivacyPageTexts(
        lead: "What we store about you, who sees it, for how long, and what you can ask for.",
        controller: { institution, laws in
            PageSection(
                "Who is responsible",
                "\(institution) is the controller. We handle the data to do what \(laws[.learningEnvironment]) require of us: to look after the learning environment and to follow up what is reported."
            )
        },
        traces: PageSection(
            "Signing in, mails and logs",
            "When you sign in, your browser holds cookies for it until you sign out or they expire. Another remembers your language. From the service that you sign in with we get your name, your e-mail address and whether you are a student or employed. There are no cookies for statistics or advertising.",
            "Mails, events and logs never hold what you wrote, only a case number and a link."),
        looks: { months, laws in
            PageSection(
                "Who sees cases",
                "When somebody opens a case that they work with, or decides on it, we note who, what and when, and never anything the case says. If you reported a deviation, its page shows you which roles have opened it. The auditor reads the log.",
                "What you do with what you reported yourself is noted without your name. Nothing of what you do when you blow the whistle is noted.",
                "The lines are deleted after \(months) months. We keep them to be able to show that nobody looked at cases without need (\(laws[.accountability]))."
            )
        },
        rights: { laws in
            PageSection(
                "What you can ask for",
                "You can ask to see what is stored about you, and to have mistakes put right. We answer without undue delay, and within a month at the latest.",
                "You can ask to have something erased. What \(laws[.archives]) requires us to keep we cannot erase before its time is up; you are then told why.",
                "If you think that we do something wrong, you can complain to the Norwegian Data Protection Authority (datatilsynet.no). The institution's data protection officer can help you."
            )
        },
        requests: { months, laws in
            PageSection(
                "Requests about your own data",
                "If you ask for access or erasure, we store what you write, the answer, what you were given, and who did what with the request. Only you and those who answer see it. The text is encrypted.",
                "\(months) months after the request is decided all of it is deleted, and its key destroyed. We keep it because a claim for damages (\(laws[.damages])) is time-barred three years after whoever brings it knew, or ought to have known, enough of the damage and of who answers for it (\(laws[.limitation])), and we must be able to show that we answered (\(laws[.accountability])). Longer we do not need it (\(laws[.storageLimitation])). That you took a copy stays in your log as long."
            )
        })
}
