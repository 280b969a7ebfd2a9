import EventKit
import ModuleKit
import OpenID
import Storage

/// Who somebody that a provider names is here.
struct Identities: Sendable {
    /// How far the provider is believed about people whom directory sync brought.
    let knownBy: ProviderSettings.KnownBy

    /// The person that this identity belongs to, brought up to date; at the first sign-in one that was provisioned, or a new one.
    ///
    /// - Throws: `SignInFailure.left`; `StorageError`.
    func person(of identity: Identity, language: Language, now: Timestamp, in tx: Transaction) throws -> String {
        let id =
            try Self.known(identity, in: tx) ?? provisioned(identity, at: now, in: tx) ?? Identifier.make(at: now)
        // Another request may be signing the same person in for the first time; the second waits here for the first.
        try tx.execute(
            """
            INSERT INTO host_identity (issuer, subject, person, made)
            VALUES (\(identity.issuer), \(identity.subject), \(id), \(now)) ON CONFLICT (issuer, subject) DO NOTHING
            """)
        let person = try Self.known(identity, in: tx) ?? id
        try tx.execute(
            """
            UPDATE host_identity SET person = \(person)
            WHERE issuer = \(identity.issuer) AND subject = \(identity.subject) AND person <> \(person)
            """)
        try update(person, from: identity, language: language, now: now, in: tx)
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

    /// The person whom directory sync brought before they first signed in, by what the settings say the provider vouches for.
    ///
    /// Never by an e-mail address or a name, which people choose. Nobody who has signed in at this provider before: a user name that
    /// has been given to somebody else leads to no earlier holder's cases and roles.
    private func provisioned(_ identity: Identity, at now: Timestamp, in tx: Transaction) throws -> String? {
        let found: Person? =
            switch knownBy {
            case .nothing: nil
            case .username: try identity.principalName.flatMap { try Directory.person(username: $0, in: tx) }
            case .subject: try Directory.person(externalID: identity.subject, in: tx)
            }
        guard let found else { return nil }
        // Of two who come as the same one at the same moment the second waits here, and sees the first's identity.
        try tx.execute("UPDATE directory_person SET name = name WHERE id = \(found.id)")
        let isTaken = try Self.all(of: found.id, in: tx).contains {
            $0.issuer == identity.issuer && $0.subject != identity.subject
        }
        if isTaken { return nil }
        guard found.isHere(at: now) else { throw SignInFailure.left }
        return found.id
    }

    /// What the provider does not say stays, and all of it where directory sync says who somebody is. Nothing is written when nothing is
    /// new: every change makes all hosts read the directory anew.
    private func update(
        _ id: String, from identity: Identity, language: Language, now: Timestamp, in tx: Transaction
    ) throws {
        let stored = try Directory.person(id, in: tx)
        guard stored?.isHere(at: now) ?? true else { throw SignInFailure.left }
        if stored?.externalID != nil { return }
        var person =
            stored
            ?? Person(
                id: id, name: identity.principalName ?? "–", email: "", language: language, affiliation: .external,
                unit: nil, campus: nil)
        person.name = identity.name ?? person.name
        person.email = identity.email ?? person.email
        person.affiliation = identity.affiliation.map(Affiliation.init) ?? person.affiliation
        if knownBy == .username, let name = identity.principalName,
            try Directory.person(username: name, in: tx) == nil
        {
            person.username = name
        }
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
