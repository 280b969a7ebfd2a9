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
        let officers = Set(Candidates(chart: chart, now: now).everybodyWithRole)
        let leaders = try Directory.people(officers, in: reader)
        var grounds: [String: [Exclusion]] = [:]
        for people in try openReporters(in: reader).pieces {
            for person in try Directory.people(people, in: reader).values {
                grounds[person.id] = exclusions(for: person, leaders, chart, now)
            }
        }
        // Nearly all report as students, who are in nobody's line: their cases are not read.
        let reports = try openReports(of: grounds.filter { !$0.value.isEmpty }.map(\.key), in: reader)
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

    /// Everybody who has reported an open case; an index alone tells.
    private static func openReporters(in reader: Reader) throws -> [String] {
        try reader.query(
            "SELECT DISTINCT reporter FROM deviations_case WHERE reporter <> '' AND urgency < \(firstEndedUrgency)"
        ) { $0.text(0) }
    }

    /// The open cases that one of `reporters` reported, merged reports' too.
    private static func openReports(
        of reporters: [String], in reader: Reader
    ) throws -> [(key: Int64, id: String, reporter: String)] {
        try reporters.pieces.flatMap { some in
            try reader.query(
                """
                SELECT COALESCE(main.id, c.id), COALESCE(main.uid, c.uid), c.reporter
                FROM deviations_case c LEFT JOIN deviations_case main ON main.id = c.merged_into
                WHERE c.reporter IN (\(SQL.list(some))) AND c.urgency < \(firstEndedUrgency) AND c.key_id IS NOT NULL
                    AND COALESCE(main.locked_to, c.locked_to) IS NULL
                """
            ) { (key: $0.int64(0), id: $0.text(1), reporter: $0.text(2)) }
        }
    }
}

extension [String] {
    /// In parts of as many as one statement takes on either engine.
    fileprivate var pieces: [ArraySlice<String>] {
        stride(from: 0, to: count, by: 10_000).map { self[$0..<Swift.min($0 + 10_000, count)] }
    }
}
