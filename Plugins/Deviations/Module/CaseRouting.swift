import DeviationsCore
import EventKit
import ModuleKit
import Storage

/// Decides who must be kept from a new report, and which unit receives it then.
struct CaseRouting: Sendable {
    let chart: OrganisationChart
    let now: Timestamp

    /// For a report by `reporter`, nil for one who is not signed in, about `named`, and about whom its words name. Asks the database only for an employee.
    func route(_ report: Report, from reporter: Person?, in host: HostServices) async throws -> Routing {
        var exclusions = report.named
        func exclude(_ ground: Exclusion.Ground, _ people: some Sequence<String>) {
            for person in people where person != reporter?.id && !exclusions.contains(where: { $0.person == person }) {
                exclusions.append(Exclusion(ground, person: person))
            }
        }
        let written = try await host.directory.names(in: chart).people(in: words(of: report))
        if !written.isEmpty {
            exclude(.named, Set(Candidates(chart: chart, now: now).everybodyWithRole).intersection(written).sorted())
        }
        if let reporter {
            exclude(.line, try await line(of: reporter, in: host.database))
            exclusions.removeAll { $0.person == reporter.id }
            if !chart.grants(of: reporter.id, at: now).isEmpty {
                exclusions.append(Exclusion(.reporter, person: reporter.id))
            }
        }
        let excluded = Set(exclusions.map(\.person))
        let reception = Candidates(chart: chart, now: now).reception(insteadOf: report.unit, without: excluded)
        return Routing(reception: reception, exclusions: exclusions)
    }

    /// All that may name whom it is about.
    private func words(of report: Report) -> String {
        ([report.title, report.description] + report.named.map(\.name)).joined(separator: " ")
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
