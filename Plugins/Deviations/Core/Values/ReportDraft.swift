/// A report as typed, before anything is checked: what a form shows again after an error.
public struct ReportDraft: Sendable, Hashable {
    /// Code of a `SeriousMatter`, or `SeriousMatter.none`; empty when the question was not answered.
    public var serious = ""
    public var title = ""
    public var description = ""
    public var unit = ""
    public var campus = ""
    public var category = ""
    public var environment = ""
    /// ISO 8601, or empty.
    public var occurredOn = ""
    /// Code of the employee's `Threshold`, or empty.
    public var threshold = ""
    /// Nil when the question about ordinary channels was not answered.
    public var channelsTried: Bool?
    /// Codes of channels.
    public var channelsWhich: [String] = []
    public var channelsWhen = ""
    public var channelsReason = ""
    /// Ids of those it is about.
    public var people: [String] = []
    /// Names of those it is about, as far as they are no codes.
    public var names = ""
    /// Whether it is reported for somebody else.
    public var isOnBehalf = false
    /// Address, id or name of the student it is for.
    public var behalfStudent = ""
    public var behalfConsent = ""
    /// `student` or `submitter`.
    public var behalfReplies = ""

    public init() {}
}

/// The codes a report may choose from when it is made.
public struct ReportChoices: Sendable, Hashable {
    public var units: Set<String>
    public var campuses: Set<String>
    public var categories: Set<String>
    /// Ids of those who can be named.
    public var people: Set<String>

    public init(units: Set<String>, campuses: Set<String>, categories: Set<String>, people: Set<String> = []) {
        self.people = people
        self.units = units
        self.campuses = campuses
        self.categories = categories
    }
}
