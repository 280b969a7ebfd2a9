/// What a report may be about. The list is data of the institution (table `deviations_category`), not code.
public struct Category: Sendable, Hashable {
    /// Longest name: it stands in lists and charts.
    static let nameLimit = 80

    /// Kebab-case, as it stands in the API and in events: `universal-design`. Never changed.
    public var code: String
    public var bokmaal: String
    public var nynorsk: String
    public var english: String

    public init(code: String, bokmaal: String, nynorsk: String, english: String) {
        self.code = code
        self.bokmaal = bokmaal
        self.nynorsk = nynorsk
        self.english = english
    }

    /// Checks the names that were typed; no other category of `others`, those in use, may be called so.
    ///
    /// - Throws: `DeviationError.invalid` that names every field that is wrong.
    public init(typed draft: Category, besides others: [Category]) throws(DeviationError) {
        var input = InputCheck()
        func name(_ language: KeyPath<Category, String>, _ field: Field) -> String {
            let name = input.line(draft[keyPath: language], field, limit: Self.nameLimit)
            let isTaken = others.contains {
                $0.code != draft.code && $0[keyPath: language].lowercased() == name.lowercased()
            }
            if isTaken { input.found(.taken, in: field) }
            return name
        }
        code = draft.code
        bokmaal = name(\.bokmaal, .nameBokmaal)
        nynorsk = name(\.nynorsk, .nameNynorsk)
        english = name(\.english, .nameEnglish)
        try input.finish()
    }

    /// A code for a category of this English name, unlike those that are taken.
    public static func code(for english: String, besides taken: Set<String>) -> String {
        let words = english.lowercased().split { !("a"..."z" ~= $0 || "0"..."9" ~= $0) }
        let code = words.isEmpty ? "category" : String(words.joined(separator: "-").prefix(40))
        if !taken.contains(code) { return code }
        return (2...taken.count + 2).map { "\(code)-\($0)" }.first { !taken.contains($0) } ?? code
    }

    /// The codes in their order, with `code` standing before another, or last; nil when one of them is not there.
    public static func order(_ codes: [String], placing code: String, before other: String?) -> [String]? {
        var rest = codes.filter { $0 != code }
        guard rest.count < codes.count else { return nil }
        guard let other else { return rest + [code] }
        guard let index = rest.firstIndex(of: other) else { return nil }
        rest.insert(code, at: index)
        return rest
    }
}
