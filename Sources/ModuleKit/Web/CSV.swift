public import Hummingbird

/// A table as a file for a spreadsheet: UTF-8 with a byte order mark, semicolons as Norwegian spreadsheets expect.
public struct CSV: Sendable {
    public private(set) var rows = 0
    private var text = "\u{FEFF}"

    public init(_ columns: [String]) { append(columns) }

    public mutating func add(_ cells: [String]) {
        append(cells)
        rows += 1
    }

    /// What a spreadsheet would take for a formula begins with an apostrophe, so that it is shown and not carried out.
    public static func cell(_ text: String) -> String {
        let isFormula = text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
        let safe = isFormula ? "'" + text : text
        let needsQuotes = safe.unicodeScalars.contains { ";\",\n\r".unicodeScalars.contains($0) }
        return needsQuotes ? "\"\(safe.replacing("\"", with: "\"\""))\"" : safe
    }

    public func response(named name: String) -> Response {
        .download(text, type: "text/csv; charset=utf-8", named: name)
    }

    private mutating func append(_ cells: [String]) {
        text += cells.map(Self.cell).joined(separator: ";") + "\r\n"
    }
}
