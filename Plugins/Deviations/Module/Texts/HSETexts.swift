import DeviationsCore
import ModuleKit

/// The words of references to HSE deviations: their page, and their place in the numbers.
struct HSETexts: TextSet {
    let title, lead, count, rows, rowsHint, example, codes, units, campuses, parts, send, onlyRight, faults, line,
        column, value, fault, kept: String
    let taken, notACode, registeredBefore, empty: String
    let removal, removalLead, reference, reported, unit, find, remove, removed, notFound: String
    /// Most rows.
    let tooMany: @Sendable (Int) -> String
    /// Names of columns.
    let columnsMissing: @Sendable (String) -> String
    /// Rows that are not right.
    let wrong: @Sendable (Int) -> String
    /// New, changed, and as before.
    let stored: @Sendable (Int, Int, Int) -> String
    /// How many more rows.
    let more: @Sendable (Int) -> String
    /// Days after such a time at which it is counted.
    let counted: @Sendable (Int) -> String

    static let nb = HSETexts(
        title: "HMS-avvik",
        lead:
            "Læringsmiljøutvalget ser også HMS-avvik som berører studenter, i tall. Her registreres bare henvisninger: ingen historie, ingen navn.",
        count: "Registrert i alt", rows: "Rader fra HMS-systemet",
        rowsHint:
            "Lim inn fra et regneark eller en CSV-fil. Første rad navngir kolonnene. En henvisning som er registrert fra før, blir oppdatert.",
        example: "Slik", codes: "Koder som kan stå i radene", units: "Enheter", campuses: "Campuser",
        parts: "Del av læringsmiljøet", send: "Registrer", onlyRight: "Registrer de rette radene, og la resten stå her",
        faults: "Rader som ikke er rette", line: "Rad", column: "Kolonne", value: "Det som står der",
        fault: "Hva som er galt",
        kept: "Ingenting fra denne tabellen er registrert ennå.",
        taken: "Henvisningen er brukt av en annen rad eller enhet",
        notACode: "Skriv en kode av bokstaver a–z, sifre, punktum og strek, høyst 64 tegn",
        registeredBefore: "Henvisningen er registrert fra før, med et annet innhold. Endre den i stedet.",
        empty: "Det er ingen rader. Første rad navngir kolonnene, og radene følger under.",
        removal: "Ta tilbake en henvisning",
        removalLead:
            "Er noe registrert ved en feil, kan det tas tilbake. Det forsvinner fra tallene som ikke er gjort opp ennå; tall som er lagt fram, blir stående.",
        reference: "Henvisning", reported: "Meldt", unit: "Enhet", find: "Finn fram", remove: "Ta tilbake",
        removed: "Henvisningen er tatt tilbake.", notFound: "Det finnes ingen slik henvisning i enhetene dine.",
        tooMany: { "Det er for mange rader. Send høyst \($0) om gangen." },
        columnsMissing: { "Første rad mangler: \($0)." },
        wrong: { $0 == 1 ? "Én rad er ikke rett. Til listen" : "\($0) rader er ikke rette. Til listen" },
        stored: { "\($0) \($0 == 1 ? "ny" : "nye"), \($1) endret, \($2) som før." }, more: { "og \($0) til" },
        counted: {
            "De telles i tidsrommet datoen ligger i, eller i det neste hvis det er talt alt. Tallene vises i «Avvikene i tall» \($0) dager etter at tidsrommet er slutt."
        })
    static let nn = HSETexts(
        title: "HMS-avvik",
        lead:
            "Læringsmiljøutvalet ser også HMS-avvik som rører ved studentar, i tal. Her blir berre tilvisingar registrerte: inga historie, ingen namn.",
        count: "Registrert i alt", rows: "Rader frå HMS-systemet",
        rowsHint:
            "Lim inn frå eit rekneark eller ei CSV-fil. Første rad namngir kolonnane. Ei tilvising som er registrert frå før, blir oppdatert.",
        example: "Slik", codes: "Kodar som kan stå i radene", units: "Einingar", campuses: "Campusar",
        parts: "Del av læringsmiljøet", send: "Registrer",
        onlyRight: "Registrer dei rette radene, og la resten stå her",
        faults: "Rader som ikkje er rette", line: "Rad", column: "Kolonne", value: "Det som står der",
        fault: "Kva som er gale",
        kept: "Ingenting frå denne tabellen er registrert enno.",
        taken: "Tilvisinga er brukt av ei anna rad eller eining",
        notACode: "Skriv ein kode av bokstavar a–z, siffer, punktum og strek, høgst 64 teikn",
        registeredBefore: "Tilvisinga er registrert frå før, med eit anna innhald. Endre ho i staden.",
        empty: "Det er ingen rader. Første rad namngir kolonnane, og radene følgjer under.",
        removal: "Ta tilbake ei tilvising",
        removalLead:
            "Er noko registrert ved ein feil, kan det takast tilbake. Det forsvinn frå tala som ikkje er gjorde opp enno; tal som er lagde fram, blir ståande.",
        reference: "Tilvising", reported: "Meldt", unit: "Eining", find: "Finn fram", remove: "Ta tilbake",
        removed: "Tilvisinga er teken tilbake.", notFound: "Det finst inga slik tilvising i einingane dine.",
        tooMany: { "Det er for mange rader. Send høgst \($0) om gongen." },
        columnsMissing: { "Første rad manglar: \($0)." },
        wrong: { $0 == 1 ? "Éi rad er ikkje rett. Til lista" : "\($0) rader er ikkje rette. Til lista" },
        stored: { "\($0) \($0 == 1 ? "ny" : "nye"), \($1) endra, \($2) som før." }, more: { "og \($0) til" },
        counted: {
            "Dei blir talde i tidsrommet datoen ligg i, eller i det neste om det er talt alt. Tala blir viste i «Avvika i tal» \($0) dagar etter at tidsrommet er slutt."
        })
    static let en = HSETexts(
        title: "HSE deviations",
        lead:
            "The learning environment committee sees HSE deviations that touch students too, in numbers. Only references are registered here: no story, no names.",
        count: "Registered in all", rows: "Rows from the HSE system",
        rowsHint:
            "Paste them from a spreadsheet or a CSV file. The first row names the columns. A reference registered before is brought up to date.",
        example: "Like this", codes: "Codes that can stand in the rows", units: "Units", campuses: "Campuses",
        parts: "Part of the learning environment", send: "Register",
        onlyRight: "Register the rows that are right, and leave the rest here", faults: "Rows that are not right",
        line: "Row", column: "Column", value: "What stands there", fault: "What is wrong",
        kept: "Nothing of this table is registered yet.",
        taken: "The reference is used by another row or unit",
        notACode: "Write a code of letters a–z, digits, full stops and dashes, 64 characters at most",
        registeredBefore: "The reference is registered already, with another content. Change it instead.",
        empty: "There are no rows. The first row names the columns, and the rows follow below.",
        removal: "Take a reference back",
        removalLead:
            "What was registered in error can be taken back. It goes from the numbers that are not made up yet; numbers that have been reported stay.",
        reference: "Reference", reported: "Reported", unit: "Unit", find: "Find", remove: "Take back",
        removed: "The reference has been taken back.", notFound: "There is no such reference in your units.",
        tooMany: { "There are too many rows. Send \($0) at most at a time." },
        columnsMissing: { "The first row lacks: \($0)." },
        wrong: {
            $0 == 1 ? "One row is not right. To the list" : "\($0) rows are not right. To the list"
        },
        stored: { "\($0) new, \($1) changed, \($2) as before." }, more: { "and \($0) more" },
        counted: {
            "They are counted in the time their date lies in, or in the next if that has been counted. The numbers are shown \($0) days after that time has ended."
        })
}
