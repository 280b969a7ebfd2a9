import ModuleKit

/// The words of the page on who holds which role. One file a language: RoleTexts+nb.swift and its sisters.
struct RoleTexts: TextSet {
    let title, lead, give, person, personHint, which, role, unit, from, to, toHint, choose, giveIt: String
    let allUnits, allRoles, goingOn, withEnded, show, none, more: String
    let who, period, end, over, coming, untilFurtherNotice: String
    let count: @Sendable (Int) -> String
    let fromTo: @Sendable (_ from: String, _ to: String) -> String
    let givenBy, endedBy: @Sendable (String) -> String
    let endTitle, endLead, endNow, keep, nobodyNext: String
    let next: @Sendable (String) -> String
    /// After what was just done, by its word in the address.
    let told: [String: String]
    /// What stands for a tool where a person could.
    let tools: [String: String]
    let refusals: [GrantRefusal: String]
    /// Of a query value.
    let unreadable: String

    func error(_ refusal: GrantRefusal) -> FieldError {
        let field =
            switch refusal {
            case .unknownPerson, .hasLeft, .student, .yourself: "person"
            case .severalPeople: "chosen"
            case .unknownRole, .notYours, .alreadyHeld: "role"
            case .unknownUnit: "unit"
            case .badDate, .past: "from"
            case .emptyPeriod: "to"
            case .needed, .twoFactors: ""
            }
        return FieldError(field, refusals[refusal] ?? "\(refusal)")
    }
}
