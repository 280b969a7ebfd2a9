import EventKit
import Foundation
import Storage
import Synchronization
import Testing
import TrivselTesting

@testable import EventBus

/// What readers handled, by the subject of each event.
private final class Handled: Sendable {
    private let positions = Mutex<[String: [Int64]]>([:])
    let progress = AsyncStream.makeStream(of: Int.self)

    func add(_ events: [LoggedEvent]) {
        let count = positions.withLock { positions in
            for event in events { positions[event.event.subject, default: []].append(event.position) }
            return Set(positions.values.joined()).count
        }
        progress.continuation.yield(count)
    }

    var bySubject: [String: [Int64]] { positions.withLock { $0 } }

    func reach(_ count: Int) async { for await now in progress.stream where now >= count { return } }
}

@Suite(.timeLimit(.minutes(5)))
struct DurableReaderTests {
    @Test(arguments: Engine.all)
    func `three members share the log, each subject stays in order, and nothing is handled twice`(
        engine: Engine
    ) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.commit(1...40)
            try await bed.serving { endpoints in
                let handled = Handled()
                let members = try await (1...3).asyncMap { try await Self.member($0, bed, endpoints) }
                try await withThrowingTaskGroup { group in
                    for member in members { group.addTask { try await member.run { handled.add($0.events) } } }
                    await handled.reach(40)
                    try await eventually("a fair share for each") {
                        members.flatMap(\.partitions).sorted() == Array(0..<64)
                            && members.allSatisfy { $0.partitions.count <= 22 }
                    }
                    try await bed.commit(41...90)
                    await handled.reach(90)
                    try await eventually("all is committed") { try await bed.readers.list().first?.position == 90 }
                    group.cancelAll()
                    try await group.waitForAll()
                }
                #expect(handled.bySubject.values.joined().sorted() == Array(1...90))
                #expect(handled.bySubject.values.allSatisfy { $0 == $0.sorted() })
                // Those who leave in good order give everything back.
                #expect(try await bed.readers.list().first?.members == 0)
            }
        }
    }

    @Test func `a member that died while the clock was ahead keeps nothing when it is back`() async throws {
        try await Bed.lay { bed in
            try await bed.commit(1...10)
            let all = [try pattern("*")]
            bed.clock.advance(seconds: 40 * 86_400)
            #expect(try await bed.readers.open("totals", member: "dead", types: all, from: 0).partitions.count == 64)
            bed.clock.advance(seconds: -40 * 86_400)
            #expect(try await bed.readers.open("totals", member: "heir", types: all, from: 0).partitions.count == 64)
        }
    }

    @Test(arguments: Engine.all)
    func `what a dead member held goes to another, and its late commit is refused`(engine: Engine) async throws {
        try await Bed.lay(engine) { bed in
            try await bed.commit(1...10)
            try await bed.stamped(10)
            let all = [try pattern("*")]
            let dead = try await bed.readers.open("totals", member: "dead", types: all, from: 0)
            #expect(dead.partitions.count == 64 && dead.partitions.allSatisfy { $0.position == 0 })
            let waiting = try await bed.readers.open("totals", member: "other", types: all, from: 0)
            #expect(waiting.partitions.isEmpty && waiting.share == 32)
            bed.clock.advance(seconds: DurableReaders.leaseSeconds)
            let heir = try await bed.readers.open("totals", member: "other", types: all, from: 0)
            #expect(heir.partitions.count == 64 && heir.fence > dead.fence)
            await #expect(throws: BusError.self) {
                try await bed.readers.commit("totals", fence: dead.fence, partitions: [3], position: 10)
            }
            try await bed.readers.commit("totals", fence: heir.fence, partitions: Array(0..<64), position: 10)
            // Back again, it is a new member under a new fence.
            let back = try await bed.readers.open("totals", member: "dead", types: all, from: 0)
            #expect(back.fence > heir.fence && back.partitions.isEmpty)
        }
    }

    @Test(arguments: Engine.all)
    func `a partition's term grows whoever gets it, also a member that is older than the one before`(
        engine: Engine
    ) async throws {
        try await Bed.lay(engine) { bed in
            let all = [try pattern("*")]
            func terms(_ member: String) async throws -> (fence: Int64, terms: [Int: Int64]) {
                let holding = try await bed.readers.open("totals", member: member, types: all, from: 0)
                return (
                    holding.fence,
                    Dictionary(uniqueKeysWithValues: holding.partitions.map { ($0.partition, $0.term ?? 0) })
                )
            }
            let old = try await terms("old")
            try await bed.readers.release("totals", fence: old.fence, partitions: [3, 4])
            let young = try await terms("young")
            #expect(young.terms == [3: 2, 4: 2] && young.fence > old.fence)
            try await bed.readers.release("totals", fence: young.fence, partitions: nil)
            let again = try await terms("old")
            #expect(again.fence == old.fence && again.terms[3] == 3 && again.terms[5] == 1)
            // Renewing is no change of hands.
            #expect(try await terms("old").terms == again.terms)
        }
    }

    @Test func `a commit of partitions of which one is lost moves none`() async throws {
        try await Bed.lay { bed in
            try await bed.commit(1...5)
            let all = [try pattern("*")]
            let holding = try await bed.readers.open("totals", member: "a", types: all, from: 0)
            try await bed.readers.release("totals", fence: holding.fence, partitions: [7])
            await #expect(throws: BusError.self) {
                try await bed.readers.commit("totals", fence: holding.fence, partitions: [6, 7], position: 5)
            }
            await #expect(throws: BusError.self) {
                try await bed.readers.commit("totals", fence: holding.fence, partitions: [6], position: 6)
            }
            let after = try await bed.readers.open("totals", member: "a", types: all, from: 0)
            #expect(after.partitions.count == 64 && after.partitions.allSatisfy { $0.position == 0 })
        }
    }

    @Test func `a member whose handler fails leaves, and another goes on where it stood`() async throws {
        struct Broken: Error {}
        try await Bed.lay { bed in
            try await bed.commit(1...20)
            try await bed.serving { endpoints in
                let first = try await Self.member(1, bed, endpoints)
                await #expect(throws: Broken.self) { try await first.run { _ in throw Broken() } }
                let handled = Handled()
                let second = try await Self.member(2, bed, endpoints)
                let run = Task { try await second.run { handled.add($0.events) } }
                await handled.reach(20)
                run.cancel()
                try await run.value
            }
        }
    }

    @Test func `a reader is refused other types than it has read, and another log`() async throws {
        try await Bed.lay { bed in
            try await bed.commit(1...3)
            _ = try await bed.readers.open("totals", member: "a", types: [try pattern("test.*")], from: 0)
            let types = await #expect(throws: BusError.self) {
                try await bed.readers.open("totals", member: "a", types: [try pattern("*")], from: 0)
            }
            #expect(types?.code == .badRequest)
            try await bed.database.write { _ = try $0.execute("UPDATE event_log_epoch SET epoch = 'restored'") }
            let epoch = await #expect(throws: BusError.self) {
                try await bed.readers.open("totals", member: "a", types: [try pattern("test.*")], from: 0)
            }
            #expect(epoch?.code == .epoch)
            #expect(try await bed.readers.drop("totals"))
            #expect(try await !bed.readers.drop("totals"))
            _ = try await bed.readers.open("totals", member: "a", types: [try pattern("*")], from: 0)
        }
    }

    @Test func `a key opens only the readers it names`() async throws {
        try await Bed.lay { bed in
            try await bed.serving { endpoints in
                let credentials = try await bed.client("stranger", readers: ["other"], at: endpoints)
                let reader = try DurableReader(
                    credentials, name: "totals", types: [try pattern("*")], logger: bed.logger)
                let error = await #expect(throws: BusError.self) { try await reader.run { _ in } }
                #expect(error?.code == .denied)
            }
        }
    }

    private static func member(_ number: Int, _ bed: Bed, _ endpoints: BusEndpoints) async throws -> DurableReader {
        let credentials = try await bed.client("member-\(number)", readers: ["totals"], at: endpoints)
        return try DurableReader(credentials, name: "totals", types: [try pattern("*")], logger: bed.logger)
    }
}

extension Sequence where Self: Sendable {
    fileprivate func asyncMap<T>(_ transform: (Element) async throws -> T) async rethrows -> [T] {
        var results: [T] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}
