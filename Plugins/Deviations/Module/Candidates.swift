import EventKit
import ModuleKit

/// Whom and what an act on a case may name: people and units that fit the unit which has the case.
struct Candidates: Sendable {
    let chart: OrganisationChart
    let now: Timestamp

    /// Units one can report to: faculties and their departments, and the central reception for everything else.
    var reportable: [Unit] { chart.units.filter { $0.kind == .reception || chart.faculty(of: $0.id) != nil } }

    /// The same, as a form offers them.
    func unitOptions(_ language: Language) -> [FormView.Option] {
        reportable.map { FormView.Option($0.id, "\($0.names[language]) (\($0.short))") }
    }

    func campusOptions(_ language: Language) -> [FormView.Option] {
        chart.campuses.map { FormView.Option($0.id, $0.names[language]) }
    }

    /// Where a case of `unit` can be forwarded to: another faculty, or the central reception.
    func receptions(otherThan unit: String) -> [Unit] {
        receptions.filter { $0.id != unit && $0.id != chart.faculty(of: unit)?.id }
    }

    /// The units that receive reports: the faculties, and the central reception.
    var receptions: [Unit] { chart.units.filter { $0.kind == .faculty || $0.kind == .reception } }

    /// Case handlers of the faculty the unit lies in, or of the reception.
    func handlers(of unit: String) -> [String] { chart.holders(of: .caseHandler, within: around(unit), now: now) }

    /// Who may own a measure: the same people, and those who lead or receive for the unit.
    func owners(of unit: String) -> [String] {
        let others = [Role.lineManager, .intakeOfficer].flatMap {
            chart.holders(of: $0, within: around(unit), now: now)
        }
        return Set(handlers(of: unit) + others).sorted()
    }

    /// Who receives reports to the unit first (D10): the intake officers of its faculty, or of the reception.
    func intakeOfficers(of unit: String) -> [String] { chart.nearestHolders(of: .intakeOfficer, to: unit, now: now) }

    private func around(_ unit: String) -> Set<String> { chart.subtree(of: chart.faculty(of: unit)?.id ?? unit) }
}
