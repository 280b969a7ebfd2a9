import EventKit
import ModuleKit
import OpenID
import Storage

/// Who somebody that a provider names is here.
enum Identities {
    /// The person that this identity belongs to, brought up to date; at the first sign-in one that was provisioned, or a new one.
    static func person(of identity: Identity, language: Language, now: Timestamp, in tx: Transaction) throws -> String {
        let id = try known(identity, in: tx) ?? provisioned(identity, in: tx) ?? Identifier.make(at: now)
        // Another request may be signing the same person in for the first time; the second waits here for the first.
        try tx.execute(
            """
            INSERT INTO host_identity (issuer, subject, person, made)
            VALUES (\(identity.issuer), \(identity.subject), \(id), \(now)) ON CONFLICT (issuer, subject) DO NOTHING
            """)
        let person = try known(identity, in: tx) ?? id
        try tx.execute(
            """
            UPDATE host_identity SET person = \(person)
            WHERE issuer = \(identity.issuer) AND subject = \(identity.subject) AND person <> \(person)
            """)
        try update(person, from: identity, language: language, in: tx)
        return person
    }

    /// The ways in which a person is known, for themselves to see.
    static func all(of person: String, in reader: Reader) throws -> [(issuer: String, subject: String, made: Timestamp)]
    {
        try reader.query(
            "SELECT issuer, subject, made FROM host_identity WHERE person = \(person) ORDER BY made, issuer, subject"
        ) { ($0.text(0), $0.text(1), $0.time(2)) }
    }

    /// Nobody when the person is gone: who comes back then begins anew.
    private static func known(_ identity: Identity, in reader: Reader) throws -> String? {
        let person = try reader.first(
            "SELECT person FROM host_identity WHERE issuer = \(identity.issuer) AND subject = \(identity.subject)"
        ) { $0.text(0) }
        return try person.flatMap { try Directory.person($0, in: reader)?.id }
    }

    /// The person whom directory sync brought before they first signed in, by the user name or the external id it has for them.
    ///
    /// Nobody as long as the directory keeps neither. An e-mail address is no proof: providers do not vouch for it.
    private static func provisioned(_ identity: Identity, in reader: Reader) throws -> String? { nil }

    /// What the provider does not say stays. Nothing is written when nothing is new: every change makes all hosts read the directory anew.
    private static func update(
        _ id: String, from identity: Identity, language: Language, in tx: Transaction
    ) throws {
        let stored = try Directory.person(id, in: tx)
        var person =
            stored
            ?? Person(
                id: id, name: identity.principalName ?? "–", email: "", language: language, affiliation: .external,
                unit: nil, campus: nil)
        person.name = identity.name ?? person.name
        person.email = identity.email ?? person.email
        person.affiliation = identity.affiliation.map(Affiliation.init) ?? person.affiliation
        if person != stored { try Directory.put(person, in: tx) }
    }
}

extension Affiliation {
    init(_ told: Identity.Affiliation) {
        self =
            switch told {
            case .student: .student
            case .employee: .employee
            case .other: .external
            }
    }
}
