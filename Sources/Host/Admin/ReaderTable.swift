import EventBus
import ModuleKit

/// How far each durable reader has come, for administrators.
struct ReaderTable: Sendable {
    private let readers: [DurableReaders.Standing]

    init(_ readers: [DurableReaders.Standing]) { self.readers = readers }

    /// Empty while there is no reader.
    func html(_ visit: Visit) -> HTML {
        guard !readers.isEmpty else { return "" }
        let text = ReaderTexts[visit.language]
        let rows = readers.map { reader -> HTML in
            """
            <tr><td>\(reader.name)<td>\(reader.topics)<td>\(String(reader.behind))<td>\(String(reader.members))\
            \(if: reader.members == 0 && reader.behind > 0, "<br><span class=\"tag late\">\(text.nobody)</span>")</tr>
            """
        }
        return """
            <p class="soft">\(text.lead)</p><div class="scroll" tabindex="0" role="region" aria-label="\(text.reader)">\
            <table class="num"><thead><tr><th>\(text.reader)<th>\(text.topics)<th>\(text.behind)<th>\(text.members)</thead>\
            <tbody>\(rows)</tbody></table></div>
            """
    }
}

private struct ReaderTexts: TextSet {
    let lead, reader, topics, behind, members, nobody: String

    static let nb = ReaderTexts(
        lead:
            "Faste lesere av hendelsesloggen. Loggen beholder det de ikke har lest. Slett en som ikke skal lese mer, med «trivsel readers drop».",
        reader: "Leser", topics: "Hendelser", behind: "Hendelser igjen", members: "Prosesser", nobody: "ingen leser")

    static let nn = ReaderTexts(
        lead:
            "Faste lesarar av hendingsloggen. Loggen beheld det dei ikkje har lese. Slett ein som ikkje skal lese meir, med «trivsel readers drop».",
        reader: "Lesar", topics: "Hendingar", behind: "Hendingar att", members: "Prosessar", nobody: "ingen les")

    static let en = ReaderTexts(
        lead:
            "Durable readers of the event log. The log keeps what they have not read. Drop one that is to read no more with “trivsel readers drop”.",
        reader: "Reader", topics: "Events", behind: "Events left", members: "Processes", nobody: "nobody reads")
}
