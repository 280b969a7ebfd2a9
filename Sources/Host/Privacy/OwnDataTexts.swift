import ModuleKit

/// The words of the page on what is held about a person, and of the copy they take along.
struct OwnDataTexts: TextSet {
    let title, lead, nothing, open, files, take, takeText: String
    /// How many rows are not shown.
    let more: @Sendable (Int) -> String
    /// When it was taken.
    let taken: @Sendable (String) -> String
    let person, personNote, roles, deputies, signIns, signInsNote, messages, messagesNote, acts: String
    let id, name, email, username, externalID, language, affiliation, unit, campus, role, from, to, what, when,
        state: String
    let hasDeputy, isDeputy, session, identity, issuer, seen, token, scope, sent: String
    let elsewhereTitle, elsewhere: String
    /// Of modules that are off.
    let off, offNote: String
    let affiliations: [Affiliation: String]
    /// By the code in the log.
    let actNames: [String: String]

    static let nb = OwnDataTexts(
        title: "Mine opplysninger",
        lead: "Dette har vi om deg her, slik det er nå. Kopien har alt. Bare du ser denne siden.",
        nothing: "Ingenting.", open: "Åpne", files: "Filer:", take: "Last ned en kopi",
        takeText:
            "En ZIP-fil med alt på siden som en nettside du kan lese, som JSON for programmer, og filene dine slik de ble sendt. Ta vare på den selv: den er ikke låst.",
        more: { "\($0) til står i kopien." }, taken: { "Tatt ut \($0)." },
        person: "Hvem du er", personNote: "Fra institusjonens register over ansatte og studenter.", roles: "Roller",
        deputies: "Stedfortredere", signIns: "Innlogginger",
        signInsNote: "De som varer nå. Adresser og nettlesere lagrer vi ikke.", messages: "Meldinger vi har sendt deg",
        messagesNote: "Hva slags melding og når. Innholdet tar vi ikke vare på.",
        acts: "Hva som er gjort med opplysningene dine", id: "Id", name: "Navn", email: "E-post",
        username: "Brukernavn", externalID: "Id i institusjonens register", language: "Språk",
        affiliation: "Tilknytning", unit: "Enhet", campus: "Campus", role: "Rolle", from: "Fra", to: "Til",
        what: "Hva", when: "Når", state: "Status", hasDeputy: "står inne for deg",
        isDeputy: "du står inne for en annen",
        session: "innlogging", identity: "hvem du er hos en tjeneste du logger inn med", issuer: "Tjeneste",
        seen: "Sist brukt",
        token: "nøkkel til API-et", scope: "Åpner", sent: "sendt",
        elsewhereTitle: "Det som ikke er her",
        elsewhere:
            "Varsler står aldri på denne siden og aldri i en kopi, og vi fører ikke opp om du har varslet. Har du varslet med navn, leser du alt du har skrevet og fått svar på, ved å velge Varsling på forsiden.",
        off: "Slått av nå",
        offNote:
            "Har disse delene noe om deg, står det verken her eller i kopien nå. Det blir ikke borte, og kommer når de er på igjen.",
        affiliations: [.student: "student", .employee: "ansatt", .external: "gjest"],
        actNames: [
            "exported": "Du tok ut en kopi", "requested": "Du ba om noe", "erased": "Opplysninger ble slettet",
            "granted": "Du fikk ja",
            "partly": "Du fikk delvis ja", "refused": "Du fikk nei",
        ])

