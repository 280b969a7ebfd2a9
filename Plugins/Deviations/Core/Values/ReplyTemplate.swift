/// A reply that a unit sends often, in three languages; what differs from case to case is filled in.
public struct ReplyTemplate: Sendable, Hashable {
    /// What can be filled in, written as `{number}`.
    public enum Placeholder: String, Sendable, Hashable, CaseIterable {
        case number, received, due, expected
    }

    /// Longest text.
    static let limit = 5000

    public var name: String
    public var bokmaal: String
    public var nynorsk: String
    public var english: String

    /// A template known to be right: read back from the store.
    public init(name: String, bokmaal: String, nynorsk: String, english: String) {
        (self.name, self.bokmaal, self.nynorsk, self.english) = (name, bokmaal, nynorsk, english)
    }

    /// Checks what was typed.
    ///
    /// - Throws: `DeviationError.invalid` that names every field that is wrong.
    public init(typed draft: ReplyTemplate) throws(DeviationError) {
        var input = InputCheck()
        name = input.line(draft.name, .templateName)
        bokmaal = Self.text(draft.bokmaal, .bokmaal, &input)
        nynorsk = Self.text(draft.nynorsk, .nynorsk, &input)
        english = Self.text(draft.english, .english, &input)
        try input.finish()
    }

    private static func text(_ typed: String, _ field: Field, _ input: inout InputCheck) -> String {
        let text = input.text(typed, field, limit: limit)
        let names = text.matches(of: /\{(\w*)\}/).map { String($0.1) }
        if names.contains(where: { Placeholder(rawValue: $0) == nil }) { input.found(.unknownPlaceholder, in: field) }
        return text
    }

    /// `text` with its placeholders filled in.
    public static func filled(_ text: String, _ values: [Placeholder: String]) -> String {
        text.replacing(/\{(\w+)\}/) { match in
            Placeholder(rawValue: String(match.1)).flatMap { values[$0] } ?? String(match.0)
        }
    }
}
