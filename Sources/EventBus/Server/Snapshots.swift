import EventKit
import Foundation
import Storage

/// The states that readers are fetching, each in a file that has no name any more, so that it goes with the process.
actor Snapshots {
    /// What a reader is told of a new one.
    struct Made: Sendable, Codable {
        var snapshot: String
        var epoch: String
        /// The state holds all events up to here; the reader goes on with the next one. It may hold later ones too: facts, which are the
        /// same when they come again.
        var position: Int64
        var items: Int
        var bytes: UInt64
    }

    /// Whole lines of a snapshot, one JSON object each: `type`, `subject` and `data`.
    struct Part: Sendable, Codable {
        var data: String
        /// Where the next part begins; nil at the end.
        var next: UInt64?
    }

    private struct Open {
        var owner: String
        var file: FileHandle
        var usedAt: ContinuousClock.Instant
    }

    private static let partBytes = 1 << 20
    private static let idle: Duration = .seconds(600)
    private static let limit = 8

    private let database: Database
    private let sources: @Sendable () -> [StateSource]
    private var open: [String: Open] = [:]
    private var making: [String: Task<Made, any Error>] = [:]

    init(database: Database, sources: @escaping @Sendable () -> [StateSource]) {
        (self.database, self.sources) = (database, sources)
    }

    /// The state of what `types` match, for the key `owner`. Asked again before it is ready, it is made once.
    func make(_ types: [TopicPattern], for owner: String) async throws -> Made {
        let what = owner + " " + types.map(\.description).joined(separator: " ")
        if let task = making[what] { return try await task.value }
        open = open.filter { $0.value.usedAt + Self.idle > .now }
        guard open.count + making.count < Self.limit else { throw BusError(.busy, "too many snapshots are being read") }
        let task = Task { try await write(types, for: owner) }
        making[what] = task
        defer { making[what] = nil }
        return try await task.value
    }

    private func write(_ types: [TopicPattern], for owner: String) async throws -> Made {
        let file = try Self.namelessFile()
        let wanted = sources().filter { source in types.contains { $0.matches(source.type) } }
        var made = try await database.snapshot { reader in
            // The position first: what is in the log up to there is in the state that follows.
            let (epoch, _, head) = try reader.logBounds()
            var made = Made(snapshot: "", epoch: epoch, position: head, items: 0, bytes: 0)
            var lines = Data()
            func flush(at least: Int) throws {
                guard lines.count >= least else { return }
                try file.write(contentsOf: lines)
                made.bytes += UInt64(lines.count)
                lines.removeAll(keepingCapacity: true)
            }
            for source in wanted {
                let start = #"{"type":\#(JSONText.quoted(source.type)),"subject":"#
                try source.read(reader) { subject, data in
                    lines += Data("\(start)\(JSONText.quoted(subject)),\"data\":\(data)}\n".utf8)
                    made.items += 1
                    try flush(at: Self.partBytes)
                }
            }
            try flush(at: 1)
            return made
        }
        made.snapshot = UUID().uuidString
        open[made.snapshot] = Open(owner: owner, file: file, usedAt: .now)
        return made
    }

    /// The lines from `offset` on, about a MiB of them.
    ///
    /// - Throws: `BusError` (`badRequest`) when there is no such snapshot, or no longer.
    func part(of snapshot: String, from offset: UInt64, for owner: String) throws -> Part {
        guard var entry = open[snapshot], entry.owner == owner else {
            throw BusError(.badRequest, "there is no such snapshot; ask for a new one")
        }
        entry.usedAt = .now
        open[snapshot] = entry
        let end = try entry.file.seekToEnd()
        guard offset <= end else { throw BusError(.badRequest, "the snapshot ends before that") }
        try entry.file.seek(toOffset: offset)
        let bytes = try entry.file.read(upToCount: Self.partBytes) ?? Data()
        let lines = bytes[..<(bytes.lastIndex(of: 10).map { $0 + 1 } ?? bytes.endIndex)]
        let next = offset + UInt64(lines.count)
        return Part(data: String(decoding: lines, as: UTF8.self), next: next < end ? next : nil)
    }

    private static func namelessFile() throws -> FileHandle {
        let path = FileManager.default.temporaryDirectory.appending(path: "trivsel-\(UUID().uuidString)")
        guard FileManager.default.createFile(atPath: path.path, contents: nil, attributes: [.posixPermissions: 0o600])
        else { throw BusError(.busy, "the host cannot write a snapshot") }
        let file = try FileHandle(forUpdating: path)
        try FileManager.default.removeItem(at: path)
        return file
    }
}

extension Desk {
    /// `snapshot {types}` → `{snapshot, epoch, position, items, bytes}`, `snapshot.part {snapshot, offset}` → `{data, next}`.
    func snapshot(_ request: DeskRequest, for key: ClientKey) async throws -> DeskAnswer {
        if request.op == "snapshot" {
            let made = try await snapshots.make(try patterns(request, for: key), for: key.name)
            return DeskAnswer(body: Reply.encode(made))
        }
        guard let snapshot = request.snapshot, let offset = request.offset.flatMap(UInt64.init(exactly:)) else {
            throw BusError(.badRequest, "snapshot.part needs snapshot and offset")
        }
        return DeskAnswer(body: Reply.encode(try await snapshots.part(of: snapshot, from: offset, for: key.name)))
    }
}
