import EventKit

/// Reads what was typed, field by field, and remembers every problem, so that a form can mark them all at once.
///
/// Each reader gives a value even when there is a problem: `finish` throws before anybody uses it.
struct InputCheck {
    static let lineLimit = 200
    static let textLimit = 20_000

    private var problems: [FieldProblem] = []

    /// One line, trimmed.
    mutating func line(_ raw: String, _ field: Field) -> String {
        checked(raw, field, limit: Self.lineLimit, allowing: [])
    }

    /// Text of several lines, trimmed. Tabs may stay.
    mutating func text(_ raw: String, _ field: Field) -> String {
        checked(raw, field, limit: Self.textLimit, allowing: ["\n", "\t"])
    }

    /// The value that `lookUp` has for a code.
    mutating func code<Value>(_ raw: String, _ field: Field, among lookUp: (String) -> Value?) -> Value? {
        if raw.isEmpty { found(.missing, in: field) }
        let value = lookUp(raw)
        if value == nil, !raw.isEmpty { found(.unknown, in: field) }
        return value
    }

    /// A date, no later than `latest`.
    mutating func date(_ raw: String, _ field: Field, latest: CivilDate) -> CivilDate {
        guard let date = CivilDate(raw) else {
            found(.notADate, in: field)
            return latest
        }
        if date > latest { found(.inTheFuture, in: field) }
        return date
    }

    mutating func found(_ problem: Problem, in field: Field) { problems.append(FieldProblem(field, problem)) }

    /// - Throws: `WhistleblowingError.invalid` if anything was wrong.
    func finish() throws(WhistleblowingError) {
        if !problems.isEmpty { throw .invalid(problems) }
    }

    private mutating func checked(_ raw: String, _ field: Field, limit: Int, allowing allowed: Set<Unicode.Scalar>)
        -> String
    {
        var scalars = Substring(raw.split(separator: "\r\n", omittingEmptySubsequences: false).joined(separator: "\n"))
            .unicodeScalars
        while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
        while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
        if scalars.isEmpty { found(.missing, in: field) }
        if scalars.count > limit { found(.tooLong(limit: limit), in: field) }
        if scalars.contains(where: { $0.properties.generalCategory == .control && !allowed.contains($0) }) {
            found(.controlCharacter, in: field)
        }
        return String(scalars)
    }
}
