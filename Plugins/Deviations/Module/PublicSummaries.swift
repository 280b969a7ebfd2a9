import DeviationsCore
import EventKit
import ModuleKit
import Storage
import Synchronization

/// What may be shown of the published summaries: nothing where so few cases were closed that one could guess which it
/// was.
struct PublicSummary: Sendable, Hashable {
    let summary: SummaryStore.Summary
    let faculty: String
    /// Nil where the faculty closed too few cases at that campus alone.
    let campus: String?
    /// False where the faculty closed too few cases that month: then only those who publish see it.
    let isShown: Bool
}

/// The published summaries, read anew every five minutes at most: everybody may ask for them.
final class PublicSummaries: Sendable {
    private static let seconds: Int64 = 300

    private struct Known: Sendable {
        let summaries: [PublicSummary]
        let readAt: Timestamp
        let chart: Int64
    }

    private let database: Database
    private let minimum: Int
    private let known = Mutex<Known?>(nil)

    /// - Parameter minimum: how many cases a faculty must have closed in a month.
    init(database: Database, minimum: Int) { (self.database, self.minimum) = (database, minimum) }

    /// Of the last two years. `fresh` reads them now.
    func read(_ chart: OrganisationChart, now: Timestamp, fresh: Bool = false) async throws -> [PublicSummary] {
        if !fresh, let known = known.withLock({ $0 }), known.readAt <= now, known.chart == chart.version,
            now < known.readAt.adding(seconds: Self.seconds)
        {
            return known.summaries
        }
        let since = SummaryStore.Month(of: now.adding(seconds: -730 * 86_400))
        let summaries = try await database.read { [self] reader in
            let all = try SummaryStore.all(since: since, in: reader)
            let months = Set(all.map(\.month)).sorted()
            let counts = try months.map { ($0, try SummaryStore.closed(in: $0, in: reader)) }
            return shown(all, Dictionary(counts) { first, _ in first }, chart)
        }
        known.withLock { $0 = Known(summaries: summaries, readAt: now, chart: chart.version) }
        return summaries
    }

    /// Forgets what was read, after a change.
    func forget() { known.withLock { $0 = nil } }

    private func shown(
        _ all: [SummaryStore.Summary], _ counts: [SummaryStore.Month: [SummaryStore.Count]], _ chart: OrganisationChart
    ) -> [PublicSummary] {
        func faculty(_ unit: String) -> String { chart.faculty(of: unit)?.id ?? unit }
        return all.map { summary in
            let own = faculty(summary.unit)
            let closed = (counts[summary.month] ?? []).filter { faculty($0.unit) == own }
            let atCampus = closed.filter { $0.campus == summary.campus }.reduce(0) { $0 + $1.cases }
            let elsewhere = closed.reduce(0) { $0 + $1.cases } - atCampus
            // With few elsewhere, the ones without a campus would be known to be those.
            let namesCampus = atCampus >= minimum && (elsewhere == 0 || elsewhere >= minimum)
            return PublicSummary(
                summary: summary, faculty: own, campus: namesCampus ? summary.campus : nil,
                isShown: atCampus + elsewhere >= minimum)
        }
    }
}
