/// Takes a report that is a whistleblow, or the part of it that is one, out of the deviations (guideline,
/// “Meldingsansvarlig”): one act of the intake officer, with a reason to the reporter.
///
/// Nothing of the deviation changes until the whistleblowing side has taken it.
public struct ReRegister: Sendable, Hashable {
    /// What the two sides get when a report holds both.
    public struct Parts: Sendable, Hashable {
        /// What the deviation keeps.
        public var title: String
        public var description: String
        /// What goes.
        public var whistleblow: String

        public init(title: String, description: String, whistleblow: String) {
            (self.title, self.description, self.whistleblow) = (title, description, whistleblow)
        }
    }

    public var holdsSensitiveData: Bool
    /// What the reporter is told.
    public var reason: String
    /// Nil: all of it goes.
    public var parts: Parts?
    /// Ids of the reports that are part of the case and go too, each as a whistleblow of its own; or ``everyReport``.
    public var along: Set<String>

    /// Stands in `along` for every report that is part of the case.
    public static let everyReport = "all"

    public init(holdsSensitiveData: Bool, reason: String, parts: Parts? = nil, along: Set<String> = []) {
        (self.holdsSensitiveData, self.reason, self.parts) = (holdsSensitiveData, reason, parts)
        self.along = along
    }

    /// What becomes of the reports that are part of the case.
    public struct Others: Sendable, Hashable {
        /// Ids of those that go, each as a whistleblow of its own.
        public var going: Set<String>
        /// Ids of those that become cases of their own; none when the case goes on with what is left of it.
        public var separated: Set<String>

        public init(going: Set<String>, separated: Set<String>) { (self.going, self.separated) = (going, separated) }
    }

    /// - Throws: `DeviationError.invalid` when a report goes along that is no part of the case.
    public func others(of reports: Set<String>) throws(DeviationError) -> Others {
        let going = along.contains(Self.everyReport) ? reports : along
        guard going.isSubset(of: reports) else { throw .invalid([FieldProblem(.along, .unknown)]) }
        return Others(going: going, separated: parts == nil ? reports.subtracting(going) : [])
    }

    /// The same with its texts checked, for a deviation as it stands.
    ///
    /// - Throws: the rule that is not kept.
    public func checked(for deviation: Deviation) throws(DeviationError) -> ReRegister {
        try deviation.requireOpen()
        var input = InputCheck()
        var checked = self
        checked.reason = input.text(reason, .reason)
        if let parts {
            checked.parts = Parts(
                title: input.line(parts.title, .keptTitle), description: input.text(parts.description, .keptText),
                whistleblow: input.text(parts.whistleblow, .whistleblowText))
        }
        try input.finish()
        return checked
    }

    /// What is left of the deviation when a part of it has gone: its own text, and the answers of triage.
    public func remainder(of deviation: Deviation) -> Deviation {
        guard let parts else { return deviation }
        var left = deviation
        left.report.title = parts.title
        left.report.description = parts.description
        if left.status == .received {
            left.triage = Triage(isDeviation: true, holdsSensitiveData: holdsSensitiveData, isCensurable: false)
        }
        return left
    }
}
