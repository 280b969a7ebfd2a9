import EventKit

/// Goes along a chain, line by line, and finds the first that is not as it was tied.
struct AuditWalk: Sendable {
    private(set) var position: Int64
    private(set) var hash: String

    /// - Parameters: the base, after which the first line comes.
    init(after position: Int64, hash: String) { (self.position, self.hash) = (position, hash) }

    /// What is wrong with the next line; nil when it follows.
    mutating func take(_ line: AuditLine) -> AuditBreak? {
        let place = line.position ?? 0
        if place <= position { return AuditBreak(.inserted, at: max(place, 1)) }
        if place > position + 1 { return AuditBreak(.removed, at: position + 1) }
        guard line.previous == hash, let own = line.hash, own == line.hash(at: place, after: hash) else {
            return AuditBreak(.changed, at: place)
        }
        (position, hash) = (place, own)
        return nil
    }

    /// What is wrong with the end; nil when the chain ends as it was left.
    func end(_ ends: AuditChain.Ends) -> AuditBreak? {
        if position < ends.position { return AuditBreak(.removed, at: position + 1) }
        if position > ends.position { return AuditBreak(.inserted, at: ends.position + 1) }
        return hash == ends.hash ? nil : AuditBreak(.changed, at: position)
    }
}

/// Where a chain is not as it was tied.
public struct AuditBreak: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable {
        /// A line says something else, or another line stands in its place.
        case changed
        case removed, inserted
        /// The line is not the one that was anchored.
        case unanchored
    }

    public let kind: Kind
    /// The line's place in the chain, from 1.
    public let position: Int64

    init(_ kind: Kind, at position: Int64) { (self.kind, self.position) = (kind, position) }
}
