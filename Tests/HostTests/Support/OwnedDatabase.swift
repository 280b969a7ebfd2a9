import Foundation
import Storage
import TrivselTesting

/// An empty database on a real PostgreSQL that belongs to a role of its own, and another role for a host to run as.
struct OwnedDatabase: Sendable {
    /// As the administrator.
    let database: Database
    /// The two roles, and the addresses under which they come in.
    let owner, runtime: String

    var ownerURL: String { url(of: owner) }
    var runtimeURL: String { url(of: runtime) }

    private func url(of role: String) -> String {
        "\(database.url)".replacing(/:\/\/[^@]*@/, with: "://\(role)@")
    }

    static func with<Value>(_ body: (OwnedDatabase) async throws -> Value) async throws -> Value {
        try await TestDatabase.with(.postgres) { database in
            let name = UUID().uuidString.replacing("-", with: "").lowercased()
            let owned = OwnedDatabase(
                database: database, owner: "trivsel_owner_\(name)", runtime: "trivsel_run_\(name)")
            try await owned.administer("CREATE ROLE \(owned.owner) LOGIN", "CREATE ROLE \(owned.runtime) LOGIN")
            let place = "\(database.url)".split(separator: "/").last.map { $0.prefix { $0 != "?" } } ?? ""
            try await owned.administer("ALTER DATABASE \(place) OWNER TO \(owned.owner)")
            let value: Result<Value, any Error>
            do { value = .success(try await body(owned)) } catch { value = .failure(error) }
            try await owned.administer(
                "ALTER DATABASE \(place) OWNER TO CURRENT_USER", "DROP OWNED BY \(owned.runtime), \(owned.owner)",
                "DROP ROLE \(owned.runtime)", "DROP ROLE \(owned.owner)")
            return try value.get()
        }
    }

    private func administer(_ statements: String...) async throws {
        try await database.write { tx in for statement in statements { try tx.execute(SQL(raw: statement)) } }
    }

    /// What the database says to a statement of this role; nil when it does it.
    static func refusal(of statement: String, at url: String) async throws -> String? {
        let database: Database
        do { database = try await Database.open(try DatabaseURL(url)) } catch let error as StorageError {
            return error.message
        }
        var refusal: String?
        do { _ = try await database.write { try $0.execute(SQL(raw: statement)) } } catch let error as StorageError {
            refusal = error.message
        }
        await database.close()
        return refusal
    }
}
