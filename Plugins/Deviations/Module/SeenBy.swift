import CalendarKit
import DeviationsCore
import EventKit
import ModuleKit
import Storage

/// Who has looked at a case, as its reporter is told: by role and unit. The reporter meets the institution, not a person by name.
struct SeenBy: Sendable, Hashable {
    /// In what place somebody looked.
    enum Place: String, Sendable, Hashable {
        case intakeOfficer = "intake-officer"
        case caseHandler = "case-handler"
        case lineManager = "line-manager"
        /// Answered what somebody asked about their own data.
        case educationQuality = "education-quality"
        /// Was asked for their view, and read what they were given of it.
        case consulted
        /// Had a role that the directory no longer tells.
        case staff

        init?(_ role: Role) {
            switch role {
            case .intakeOfficer: self = .intakeOfficer
            case .caseHandler: self = .caseHandler
            case .lineManager: self = .lineManager
            default: return nil
            }
        }
    }

    let day: CivilDate
    let place: Place
    /// Code of the unit for which they hold the role; nil for those who were asked.
    let unit: String?

    private static let most = 1_000

    /// Each place once a day, the latest first. Of a case that the report has become part of, what was looked at since.
    static func all(of stored: StoredDeviation, steps: [TimelineEntry], _ chart: OrganisationChart, in reader: Reader)
        throws -> [SeenBy]
    {
        let deviation = stored.deviation
        var looks = try AuditTable.looks(at: CaseVault.object(deviation.id), limit: most, in: reader)
        if let main = deviation.mergedInto, let merged = steps.last(where: { $0.kind == .merged }) {
            looks += try AuditTable.looks(at: CaseVault.object(main), since: merged.at, limit: most, in: reader)
        }
        var known: Set<SeenBy> = []
        return looks.sorted { $1.at < $0.at }.compactMap { look in
            let seen = SeenBy(look, of: deviation, chart)
            return known.insert(seen).inserted ? seen : nil
        }
    }

    private init(_ look: AuditTable.Look, of deviation: Deviation, _ chart: OrganisationChart) {
        day = Oslo.date(at: look.at)
        let grants = chart.grants(of: look.actor, at: look.at)
        if look.act == DeviationsRights.consulted.description {
            (place, unit) = (.consulted, nil)
            return
        }
        if let grant = grants.first(where: { $0.role == .educationQuality }), Place(grants) == nil {
            (place, unit) = (.educationQuality, grant.unit)
            return
        }
        // Rather the role by which they see this case than another one they hold.
        let own = grants.filter { chart.subtree(of: $0.unit).contains(deviation.unit) }
        let grant = own.first { Place($0.role) != nil } ?? grants.first { Place($0.role) != nil }
        (place, unit) = (grant.flatMap { Place($0.role) } ?? .staff, grant?.unit)
    }
}

extension SeenBy.Place {
    /// Nil when none of the roles lets one work with cases.
    fileprivate init?(_ grants: [RoleGrant]) {
        guard let found = grants.lazy.compactMap({ Self($0.role) }).first else { return nil }
        self = found
    }
}
