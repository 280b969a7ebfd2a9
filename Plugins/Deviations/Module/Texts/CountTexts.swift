import DeviationsCore
import ModuleKit

/// The words of the reports in numbers.
struct CountTexts: TextSet {
    let title, empty, period, split, show, category, total, others, hidden, hiddenNote, caption, barsText, trend,
        trendText, cases, reports: String
    /// The least number shown.
    let lead: @Sendable (Int) -> String
    /// A period in words.
    let tooFew: @Sendable (String) -> String
    /// Cases and reports.
    let sum: @Sendable (Int, Int) -> String
    let by: [CountDimension: String]
    let standings: [CountStanding: String]

    static let nb = CountTexts(
        title: "Avvikene i tall", empty: "Ingenting er talt opp ennå.", period: "Tidsrom", split: "Fordelt på",
        show: "Vis", category: "Gjelder", total: "I alt", others: "Annet, samlet", hidden: "vises ikke",
        hiddenNote: "– vises ikke: tallet er lite, eller et lite tall kunne regnes ut av det.",
        caption: "Saker etter hva de gjelder",
        barsText: "Søyler for hva sakene gjelder. Tabellen under sier det samme.",
        trend: "Tidsrom for tidsrom",
        trendText: "Søyler for antall saker i hvert tidsrom. Tabellen under sier det samme.", cases: "Saker",
        reports: "Meldinger",
        lead: {
            "Hva studenter og ansatte melder fra om. Tall under \($0) vises ikke, og heller ikke tall som de kunne regnes ut av. Hvert tidsrom telles én gang."
        },
        tooFew: { "Det kom for få meldinger i \($0) til at noe kan vises." },
        sum: { cases, reports in
            "\(cases) saker\(reports > cases ? ", med \(reports) meldinger" : "")."
        },
        by: [
            .faculty: "Fakultet", .campus: "Campus", .environment: "Del av læringsmiljøet",
            .standing: "Hvor langt saken var kommet",
        ],
        standings: [
            .open: "Ikke besvart, innen fristen", .late: "Ikke besvart, over fristen", .answered: "Besvart",
            .withdrawn: "Trukket",
        ])
    static let nn = CountTexts(
        title: "Avvika i tal", empty: "Ingenting er talt opp enno.", period: "Tidsrom", split: "Fordelt på",
        show: "Vis", category: "Gjeld", total: "I alt", others: "Anna, samla", hidden: "blir ikkje vist",
        hiddenNote: "– blir ikkje vist: talet er lite, eller eit lite tal kunne reknast ut av det.",
        caption: "Saker etter kva dei gjeld", barsText: "Søyler for kva sakene gjeld. Tabellen under seier det same.",
        trend: "Tidsrom for tidsrom",
        trendText: "Søyler for talet på saker i kvart tidsrom. Tabellen under seier det same.", cases: "Saker",
        reports: "Meldingar",
        lead: {
            "Kva studentar og tilsette melder frå om. Tal under \($0) blir ikkje viste, og heller ikkje tal som dei kunne reknast ut av. Kvart tidsrom blir talt éin gong."
        },
        tooFew: { "Det kom for få meldingar i \($0) til at noko kan visast." },
        sum: { cases, reports in
            "\(cases) saker\(reports > cases ? ", med \(reports) meldingar" : "")."
        },
        by: [
            .faculty: "Fakultet", .campus: "Campus", .environment: "Del av læringsmiljøet",
            .standing: "Kor langt saka var komen",
        ],
        standings: [
            .open: "Ikkje svart på, innan fristen", .late: "Ikkje svart på, over fristen", .answered: "Svart på",
            .withdrawn: "Trekt",
        ])
    static let en = CountTexts(
        title: "The reports in numbers", empty: "Nothing has been counted yet.", period: "Time", split: "Split by",
        show: "Show", category: "About", total: "In all", others: "Other, together", hidden: "not shown",
        hiddenNote: "– not shown: the number is small, or a small one could be worked out from it.",
        caption: "Cases by what they are about",
        barsText: "Bars for what the cases are about. The table below says the same.", trend: "Time by time",
        trendText: "Bars for the number of cases each time. The table below says the same.", cases: "Cases",
        reports: "Reports",
        lead: {
            "What students and employees report. Numbers below \($0) are not shown, nor are those from which they could be worked out. Each time is counted once."
        },
        tooFew: { "Too few reports came in \($0) for anything to be shown." },
        sum: { cases, reports in
            "\(cases) cases\(reports > cases ? ", with \(reports) reports" : "")."
        },
        by: [
            .faculty: "Faculty", .campus: "Campus", .environment: "Part of the learning environment",
            .standing: "How far the case had come",
        ],
        standings: [
            .open: "Not answered, within its time", .late: "Not answered, overdue", .answered: "Answered",
            .withdrawn: "Withdrawn",
        ])
}
