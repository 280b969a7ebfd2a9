import ArgumentParser
import Host
import ModuleKit
import Storage

struct Token: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Tokens for API clients.", subcommands: [New.self])

    struct New: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a token for a person and print it; it is shown only now.")
        @Option(help: "The person's id.") var person: String
        @Option(help: "How many days it is good for.") var days = 90

        func validate() throws {
            guard (1...3650).contains(days) else { throw ValidationError("--days takes 1 to 3650") }
        }

        func run() async throws {
            let base = try await Bootstrap.foundations()
            let token = try await base.sessions.makeToken(person: person, days: days, now: Clock.system.now)
            await base.close()
            print(token)
        }
    }
}
