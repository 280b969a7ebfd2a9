public import EventKit

/// What a reporter told, checked.
public struct Report: Sendable, Hashable, Codable {
    public var category: Category
    /// One line; empty when only steps are known.
    public var title: String
    public var description: String
    public var occurredOn: CivilDate?

    public init(category: Category, title: String, description: String, occurredOn: CivilDate?) {
        (self.category, self.title, self.description, self.occurredOn) = (category, title, description, occurredOn)
    }
}

/// A report as typed, before anything is checked.
public struct ReportDraft: Sendable, Hashable {
    public var category = ""
    public var campus = ""
    public var title = ""
    public var description = ""
    /// ISO 8601, or empty.
    public var occurredOn = ""
    /// Ids of keepers who must not see it.
    public var excluded: [String] = []

    public init() {}
}

/// What a report may choose from when it is made.
public struct ReportChoices: Sendable {
    public var campuses: Set<String>
    /// The keepers who may be excluded, by campus: those who would read it.
    public var keepers: @Sendable (_ campus: String, _ excluded: Set<String>) -> [String]

    public init(
        campuses: Set<String>, keepers: @escaping @Sendable (_ campus: String, _ excluded: Set<String>) -> [String]
    ) {
        (self.campuses, self.keepers) = (campuses, keepers)
    }
}

/// A draft that holds everything it must, with where it goes and who must not see it.
public struct CheckedReport: Sendable, Hashable {
    public let report: Report
    public let campus: String
    public let excluded: Set<String>

    /// `today` is the date in Norway.
    ///
    /// - Throws: `WhistleblowingError.invalid` that names every field that is wrong; when nobody would be left to read it, `excluded`.
    public init(_ draft: ReportDraft, choices: ReportChoices, today: CivilDate) throws(WhistleblowingError) {
        var input = InputCheck()
        let category = input.code(draft.category, .category, among: Category.init(rawValue:)) ?? .other
        let campus = input.code(draft.campus, .campus) { choices.campuses.contains($0) ? $0 : nil } ?? ""
        report = Report(
            category: category, title: input.line(draft.title, .title),
            description: input.text(draft.description, .description),
            occurredOn: draft.occurredOn.isEmpty ? nil : input.date(draft.occurredOn, .occurredOn, latest: today))
        self.campus = campus
        excluded = Set(draft.excluded)
        if !campus.isEmpty, !draft.excluded.isEmpty, choices.keepers(campus, excluded).isEmpty {
            input.found(.nobodyLeft, in: .excluded)
        }
        try input.finish()
    }
}
