import EventKit
import Foundation
public import ModuleKit
import Storage

/// Takes people, their roles, units and campuses from files: all that the files say, or nothing.
///
/// Run again it changes nothing.
public struct DirectoryImport: Sendable {
    /// What stands as the one who decided it.
    public static let id = "sync"

    /// The files, each as far as it is named.
    public struct Files: Sendable {
        public var people, memberships, units, campuses: String?

        public init(people: String? = nil, memberships: String? = nil, units: String? = nil, campuses: String? = nil) {
            (self.people, self.memberships, self.units, self.campuses) = (people, memberships, units, campuses)
        }
    }

    public struct Options: Sendable {
        /// Whom the file of people does not have any more has left; roles that a sync gave and the file does not have, end.
        public var endsMissing: Bool
        /// Takes it although a fifth of all people would leave, or something would lie with nobody.
        public var isSure: Bool
        public var isDryRun: Bool

        public init(endsMissing: Bool = false, isSure: Bool = false, isDryRun: Bool = false) {
            (self.endsMissing, self.isSure, self.isDryRun) = (endsMissing, isSure, isDryRun)
        }
    }

    /// Carries the report of a dry run out of its transaction, which is then not kept.
    private struct DryRun: Error { let report: SyncReport }

    let database: Database
    let clock: Clock

    public init(_ base: Foundations, clock: Clock = .system) { (database, self.clock) = (base.database, clock) }

    /// - Throws: `SyncRefused`, `SyncDoubted`, or `StartFailure` when a file cannot be read; nothing was taken then.
    public func run(_ files: Files, _ options: Options = Options()) async throws -> SyncReport {
        let units = try Self.read(files.units, ["id", "kind", "short", "name_nb", "name_nn", "name_en"], ["parent"])
        let campuses = try Self.read(files.campuses, ["id", "name_nb", "name_nn", "name_en"])
        let people = try Self.read(files.people, PersonLine.required, PersonLine.optional)
        let memberships = try Self.read(files.memberships, MembershipLine.required, MembershipLine.optional)
        let now = clock.now
        do {
            return try await database.write { tx in
                var pass = SyncPass(now: now, options: options, tx: tx)
                if let units { try pass.take(units: units) }
                if let campuses { try pass.take(campuses: campuses) }
                try pass.begin()
                if let people { try pass.take(people: people) }
                if let memberships { try pass.take(memberships: memberships) }
                let report = try pass.finish()
                if options.isDryRun { throw DryRun(report: report) }
                return report
            }
        } catch let dry as DryRun { return dry.report }
    }

    private static func read(_ path: String?, _ required: [String], _ optional: [String] = []) throws -> CSVFile? {
        guard let path else { return nil }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw StartFailure("cannot read \(path)")
        }
        return try CSVFile(Array(data), name: path, required: required, optional: optional)
    }
}
