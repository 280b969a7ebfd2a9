public import EventKit

/// A deviation in the institution's HSE system that touches students, as a reference to it (LMU mandate § 2 e).
///
/// It holds no story: what has happened, and to whom, stays in that system.
public struct HSEDeviation: Sendable, Hashable {
    /// What the HSE system calls it: a code, with no room for words.
    public var reference: String
    /// When it was reported there.
    public var reportedOn: CivilDate
    public var unit: String
    public var campus: String
    public var environment: Environment
    public var isOpen: Bool

    /// One known to be right: read back from the store.
    public init(
        reference: String, reportedOn: CivilDate, unit: String, campus: String, environment: Environment, isOpen: Bool
    ) {
        (self.reference, self.reportedOn, self.unit) = (reference, reportedOn, unit)
        (self.campus, self.environment, self.isOpen) = (campus, environment, isOpen)
    }

    /// Checks what was sent, or stands in a row of a table.
    ///
    /// - Throws: `DeviationError.invalid` that names every field that is wrong.
    public init(_ draft: HSEDraft, choices: HSEChoices, today: CivilDate) throws(DeviationError) {
        var input = InputCheck()
        reference = draft.reference
        if reference.isEmpty {
            input.found(.missing, in: .reference)
        } else if reference.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9._\-]{0,63}/) == nil {
            input.found(.notACode, in: .reference)
        }
        reportedOn = input.date(draft.date, .date, latest: today)
        unit = input.code(draft.unit, .unit) { choices.units.contains($0) ? $0 : nil } ?? ""
        campus = input.code(draft.campus, .campus) { choices.campuses.contains($0) ? $0 : nil } ?? ""
        environment = input.code(draft.environment, .environment, among: Environment.init(rawValue:)) ?? .physical
        isOpen = input.code(draft.status, .status) { ["open": true, "closed": false][$0] } ?? true
        try input.finish()
    }
}

/// A reference as it was typed.
public struct HSEDraft: Sendable, Hashable {
    public var reference, date, unit, campus, environment, status: String

    public init(reference: String, date: String, unit: String, campus: String, environment: String, status: String) {
        (self.reference, self.date, self.unit) = (reference, date, unit)
        (self.campus, self.environment, self.status) = (campus, environment, status)
    }
}

/// What a reference may name: the units for which somebody may register, and the campuses there are.
public struct HSEChoices: Sendable {
    public var units: Set<String>
    public var campuses: Set<String>

    public init(units: Set<String>, campuses: Set<String>) { (self.units, self.campuses) = (units, campuses) }
}
