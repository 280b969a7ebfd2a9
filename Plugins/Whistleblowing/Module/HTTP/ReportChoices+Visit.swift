import ModuleKit
import WhistleblowingCore

extension ReportChoices {
    /// The campuses where somebody reads reports, and who does.
    init(_ visit: Visit) {
        let keepers = Keepers(chart: visit.access.chart, now: visit.now)
        self.init(
            campuses: Set(visit.access.chart.campuses.map(\.id).filter { !keepers.of($0, excluding: []).isEmpty })
        ) {
            keepers.of($0, excluding: $1)
        }
    }
}
