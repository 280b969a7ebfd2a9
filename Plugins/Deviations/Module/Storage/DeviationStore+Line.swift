import DeviationsCore
import EventKit
import ModuleKit
import Storage

/// Who has come into the line of a case's reporters.
extension DeviationStore {
    /// The open cases that are not kept yet from somebody who, at `now`, is in line with a reporter of theirs, or is one with a role.
    static func newInLine(
        _ chart: OrganisationChart, _ now: Timestamp, _ token: (String) -> String, in reader: Reader
    ) throws -> [(id: String, exclusions: [Exclusion])] {
        let reports = try openReports(in: reader)
        let officers = Set(Candidates(chart: chart, now: now).everybodyWithRole)
        let leaders = try Directory.people(officers, in: reader)
        var people: [String: Person] = [:]
        let reporters = Array(Set(reports.map(\.reporter)))
        // As many as one statement takes on either engine.
        for start in stride(from: 0, to: reporters.count, by: 10_000) {
            let some = try Directory.people(reporters[start..<min(start + 10_000, reporters.count)], in: reader)
            people.merge(some) { first, _ in first }
        }
        let grounds = people.mapValues { exclusions(for: $0, leaders, chart, now) }
        var found: [String: [Exclusion]] = [:]
        for report in reports {
            for exclusion in grounds[report.reporter] ?? []
            where try !isKept(report.key, from: token(exclusion.person), in: reader)
                && !(found[report.id] ?? []).contains(where: { $0.person == exclusion.person })
            {
                found[report.id, default: []].append(exclusion)
            }
        }
        return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Students are in nobody's line of command; whoever has a role is kept from the desk's side of their own report.
    private static func exclusions(
        for reporter: Person, _ leaders: [String: Person], _ chart: OrganisationChart, _ now: Timestamp
    ) -> [Exclusion] {
        let own = chart.grants(of: reporter.id, at: now).isEmpty ? [] : [Exclusion(.reporter, person: reporter.id)]
        guard reporter.affiliation == .employee else { return own }
        return own
            + leaders.values.filter { chart.isInLine($0, reporter, now: now) }.map { Exclusion(.line, person: $0.id) }
            .sorted { $0.person < $1.person }
    }

    /// The open cases with those who reported them, merged reports' reporters too.
    private static func openReports(in reader: Reader) throws -> [(key: Int64, id: String, reporter: String)] {
        try reader.query(
            """
            SELECT COALESCE(main.id, c.id), COALESCE(main.uid, c.uid), c.reporter
            FROM deviations_case c LEFT JOIN deviations_case main ON main.id = c.merged_into
            WHERE c.urgency < \(firstEndedUrgency) AND c.key_id IS NOT NULL AND c.reporter <> ''
                AND COALESCE(main.locked_to, c.locked_to) IS NULL
            """
        ) { (key: $0.int64(0), id: $0.text(1), reporter: $0.text(2)) }
    }
}
