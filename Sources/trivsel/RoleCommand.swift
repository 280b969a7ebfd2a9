import ArgumentParser
import EventKit
import Host
import ModuleKit
import Storage

struct RoleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "role", abstract: "Who may do what: give roles, the first administrator's too, end and list them.",
        subcommands: [Grant.self, End.self, List.self])

    struct Grant: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a role; it counts from the next request on, at every host.")
        @Argument(help: "administrator, line-manager, intake-officer, case-handler, …") var role: String
        @Argument(help: "The person's id, user name or e-mail address.") var person: String
        @Option(help: "The code of the unit; the institution without it.") var unit: String?
        @Option(help: "The first day, such as 2026-08-01; now without it.") var from: String?
        @Option(help: "The last day; until further notice without it.") var to: String?

        func validate() throws {
            guard Role(rawValue: role) != nil else {
                throw ValidationError("the role is one of \(Role.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            for day in [from, to].compactMap(\.self) where CivilDate(day) == nil {
                throw ValidationError("“\(day)” is not a day; write it as 2026-08-01")
            }
        }

        func run() async throws {
            guard let role = Role(rawValue: role) else { return }
            let base = try await Bootstrap.foundations()
            let made = try await base.closing {
                try await OperatorRoles(database: base.database).give(
                    role, to: person, unit: unit, from: from.flatMap { CivilDate($0) },
                    until: to.flatMap { CivilDate($0) }, now: Clock.system.now)
            }
            print(made.line)
        }
    }

    struct End: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End a role now; open cases go to the deputy, or to whoever is next.")
        @Argument(help: "Its id, as `trivsel role list` shows it.") var id: String

        func run() async throws {
            let base = try await Bootstrap.foundations()
            let ended = try await base.closing {
                try await OperatorRoles(database: base.database).end(id, now: Clock.system.now)
            }
            print("\(ended.grant.person) is no longer \(ended.grant.role.rawValue) at \(ended.grant.unit).")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Who holds which role where, one a line.")
        @Option(help: "Only those of the person with this id, user name or e-mail address.") var person: String?
        @Flag(help: "Those that are over too.") var all = false

        func run() async throws {
            let base = try await Bootstrap.foundations()
            let rows = try await base.closing {
                try await OperatorRoles(database: base.database).all(
                    of: person, withEnded: all, now: Clock.system.now)
            }
            for row in rows { print(row.line) }
        }
    }
}

extension Foundations {
    /// Does something, and closes the databases whatever comes of it.
    func closing<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        let result: Result<Value, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        await close()
        return try result.get()
    }
}
