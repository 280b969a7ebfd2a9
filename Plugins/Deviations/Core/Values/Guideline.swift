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

    /// A new version, as it was typed.
    ///
    /// It comes after all others and not before today: which version a case was received under never changes.
    /// - Throws: `DeviationError.invalid` that names every field that is wrong.
    public init(
        validFrom: String, owner: String, norwegian: String, english: String, after last: CivilDate?, today: CivilDate
    ) throws(DeviationError) {
        var input = InputCheck()
        self.validFrom = input.date(validFrom, .validFrom, earliest: today, atMost: today.adding(days: 3 * 365))
        if let last, CivilDate(validFrom) != nil, self.validFrom <= last { input.found(.notAfterLast, in: .validFrom) }
        self.owner = input.line(owner, .owner)
        self.norwegian = input.text(norwegian, .norwegian)
        self.english = input.text(english, .english)
        try input.finish()
    }

    /// The version that applies to a case received on `date`: the latest in force then, or the first for an earlier
    /// case.
    public static func inForce(on date: CivilDate, among versions: [Guideline]) -> Guideline? {
        let day = validFrom(on: date, among: versions.map(\.validFrom))
        return versions.first { $0.validFrom == day }
    }

    /// The same by the days from which the versions are valid.
    public static func validFrom(on date: CivilDate, among days: [CivilDate]) -> CivilDate? {
        let ordered = days.sorted()
        return ordered.last { $0 <= date } ?? ordered.first
    }
}
