import DeviationsCore
import EventKit
import ModuleKit
import Storage

/// Decides who must be kept from a new report, and which unit receives it then.
struct CaseRouting: Sendable {
    let chart: OrganisationChart
    let now: Timestamp

    /// For a report by `reporter` about `named`. Asks the database only for an employee, and for names that were typed.
    func route(_ report: Report, from reporter: Person, in database: Database) async throws -> Routing {
        var exclusions = report.named
        func exclude(_ ground: Exclusion.Ground, _ people: some Sequence<String>) {
            for person in people where person != reporter.id && !exclusions.contains(where: { $0.person == person }) {
                exclusions.append(Exclusion(ground, person: person))
            }
        }
        let typed = report.named.map(\.name).filter { !$0.isEmpty }
        if !typed.isEmpty { exclude(.named, try await holders(named: typed, in: database)) }
        exclude(.line, try await line(of: reporter, in: database))
        exclusions.removeAll { $0.person == reporter.id }
        if !chart.grants(of: reporter.id, at: now).isEmpty {
            exclusions.append(Exclusion(.reporter, person: reporter.id))
        }
        let excluded = Set(exclusions.map(\.person))
        let reception = Candidates(chart: chart, now: now).reception(insteadOf: report.unit, without: excluded)
        return Routing(reception: reception, exclusions: exclusions)
    }

    /// Those with a role whose first and last name stand among what was typed: who writes a name means the person.
    private func holders(named typed: [String], in database: Database) async throws -> [String] {
        func words(_ text: String) -> [Substring] { text.lowercased().split { !$0.isLetter } }
        let found = Set(typed.flatMap(words))
        let officers = Candidates(chart: chart, now: now).everybodyWithRole
        return try await database.read { try Directory.people(officers, in: $0) }.values.filter { person in
            let own = words(person.name)
            return own.count > 1 && [own.first, own.last].allSatisfy { $0.map(found.contains) ?? false }
        }.map(\.id).sorted()
    }

    /// Those with a role who lead the reporter, or are led by them. Students are in nobody's line of command.
    private func line(of reporter: Person, in database: Database) async throws -> Set<String> {
        guard reporter.affiliation == .employee else { return [] }
        let officers = Set(Candidates(chart: chart, now: now).everybodyWithRole)
        return try await database.read {
            try Directory.people(officers, inLineWith: [reporter.id], chart: chart, now: now, in: $0)
        }
    }

    /// The roles by which somebody meets a case; education quality does when it answers what people ask about their own data.
    static let roles: [Role] = [.intakeOfficer, .caseHandler, .lineManager, .educationQuality]
}
