import CalendarKit
import EventKit
import Foundation
import HTTPTypes
import Logging
import Storage
import Testing
import TrivselTesting

@testable import Host
@testable import ModuleKit

/// The chain: what is changed, removed or put in is found, whatever it is.
@Suite(.timeLimit(.minutes(5))) struct AuditChainTests {
    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    // In memory

    /// A chain as it should be.
    private static func chain(_ count: Int) -> (lines: [AuditLine], ends: AuditChain.Ends) {
        var ends = AuditChain.Ends(
            basePosition: 0, baseHash: AuditTable.beginning, position: 0, hash: AuditTable.beginning)
        let people = ["ingrid", "hamid", "dagny", nil]
        var lines: [AuditLine] = []
        for index in 1...count {
            var line = AuditLine(
                id: Int64(index), at: Timestamp(milliseconds: 1_795_770_000_000 + Int64(index) * 977),
                actor: people[index % 4], act: index.isMultiple(of: 3) ? "deviations.closed" : "deviations.read",
                object: "deviations/019ac000-\(index % 97)", way: index.isMultiple(of: 5) ? "019ab" : "page",
                isLook: !index.isMultiple(of: 3), position: Int64(index), previous: ends.hash)
            ends.position = Int64(index)
            ends.hash = line.hash(at: ends.position, after: ends.hash)
            line.hash = ends.hash
            lines.append(line)
        }
        return (lines, ends)
    }

    private static func found(_ lines: some Sequence<AuditLine>, _ ends: AuditChain.Ends) -> AuditBreak? {
        var walk = AuditWalk(after: ends.basePosition, hash: ends.baseHash)
        for line in lines { if let fault = walk.take(line) { return fault } }
        return walk.end(ends)
    }

    /// Does one thing to the chain, drawn by chance; the place of the first line that is touched.
    private static func tamper(_ lines: inout [AuditLine], _ random: inout some RandomNumberGenerator) -> Int {
        let index = Int.random(in: 0..<lines.count, using: &random)
        switch Int.random(in: 0..<14, using: &random) {
        case 0: lines[index].id += 1
        case 1: lines[index].at.milliseconds += [-1, 1, 60_000].randomElement(using: &random) ?? 1
        case 2: lines[index].actor = lines[index].actor == "unni" ? nil : "unni"
        case 3: lines[index].actor = lines[index].actor == nil ? "" : nil
        case 4: lines[index].act += "x"
        case 5: lines[index].object = "deviations/"
        case 6: lines[index].way = lines[index].way == "page" ? "system" : "page"
        case 7: lines[index].isLook.toggle()
        case 8: lines[index].position? += 1
        case 9: lines[index].previous = String((lines[index].previous ?? "").reversed())
        case 10: lines[index].hash = String(repeating: "f", count: 64)
        case 11: lines.remove(at: index)
        case 12:
            var other = lines[index]
            other.actor = "unni"
            lines.insert(other, at: index)
        default:
            // Two lines change what they say, and keep their places.
            let other = (index + 1 + Int.random(in: 0..<lines.count - 1, using: &random)) % lines.count
            for way in [\AuditLine.act, \.object, \.way] {
                (lines[index][keyPath: way], lines[other][keyPath: way]) = (
                    lines[other][keyPath: way], lines[index][keyPath: way]
                )
            }
            (lines[index].at, lines[other].at) = (lines[other].at, lines[index].at)
            return min(index, other)
        }
        return index
    }

    @Test func `the event of an anchor is written as its fixture has it, and read back`() throws {
        let hash = String(repeating: "0123456789abcdef", count: 4)
        let day = try #require(CivilDate("2026-11-21"))
        let anchored = AuditAnchored(day: day, position: 1234, hash: hash)
        let event = try Event(anchored, subject: "2026-11-21", at: Timestamp(milliseconds: 0))
        let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Fixtures")
        let fixture = fixtures.appending(path: "\(AuditAnchored.type).json")
        #expect(try event.data + "\n" == String(contentsOf: fixture, encoding: .utf8))
        let logged = LoggedEvent(
            event: event, position: 1, previous: 0, epoch: "e", source: "/trivsel/test/host", dataSchema: "")
        #expect(try logged.payload(AuditAnchored.self) == anchored)
    }

    @Test func `of 1,000 changes, removals, swaps and insertions in 3,000 lines all are found, each at its place`() {
        let (whole, ends) = Self.chain(3_000)
        #expect(Self.found(whole, ends) == nil)
        var random = SystemRandomNumberGenerator()
        var found = 0
        for _ in 1...1_000 {
            var lines = whole
            let index = Self.tamper(&lines, &random)
            // What comes before is what was seen to be whole.
            let before = index > 0 ? whole[index - 1] : nil
            var walk = AuditWalk(after: before?.position ?? 0, hash: before?.hash ?? AuditTable.beginning)
            var fault: AuditBreak?
            for line in lines[min(index, lines.count)...] where fault == nil { fault = walk.take(line) }
            fault = fault ?? walk.end(ends)
            if let fault, fault.position >= Int64(index) && fault.position <= Int64(index) + 2 { found += 1 }
        }
        #expect(found == 1_000)
    }

    // In the database

    private func note(_ count: Int, in database: Database, from start: Timestamp) async throws {
        try await database.write { tx in
            try AuditTable.insert(
                (0..<count).map { index in
                    AuditEntry(
                        index.isMultiple(of: 3) ? .decision : .look, "deviations.read", of: "deviations/\(index % 7)",
                        by: index.isMultiple(of: 11) ? nil : "p\(index % 5)", way: "page",
                        at: start.adding(seconds: Int64(index)))
                }, in: tx)
        }
    }

    private func with(_ engine: Engine, _ body: (Database) async throws -> Void) async throws {
        try await TestDatabase.with(engine, EventLog.migrations + AuditTable.migrations) { try await body($0) }
    }

    private static let start = MovableClock().now

    @Test(arguments: Engine.all)
    func `lines are tied in the order in which they were noted, and whatever is done to them afterwards is found`(
        engine: Engine
    ) async throws {
        try await with(engine) { database in
            try await note(1_200, in: database, from: Self.start)
            try await AuditChain(database: database).extend()
            let check = AuditVerification(database: database)
            let whole = try await check.run()
            #expect(whole.isWhole && whole.lines == 1_200 && whole.first == Self.start)
            let faults: [(SQL, AuditBreak.Kind, Int64)] = [
                ("UPDATE audit_entry SET actor = 'unni' WHERE position = 700", .changed, 700),
                ("UPDATE audit_entry SET at = at + 1 WHERE position = 1200", .changed, 1_200),
                ("UPDATE audit_entry SET object = 'deviations/x' WHERE position = 1", .changed, 1),
                ("UPDATE audit_entry SET is_look = 1 - is_look WHERE position = 2", .changed, 2),
                ("DELETE FROM audit_entry WHERE position = 900", .removed, 900),
                ("DELETE FROM audit_entry WHERE position > 1100", .removed, 1_101),
                ("DELETE FROM audit_entry WHERE position = 1", .removed, 1),
                (
                    "UPDATE audit_entry SET position = NULL, previous = NULL, hash = NULL WHERE position = 5", .removed,
                    5
                ),
                ("UPDATE audit_entry SET position = 5000 WHERE position = 5", .removed, 5),
                (
                    """
                    INSERT INTO audit_entry (at, actor, act, object, way, is_look, position, previous, hash)
                    SELECT at, actor, act, object, way, is_look, 1201, hash, hash FROM audit_entry WHERE position = 1200
                    """, .changed, 1_201
                ),
                (
                    """
                    INSERT INTO audit_entry (at, actor, act, object, way, is_look, position, previous, hash)
                    SELECT at, actor, act, object, way, is_look, -1, hash, hash FROM audit_entry WHERE position = 1
                    """, .inserted, 1
                ), ("UPDATE audit_chain SET hash = base_hash", .changed, 1_200),
            ]
            for (fault, kind, position) in faults {
                // Nothing of it is kept.
                let found = try await Self.undone(database) { tx in
                    try tx.execute(fault)
                    return try Self.walk(tx)
                }
                #expect(found == AuditBreak(kind, at: position), "\(fault.text)")
            }
            #expect(try await check.run().isWhole)
        }
    }

    private struct Undo: Error { let found: AuditBreak? }

    private static func undone(
        _ database: Database, _ body: @escaping @Sendable (Transaction) throws -> AuditBreak?
    ) async throws -> AuditBreak? {
        do { try await database.write { throw Undo(found: try body($0)) } } catch let undo as Undo { return undo.found }
        return nil
    }

    private static func walk(_ reader: Reader) throws -> AuditBreak? {
        let ends = try AuditChain.Ends.read(in: reader)
        let lines = try reader.query(
            "SELECT \(AuditLine.columns) FROM audit_entry WHERE position IS NOT NULL ORDER BY position", AuditLine.init)
        return found(lines, ends)
    }

    @Test(arguments: Engine.all)
    func
        `what is changed on disk is what the check says, and an anchor kept elsewhere tells of a chain that was written anew`(
            engine: Engine
        ) async throws
    {
        try await with(engine) { database in
            try await note(50, in: database, from: Self.start)
            let (chain, check) = (AuditChain(database: database), AuditVerification(database: database))
            try await chain.extend()
            let tomorrow = Self.start.adding(seconds: 86_400)
            try await AuditAnchor.set(at: tomorrow, in: database, Self.logger)
            try await AuditAnchor.set(at: tomorrow, in: database, Self.logger)
            let anchors = try await database.read { try AuditAnchor.all(in: $0) }
            #expect(anchors.map(\.position) == [50] && anchors.first?.day == Oslo.date(at: Self.start))
            let anchor = try #require(anchors.first?.hash)
            try await note(20, in: database, from: tomorrow)
            try await chain.extend()
            #expect(try await check.run(anchor: anchor).isWhole)
            #expect(try await check.run(anchor: String(repeating: "a", count: 64)).isAnchorMissing)

            // Somebody changes a line and ties all anew, as who has the database and the program can.
            try await database.write { tx in
                try tx.execute("UPDATE audit_entry SET actor = 'unni' WHERE position = 10")
                try tx.execute("UPDATE audit_entry SET position = NULL, previous = NULL, hash = NULL")
                try tx.execute("UPDATE audit_chain SET position = 0, hash = base_hash")
            }
            try await chain.extend()
            #expect(try await check.run().fault == AuditBreak(.unanchored, at: 50))
            try await database.write { try $0.execute("DELETE FROM audit_anchor") }
            #expect(try await check.run().isWhole)
            #expect(try await check.run(anchor: anchor).isAnchorMissing)
        }
    }

    @Test(arguments: Engine.all)
    func `the day's anchor is an event with figures and nothing else, and comes once`(engine: Engine) async throws {
        try await with(engine) { database in
            try await AuditAnchor.set(at: Self.start, in: database, Self.logger)
            try await note(3, in: database, from: Self.start)
            try await AuditChain(database: database).extend()
            // Today is not over.
            try await AuditAnchor.set(at: Self.start, in: database, Self.logger)
            for days in [1, 1, 2] {
                try await AuditAnchor.set(
                    at: Self.start.adding(seconds: Int64(days) * 86_400), in: database, Self.logger)
            }
            let bodies = try await database.read { reader in
                try reader.query("SELECT type, body FROM event_log ORDER BY time") { "\($0.text(0)) \($0.text(1))" }
            }
            let hash = try await AuditVerification(database: database).run().hash
            #expect(
                bodies
                    == ["2026-11-27", "2026-11-28"].map {
                        #"host.audit-anchored.v1 {"day":"\#($0)","hash":"\#(hash)","position":3}"#
                    })
        }
    }

    @Test(arguments: Engine.all)
    func `old lines go up to an anchor, and the chain still holds from there`(engine: Engine) async throws {
        try await with(engine) { database in
            let (chain, check) = (AuditChain(database: database), AuditVerification(database: database))
            let (old, day) = (Self.start.adding(seconds: -400 * 86_400), Int64(86_400))
            try await note(6_000, in: database, from: old)
            try await database.write { try AuditTable.keep("deviations/3", from: "token", in: $0) }
            try await chain.extend()
            try await AuditAnchor.set(at: old.adding(seconds: day), in: database, Self.logger)
            try await note(10, in: database, from: old.adding(seconds: 2 * day))
            try await chain.extend()
            let retention = AuditRetention(database: database, months: 12)
            #expect(try await retention.remove(at: old.adding(seconds: 30 * day)) == 0)
            #expect(try await retention.remove(at: Self.start) == 6_000)
            let left = try await check.run()
            #expect(left.isWhole && left.lines == 10)
            // What the anchor said is what the rest follows from.
            let anchor = try #require(try await database.read { try AuditAnchor.all(in: $0) }.first)
            #expect(anchor.position == 6_000)
            #expect(try await check.run(anchor: anchor.hash).isWhole)
            #expect(try await retention.remove(at: Self.start) == 0)
            try await note(5, in: database, from: Self.start)
            try await chain.extend()
            #expect(try await check.run().lines == 15)
            try await database.write { try $0.execute("DELETE FROM audit_entry WHERE position = 6001") }
            #expect(try await check.run().fault == AuditBreak(.removed, at: 6_001))
        }
    }

    @Test(arguments: Engine.all)
    func `hosts that note and tie at once make one chain without a gap`(engine: Engine) async throws {
        try await with(engine) { database in
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for host in 0..<4 {
                    tasks.addTask {
                        for round in 0..<10 {
                            try await note(
                                7, in: database, from: Self.start.adding(seconds: Int64(host * 1_000 + round * 10)))
                            try await AuditChain(database: database).extend()
                        }
                    }
                }
                try await tasks.waitForAll()
            }
            let report = try await AuditVerification(database: database).run()
            #expect(report.isWhole && report.lines == 280)
            #expect(try await AuditChain(database: database).unchained() == 0)
        }
    }

    @Test(arguments: Engine.all)
    func `each way of looking into the trail has its index`(engine: Engine) async throws {
        try await with(engine) { database in
            try await note(3_000, in: database, from: Self.start)
            try await database.write { try $0.execute("ANALYZE") }
            let filters: [(AuditList.Filter, String)] = [
                (.init(), "audit_entry_at"), (.init(object: "deviations/none"), "audit_entry_object"),
                (.init(person: "nobody"), "audit_entry_actor"),
            ]
            for (filter, index) in filters {
                let plan = try await database.read {
                    try $0.plan(of: AuditList.query(filter, token: "t", limit: 50))
                }
                #expect(plan.contains(index), "\(plan)")
            }
        }
    }

    @Test func `what waits to be tied is a figure, and is tied within a second`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.report()
            try await host.browser("ingrid").get("/deviations/\(id)")
            try await eventually("it is tied") { try await host.rows("audit_entry", where: "position = 1") == 1 }
            #expect(try await AuditVerification(database: host.base.database).run().lines == 1)
            try await eventually("the figure is there") {
                try await Client(port: host.port).send(.get, "/metrics").text.contains("trivsel_audit_unchained 0")
            }
        }
    }
}