    static let nn = OwnDataTexts(
        title: "Mine opplysningar",
        lead: "Dette har vi om deg her, slik det er no. Kopien har alt. Berre du ser denne sida.",
        nothing: "Ingenting.", open: "Opne", files: "Filer:", take: "Last ned ein kopi",
        takeText:
            "Ei ZIP-fil med alt på sida som ei nettside du kan lese, som JSON for program, og filene dine slik dei blei sende. Ta vare på ho sjølv: ho er ikkje låst.",
        more: { "\($0) til står i kopien." }, taken: { "Teke ut \($0)." },
        person: "Kven du er", personNote: "Frå registeret institusjonen har over tilsette og studentar.",
        roles: "Roller", deputies: "Stadfortredarar", signIns: "Innloggingar",
        signInsNote: "Dei som varer no. Adresser og nettlesarar lagrar vi ikkje.",
        messages: "Meldingar vi har sendt deg",
        messagesNote: "Kva slags melding og når. Innhaldet tek vi ikkje vare på.",
        acts: "Kva som er gjort med opplysningane dine", id: "Id", name: "Namn", email: "E-post",
        username: "Brukarnamn", externalID: "Id i registeret til institusjonen", language: "Språk",
        affiliation: "Tilknyting", unit: "Eining", campus: "Campus", role: "Rolle", from: "Frå", to: "Til", what: "Kva",
        when: "Når", state: "Status", hasDeputy: "står inne for deg", isDeputy: "du står inne for ein annan",
        session: "innlogging", identity: "kven du er hos ei teneste du loggar inn med", issuer: "Teneste",
        seen: "Sist brukt",
        token: "nøkkel til API-et", scope: "Opnar", sent: "send",
        elsewhereTitle: "Det som ikkje er her",
        elsewhere:
            "Varsel står aldri på denne sida og aldri i ein kopi, og vi fører ikkje opp om du har varsla. Har du varsla med namn, les du alt du har skrive og fått svar på, ved å velje Varsling på framsida.",
        off: "Slått av no",
        offNote:
            "Har desse delane noko om deg, står det korkje her eller i kopien no. Det blir ikkje borte, og kjem når dei er på igjen.",
        affiliations: [.student: "student", .employee: "tilsett", .external: "gjest"],
        actNames: [
            "exported": "Du tok ut ein kopi", "requested": "Du bad om noko", "erased": "Opplysningar blei sletta",
            "granted": "Du fekk ja",
            "partly": "Du fekk delvis ja", "refused": "Du fekk nei",
        ])

    static let en = OwnDataTexts(
        title: "My data",
        lead: "This is what we hold about you here, as it is now. The copy has all of it. Only you see this page.",
        nothing: "Nothing.", open: "Open", files: "Files:", take: "Download a copy",
        takeText:
            "A ZIP file with all on this page as a web page to read, as JSON for programs, and your files as they were sent. Keep it safe yourself: it is not locked.",
        more: { "\($0) more are in the copy." }, taken: { "Taken \($0)." },
        person: "Who you are", personNote: "From the institution's register of staff and students.", roles: "Roles",
        deputies: "Deputies", signIns: "Sign-ins",
        signInsNote: "Those that last now. We do not store addresses or browsers.",
        messages: "Messages we have sent you",
        messagesNote: "What kind of message and when. What it said we do not keep.",
        acts: "What has been done with your data", id: "Id", name: "Name", email: "E-mail", username: "User name",
        externalID: "Id in the register of the institution", language: "Language",
        affiliation: "Affiliation", unit: "Unit", campus: "Campus", role: "Role", from: "From", to: "To", what: "What",
        when: "When", state: "State", hasDeputy: "stands in for you", isDeputy: "you stand in for somebody",
        session: "sign-in", identity: "who you are at a service that you sign in with", issuer: "Service",
        seen: "Last used", token: "key to the API", scope: "Opens", sent: "sent",
        elsewhereTitle: "What is not here",
        elsewhere:
            "Whistleblows are never on this page and never in a copy, and we do not note whether you have sent one. If you did by name, you read all you have written and were answered by choosing Whistleblowing on the front page.",
        off: "Switched off now",
        offNote:
            "If these parts hold anything about you, it is neither here nor in the copy now. It does not go away, and comes when they are on again.",
        affiliations: [.student: "student", .employee: "employee", .external: "guest"],
        actNames: [
            "exported": "You took a copy", "requested": "You asked for something", "erased": "Data was erased",
            "granted": "You were told yes",
            "partly": "You were told yes in part", "refused": "You were told no",
        ])
}
