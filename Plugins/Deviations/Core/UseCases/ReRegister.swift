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

    public init(holdsSensitiveData: Bool, reason: String, parts: Parts? = nil) {
        (self.holdsSensitiveData, self.reason, self.parts) = (holdsSensitiveData, reason, parts)
    }

    /// The same with its texts checked, for a deviation as it stands.
    ///
    /// - Throws: the rule that is not kept.
    public func checked(for deviation: Deviation) throws(DeviationError) -> ReRegister {
        try deviation.requireOpen()
        if deviation.hasOthers { throw .hasOtherReports }
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
