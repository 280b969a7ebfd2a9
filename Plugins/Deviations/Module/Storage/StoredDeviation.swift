public import DeviationsCore

/// A deviation with what only the store knows of it.
public struct StoredDeviation: Sendable, Hashable {
    /// The row's key.
    public let key: Int64
    /// Counts the changes; what `If-Match` is compared to.
    public internal(set) var version: Int
    public internal(set) var deviation: Deviation
}

extension CaseNumbers {
    /// What the deviation is called by.
    public subscript(stored: StoredDeviation) -> CaseNumber {
        self[stored.key, receivedAt: stored.deviation.receivedAt]
    }
}

/// Why the store did not do what it was asked.
public enum DeviationStoreError: Error, Sendable, Hashable {
    case notFound
    /// It was changed since it was read; `version` is the one it has now, 0 when it changed this very moment.
    case changedMeanwhile(version: Int)
}
