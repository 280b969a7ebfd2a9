import ModuleKit

extension PolicySheet {
    /// For the documentation.
    public var markdown: String {
        let text = PolicyTexts[language]
        var lines = ["# \(text.title)", "", text.lead, "", text.made]
        for part in parts {
            lines += ["", "## \(part.title)"]
            for table in part.tables {
                if let title = table.title { lines += ["", "### \(text.about(title))"] }
                lines += ["", "| \(text.columns.joined(separator: " | ")) |", "|---|---|---|---|"]
                lines += table.rows.map { row in
                    let act = "\(row.act) (`\(row.right)`)"
                    let cells = [act, row.states ?? "", text.list(row.may), text.list(row.refused)]
                    return "| \(cells.joined(separator: " | ")) |"
                }
            }
            lines += [part.rest, part.note].compactMap(\.self).flatMap { ["", $0] }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
