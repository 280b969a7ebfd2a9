import Storage

/// What an operator sees of durable readers, and may do.
extension DurableReaders {
    /// A durable reader as it stands.
    public struct Standing: Sendable, Hashable {
        public let name: String
        /// The event types it reads, by their patterns.
        public let topics: String
        /// Everything up to here has been handled in all partitions.
        public let position: Int64
        /// How far the log has come.
        public let head: Int64
        /// How many processes read now.
        public let members: Int

        /// How many events of the log it has yet to look at.
        public var behind: Int64 { head - position }
    }

    /// All of them, by name.
    public func list() async throws -> [Standing] {
        let time = now()
        return try await database.read { reader in
            let head = try reader.logBounds().head
            return try reader.query(
                """
                SELECT name, topics, (SELECT min(position) FROM bus_partition WHERE reader = name),
                    (SELECT count(*) FROM bus_member WHERE reader = name AND lease_until > \(time))
                FROM bus_durable ORDER BY name
                """
            ) { Standing(name: $0.text(0), topics: $0.text(1), position: $0.int64(2), head: head, members: $0.int(3)) }
        }
    }

    /// Forgets the reader `name` and its positions: the log no longer waits for it, and one of that name begins anew.
    ///
    /// - Returns: false when there is none.
    @discardableResult
    public func drop(_ name: String) async throws -> Bool {
        try await database.write { tx in
            let isThere = try tx.execute("DELETE FROM bus_durable WHERE name = \(name)") > 0
            try tx.execute("DELETE FROM bus_partition WHERE reader = \(name)")
            try tx.execute("DELETE FROM bus_member WHERE reader = \(name)")
            return isThere
        }
    }
}
