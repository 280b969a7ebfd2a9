import ModuleKit

/// What the values in a person's copy of their own data are called, beside the words that cases have already.
struct OwnDataTexts: TextSet {
    let reports, reportsNote, measures, consultations, consultationsNote, desk: String
    let number, title, status, reportedUnit, threshold, ended, outcome, when: String
    let behalfStudent, behalfSubmitter, behalfConsent: String
    let step, at, text, asked, impartial, answered, yes, no, filter, searched: String

    static let nb = OwnDataTexts(
        reports: "Det du har meldt",
        reportsNote:
            "Dine egne meldinger med alt du har skrevet og sendt, og svarene til deg. Det saksbehandlere skriver seg imellom, er ikke med; be om innsyn i det øverst på siden. Er en melding tatt inn som noe annet enn et avvik, står svaret på siden «Mine saker» og aldri i en kopi.",
        measures: "Tiltak du er ansvarlig for", consultations: "Høringer du er spurt i",
        consultationsNote: "Når du er spurt, og om du har svart. Hva det gjaldt, ser du så lenge høringen varer.",
        desk: "Det du har lagret på arbeidsflaten", number: "Saksnummer", title: "Overskrift", status: "Står som",
        reportedUnit: "Sendt til", threshold: "Hvorfor det er et avvik", ended: "Avsluttet", outcome: "Utfall",
        when: "Når", behalfStudent: "Meldt på vegne av", behalfSubmitter: "Meldt inn av", behalfConsent: "Samtykke",
        step: "Hva", at: "Når", text: "Tekst", asked: "Spurt", impartial: "Habil", answered: "Svart", yes: "ja",
        no: "nei", filter: "Lagret utvalg", searched: "Sist søkt etter")

    static let nn = OwnDataTexts(
        reports: "Det du har meldt",
        reportsNote:
            "Dine eigne meldingar med alt du har skrive og sendt, og svara til deg. Det saksbehandlarar skriv seg imellom, er ikkje med; be om innsyn i det nedanfor. Er ei melding teken inn som noko anna enn eit avvik, står svaret på sida «Mine saker» og aldri i ein kopi.",
        measures: "Tiltak du er ansvarleg for", consultations: "Høyringar du er spurd i",
        consultationsNote: "Når du er spurd, og om du har svart. Kva det galdt, ser du så lenge høyringa varer.",
        desk: "Det du har lagra på arbeidsflata", number: "Saksnummer", title: "Overskrift", status: "Står som",
        reportedUnit: "Send til", threshold: "Kvifor det er eit avvik", ended: "Avslutta", outcome: "Utfall",
        when: "Når", behalfStudent: "Meldt på vegner av", behalfSubmitter: "Meldt inn av", behalfConsent: "Samtykke",
        step: "Kva", at: "Når", text: "Tekst", asked: "Spurd", impartial: "Habil", answered: "Svart", yes: "ja",
        no: "nei", filter: "Lagra utval", searched: "Sist søkt etter")

    static let en = OwnDataTexts(
        reports: "What you have reported",
        reportsNote:
            "Your own reports with all you have written and sent, and the replies to you. What handlers write among themselves is not in it; ask for access to it at the top of the page. If a report was taken in as something else than a deviation, its answer stands on the page “My cases” and never in a copy.",
        measures: "Measures you are responsible for", consultations: "Consultations you are asked in",
        consultationsNote:
            "When you were asked, and whether you have answered. What it was about you see as long as the consultation lasts.",
        desk: "What you have saved on the desk", number: "Case number", title: "Heading", status: "Stands as",
        reportedUnit: "Sent to", threshold: "Why it is a deviation", ended: "Ended", outcome: "Outcome", when: "When",
        behalfStudent: "Reported on behalf of", behalfSubmitter: "Reported by", behalfConsent: "Consent", step: "What",
        at: "When", text: "Text", asked: "Asked", impartial: "Impartial", answered: "Answered", yes: "yes", no: "no",
        filter: "Saved selection", searched: "Last searched for")
}
