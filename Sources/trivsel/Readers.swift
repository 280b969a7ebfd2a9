import ArgumentParser
import EventBus
import Host

struct Readers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Durable readers of the event log, whose positions the host keeps.",
        subcommands: [List.self, Drop.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All durable readers and how far they have come.")

        func run() async throws {
            let base = try await Bootstrap.foundations()
            for reader in try await base.readers.list() {
                print(
                    "\(reader.name)  \(reader.position) of \(reader.head)  members: \(reader.members)  topics: \(reader.topics)"
                )
            }
            await base.close()
        }
    }

    struct Drop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Forget a reader and its positions: the log no longer waits for it.")
        @Argument(help: "The reader's name.") var name: String

        func run() async throws {
            let base = try await Bootstrap.foundations()
            let existed = try await base.readers.drop(name)
            await base.close()
            guard existed else {
                throw StartFailure("there is no reader with the name \(name); `trivsel readers list` shows them")
            }
            print("\(name) is forgotten.")
        }
    }
}
