import DeviationsCore
import EventKit
import ModuleKit

/// Whom and what an act on a case may name: people and units that fit the unit which has the case.
struct Candidates: Sendable {
    let chart: OrganisationChart
    let now: Timestamp

    /// Units one can report to: faculties and their departments, and the central reception for everything else.
    var reportable: [Unit] { chart.units.filter { chart.reportableUnits.contains($0.id) } }

    /// The same, as a form offers them.
    func unitOptions(_ language: Language) -> [FormView.Option] {
        reportable.map { FormView.Option($0.id, "\($0.names[language]) (\($0.short))") }
    }

    func campusOptions(_ language: Language) -> [FormView.Option] {
        chart.campuses.map { FormView.Option($0.id, $0.names[language]) }
    }

    /// Where a case can be forwarded to: another faculty, or the central reception, with somebody who may receive it.
    func receptions(for deviation: Deviation) -> [Unit] {
        let (unit, excluded) = (deviation.unit, deviation.excluded)
        return receptions.filter {
            $0.id != unit && $0.id != chart.faculty(of: unit)?.id
                && (excluded.isEmpty || reception(insteadOf: $0.id, without: excluded) == nil)
        }
    }

    /// The faculties in which these units lie.
    func faculties(of units: Set<String>) -> Set<String> { Set(units.compactMap { chart.faculty(of: $0)?.id }) }

    /// The units that receive reports: the faculties, and the central reception.
    var receptions: [Unit] { chart.units.filter { $0.kind == .faculty || $0.kind == .reception } }

    /// To whom what does not belong to a faculty may belong (D33).
    var outside: [Unit] { chart.units.filter { $0.kind == .welfareOrganisation } }

    /// Whether somebody there receives reports, so that one can be passed on.
    func receives(_ unit: String) -> Bool { !chart.holders(of: .intakeOfficer, at: unit, now: now).isEmpty }

    /// The central reception's code.
    var central: String? { chart.units.first { $0.kind == .reception }?.id }

    /// Where somebody reports to who chooses nothing: their own unit, or the central reception.
    func unit(of person: Person) -> String? { reportable.first { $0.id == person.unit }?.id ?? central }

    /// Case handlers of the faculty the case's unit lies in, or of the reception, without those it is kept from.
    ///
    /// Where it is kept from all of them, those above the faculty, or else those of the central reception.
    func handlers(for deviation: Deviation) -> [String] {
        let excluded = deviation.excluded.union([deviation.reporter])
        let near = chart.holders(of: .caseHandler, within: around(deviation.unit), without: excluded, now: now)
        guard near.isEmpty else { return near }
        return chart.nearestHolders(of: .caseHandler, to: deviation.unit, without: excluded, now: now)
    }

    /// Who may own a measure: the same people, and those who lead or receive for the unit.
    func owners(for deviation: Deviation) -> [String] {
        let all = [Role.caseHandler, .lineManager, .intakeOfficer].flatMap {
            chart.holders(of: $0, within: around(deviation.unit), now: now)
        }
        return Set(all).subtracting(deviation.excluded).sorted()
    }

    /// Whom a report to the unit would reach: those a reporter may want to keep it from.
    func readers(of unit: String) -> [String] {
        let officers = CaseRouting.roles.flatMap { role in
            chart.holders(of: role, within: role == .educationQuality ? everywhere : around(unit), now: now)
        }
        return Set(officers + intakeOfficers(of: unit)).sorted()
    }

    /// Everybody who meets cases anywhere.
    var everybodyWithRole: [String] {
        CaseRouting.roles.flatMap { chart.holders(of: $0, within: everywhere, now: now) }
    }

    private var everywhere: Set<String> { Set(chart.units.map(\.id)) }

    /// Who receives reports to the unit first (D10): the intake officers of its faculty, or else of the central reception.
    func intakeOfficers(of unit: String, without excluded: Set<String> = []) -> [String] {
        chart.nearestHolders(of: .intakeOfficer, to: unit, without: excluded, now: now)
    }

    /// The unit that receives a case of `unit` when nobody there may: the central reception. Nil when somebody may, or nobody at all.
    func reception(insteadOf unit: String, without excluded: Set<String>) -> String? {
        let found = chart.nearestReception(of: .intakeOfficer, to: unit, without: excluded, now: now)
        return found.flatMap { chart.subtree(of: $0.unit).contains(unit) ? nil : $0.unit }
    }

    private func around(_ unit: String) -> Set<String> { chart.subtree(of: chart.faculty(of: unit)?.id ?? unit) }
}
