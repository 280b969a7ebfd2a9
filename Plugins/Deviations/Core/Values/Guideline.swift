public import EventKit

/// The guideline that rules reporting and handling, in force from a date until the next one.
public struct Guideline: Sendable, Hashable {
    public var validFrom: CivilDate
    /// Who adopted it and answers for it.
    public var owner: String
    public var norwegian: String
    public var english: String

    public init(validFrom: CivilDate, owner: String, norwegian: String, english: String) {
        self.validFrom = validFrom
        self.owner = owner
        self.norwegian = norwegian
        self.english = english
    }

    /// The version that applies to a case received on `date`: the latest in force then, or the first for an earlier
    /// case.
    public static func inForce(on date: CivilDate, among versions: [Guideline]) -> Guideline? {
        let ordered = versions.sorted { $0.validFrom < $1.validFrom }
        return ordered.last { $0.validFrom <= date } ?? ordered.first
    }
}
