import ModuleKit

/// The words of a unit's overview, the desk for triage, and the columns of an export.
struct OverviewTexts: TextSet {
    let title, lead, unit, show, status, cases, overdue, category, ofThem, trend, month, received, ended,
        nothing: String
    let period, from, fromHint, to, toHint, endsFirst, always, withdrawn: String
    let answers, inTime, asExpected, late, median, longest: String
    let measures, count, decided, done, checked, overdueMeasures: String
    /// Most cases in a month.
    let trendText: @Sendable (Int) -> String
    let triageTitle, triageEmpty, triageEmptyHint, skip, serious: String
    let columns: [String]

    static let nb = OverviewTexts(
        title: "Oversikt", lead: "Enhetens saker, talt opp etter når de kom inn: tallene til kvalitetsmeldingen.",
        unit: "Enhet", show: "Vis", status: "Status",
        cases: "Saker", overdue: "Over fristen", category: "Gjelder", ofThem: "Åpne nå",
        trend: "Mottatt måned for måned", month: "Måned", received: "Mottatt", ended: "Avsluttet",
        nothing: "Enheten har ingen saker i tidsrommet.",
        period: "Tidsrom", from: "Mottatt fra", fromHint: "Kan stå åpent.", to: "Til og med", toHint: "Kan stå åpent.",
        endsFirst: "Siste dag må ikke komme før den første.", always: "Alle år", withdrawn: "trukket",
        answers: "Svar", inTime: "Innen fristen", asExpected: "Innen dagen i et foreløpig svar", late: "For sent",
        median: "Halvparten tok høyst", longest: "Den lengste tok",
        measures: "Tiltak", count: "Antall", decided: "Bestemt", done: "Utført", checked: "Effekten er sjekket",
        overdueMeasures: "Over fristen",
        trendText: { "Søyler for de siste tolv månedene; det høyeste tallet er \($0). Tabellen under sier det samme." },
        triageTitle: "Til vurdering", triageEmpty: "Alt er vurdert", triageEmptyHint: "Nye meldinger kommer hit.",
        skip: "Neste", serious: "Er bare en del av den alvorlig? Del den i saken.",
        columns: [
            "Saksnummer", "Status", "Enhet", "Campus", "Gjelder", "Læringsmiljø", "Mottatt", "Frist",
            "Nytt svar ventes",
        ])
    static let nn = OverviewTexts(
        title: "Oversikt", lead: "Sakene til eininga, talde opp etter når dei kom inn: tala til kvalitetsmeldinga.",
        unit: "Eining", show: "Vis", status: "Status",
        cases: "Saker", overdue: "Over fristen", category: "Gjeld", ofThem: "Opne no",
        trend: "Motteke månad for månad", month: "Månad", received: "Motteke", ended: "Avslutta",
        nothing: "Eininga har ingen saker i tidsrommet.",
        period: "Tidsrom", from: "Motteken frå", fromHint: "Kan stå ope.", to: "Til og med", toHint: "Kan stå ope.",
        endsFirst: "Siste dag må ikkje kome før den første.", always: "Alle år", withdrawn: "trekt",
        answers: "Svar", inTime: "Innan fristen", asExpected: "Innan dagen i eit førebels svar", late: "For seint",
        median: "Halvparten tok høgst", longest: "Den lengste tok",
        measures: "Tiltak", count: "Tal på", decided: "Bestemt", done: "Utført", checked: "Effekten er sjekka",
        overdueMeasures: "Over fristen",
        trendText: { "Søyler for dei siste tolv månadene; det høgste talet er \($0). Tabellen under seier det same." },
        triageTitle: "Til vurdering", triageEmpty: "Alt er vurdert", triageEmptyHint: "Nye meldingar kjem hit.",
        skip: "Neste", serious: "Er berre ein del av ho alvorleg? Del ho i saka.",
        columns: [
            "Saksnummer", "Status", "Eining", "Campus", "Gjeld", "Læringsmiljø", "Motteken", "Frist",
            "Nytt svar er venta",
        ])
    static let en = OverviewTexts(
        title: "Overview",
        lead: "The unit's cases, counted by when they were received: the numbers for the quality report.", unit: "Unit",
        show: "Show", status: "Status",
        cases: "Cases", overdue: "Overdue", category: "About", ofThem: "Open now",
        trend: "Received month by month", month: "Month", received: "Received", ended: "Ended",
        nothing: "The unit has no cases in this period.",
        period: "Period", from: "Received from", fromHint: "May be left open.", to: "Up to and including",
        toHint: "May be left open.", endsFirst: "The last day must not come before the first.", always: "All years",
        withdrawn: "withdrawn",
        answers: "Answers", inTime: "By the due date", asExpected: "By the day of a preliminary reply", late: "Late",
        median: "Half of them took at most", longest: "The longest took",
        measures: "Measures", count: "Number", decided: "Decided", done: "Done", checked: "Effect checked",
        overdueMeasures: "Overdue",
        trendText: { "Bars for the last twelve months; the highest number is \($0). The table below says the same." },
        triageTitle: "To assess", triageEmpty: "Everything is assessed", triageEmptyHint: "New reports come here.",
        skip: "Next", serious: "Is only a part of it serious? Split it in the case.",
        columns: [
            "Case number", "Status", "Unit", "Campus", "About", "Environment", "Received", "Due", "New answer expected",
        ])
}
