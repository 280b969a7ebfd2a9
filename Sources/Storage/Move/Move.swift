/// Copies SQLite databases into empty PostgreSQL ones, and keeps the copies only when every row is the same.
///
/// All of it is one transaction in each target: killed at any moment, it leaves nothing behind and can be run again.
public struct Move: Sendable {
    /// One database and where it goes.
    public struct Part: Sendable {
        let source: DatabaseURL
        let target: DatabaseURL
        let migrations: [Migration]

        /// - Parameter migrations: all that the source may have.
        /// - Throws: ``StorageError`` unless it is from SQLite to PostgreSQL.
        public init(from source: DatabaseURL, to target: DatabaseURL, migrations: [Migration]) throws {
            guard source.dialect == .sqlite else {
                throw StorageError(.other, "\(source) is not SQLite: there is nothing to move")
            }
            guard target.dialect == .postgres else {
                throw StorageError(.other, "\(target) is not PostgreSQL: write postgres://<user>@<host>/<name>")
            }
            (self.source, self.target, self.migrations) = (source, target, migrations)
        }
    }

    /// How a table compares afterwards.
    public struct Comparison: Sendable, Hashable {
        public let table: String
        /// How many rows the source has.
        public let rows: Int
        /// What differs, in words; nil when nothing does.
        public let difference: String?
    }

    private let parts: [Part]

    public init(_ parts: [Part]) { self.parts = parts }

    /// Copies and compares. Nothing is kept unless all comparisons are without a difference.
    ///
    /// - Parameter progress: called with a table, how many of its rows are copied, and of how many.
    /// - Throws: ``StorageError``: `.busy` while another process has a source open, `.other` when a target has tables.
    public func run(
        progress: @escaping @Sendable (_ table: String, _ done: Int, _ of: Int) -> Void
    ) async throws -> [Comparison] {
        let thread = Threads()
        return try await withCheckedThrowingContinuation { continuation in
            thread.start("sql-move") {
                continuation.resume(
                    with: Result { try Self.open(parts[...], []) { try Self.carryOut($0, progress) } })
            }
        }
    }

    /// Opens each part within the one before, as a connection to SQLite lives in a closure.
    private static func open<Value>(
        _ parts: ArraySlice<Part>, _ before: [PartMove], _ body: ([PartMove]) throws -> Value
    ) throws -> Value {
        guard let part = parts.first else { return try body(before) }
        return try SQLiteConnection.alone(part.source) { source in
            try open(parts.dropFirst(), before + [try PartMove(part, source)], body)
        }
    }

    private static func carryOut(
        _ moves: [PartMove], _ progress: (String, Int, Int) -> Void
    ) throws -> [Comparison] {
        let plans = try moves.map { ($0, try $0.prepare()) }
        for (move, tables) in plans { for table in tables { try move.copy(table, progress) } }
        let comparisons = try plans.flatMap { move, tables in try tables.map { try move.compare($0) } }
        // Otherwise the connections close, and what they did is undone.
        if comparisons.allSatisfy({ $0.difference == nil }) { for move in moves { try move.keep() } }
        return comparisons
    }
}
