import DeviationsCore
import EventKit
import ModuleKit

/// Who is told of a deadline: the handler first, then up the line, without those who must not know of the case.
struct Ladder: Sendable {
    let chart: OrganisationChart
    let now: Timestamp
    /// Ids of people who are never told: the reporter, and whoever is excluded from the case. The next above takes their
    /// place.
    let excluded: Set<String>

    /// Everybody up to `level` for a case of `unit`, each once.
    func people(upTo level: ReminderPlan.Level, unit: String, handler: String?) -> Set<String> {
        var people = ReminderPlan.Level.upTo(level).reduce(into: Set<String>()) { people, level in
            people.formUnion(self.people(on: level, unit, handler))
        }
        // Nobody left up there must not mean that nobody is told.
        if people.isEmpty || (level >= .lineManager && managers(of: unit).isEmpty) { people.formUnion(reception) }
        return people.isEmpty ? managers(of: unit).first ?? [] : people
    }

    /// The central reception, which does not see the case and is told only that there is one.
    var reception: Set<String> {
        let receptions = chart.units.filter { $0.kind == .reception }.map(\.id)
        return allowed(receptions.flatMap { chart.holders(of: .intakeOfficer, at: $0, now: now) })
    }

    private func people(on level: ReminderPlan.Level, _ unit: String, _ handler: String?) -> Set<String> {
        switch level {
        case .handler:
            let holds = handler.map { chart.grants(of: $0, at: now).contains { $0.role == .caseHandler } } ?? false
            let people = allowed(holds ? [handler].compactMap(\.self) : [])
            return people.isEmpty ? intakeOfficers(of: unit) : people
        case .intakeOfficer: return intakeOfficers(of: unit)
        case .lineManager: return managers(of: unit).first ?? []
        case .managerAbove: return managers(of: unit).dropFirst().first ?? []
        case .centralReception: return reception
        }
    }

    private func intakeOfficers(of unit: String) -> Set<String> {
        Set(Candidates(chart: chart, now: now).intakeOfficers(of: unit, without: excluded))
    }

    /// The managers of the unit and of those above it, nearest first; a unit all of whose managers are excluded is left
    /// out.
    private func managers(of unit: String) -> [Set<String>] {
        var found: [Set<String>] = []
        var current = chart.unit(unit)
        for _ in 0..<20 {
            guard let here = current else { break }
            found.append(allowed(chart.holders(of: .lineManager, at: here.id, now: now)))
            current = here.parent.flatMap { chart.unit($0) }
        }
        return found.filter { !$0.isEmpty }
    }

    private func allowed(_ people: [String]) -> Set<String> { Set(people).subtracting(excluded) }
}

extension ReminderPlan.Level {
    fileprivate static func upTo(_ level: Self) -> [Self] {
        [.handler, .intakeOfficer, .lineManager, .managerAbove, .centralReception].filter { $0 <= level }
    }
}
