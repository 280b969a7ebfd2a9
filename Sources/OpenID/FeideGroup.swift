/// A membership as Feide's groups API tells it; that of the institution, `fc:org`, says what somebody is there.
struct FeideGroup: Decodable, Sendable {
    private struct Membership: Decodable {
        let affiliation: OneOrMany?
        let primaryAffiliation: String?
    }

    private let type: String?
    private let membership: Membership?

    static func claims(_ groups: [FeideGroup]) -> Claims {
        let own = groups.filter { $0.type == "fc:org" }.compactMap(\.membership)
        var claims = Claims()
        claims.affiliation = OneOrMany(own.flatMap { $0.affiliation?.values ?? [] })
        claims.primaryAffiliation = own.count == 1 ? own.first?.primaryAffiliation : nil
        return claims
    }
}
