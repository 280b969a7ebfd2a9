import EventKit
import ModuleKit

/// Whom and what an act on a case may name: people and units that fit the unit which has the case.
struct Candidates: Sendable {
    let chart: OrganisationChart
    let now: Timestamp

    /// Units one can report to: the institution, its faculties and its departments.
    var reportable: [Unit] { chart.units.filter { $0.kind != .welfareOrganisation } }

    /// Units a case can be forwarded to: the faculties, and the institution's central reception.
    var receptions: [Unit] { chart.units.filter { $0.kind == .faculty || $0.kind == .institution } }

    /// Case handlers of the faculty the unit lies in; for central units those of the institution.
    func handlers(of unit: String) -> [String] { chart.holders(of: .caseHandler, within: around(unit), now: now) }

    /// Who may own a measure: the same people and their line managers.
    func owners(of unit: String) -> [String] {
        Set(handlers(of: unit) + chart.holders(of: .lineManager, within: around(unit), now: now)).sorted()
    }

    /// Who receives reports to the unit: the intake officers of its faculty, else those of the institution.
    func intakeOfficers(of unit: String) -> [String] { chart.nearestHolders(of: .intakeOfficer, to: unit, now: now) }

    private func around(_ unit: String) -> Set<String> {
        guard let faculty = chart.faculty(of: unit) else { return chart.institution.map { [$0.id] } ?? [] }
        return chart.subtree(of: faculty.id)
    }
}
