import EventKit
import HTTPTypes
import ModuleKit
import Storage

/// What SCIM does to people, each in one transaction.
struct ScimStore: Sendable {
    let database: Database
    let site: String

    /// A person who has not been deleted.
    ///
    /// - Throws: `ScimError` 404.
    func person(_ id: String, in reader: Reader) throws -> Person {
        guard
            let person = try Directory.people(where: "id = \(id) AND removed = 0", limit: 1, offset: 0, in: reader)
                .first
        else { throw ScimError.notFound }
        return person
    }

    /// Adds a person; one who was deleted comes back as who they were, without a role.
    func add(_ user: ScimUser, at now: Timestamp, in tx: Transaction) throws -> Person {
        let known = [
            try user.externalID.flatMap { try Directory.person(externalID: $0, in: tx) },
            try Directory.person(username: user.username, in: tx),
        ].compactMap(\.self)
        let back = try known.first { try Directory.isRemoved($0.id, in: tx) }
        if let other = known.first(where: { $0.id != back?.id }) {
            throw ScimError.taken(
                other.username?.lowercased() == user.username.lowercased() ? "userName" : "externalId")
        }
        if let back { try Directory.revive(person: back.id, in: tx) }
        let id = back?.id ?? Identifier.make(at: now)
        try store(user, id, language: back?.language ?? user.language, in: tx)
        return try settled(user, id, at: now, in: tx)
    }

    /// Brings a person up to date, as a whole.
    func change(_ person: Person, to user: ScimUser, at now: Timestamp, in tx: Transaction) throws -> Person {
        try store(user, person.id, language: person.language, in: tx)
        return try settled(user, person.id, at: now, in: tx)
    }

    func delete(_ person: Person, at now: Timestamp, in tx: Transaction) throws {
        _ = try Sessions.end(person: person.id, by: DirectoryImport.id, at: now, in: tx)
        try Directory.remove(person: person.id, in: tx)
    }

    private func store(_ user: ScimUser, _ id: String, language: Language, in tx: Transaction) throws {
        for (what, other) in [
            ("userName", try Directory.person(username: user.username, in: tx)),
            ("externalId", try user.externalID.flatMap { try Directory.person(externalID: $0, in: tx) }),
        ] {
            if let other, other.id != id { throw ScimError.taken(what) }
        }
        try Directory.put(
            Person(
                id: id, name: user.name, email: user.email ?? "", language: language, affiliation: user.affiliation,
                unit: user.unit, campus: user.campus), in: tx)
        try Directory.identify(id, username: user.username, externalID: user.externalID, in: tx)
    }

    /// After what they are here or not says the same.
    private func settled(_ user: ScimUser, _ id: String, at now: Timestamp, in tx: Transaction) throws -> Person {
        let isHere = try person(id, in: tx).isHere(at: now)
        if isHere, !user.isActive {
            _ = try Sessions.end(person: id, by: DirectoryImport.id, at: now, in: tx)
        } else if !isHere, user.isActive {
            try Directory.revive(person: id, in: tx)
        }
        return try person(id, in: tx)
    }
}
