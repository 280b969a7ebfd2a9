/// Where a report goes, and who is kept away from it.
public struct Routing: Sendable, Hashable {
    /// Code of the unit that receives it in place of the one reported to, when nobody there may.
    public var reception: String?
    public var exclusions: [Exclusion]

    public init(reception: String? = nil, exclusions: [Exclusion] = []) {
        self.reception = reception
        self.exclusions = exclusions
    }
}
