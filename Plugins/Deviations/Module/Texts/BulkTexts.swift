import ModuleKit

/// The words of what is done with several cases at once, and of the desk's tools.
struct BulkTexts: TextSet {
    let title, go, none, result, done, template, close, save, saved, remove, export, overview, triage: String
    /// The case's number.
    let mark: @Sendable (String) -> String
    /// How many cases are marked.
    let lead: @Sendable (Int) -> String
    /// How many were done, of how many.
    let count: @Sendable (Int, Int) -> String
    let stale, gone: String
    /// How many are too many.
    let overTitle: @Sendable (Int) -> String
    /// How many can be done at once.
    let over: @Sendable (Int) -> String
    /// The same, before anything is done.
    let rest: @Sendable (Int) -> String

    static let nb = BulkTexts(
        title: "Flere saker samtidig", go: "Gjør noe med de merkede", none: "Merk minst én sak i listen først",
        result: "Slik gikk det", done: "Gjort", template: "Svar med mal", close: "Avslutt med samme utfall",
        save: "Lagre utvalget", saved: "Mine utvalg", remove: "Fjern utvalget", export: "Last ned som CSV",
        overview: "Oversikt", triage: "Vurder én og én",
        mark: { "Merk \($0)" }, lead: { $0 == 1 ? "1 sak er merket." : "\($0) saker er merket." },
        count: { "\($0) av \($1) er gjort. Resten er slik de var." },
        stale: "Noen har endret saken siden du så den.", gone: "Du kan ikke gjøre dette med saken.",
        overTitle: { $0 == 1 ? "1 sak blir ikke med" : "\($0) saker blir ikke med" },
        over: { "Ikke gjort: det går med høyst \($0) saker om gangen. Merk den igjen etterpå." },
        rest: { "Det går med høyst \($0) saker om gangen. Ta resten etterpå." })
    static let nn = BulkTexts(
        title: "Fleire saker samstundes", go: "Gjer noko med dei merkte", none: "Merk minst éi sak i lista først",
        result: "Slik gjekk det", done: "Gjort", template: "Svar med mal", close: "Avslutt med same utfall",
        save: "Lagre utvalet", saved: "Mine utval", remove: "Fjern utvalet", export: "Last ned som CSV",
        overview: "Oversikt", triage: "Vurder éi og éi",
        mark: { "Merk \($0)" }, lead: { $0 == 1 ? "1 sak er merkt." : "\($0) saker er merkte." },
        count: { "\($0) av \($1) er gjort. Resten er slik dei var." },
        stale: "Nokon har endra saka sidan du såg ho.", gone: "Du kan ikkje gjere dette med saka.",
        overTitle: { $0 == 1 ? "1 sak blir ikkje med" : "\($0) saker blir ikkje med" },
        over: { "Ikkje gjort: det går med høgst \($0) saker om gongen. Merk ho igjen etterpå." },
        rest: { "Det går med høgst \($0) saker om gongen. Ta resten etterpå." })
    static let en = BulkTexts(
        title: "Several cases at once", go: "Do something with the marked",
        none: "Mark at least one case in the list first",
        result: "What came of it", done: "Done", template: "Reply by template", close: "Close with the same outcome",
        save: "Save this selection", saved: "My selections", remove: "Remove the selection", export: "Download as CSV",
        overview: "Overview", triage: "Assess one by one",
        mark: { "Mark \($0)" }, lead: { $0 == 1 ? "1 case is marked." : "\($0) cases are marked." },
        count: { "\($0) of \($1) are done. The rest is as it was." },
        stale: "Somebody has changed the case since you saw it.", gone: "You cannot do this with the case.",
        overTitle: { $0 == 1 ? "1 case is left out" : "\($0) cases are left out" },
        over: { "Not done: at most \($0) cases go at once. Mark it again afterwards." },
        rest: { "At most \($0) cases go at once. Take the rest afterwards." })
}
