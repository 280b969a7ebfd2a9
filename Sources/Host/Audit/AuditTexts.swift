import ModuleKit

/// The words of the auditor's pages.
struct AuditTexts: TextSet {
    let title, lead, object, objectHint, person, personHint, from, to, show, none, older, take: String
    /// Of the table, and of the file that is taken out.
    let columns: [String]
    let look, decision, nobody: String
    let ways: [String: String]
    let noDate, noPlace: String
    let chain, chainText, check, whole: String
    /// The first and the last day.
    let wholeFrom: @Sendable (String, String) -> String
    /// The line's place.
    let faults: [AuditBreak.Kind: @Sendable (Int64) -> String]
    let faultHint, anchors, anchorsText, noAnchors, day, hash: String

    static let nb = AuditTexts(
        title: "Innsynslogg",
        lead:
            "Hvem som har sett saker og bestemt noe i dem. Her står bare hvem, hva og når, aldri noe av det som står i en sak. At du leser her, står her også.",
        object: "Gjelder", objectHint: "Slik det står i loggen: deviations/ og sakens id.",
        person: "Person", personHint: "Bruker-id, slik den står i loggen.", from: "Fra og med", to: "Til og med",
        show: "Vis", none: "Ingen linjer.", older: "Eldre", take: "Last ned som tabell",
        columns: ["Når", "Slag", "Handling", "Gjelder", "Hvem", "Måte"],
        look: "så", decision: "bestemte", nobody: "–",
        ways: ["page": "side", "system": "systemet", "reporter": "den som meldte"],
        noDate: "Skriv en dato som 2026-11-27.", noPlace: "Dette stedet i listen finnes ikke.",
        chain: "Kjeden",
        chainText:
            "Hver linje er bundet til den forrige. Kontrollen leser alle linjene og finner den første som er endret, fjernet eller satt inn.",
        check: "Kontroller kjeden", whole: "Kjeden er hel. Den har ingen linjer ennå.",
        wholeFrom: { "Kjeden er hel fra \($0) til \($1)." },
        faults: [
            .changed: { "Linje \($0) er endret, eller en annen står i stedet." },
            .removed: { "Linje \($0) er fjernet." }, .inserted: { "Ved linje \($0) er det satt inn en linje." },
            .unanchored: { "Linje \($0) er ikke den som ble forankret." },
        ],
        faultHint: "Ta vare på databasen som den er, og si fra til den som er ansvarlig for informasjonssikkerhet.",
        anchors: "Forankringer",
        anchorsText:
            "Kjeden forankres hver natt. De samme tallene står i vertens logg og i hendelsen host.audit-anchored.v1: sammenlign dem med en kopi utenfra.",
        noAnchors: "Ingen ennå.", day: "Dag", hash: "Siste linje (SHA-256)")

    static let nn = AuditTexts(
        title: "Innsynslogg",
        lead:
            "Kven som har sett saker og avgjort noko i dei. Her står berre kven, kva og når, aldri noko av det som står i ei sak. At du les her, står her òg.",
        object: "Gjeld", objectHint: "Slik det står i loggen: deviations/ og id-en til saka.",
        person: "Person", personHint: "Brukar-id, slik han står i loggen.", from: "Frå og med", to: "Til og med",
        show: "Vis", none: "Ingen linjer.", older: "Eldre", take: "Last ned som tabell",
        columns: ["Når", "Slag", "Handling", "Gjeld", "Kven", "Måte"],
        look: "såg", decision: "avgjorde", nobody: "–",
        ways: ["page": "side", "system": "systemet", "reporter": "den som melde"],
        noDate: "Skriv ein dato som 2026-11-27.", noPlace: "Denne staden i lista finst ikkje.",
        chain: "Kjeda",
        chainText:
            "Kvar linje er bunden til den førre. Kontrollen les alle linjene og finn den første som er endra, fjerna eller sett inn.",
        check: "Kontroller kjeda", whole: "Kjeda er heil. Ho har ingen linjer enno.",
        wholeFrom: { "Kjeda er heil frå \($0) til \($1)." },
        faults: [
            .changed: { "Linje \($0) er endra, eller ei anna står i staden." },
            .removed: { "Linje \($0) er fjerna." }, .inserted: { "Ved linje \($0) er det sett inn ei linje." },
            .unanchored: { "Linje \($0) er ikkje den som vart forankra." },
        ],
        faultHint: "Ta vare på databasen som han er, og sei frå til den som er ansvarleg for informasjonstryggleik.",
        anchors: "Forankringar",
        anchorsText:
            "Kjeda blir forankra kvar natt. Dei same tala står i loggen til verten og i hendinga host.audit-anchored.v1: samanlikn dei med ein kopi utanfrå.",
        noAnchors: "Ingen enno.", day: "Dag", hash: "Siste linje (SHA-256)")

    static let en = AuditTexts(
        title: "Access log",
        lead:
            "Who has looked at cases and decided on them. Only who, what and when stand here, never anything a case says. That you read here stands here too.",
        object: "About", objectHint: "As it stands in the log: deviations/ and the case's id.",
        person: "Person", personHint: "User id, as it stands in the log.", from: "From", to: "To",
        show: "Show", none: "No lines.", older: "Older", take: "Download as a table",
        columns: ["When", "Kind", "Act", "About", "Who", "Way"],
        look: "looked", decision: "decided", nobody: "–",
        ways: ["page": "page", "system": "the system", "reporter": "who reported"],
        noDate: "Write a date such as 2026-11-27.", noPlace: "There is no such place in the list.",
        chain: "The chain",
        chainText:
            "Each line is tied to the one before it. The check reads all lines and finds the first that was changed, removed or put in.",
        check: "Check the chain", whole: "The chain is whole. It has no lines yet.",
        wholeFrom: { "The chain is whole from \($0) to \($1)." },
        faults: [
            .changed: { "Line \($0) was changed, or another one stands in its place." },
            .removed: { "Line \($0) was removed." }, .inserted: { "A line was put in at line \($0)." },
            .unanchored: { "Line \($0) is not the one that was anchored." },
        ],
        faultHint: "Keep the database as it is, and tell whoever is responsible for information security.",
        anchors: "Anchors",
        anchorsText:
            "The chain is anchored every night. The same figures stand in the host's log and in the event host.audit-anchored.v1: compare them with a copy kept elsewhere.",
        noAnchors: "None yet.", day: "Day", hash: "Last line (SHA-256)")
}
