import ArgumentParser
import Host
import ModuleKit
import Storage

struct Token: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tokens for API clients.", subcommands: [New.self, List.self, Revoke.self])

    struct New: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a token for a person and print it; it is shown only now.")
        @Option(help: "The person's id.") var person: String
        @Option(help: "How many days it is good for, at most 365.") var days = 90
        @Option(
            help:
                "What it opens: read; write, which reads too; or scim, which keeps people up to date and does nothing else."
        ) var scope = APIToken.Scope.write.rawValue
        @Option(help: "What it is for; its person sees it.") var name = ""

        func validate() throws {
            guard APIToken.days.contains(days) else {
                throw ValidationError(
                    "--days takes \(APIToken.days.lowerBound) to \(APIToken.days.upperBound): a token is made anew at least once a year"
                )
            }
            guard APIToken.Scope(rawValue: scope) != nil else {
                throw ValidationError("--scope takes read, write or scim")
            }
            guard APIToken.isName(name) else {
                throw ValidationError("--name takes at most \(APIToken.mostName) characters on one line")
            }
        }

        func run() async throws {
            let base = try await Bootstrap.foundations()
            let token = try await base.sessions.makeToken(
                person: person, name: name, scope: APIToken.Scope(rawValue: scope) ?? .read, days: days,
                now: Clock.system.now)
            await base.close()
            print(token)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "All tokens that open something, one a line; never the tokens themselves.")
        @Option(help: "Only those of the person with this id.") var person: String?

        func run() async throws {
            let base = try await Bootstrap.foundations()
            for token in try await base.sessions.tokens(of: person, now: Clock.system.now) { print(token.line) }
            await base.close()
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a token back; it opens nothing from the next request on, at every host.")
        @Argument(help: "Its id, as `trivsel token list` shows it.") var id: String

        func run() async throws {
            let base = try await Bootstrap.foundations()
            let existed = try await base.sessions.revokeToken(id)
            await base.close()
            guard existed else {
                throw StartFailure("there is no token with the id \(id); `trivsel token list` shows them")
            }
            print("\(id) opens nothing any more.")
        }
    }
}
