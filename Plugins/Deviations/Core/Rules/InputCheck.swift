import EventKit

/// Reads what was typed, field by field, and remembers every problem, so that a form can mark them all at once.
///
/// Each reader gives a value even when there is a problem: `finish` throws before anybody uses it.
struct InputCheck {
    /// Longest one-line text.
    static let lineLimit = 200
    /// Longest text of several lines: some eight pages.
    static let textLimit = 20_000

    private var problems: [FieldProblem] = []

    /// One line, trimmed.
    mutating func line(_ raw: String, _ field: Field, limit: Int = lineLimit) -> String {
        checked(raw, field, limit: limit) { _ in false }
    }

    /// Text of several lines, trimmed, lines ended by `\n` alone. Tabs may stay.
    mutating func text(_ raw: String, _ field: Field, limit: Int = textLimit) -> String {
        checked(raw, field, limit: limit) { $0 == "\n" || $0 == "\t" }
    }

    /// The same, or nil when nothing was typed.
    mutating func textIfAny(_ raw: String, _ field: Field, limit: Int = textLimit) -> String? {
        raw.allSatisfy(\.isWhitespace) ? nil : text(raw, field, limit: limit)
    }

    /// One line, or nil when nothing was typed.
    mutating func lineIfAny(_ raw: String, _ field: Field) -> String? {
        raw.allSatisfy(\.isWhitespace) ? nil : line(raw, field)
    }

    /// The value that `lookUp` has for a code.
    mutating func code<Value>(_ raw: String, _ field: Field, among lookUp: (String) -> Value?) -> Value? {
        if raw.isEmpty { found(.missing, in: field) }
        let value = lookUp(raw)
        if value == nil, !raw.isEmpty { found(.unknown, in: field) }
        return value
    }

    /// The values of one or more codes, each once, in the order given.
    mutating func codes<Value: Hashable>(_ raw: [String], _ field: Field, among lookUp: (String) -> Value?) -> [Value] {
        if raw.isEmpty { found(.missing, in: field) }
        var seen: Set<Value> = []
        let values = raw.compactMap(lookUp)
        if values.count < raw.count { found(.unknown, in: field) }
        return values.filter { seen.insert($0).inserted }
    }

    /// The same, of which there may be none.
    mutating func codes<Value: Hashable>(
        ifAny raw: [String], _ field: Field, among lookUp: (String) -> Value?
    ) -> [Value] {
        raw.isEmpty ? [] : codes(raw, field, among: lookUp)
    }

    /// A date within the given bounds, both included.
    mutating func date(
        _ raw: String, _ field: Field, earliest: CivilDate? = nil, latest: CivilDate? = nil,
        atMost limit: CivilDate? = nil
    ) -> CivilDate {
        guard let date = CivilDate(raw) else {
            found(raw.isEmpty ? .missing : .notADate, in: field)
            return CivilDate(daysSince1970: 0)
        }
        if let earliest, date < earliest { found(.inThePast, in: field) }
        if let latest, date > latest { found(.inTheFuture, in: field) }
        if let limit, date > limit { found(.tooFarAhead, in: field) }
        return date
    }

    mutating func found(_ problem: Problem, in field: Field) { problems.append(FieldProblem(field, problem)) }

    /// - Throws: `DeviationError.invalid` if anything was wrong.
    func finish() throws(DeviationError) {
        if !problems.isEmpty { throw .invalid(problems) }
    }

    private mutating func checked(
        _ raw: String, _ field: Field, limit: Int, allowing isAllowed: (Unicode.Scalar) -> Bool
    ) -> String {
        let text = raw.trimmedWithUnixLines
        if text.isEmpty { found(.missing, in: field) }
        if text.unicodeScalars.count > limit { found(.tooLong(limit: limit), in: field) }
        if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control && !isAllowed($0) }) {
            found(.controlCharacter, in: field)
        }
        return text
    }
}

extension String {
    /// Without white space at both ends, and with `\n` where browsers send `\r\n`.
    fileprivate var trimmedWithUnixLines: String {
        var scalars = Substring(self).unicodeScalars
        while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
        while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
        let trimmed = String(scalars)
        guard trimmed.utf8.contains(13) else { return trimmed }
        return trimmed.split(separator: "\r\n", omittingEmptySubsequences: false).joined(separator: "\n")
    }
}
