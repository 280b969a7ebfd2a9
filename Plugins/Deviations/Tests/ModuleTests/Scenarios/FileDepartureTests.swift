import DeviationsCore
import EventKit
import Storage
import Testing
import TrivselTesting
import Vault
import WhistleblowingContract

@testable import DeviationsModule

/// Files of reports that turn out to be whistleblows.
@Suite struct FileDepartureTests {
    private static let contents: [[UInt8]] = [Array("Snirkelgang".utf8), (0..<1_500_000).map { UInt8($0 % 251) }]

    /// A report with a file of the reporter's and a private one of the officer's; its id.
    private func report(_ bed: DepartureBed) async throws -> String {
        let id = try await bed.report()
        let key = try #require(try await bed.cases.key(of: id))
        for (content, author) in zip(Self.contents, ["kari", "ingrid"]) {
            let (pieces, piece) = AsyncStream<[UInt8]>.makeStream()
            piece.yield(content)
            piece.finish()
            let file = try await bed.vault.files.store(
                name: "kvernknurr \(author).txt", type: "text/plain; charset=utf-8", limit: 1 << 24, by: key, pieces)
            try await bed.database.write { tx in
                let stored = try #require(try DeviationStore.load(id, key: key, in: tx))
                try DeviationStore.add(
                    [PreparedFile(file: file, preview: nil)], toCase: stored.key, by: author,
                    at: Sample.now.adding(seconds: author == "kari" ? 0 : 60),
                    isPrivate: author == "ingrid", atMost: 10, bed.vault.files, in: tx)
            }
        }
        return id
    }

    /// The files are with the other side as they were, once, and nothing of them is here.
    private func expectGone(_ old: CaseKey, _ bed: DepartureBed) async throws {
        let payloads = try await bed.database.read {
            try $0.query("SELECT payload FROM deviations_test_taken") { $0.bytes(0) }
        }
        #expect(payloads.count == 1)
        let (given, contents) = try HandedOver.read(try #require(payloads.first))
        #expect(contents == Self.contents)
        #expect(given.files.map(\.name) == ["kvernknurr kari.txt", "kvernknurr ingrid.txt"])
        #expect(given.files.map(\.isReporters) == [true, false])
        for table in ["deviations_file", "vault_file", "vault_file_part", "vault_handover_part"] {
            #expect(try await bed.count(table) == 0, "\(table)")
        }
        try await bed.vault.carryOutDestructions()
        try await bed.restart()
        #expect(try await bed.vault.key(old.id) == nil)
    }

    @Test(arguments: Engine.all)
    func `killed at any point, files go along byte for byte, once, and leave nothing`(engine: Engine) async throws {
        try await DepartureBed.lay(engine) { bed in
            let id = try await report(bed)
            let old = try #require(try await bed.cases.key(of: id))
            _ = try await bed.confirm(id)
            try await bed.restart()
            #expect(try await bed.take(failing: true) == 0)
            try await bed.restart()
            #expect(try await bed.count("deviations_file") == 2)
            #expect(try await bed.take() == 1)
            try await bed.restart()
            #expect(try await bed.complete(failing: true) == 0)
            #expect(try await bed.count("deviations_file") == 2)
            try await bed.restart()
            #expect(try await bed.take() == 0)
            #expect(try await bed.complete() == 1)
            try await expectGone(old, bed)
        }
    }

    @Test(arguments: Engine.all)
    func `what is confirmed again while it leaves is on its way or gone, and the vault is never said to be away`(
        engine: Engine
    ) async throws {
        try await DepartureBed.lay(engine) { bed in
            let viewer = try await bed.viewer("ingrid")
            for _ in 0..<8 {
                let id = try await report(bed)
                _ = try await bed.confirm(id)
                async let left: Void = leave(bed)
                while try await bed.load(id) != nil {
                    _ = try await bed.departures.prepare(
                        DepartureBed.form(), on: id, by: viewer, bed.visit(viewer), ifVersion: 0)
                }
                try await left
                #expect(try await !bed.row(id).contains("locked_to"))
            }
        }
    }

    private func leave(_ bed: DepartureBed) async throws {
        try await bed.take()
        try await bed.complete()
        try await bed.vault.carryOutDestructions()
    }

    @Test(arguments: Engine.all)
    func `of a report that is parted all files go: nobody can tell what is in them`(engine: Engine) async throws {
        try await DepartureBed.lay(engine) { bed in
            let id = try await report(bed)
            let old = try #require(try await bed.cases.key(of: id))
            let form = DepartureBed.form([
                "isCensurable": "part", "isDeviation": "yes", "keptTitle": "Sensuren er sen",
                "keptText": "Sensuren kom etter seks uker.", "whistleblowText": "Foreleseren tar på meg.",
            ])
            _ = try await bed.confirm(id, form)
            try await bed.take()
            try await bed.complete()
            #expect(try await bed.load(id)?.deviation.report.title == "Sensuren er sen")
            try await expectGone(old, bed)
        }
    }

    @Test(arguments: Engine.all)
    func `what is called back keeps its files`(engine: Engine) async throws {
        try await DepartureBed.lay(engine) { bed in
            let id = try await report(bed)
            _ = try await bed.confirm(id)
            _ = try await bed.confirm(id, DepartureBed.form(["callBack": "yes"]))
            #expect(try await bed.take() == 0)
            let key = try #require(try await bed.cases.key(of: id))
            let files = try await bed.database.read { reader in
                let stored = try #require(try DeviationStore.load(id, key: key, in: reader))
                return try DeviationStore.files(
                    ofCase: stored.key, by: key, forReporter: false, bed.vault.files, in: reader)
            }
            var read: [[UInt8]] = []
            for file in files.sorted(by: { $0.file.size < $1.file.size }) {
                read.append(try await bed.vault.files.content(of: file.file, by: key).reduce(into: []) { $0 += $1 })
            }
            #expect(read == Self.contents)
            #expect(try await bed.count("vault_handover_part") == 0)
        }
    }
}
