import ArgumentParser
import EventBus
import EventKit
import Foundation
import Host
import Storage

struct Keys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Keys of event clients and workers.", subcommands: [New.self, Revoke.self, List.self, Export.self])

    struct New: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a client in; prints its key file, which is shown only now.")
        @Argument(help: "The client's name.") var name: String
        @Option(help: "Event types it may read, comma separated; * at the end stands for all that begin so.")
        var topics: String = ""
        @Option(help: "Queues it may take work from, comma separated.") var work: String = ""
        @Option(help: "Durable readers it may be a member of, comma separated.") var readers: String = ""
        @Option(help: "The address of the relay that it gets the feed from, such as tcp://relay.example:5561.")
        var relay: String?
        // One in 85 keys begins with a dash.
        @Option(parsing: .unconditional, help: "That relay's public key, which it says when it starts.")
        var relayKey: String?

        func validate() throws {
            guard (relay == nil) == (relayKey == nil) else {
                throw ValidationError("--relay and --relay-key go together")
            }
        }

        func run() async throws {
            let patterns = try Keys.parts(topics).map { text -> TopicPattern in
                guard let pattern = TopicPattern(text) else {
                    throw ValidationError("“\(text)” is no event type; an example: deviations.*")
                }
                return pattern
            }
            guard !patterns.isEmpty || !Keys.parts(work).isEmpty else {
                throw ValidationError("name --topics, --work or both")
            }
            if let strange = Keys.parts(work).first(where: { !TrivselHost.queues.contains($0) }) {
                let known = TrivselHost.queues.joined(separator: ", ")
                throw ValidationError("there is no queue “\(strange)”; there are: \(known)")
            }
            let base = try await Bootstrap.foundations()
            let server = try KeyFiles(dataDirectory: base.settings.dataDirectory).server()
            let pair = try await base.keys.make(
                name, topics: patterns, work: Keys.parts(work), readers: Keys.parts(readers))
            await base.close()
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            var credentials = ClientCredentials(
                name: name, pair: pair, serverKey: server.publicKey, endpoints: base.settings.publicEndpoints)
            if let relay { (credentials.feed, credentials.feedServerKey) = (relay, relayKey) }
            if !BusEndpoints(feed: credentials.feed, desk: credentials.desk).canBeReached {
                Bootstrap.say(
                    "Mind: clients cannot connect to \(credentials.feed) and \(credentials.desk); write this host's address into the key file, and into feed.publicEndpoints and desk.publicEndpoints for the next ones."
                )
            }
            print(String(decoding: try encoder.encode(credentials), as: UTF8.self))
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shut a client out; live connections are cut within two seconds.")
        @Argument(help: "The client's name.") var name: String

        func run() async throws {
            let base = try await Bootstrap.foundations()
            let existed = try await base.keys.revoke(name)
            await base.close()
            guard existed else {
                throw StartFailure("there is no key with the name \(name); `trivsel keys list` shows them")
            }
            print("\(name) is shut out.")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All keys that are let in.")

        func run() async throws {
            let base = try await Bootstrap.foundations()
            for key in try await base.keys.list() {
                print(
                    "\(key.name)  \(key.publicKey)  topics: \(key.topics.map(\.description).joined(separator: ","))  work: \(key.work.joined(separator: ","))  readers: \(key.readers.joined(separator: ","))"
                )
            }
            await base.close()
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print who may read which events, for a relay. It holds no secret.")

        func run() async throws {
            let base = try await Bootstrap.foundations()
            let keys = try await base.keys.list()
            await base.close()
            print(String(decoding: try RelayKeys.export(keys), as: UTF8.self))
        }
    }

    private static func parts(_ text: String) -> [String] {
        text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }
}
