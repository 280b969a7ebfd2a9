import ModuleKit

/// Who gives which role, and where.
///
/// A line manager sees to the access of the unit's own people (seed S4, “Linjeleder”). An administrator, who runs the system and reads no
/// case, gives every other role but those that open what was told in confidence to somebody independent: these the pro-rector gives, who
/// answers for the whole (S4, “Prorektor utdanning”). So it takes two people to become a vault keeper. Nobody gives a role to themselves.
enum RolePolicy {
    static let giveCaseRoles: Right = "host.give-case-roles"
    static let giveRoles: Right = "host.give-roles"
    static let giveTrustedRoles: Right = "host.give-trusted-roles"

    /// The right to give and to end the role; what is not named here is given by the pro-rector.
    static func right(to role: Role) -> Right {
        switch role {
        case .intakeOfficer, .caseHandler: giveCaseRoles
        case .lineManager, .educationQuality, .proRector, .lmuSecretary, .lmuMember, .administrator, .hseSystem:
            giveRoles
        default: giveTrustedRoles
        }
    }

    /// Roles by which one reads cases or decides who does; no student's.
    static func isForStaff(_ role: Role) -> Bool { ![.lmuMember, .lmuSecretary, .ombud].contains(role) }

    static func may(_ visit: Visit, give role: Role, at unit: String) -> Bool {
        guard let viewer = visit.viewer else { return false }
        return visit.access.may(viewer, right(to: role), on: AccessObject(unit: unit))
    }

    /// Where the viewer gives any role at all: the units whose roles they see.
    static func units(_ visit: Visit) -> Set<String> {
        guard let viewer = visit.viewer else { return [] }
        return [giveCaseRoles, giveRoles, giveTrustedRoles].reduce(into: []) {
            $0.formUnion(visit.access.scope(of: viewer, $1).units)
        }
    }

    /// The roles that the viewer gives anywhere, in the order in which they are listed.
    static func roles(_ visit: Visit) -> [Role] {
        guard let viewer = visit.viewer else { return [] }
        return Role.allCases.filter { !visit.access.scope(of: viewer, right(to: $0)).units.isEmpty }
    }
}
