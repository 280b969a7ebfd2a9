import ModuleKit

/// The words of a unit's overview, the desk for triage, and the columns of an export.
struct OverviewTexts: TextSet {
    let title, lead, unit, show, status, cases, overdue, category, ofThem, trend, month, received, ended,
        nothing: String
    /// Most cases in a month.
    let trendText: @Sendable (Int) -> String
    let triageTitle, triageEmpty, triageEmptyHint, skip, serious: String
    let columns: [String]

    static let nb = OverviewTexts(
        title: "Oversikt", lead: "Enhetens saker, talt opp.", unit: "Enhet", show: "Vis", status: "Status",
        cases: "Saker", overdue: "Over fristen", category: "Gjelder", ofThem: "Åpne nå",
        trend: "Mottatt måned for måned", month: "Måned", received: "Mottatt", ended: "Avsluttet",
        nothing: "Enheten har ingen saker.",
        trendText: { "Søyler for de siste tolv månedene; det høyeste tallet er \($0). Tabellen under sier det samme." },
        triageTitle: "Til vurdering", triageEmpty: "Alt er vurdert", triageEmptyHint: "Nye meldinger kommer hit.",
        skip: "Neste", serious: "Er bare en del av den alvorlig? Del den i saken.",
        columns: [
            "Saksnummer", "Status", "Enhet", "Campus", "Gjelder", "Læringsmiljø", "Mottatt", "Frist",
            "Nytt svar ventes",
        ])
    static let nn = OverviewTexts(
        title: "Oversikt", lead: "Sakene til eininga, talde opp.", unit: "Eining", show: "Vis", status: "Status",
        cases: "Saker", overdue: "Over fristen", category: "Gjeld", ofThem: "Opne no",
        trend: "Motteke månad for månad", month: "Månad", received: "Motteke", ended: "Avslutta",
        nothing: "Eininga har ingen saker.",
        trendText: { "Søyler for dei siste tolv månadene; det høgste talet er \($0). Tabellen under seier det same." },
        triageTitle: "Til vurdering", triageEmpty: "Alt er vurdert", triageEmptyHint: "Nye meldingar kjem hit.",
        skip: "Neste", serious: "Er berre ein del av ho alvorleg? Del ho i saka.",
        columns: [
            "Saksnummer", "Status", "Eining", "Campus", "Gjeld", "Læringsmiljø", "Motteken", "Frist",
            "Nytt svar er venta",
        ])
    static let en = OverviewTexts(
        title: "Overview", lead: "The unit's cases, counted.", unit: "Unit", show: "Show", status: "Status",
        cases: "Cases", overdue: "Overdue", category: "About", ofThem: "Open now",
        trend: "Received month by month", month: "Month", received: "Received", ended: "Ended",
        nothing: "The unit has no cases.",
        trendText: { "Bars for the last twelve months; the highest number is \($0). The table below says the same." },
        triageTitle: "To assess", triageEmpty: "Everything is assessed", triageEmptyHint: "New reports come here.",
        skip: "Next", serious: "Is only a part of it serious? Split it in the case.",
        columns: [
            "Case number", "Status", "Unit", "Campus", "About", "Environment", "Received", "Due", "New answer expected",
        ])
}
