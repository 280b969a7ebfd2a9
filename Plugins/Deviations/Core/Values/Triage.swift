/// The intake officer's answers to the three questions every report is asked (guideline, “Meldingsansvarlig”).
public struct Triage: Sendable, Hashable {
    public var isDeviation: Bool
    public var holdsSensitiveData: Bool
    public var isCensurable: Bool

    public init(isDeviation: Bool, holdsSensitiveData: Bool, isCensurable: Bool) {
        self.isDeviation = isDeviation
        self.holdsSensitiveData = holdsSensitiveData
        self.isCensurable = isCensurable
    }
}
