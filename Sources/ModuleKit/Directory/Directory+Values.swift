public import EventKit

/// A part of the university, or an organisation beside it. Units form a tree under the institution.
public struct Unit: Sendable, Hashable {
    /// `reception` is the central one, for reporters and matters without a faculty; `campus` is for roles that go by campus, and has
    /// the campus's own id.
    public enum Kind: String, Sendable {
        case institution, faculty, department, reception, campus
        case welfareOrganisation = "welfare-organisation"
    }

    /// Lower case, stable: `ie`, `ie-idi`.
    public var id: String
    public var parent: String?
    public var kind: Kind
    /// As people say it: “IDI”.
    public var short: String
    public var names: Translated

    public init(id: String, parent: String?, kind: Kind, short: String, names: Translated) {
        (self.id, self.parent, self.kind, self.short, self.names) = (id, parent, kind, short, names)
    }
}

public struct Campus: Sendable, Hashable {
    public var id: String
    public var names: Translated

    public init(id: String, names: Translated) { (self.id, self.names) = (id, names) }
}

public enum Affiliation: String, Sendable, Codable { case student, employee, external }

/// Somebody who signs in. `id` is opaque.
public struct Person: Sendable, Hashable {
    public var id: String
    public var name: String
    public var email: String
    public var language: Language
    public var affiliation: Affiliation
    /// The faculty or department; nil for those the identity data gives none.
    public var unit: String?
    public var campus: String?
    /// What the institution itself calls them: Feide's `eduPersonPrincipalName`.
    public var username: String?
    /// What the source of directory sync knows them by.
    public var externalID: String?
    /// From when on they are no longer here; nil as long as nothing is known of it.
    public var endedAt: Timestamp?

    public init(
        id: String, name: String, email: String, language: Language, affiliation: Affiliation, unit: String?,
        campus: String?, username: String? = nil, externalID: String? = nil, endedAt: Timestamp? = nil
    ) {
        (self.id, self.name, self.email, self.language) = (id, name, email, language)
        (self.affiliation, self.unit, self.campus) = (affiliation, unit, campus)
        (self.username, self.externalID, self.endedAt) = (username, externalID, endedAt)
    }

    /// Whether they have not left.
    public func isHere(at now: Timestamp) -> Bool { endedAt.map { now < $0 } ?? true }
}

/// What a person may be asked to do for a unit (seed S4, “Ansvar”; S1).
public enum Role: String, Sendable, CaseIterable {
    case intakeOfficer = "intake-officer"
    case caseHandler = "case-handler"
    case lineManager = "line-manager"
    case educationQuality = "education-quality"
    case proRector = "pro-rector"
    case lmuSecretary = "lmu-secretary"
    case lmuMember = "lmu-member"
    /// Reads whistleblows of a campus, or of all that have no keeper who may.
    case vaultKeeper = "vault-keeper"
    case administrator
    case ombud
    /// The account of a system that reports deviations from the HSE system; nobody's own.
    case hseSystem = "hse-system"
    /// Reads who looked at cases and decided on them, and no case.
    case auditor

    /// True for those who read what others wrote in confidence, decide who does, or read who did.
    public var demandsTwoFactors: Bool {
        switch self {
        case .intakeOfficer, .caseHandler, .vaultKeeper, .administrator, .auditor: true
        case .lineManager, .educationQuality, .proRector, .lmuSecretary, .lmuMember, .ombud, .hseSystem: false
        }
    }

    /// False for what is given to one person for who they are: a seat, a key, a duty of confidentiality.
    public var canHaveDeputy: Bool {
        switch self {
        case .intakeOfficer, .caseHandler, .lineManager, .educationQuality, .proRector, .lmuSecretary: true
        case .lmuMember, .administrator, .vaultKeeper, .ombud, .hseSystem, .auditor: false
        }
    }
}

/// Person × role × unit × from–to. Counts at the moment of use only.
public struct RoleGrant: Sendable, Hashable {
    public var person: String
    public var role: Role
    public var unit: String
    public var from: Timestamp
    /// The first moment at which it no longer counts; nil: until further notice.
    public var to: Timestamp?
    /// In whose place the person has it; nil when it is their own.
    public var deputyFor: String?

    public init(person: String, role: Role, unit: String, from: Timestamp, to: Timestamp?, deputyFor: String? = nil) {
        (self.person, self.role, self.unit, self.from, self.to) = (person, role, unit, from, to)
        self.deputyFor = deputyFor
    }

    public func counts(at now: Timestamp) -> Bool { from <= now && to.map { now < $0 } ?? true }
}
