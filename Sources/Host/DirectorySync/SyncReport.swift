/// A line that was not taken, and why.
public struct SyncRefusal: Sendable, Hashable {
    public let file: String
    public let line: Int
    public let reason: String
}

/// Nothing was taken: all lines that are wrong.
public struct SyncRefused: Error, Sendable {
    public let refusals: [SyncRefusal]
    init(_ refusals: [SyncRefusal]) { self.refusals = refusals }
}

/// Nothing was taken: somebody has to say that it is meant so.
public struct SyncDoubted: Error, Sendable {
    public let reasons: [String]
}

/// What a sync did, or would do.
public struct SyncReport: Sendable, Hashable {
    public var (added, changed, returned, ended, unchanged) = (0, 0, 0, 0, 0)
    public var (rolesGiven, rolesChanged, rolesEnded, rolesUnchanged) = (0, 0, 0, 0)
    public var (units, campuses) = (0, 0)
    /// What nobody sees to any more.
    public var warnings: [String] = []

    public init() {}

    /// One line for each kind of thing that the files were about.
    public var lines: [String] {
        var all: [String] = []
        if units + campuses > 0 { all.append("\(units) units and \(campuses) campuses are as the files have them") }
        all.append(
            "people: \(added) added, \(changed) changed, \(returned) back, \(ended) ended, \(unchanged) unchanged")
        all.append(
            "roles: \(rolesGiven) given, \(rolesChanged) changed, \(rolesEnded) ended, \(rolesUnchanged) unchanged")
        return all + warnings.map { "warning: \($0)" }
    }
}
