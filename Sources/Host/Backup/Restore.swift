public import EventKit
import Foundation
public import Storage
public import Vault

/// Puts a backup's rows into an empty database of either engine.
///
/// One transaction: killed at any moment, it leaves nothing behind and can be run again.
public struct Restore: Sendable {
    /// What was restored.
    public struct Outcome: Sendable {
        public let kind: Backup.Kind
        public let made: Timestamp
        public let tables: [Dump.Table]
        /// Jobs that nobody knows of whether they were done after the backup, and that a person decides on.
        public let parked: Int
        /// The same that are done again as the law wants them.
        public let repeated: Int
    }

    let path: String
    let identity: BackupIdentity
    let migrations: [Backup.Kind: [Migration]]
    let destroyed: [CaseKey.ID]?

    /// - Parameters:
    ///   - migrations: all of the host and of every module that this program has.
    ///   - destroyed: keys that have been destroyed, whatever the backup says; without it no keys are restored.
    public init(_ path: String, by identity: BackupIdentity, migrations: [Migration], destroyed: [CaseKey.ID]?) {
        (self.path, self.identity, self.destroyed) = (path, identity, destroyed)
        self.migrations = [.data: migrations, .keys: Vault.keyMigrations]
    }

    /// - Throws: ``BackupError`` or `StorageError`, one line; then the database is as empty as it was.
    public func run(into database: Database, at time: Timestamp, progress: @escaping Backup.Progress) async throws
        -> Outcome
    {
        try await database.write { tx in
            let file = try SealedReader(path) { try $0.open(by: identity, in: path) }
            var dump = try DumpReader { try file.next() }
            guard let kind = Backup.Kind(rawValue: dump.head.kind), let migrations = migrations[kind] else {
                throw BackupError("\(path) is of something else: \(dump.head.kind)")
            }
            if kind == .keys && destroyed == nil {
                throw BackupError(
                    "name the list of destroyed keys by --destroyed: those that were erased must not come back")
            }
            let tables = try tx.load(&dump, migrations: migrations) { progress($0, $1, $1) }
            let (parked, repeated) = kind == .data ? try tx.beginAnew(at: time) : (0, 0)
            if kind == .keys { try Vault.keepDestroyed(destroyed ?? [], in: tx) }
            KillPoint.pass("restore.loaded")
            return Outcome(
                kind: kind, made: Timestamp(milliseconds: dump.head.made), tables: tables, parked: parked,
                repeated: repeated)
        }
    }
}

extension Transaction {
    /// What is no longer as it was when the backup was made.
    fileprivate func beginAnew(at time: Timestamp) throws -> (parked: Int, repeated: Int) {
        // Readers elsewhere may have read on in the log that was lost, and must not skip what is new here.
        try renewEpoch()
        // The host's own are as old as the data, and go on.
        try execute("UPDATE bus_reader SET epoch = (SELECT epoch FROM event_log_epoch)")
        let open: SQL = "state IN ('waiting', 'leased', 'sending')"
        // A job may have been done after the backup: see “Guarantees” in the design of events.
        let parked = try execute(
            """
            UPDATE bus_job SET state = 'parked', reason = 'restored', lease_until = NULL, changed_at = \(time)
            WHERE \(open) AND required = 0
            """)
        let repeated = try execute(
            """
            UPDATE bus_job SET state = 'waiting', reason = 'restored', lease_until = NULL, changed_at = \(time)
            WHERE \(open)
            """)
        return (parked, repeated)
    }
}
