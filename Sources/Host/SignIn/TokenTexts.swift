import HTTPTypes
import ModuleKit

/// The words of the page with a person's keys to the API, and of what such a key does not open.
struct TokenTexts: TextSet {
    let title, lead, none, add, name, nameHint, scope, days, daysHint, make, revoke, revoked: String
    let scopes: [APIToken.Scope: String]
    let scopeHints: [APIToken.Scope: String]
    let nameless, shownTitle, shownLead, shownHint, goOn, neverUsed: String
    let made, until, used: @Sendable (String) -> String
    let badName, badScope: String
    let badDays: @Sendable (ClosedRange<Int>) -> String
    let tooMany: @Sendable (Int) -> String
    let onlyReadsTitle, onlyReadsDetail: String

    static let nb = TokenTexts(
        title: "Nøkler til API-et",
        lead:
            "En nøkkel lar et program se og gjøre det samme som du. Gi hvert program sin egen, så du kan ta tilbake én om gangen.",
        none: "Du har ingen nøkler.", add: "Ny nøkkel", name: "Hva skal den brukes til?",
        nameHint: "For eksempel «Ukesrapport». Bare du ser det.", scope: "Hva skal den åpne?", days: "Antall dager",
        daysHint: "Høyst 365. Etterpå må du lage en ny.", make: "Lag nøkkel", revoke: "Ta tilbake",
        revoked: "Nøkkelen er tatt tilbake og åpner ingenting lenger.",
        scopes: [.read: "Lese", .write: "Lese og endre", .scim: "SCIM"],
        scopeHints: [
            .read: "Programmet kan ikke endre noe.", .write: "Programmet kan gjøre alt du kan gjøre i API-et.",
        ],
        nameless: "Nøkkel uten navn", shownTitle: "Her er nøkkelen",
        shownLead: "Kopier den nå. Den vises bare denne ene gangen.",
        shownHint: "Den hører hjemme der programmet har hemmelighetene sine, aldri i en e-post eller i kode.",
        goOn: "Jeg har tatt vare på den", neverUsed: "aldri brukt",
        made: { "laget \($0)" }, until: { "virker til \($0)" }, used: { "sist brukt \($0)" },
        badName: "Skriv høyst 100 tegn på én linje.", badScope: "Velg en av de to.",
        badDays: { "Skriv et helt tall fra \($0.lowerBound) til \($0.upperBound)." },
        tooMany: { "Du har alt \($0) nøkler. Ta tilbake en du ikke bruker." },
        onlyReadsTitle: "Denne nøkkelen kan bare lese",
        onlyReadsDetail: "Ingenting er endret. Bruk en nøkkel som er laget for å lese og endre.")

    static let nn = TokenTexts(
        title: "Nøklar til API-et",
        lead:
            "Ein nøkkel lèt eit program sjå og gjere det same som du. Gi kvart program sin eigen, så du kan ta tilbake éin om gongen.",
        none: "Du har ingen nøklar.", add: "Ny nøkkel", name: "Kva skal han brukast til?",
        nameHint: "Til dømes «Vekerapport». Berre du ser det.", scope: "Kva skal han opne?", days: "Tal på dagar",
        daysHint: "Høgst 365. Etterpå må du lage ein ny.", make: "Lag nøkkel", revoke: "Ta tilbake",
        revoked: "Nøkkelen er teken tilbake og opnar ingenting lenger.",
        scopes: [.read: "Lese", .write: "Lese og endre", .scim: "SCIM"],
        scopeHints: [
            .read: "Programmet kan ikkje endre noko.", .write: "Programmet kan gjere alt du kan gjere i API-et.",
        ],
        nameless: "Nøkkel utan namn", shownTitle: "Her er nøkkelen",
        shownLead: "Kopier han no. Han blir vist berre denne eine gongen.",
        shownHint: "Han høyrer heime der programmet har løyndomane sine, aldri i ein e-post eller i kode.",
        goOn: "Eg har teke vare på han", neverUsed: "aldri brukt",
        made: { "laga \($0)" }, until: { "verkar til \($0)" }, used: { "sist brukt \($0)" },
        badName: "Skriv høgst 100 teikn på éi line.", badScope: "Vel ein av dei to.",
        badDays: { "Skriv eit heilt tal frå \($0.lowerBound) til \($0.upperBound)." },
        tooMany: { "Du har alt \($0) nøklar. Ta tilbake ein du ikkje bruker." },
        onlyReadsTitle: "Denne nøkkelen kan berre lese",
        onlyReadsDetail: "Ingenting er endra. Bruk ein nøkkel som er laga for å lese og endre.")

    static let en = TokenTexts(
        title: "Keys to the API",
        lead: "A key lets a program see and do what you can. Give each program its own, so that you can take back one.",
        none: "You have no keys.", add: "New key", name: "What is it for?",
        nameHint: "For example “Weekly report”. Only you see it.", scope: "What should it open?",
        days: "Number of days",
        daysHint: "At most 365. Then you have to make a new one.", make: "Make key", revoke: "Take back",
        revoked: "The key is taken back and opens nothing any more.",
        scopes: [.read: "Read", .write: "Read and change", .scim: "SCIM"],
        scopeHints: [
            .read: "The program cannot change anything.", .write: "The program can do all that you can in the API.",
        ],
        nameless: "Key without a name", shownTitle: "Here is the key",
        shownLead: "Copy it now. It is shown this one time only.",
        shownHint: "It belongs where the program keeps its secrets, never in an e-mail or in code.",
        goOn: "I have kept it", neverUsed: "never used",
        made: { "made \($0)" }, until: { "works until \($0)" }, used: { "last used \($0)" },
        badName: "Write at most 100 characters on one line.", badScope: "Choose one of the two.",
        badDays: { "Write a whole number from \($0.lowerBound) to \($0.upperBound)." },
        tooMany: { "You already have \($0) keys. Take back one that you do not use." },
        onlyReadsTitle: "This key can only read",
        onlyReadsDetail: "Nothing was changed. Use a key that was made for reading and changing.")
}

extension Problem {
    /// For a token that only reads, used to change something.
    static func onlyReads(_ language: Language) -> Problem {
        let text = TokenTexts[language]
        return Problem(.forbidden, "token-only-reads", title: text.onlyReadsTitle, detail: text.onlyReadsDetail)
    }
}
