import CalendarKit
public import EventKit
public import ModuleKit
public import Storage

/// Giving and ending roles from the command line: whoever runs the installation, and so makes its first administrator.
public struct OperatorRoles: Sendable {
    /// What stands as the one who decided it.
    public static let id = "operator"

    let database: Database

    public init(database: Database) { self.database = database }

    /// Gives the role to whom the words mean: an id, a user name or an e-mail address.
    ///
    /// - Parameters:
    ///   - unit: the institution when nil.
    ///   - to: the last day.
    /// - Throws: `StartFailure` in one line.
    public func give(
        _ role: Role, to words: String, unit: String?, from: CivilDate?, until to: CivilDate?, now: Timestamp
    ) async throws -> StoredGrant {
        do {
            return try await database.write { tx in
                let found = try Directory.people(known: words, at: now, in: tx)
                guard found.count <= 1 else { throw GrantRefusal.severalPeople }
                guard let person = found.first else { throw GrantRefusal.unknownPerson }
                let institution = try tx.first("SELECT id FROM directory_unit WHERE kind = 'institution'") {
                    $0.text(0)
                }
                guard let unit = unit ?? institution else { throw GrantRefusal.unknownUnit }
                let start = from.map { max(Oslo.startOfDay($0), now) } ?? now
                let grant = RoleGrant(
                    person: person.id, role: role, unit: unit, from: start, to: to.map { Oslo.endOfDay($0) })
                return try Directory.give(grant, by: Self.id, at: now, in: tx)
            }
        } catch let refusal as GrantRefusal { throw StartFailure(Self.words(refusal, words, unit)) }
    }

    /// Ends the grant now.
    ///
    /// - Throws: `StartFailure` in one line.
    public func end(_ id: String, now: Timestamp) async throws -> StoredGrant {
        do {
            let ended = try await database.write { try Directory.end(grant: id, by: Self.id, at: now, in: $0) }
            guard let ended else {
                throw StartFailure("there is no role with the id \(id) that goes on; `trivsel role list` shows them")
            }
            return ended
        } catch let refusal as GrantRefusal { throw StartFailure(Self.words(refusal, "", nil)) }
    }

    /// Those that go on, or all, by id.
    public func all(of words: String?, withEnded: Bool, now: Timestamp) async throws -> [StoredGrant] {
        try await database.read { reader in
            var filter = GrantFilter(goingOnAt: withEnded ? nil : now)
            if let words {
                guard let person = try Directory.people(known: words, at: now, in: reader).first else { return [] }
                filter.person = person.id
            }
            return try Directory.grants(filter, in: reader)
        }
    }

    private static func words(_ refusal: GrantRefusal, _ person: String, _ unit: String?) -> String {
        switch refusal {
        case .unknownPerson, .hasLeft:
            "nobody here is known as “\(person)”; people come by `trivsel directory import`, by SCIM, or by signing in once"
        case .severalPeople: "several people have the address “\(person)”; name the one by id or user name"
        case .unknownUnit:
            unit.map { "there is no unit “\($0)”; `trivsel directory import --units` brings them" }
                ?? "there are no units yet; `trivsel directory import --units` brings them"
        case .alreadyHeld: "“\(person)” has the role there in that time already; `trivsel role list` shows it"
        case .emptyPeriod, .past, .badDate: "the period is over or ends before it begins"
        case .needed:
            "nobody could then give roles, receive reports or read whistleblows; give the role to somebody else first"
        case .student, .yourself, .unknownRole, .notYours, .twoFactors: "the role cannot be given: \(refusal)"
        }
    }
}

extension StoredGrant {
    /// All of it on one line, for whoever runs the host.
    public var line: String {
        let days = "\(Oslo.date(at: grant.from)) – \(lastDay.map { "\($0)" } ?? "")"
        let by = [madeBy.map { "given by \($0)" }, endedBy.map { "ended by \($0)" }].compactMap(\.self)
        return "\(id)  \(grant.person)  \(grant.role.rawValue)  \(grant.unit)  \(days)"
            + (by.isEmpty ? "" : "  \(by.joined(separator: ", "))")
    }
}
