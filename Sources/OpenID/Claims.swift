import Foundation

/// What a provider says of a person, in the ID token, in userinfo or in Feide's extended userinfo.
struct Claims: Codable, Sendable {
    var subject, name, email, principalName, primaryAffiliation: String?
    var affiliation: OneOrMany?

    enum CodingKeys: String, CodingKey {
        case subject = "sub"
        case name, email
        case principalName = "https://n.feide.no/claims/eduPersonPrincipalName"
        case primaryAffiliation = "eduPersonPrimaryAffiliation"
        case affiliation = "eduPersonAffiliation"
    }

    init() {}

    /// What is of another type than it should be counts as not said.
    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func text(_ key: CodingKeys) -> String? { try? values.decodeIfPresent(String.self, forKey: key) }
        (subject, name, email) = (text(.subject), text(.name), text(.email))
        (principalName, primaryAffiliation) = (text(.principalName), text(.primaryAffiliation))
        affiliation = try? values.decodeIfPresent(OneOrMany.self, forKey: .affiliation)
    }

    /// These, and of what they do not say the others'.
    func completed(by other: Claims) -> Claims {
        var sum = self
        sum.name = name ?? other.name
        sum.email = email ?? other.email
        sum.principalName = principalName ?? other.principalName
        sum.primaryAffiliation = primaryAffiliation ?? other.primaryAffiliation
        sum.affiliation = affiliation ?? other.affiliation
        return sum
    }
}

/// A text or a list of them: how `aud` may be written.
struct OneOrMany: Codable, Sendable {
    let values: [String]

    init(_ values: [String]) { self.values = values }

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        values = try (try? value.decode(String.self)).map { [$0] } ?? value.decode([String].self)
    }

    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        try value.encode(values)
    }
}
