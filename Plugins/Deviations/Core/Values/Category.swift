/// What a report may be about. The list is data of the institution (table `deviations_category`), not code.
public struct Category: Sendable, Hashable {
    /// Kebab-case, as it stands in the API and in events: `universal-design`.
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
}
