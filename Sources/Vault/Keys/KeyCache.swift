import Synchronization

/// The keys in use, for a minute at most: another host may have destroyed one.
final class KeyCache: Sendable {
    private struct Entry: Sendable {
        let key: CaseKey
        let end: ContinuousClock.Instant
    }

    private struct State {
        var entries: GenerationCache<CaseKey.ID, Entry>
        /// Destroyed, though perhaps not yet gone from the table.
        var doomed: Set<CaseKey.ID> = []
        /// Counts destructions, so that what was read before one is not kept after it.
        var age = 0
    }

    private let state: Mutex<State>
    private let lifetime: Duration

    init(capacity: Int = 20_000, lifetime: Duration = .seconds(60)) {
        state = Mutex(State(entries: GenerationCache(capacity: capacity)))
        self.lifetime = lifetime
    }

    /// Those of `ids` that are known, those that must be read, and the age to give back with what was read.
    func find(_ ids: [CaseKey.ID]) -> (found: [CaseKey.ID: CaseKey], missing: [CaseKey.ID], age: Int) {
        let now = ContinuousClock.now
        return state.withLock { state in
            var found = [CaseKey.ID: CaseKey](minimumCapacity: ids.count)
            var missing: [CaseKey.ID] = []
            for id in ids where !state.doomed.contains(id) {
                if let entry = state.entries[id], entry.end > now { found[id] = entry.key } else { missing.append(id) }
            }
            return (found, missing, state.age)
        }
    }

    /// Keeps `keys`, unless one was destroyed since `age`; nil stands for keys that are new.
    func keep(_ keys: [CaseKey], age: Int? = nil) {
        let end = ContinuousClock.now + lifetime
        state.withLock { state in
            guard age == nil || age == state.age else { return }
            for key in keys { state.entries[key.id] = Entry(key: key, end: end) }
        }
    }

    /// The keys of `ids` are from now on as if they were gone.
    func doom(_ ids: [CaseKey.ID]) {
        state.withLock { state in
            state.age += 1
            for id in ids {
                state.entries[id] = nil
                state.doomed.insert(id)
            }
        }
    }

    /// The keys of `ids` are gone from the table.
    func bury(_ ids: [CaseKey.ID]) {
        state.withLock { state in
            state.age += 1
            for id in ids {
                state.entries[id] = nil
                state.doomed.remove(id)
            }
        }
    }
}
