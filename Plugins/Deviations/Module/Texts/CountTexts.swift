import DeviationsCore
import ModuleKit

/// The words of the reports in numbers.
struct CountTexts: TextSet {
    let title, empty, period, split, show, category, total, others, hidden, hiddenNote, caption, barsText, trend,
        trendText, cases, reports, kind, notSplit, recurrenceNote, open, closed: String
    /// The least number shown.
    let lead: @Sendable (Int) -> String
    /// A period in words.
    let tooFew: @Sendable (String) -> String
    /// Cases and reports.
    let sum: @Sendable (Int, Int) -> String
    /// HSE deviations.
    let sumHSE: @Sendable (Int) -> String
    let kinds: [CountKind: String]
    let by: [CountDimension: String]
    let standings: [CountStanding: String]
    let recurrences: [CountRecurrence: String]

    static let nb = CountTexts(
        title: "Avvikene i tall", empty: "Ingenting er talt opp ennå.", period: "Tidsrom", split: "Fordelt på",
        show: "Vis", category: "Gjelder", total: "I alt", others: "Annet, samlet", hidden: "vises ikke",
        hiddenNote: "– vises ikke: tallet er lite, eller et lite tall kunne regnes ut av det.",
        caption: "Saker etter hva de gjelder",
        barsText: "Søyler for hva sakene gjelder. Tabellen under sier det samme.",
        trend: "Tidsrom for tidsrom",
        trendText: "Søyler for antall saker i hvert tidsrom. Tabellen under sier det samme.", cases: "Saker",
        reports: "Meldinger",
        kind: "Hva", notSplit: "Ikke delt opp",
        recurrenceNote:
            "En sak er gjentatt når enheten fikk en sak om det samme i de tolv månedene før, eller når den er gjenåpnet for tredje gang.",
        open: "Åpent", closed: "Lukket",
        lead: {
            "Hva studenter og ansatte melder fra om. Tall under \($0) vises ikke, og heller ikke tall som de kunne regnes ut av. Hvert tidsrom telles én gang."
        },
        tooFew: { "Det kom for få meldinger i \($0) til at noe kan vises." },
        sum: { cases, reports in
            "\(cases) saker\(reports > cases ? ", med \(reports) meldinger" : "")."
        },
        sumHSE: { "\($0) HMS-avvik." },
        kinds: [.deviations: "Avvik", .hse: "HMS-avvik som berører studenter"],
        by: [
            .faculty: "Fakultet", .campus: "Campus", .environment: "Del av læringsmiljøet",
            .standing: "Hvor langt saken var kommet",
            .recurrence: "Gjentatt eller ikke",
        ],
        standings: [
            .open: "Ikke besvart, innen fristen", .late: "Ikke besvart, over fristen", .answered: "Besvart",
            .withdrawn: "Trukket",
        ],
        recurrences: [.recurring: "Gjentatt", .first: "Første gang"])
    static let nn = CountTexts(
        title: "Avvika i tal", empty: "Ingenting er talt opp enno.", period: "Tidsrom", split: "Fordelt på",
        show: "Vis", category: "Gjeld", total: "I alt", others: "Anna, samla", hidden: "blir ikkje vist",
        hiddenNote: "– blir ikkje vist: talet er lite, eller eit lite tal kunne reknast ut av det.",
        caption: "Saker etter kva dei gjeld", barsText: "Søyler for kva sakene gjeld. Tabellen under seier det same.",
        trend: "Tidsrom for tidsrom",
        trendText: "Søyler for talet på saker i kvart tidsrom. Tabellen under seier det same.", cases: "Saker",
        reports: "Meldingar",
        kind: "Kva", notSplit: "Ikkje delt opp",
        recurrenceNote:
            "Ei sak er teken opp att når eininga fekk ei sak om det same i dei tolv månadene før, eller når ho er opna att for tredje gong.",
        open: "Ope", closed: "Lukka",
        lead: {
            "Kva studentar og tilsette melder frå om. Tal under \($0) blir ikkje viste, og heller ikkje tal som dei kunne reknast ut av. Kvart tidsrom blir talt éin gong."
        },
        tooFew: { "Det kom for få meldingar i \($0) til at noko kan visast." },
        sum: { cases, reports in
            "\(cases) saker\(reports > cases ? ", med \(reports) meldingar" : "")."
        },
        sumHSE: { "\($0) HMS-avvik." },
        kinds: [.deviations: "Avvik", .hse: "HMS-avvik som rører ved studentar"],
        by: [
            .faculty: "Fakultet", .campus: "Campus", .environment: "Del av læringsmiljøet",
            .standing: "Kor langt saka var komen",
            .recurrence: "Teken opp att eller ikkje",
        ],
        standings: [
            .open: "Ikkje svart på, innan fristen", .late: "Ikkje svart på, over fristen", .answered: "Svart på",
            .withdrawn: "Trekt",
        ],
        recurrences: [.recurring: "Teken opp att", .first: "Første gong"])
    static let en = CountTexts(
        title: "The reports in numbers", empty: "Nothing has been counted yet.", period: "Time", split: "Split by",
        show: "Show", category: "About", total: "In all", others: "Other, together", hidden: "not shown",
        hiddenNote: "– not shown: the number is small, or a small one could be worked out from it.",
        caption: "Cases by what they are about",
        barsText: "Bars for what the cases are about. The table below says the same.", trend: "Time by time",
        trendText: "Bars for the number of cases each time. The table below says the same.", cases: "Cases",
        reports: "Reports",
        kind: "What", notSplit: "Not split",
        recurrenceNote:
            "A case recurs when the unit got a case about the same in the twelve months before, or when it has been opened again for the third time.",
        open: "Open", closed: "Closed",
        lead: {
            "What students and employees report. Numbers below \($0) are not shown, nor are those from which they could be worked out. Each time is counted once."
        },
        tooFew: { "Too few reports came in \($0) for anything to be shown." },
        sum: { cases, reports in
            "\(cases) cases\(reports > cases ? ", with \(reports) reports" : "")."
        },
        sumHSE: { "\($0) HSE deviations." },
        kinds: [.deviations: "Deviations", .hse: "HSE deviations that touch students"],
        by: [
            .faculty: "Faculty", .campus: "Campus", .environment: "Part of the learning environment",
            .standing: "How far the case had come",
            .recurrence: "Recurring or not",
        ],
        standings: [
            .open: "Not answered, within its time", .late: "Not answered, overdue", .answered: "Answered",
            .withdrawn: "Withdrawn",
        ],
        recurrences: [.recurring: "Recurring", .first: "For the first time"])
}
