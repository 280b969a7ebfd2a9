public import EventKit
public import Storage

/// Reads the whole chain and says whether it is as it was tied, from its base to its end, through every anchor.
public struct AuditVerification: Sendable {
    private static let atOnce = 2_000

    let database: Database

    public init(database: Database) { self.database = database }

    /// What was found.
    public struct Report: Sendable, Hashable {
        /// Lines that follow each other.
        public var lines = 0
        public var first, last: Timestamp?
        /// Hash of the last of them.
        public var hash = ""
        /// The first that does not follow; nil when all do.
        public var fault: AuditBreak?
        /// Whether an anchor that was asked for is nowhere in the chain.
        public var isAnchorMissing = false

        public var isWhole: Bool { fault == nil && !isAnchorMissing }
    }

    /// - Parameters:
    ///   - anchor: a hash that was kept elsewhere; nil when none is looked for.
    ///   - progress: called now and then with how many lines were read, and of how many.
    public func run(
        anchor: String? = nil, progress: @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) async throws -> Report {
        while true {
            let (ends, anchors) = try await database.read {
                (try AuditChain.Ends.read(in: $0), try AuditAnchor.all(in: $0))
            }
            let report = try await walk(ends, anchors, sought: anchor, progress)
            // Old lines may have been removed meanwhile, whose time was over.
            let now = try await database.read { try AuditChain.Ends.read(in: $0) }
            if report.fault == nil || now.basePosition == ends.basePosition { return report }
        }
    }

    private func walk(
        _ start: AuditChain.Ends, _ anchors: [AuditAnchor], sought: String?,
        _ progress: @Sendable (_ done: Int, _ of: Int) -> Void
    ) async throws -> Report {
        let anchored = Dictionary(anchors.map { ($0.position, $0.hash) }) { first, _ in first }
        var (walk, report) = (AuditWalk(after: start.basePosition, hash: start.baseHash), Report())
        var isFound = sought == nil || sought == start.baseHash
        if let hash = anchored[start.basePosition], hash != start.baseHash {
            report.fault = AuditBreak(.unanchored, at: start.basePosition)
        }
        while report.fault == nil {
            let (lines, ends) = try await batch(after: walk.position, from: start.basePosition)
            for line in lines where report.fault == nil {
                report.fault = walk.take(line)
                if report.fault == nil, let hash = anchored[walk.position], hash != walk.hash {
                    report.fault = AuditBreak(.unanchored, at: walk.position)
                }
                guard report.fault == nil else { break }
                isFound = isFound || walk.hash == sought
                (report.first, report.last) = (report.first ?? line.at, line.at)
                report.lines += 1
            }
            progress(report.lines, Int(max(ends.position - start.basePosition, 0)))
            guard lines.isEmpty else { continue }
            report.fault = report.fault ?? walk.end(ends)
            if report.fault == nil, let beyond = anchored.keys.filter({ $0 > walk.position }).min() {
                report.fault = AuditBreak(.removed, at: beyond)
            }
            break
        }
        report.hash = walk.hash
        report.isAnchorMissing = report.fault == nil && !isFound
        return report
    }

    /// The next lines, and where the chain ends, as they stand together. At the start also what lies before the base, where nothing may be.
    private func batch(after position: Int64, from base: Int64) async throws -> ([AuditLine], AuditChain.Ends) {
        try await database.read { reader in
            // The ends first: on PostgreSQL what is tied in between is then beyond them, and read next time.
            let ends = try AuditChain.Ends.read(in: reader)
            let from: SQL = position == base ? "position IS NOT NULL" : "position > \(position)"
            let lines = try reader.query(
                "SELECT \(AuditLine.columns) FROM audit_entry WHERE \(from) ORDER BY position LIMIT \(Self.atOnce)",
                AuditLine.init)
            return (lines, ends)
        }
    }
}
