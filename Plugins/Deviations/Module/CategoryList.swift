import DeviationsCore
import EventKit
import ModuleKit
import Storage
import Synchronization

/// The categories, read anew every five seconds at most: they change seldom, and every page and report asks for them.
final class CategoryList: Sendable {
    private static let seconds: Int64 = 5

    /// As last read; `all` has those taken out of use as well.
    struct Known: Sendable {
        let active: [DeviationsCore.Category]
        let all: [String: Translated]
        let readAt: Timestamp
    }

    private let database: Database
    private let known = Mutex<Known?>(nil)

    init(database: Database) { self.database = database }

    func read(now: Timestamp) async throws -> Known {
        if let known = known.withLock({ $0 }), now < known.readAt.adding(seconds: Self.seconds), known.readAt <= now {
            return known
        }
        let fresh = try await database.read { reader in
            let all = try DeviationStore.categories(all: true, in: reader)
            return Known(
                active: try DeviationStore.categories(in: reader),
                all: Dictionary(all.map { ($0.code, $0.names) }) { first, _ in first }, readAt: now)
        }
        known.withLock { $0 = fresh }
        return fresh
    }

    /// Reads them anew next time; other hosts do within five seconds.
    func forget() { known.withLock { $0 = nil } }
}

extension DeviationsCore.Category {
    var names: Translated { Translated(nb: bokmaal, nn: nynorsk, en: english) }
}
