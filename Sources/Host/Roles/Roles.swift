import EventKit
import Logging
import ModuleKit
import Storage

/// What page, API and command line do with roles.
struct Roles: Sendable {
    let database: Database

    /// Who may give any role anywhere.
    ///
    /// - Throws: `Problem` 401 or 403.
    static func giver(_ context: AppContext) throws -> (visit: Visit, viewer: Viewer) {
        let (visit, viewer) = (try context.visit, try context.viewer)
        guard !RolePolicy.units(visit).isEmpty else { throw Problem.forbidden(visit.language) }
        return (visit, viewer)
    }

    /// Stores what the form describes; nil when something is wrong, which the form's errors then say.
    func give(_ form: inout FormData, _ visit: Visit, _ logger: Logger, in tx: Transaction) throws -> StoredGrant? {
        let fields = RoleForm(visit: visit)
        guard let viewer = visit.viewer, let new = try fields.grant(&form, in: tx) else { return nil }
        do {
            let made = try Directory.give(new, by: viewer.person.id, at: visit.now, in: tx)
            tx.afterCommit { Self.log("a role was given", made, by: viewer.person.id, logger) }
            return made
        } catch let refusal as GrantRefusal {
            fields.add(refusal, to: &form)
            return nil
        }
    }

    /// The grant of the address, as far as the viewer gives such.
    ///
    /// - Throws: `Problem` 404.
    func known(_ id: String, _ visit: Visit) async throws -> StoredGrant {
        let found = try await database.read { try Directory.grant(id, in: $0) }
        guard let found, found.grant.to.map({ visit.now < $0 }) ?? true,
            RolePolicy.may(visit, give: found.grant.role, at: found.grant.unit)
        else { throw Problem.notFound(visit.language) }
        return found
    }

    /// Ends it now.
    ///
    /// - Throws: `Problem` 404; `GrantRefusal.needed`, `GrantRefusal.twoFactors`.
    func end(_ id: String, _ visit: Visit, _ viewer: Viewer, _ logger: Logger) async throws {
        guard viewer.hasTwoFactors else { throw GrantRefusal.twoFactors }
        let found = try await known(id, visit)
        let ended = try await database.write {
            try Directory.end(grant: found.id, by: viewer.person.id, at: visit.now, in: $0)
        }
        guard let ended else { throw Problem.notFound(visit.language) }
        Self.log("a role was ended", ended, by: viewer.person.id, logger)
    }

    private static func log(_ what: String, _ one: StoredGrant, by person: String, _ logger: Logger) {
        logger.notice(
            "\(what)",
            metadata: [
                "grant": "\(one.id)", "person": "\(one.grant.person)", "role": "\(one.grant.role.rawValue)",
                "unit": "\(one.grant.unit)", "by": "\(person)",
            ])
    }
}
