import EventKit
import Foundation
import Testing
import TrivselTesting

@testable import Storage

/// A database as bytes and back, from either engine into either; the commands themselves are tried in HostTests.
struct DumpTests {
    static let index = TokenIndex(table: "toy_index")
    static let migrations = [
        Migration(module: "toy", number: 1, name: "tables") { d in
            [
                "CREATE TABLE toy_z (id \(d.identity), parent \(d.bigint) REFERENCES toy_z (id), text TEXT, bytes \(d.blob), number \(d.real))",
                "CREATE TABLE toy_a (z \(d.bigint) NOT NULL REFERENCES toy_z (id), flag INTEGER NOT NULL)",
                "CREATE TABLE toy_secret (word TEXT NOT NULL)",
                "INSERT INTO toy_z (id, text) VALUES (1, 'from the migration')",
            ] + index.create(d)
        }
    ]
    static let all = EventLog.migrations + migrations
    static let pairs = Engine.all.flatMap { from in Engine.all.map { (from, $0) } }
    static let texts = [
        "", "\\N", "a\tb\nc\r\nd\\e", "'\"$1?", "é", "e\u{301}", "🎓", String(repeating: "x", count: 70_000),
    ]

    private func bytes(of database: Database, without: Set<String> = []) async throws -> [UInt8] {
        try await database.snapshot { reader in
            var bytes: [UInt8] = []
            _ = try reader.dump(
                "data", of: "here", at: Timestamp(milliseconds: 7), without: without, progress: { _, _, _ in }
            ) { bytes += $0 }
            return bytes
        }
    }

    /// In pieces that end anywhere.
    private func load(_ bytes: [UInt8], into database: Database, _ migrations: [Migration] = all) async throws {
        try await database.write { tx in
            var at = 0
            var dump = try DumpReader {
                guard at < bytes.count else { return nil }
                defer { at = min(at + 1009, bytes.count) }
                return Array(bytes[at..<min(at + 1009, bytes.count)])
            }
            _ = try tx.load(&dump, migrations: migrations) { _, _ in }
        }
    }

    private func fill(_ tx: Transaction) throws {
        try tx.execute("UPDATE toy_z SET text = NULL")
        // PostgreSQL has not counted the migration's own.
        if tx.dialect == .postgres { _ = try tx.first("SELECT setval('toy_z_id_seq', 1)") { $0.int64(0) } }
        for text in Self.texts { try tx.execute("INSERT INTO toy_z (text) VALUES (\(text))") }
        // A row that refers to one that comes after it.
        try tx.execute("UPDATE toy_z SET parent = 9, bytes = \([UInt8]()), number = 1e300 WHERE id = 2")
        try tx.execute("UPDATE toy_z SET bytes = \([0, 0x5C, 0xFF] as [UInt8]), number = -0.1 WHERE id = 9")
        try tx.execute("INSERT INTO toy_a (z, flag) VALUES (1, 1), (1, 0), (1, 1)")
        try tx.execute("INSERT INTO toy_secret (word) VALUES ('opens a door')")
        try Self.index.put(7, "bbb aaa", in: tx)
    }

    @Test(arguments: pairs)
    func `everything arrives as it was, and keys and events go on after the last`(from: Engine, to: Engine) async throws
    {
        try await TestDatabase.with(from, Self.all) { source in
            try await source.write { try fill($0) }
            for subject in ["a", "b", "c"] {
                try await source.write {
                    try $0.append(
                        Event(
                            id: subject, type: "toy.came.v1", subject: subject, time: Timestamp(milliseconds: 1),
                            data: "{}"))
                }
            }
            let bytes = try await bytes(of: source, without: ["toy_secret"])
            try await TestDatabase.with(to) { target in
                try await load(bytes, into: target)
                try await target.migrate(Self.all)
                let rows = try await target.read { reader in
                    try reader.query("SELECT id, parent, text, bytes, number FROM toy_z ORDER BY id") {
                        [
                            $0.int64(0).sqlValue, $0.int64OrNil(1).sqlValue,
                            $0.textOrNil(2).map { Array($0.utf8) }.sqlValue, $0.bytesOrNil(3).sqlValue,
                            $0.doubleOrNil(4).sqlValue,
                        ]
                    }
                }
                #expect(rows.count == 1 + Self.texts.count && rows[0][2] == .null)
                #expect(rows.dropFirst().map { $0[2] } == Self.texts.map { .blob(Array($0.utf8)) })
                #expect(rows[1][1] == .integer(9) && rows[1][3] == .blob([]) && rows[1][4] == .real(1e300))
                #expect(rows[8][3] == .blob([0, 0x5C, 0xFF]) && rows[8][4] == .real(-0.1))
                let others = try await target.read { reader in
                    try ["toy_a", "toy_secret", "toy_index"].map { table in
                        try reader.first("SELECT count(*) FROM \(raw: table)") { $0.int(0) }
                    }
                }
                #expect(others == [3, 0, 1])
                let found = try await target.read { reader in
                    try reader.query(Self.index.matching([["bbb"]], to == .sqlite ? .sqlite : .postgres) ?? "") {
                        $0.int64(0)
                    }
                }
                #expect(found == [7])
                // On PostgreSQL none had a position yet.
                let events = try await target.read { reader in
                    try reader.query("SELECT position, previous, subject FROM event_log ORDER BY position") {
                        "\($0.int64(0)) \($0.int64(1)) \($0.text(2))"
                    }
                }
                #expect(events == ["1 0 a", "2 1 b", "3 2 c"])
                let next = try await target.write { tx in
                    try tx.first("INSERT INTO toy_z (text) VALUES ('new') RETURNING id") { $0.int64(0) }
                }
                #expect(next == 10)
            }
        }
    }

    @Test(arguments: Engine.all)
    func `an older backup is taken, and a newer one and a database with tables are refused`(engine: Engine) async throws
    {
        try await TestDatabase.with(engine, EventLog.migrations) { source in
            let bytes = try await bytes(of: source)
            try await TestDatabase.with(engine) { target in
                let newer = await #expect(throws: StorageError.self) {
                    try await load(bytes, into: target, Self.migrations)
                }
                #expect(newer?.message.contains("which this program does not know") == true)
                try await load(bytes, into: target)
                try await target.migrate(Self.all)
                let full = await #expect(throws: StorageError.self) { try await load(bytes, into: target) }
                #expect(full?.message.contains("holds tables already") == true)
            }
        }
    }

    @Test(arguments: Engine.all)
    func `what is not as it was written is not kept`(engine: Engine) async throws {
        try await TestDatabase.with(engine, Self.all) { source in
            try await source.write { try fill($0) }
            let bytes = try await bytes(of: source)
            let word = try #require(Data(bytes).range(of: Data("opens a door".utf8)))
            var changed = bytes
            changed[word.lowerBound] = UInt8(ascii: "O")
            try await TestDatabase.with(engine) { target in
                for wrong in [changed, Array(bytes.dropLast(7)), bytes + [0]] {
                    let error = await #expect(throws: StorageError.self) { try await load(wrong, into: target) }
                    #expect(error?.kind == .corrupt)
                }
                try await load(bytes, into: target)
            }
        }
    }

    @Test(arguments: Engine.all)
    func `a log that was restored is another one`(engine: Engine) async throws {
        try await TestDatabase.with(engine, EventLog.migrations) { database in
            let log = EventLog(database: database, installation: "here")
            let before = try await log.bounds().epoch
            try await database.write { try $0.renewEpoch() }
            let after = try await log.bounds().epoch
            #expect(after != before && after.count == 32)
        }
    }
}
