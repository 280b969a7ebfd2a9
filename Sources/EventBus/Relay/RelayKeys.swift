import EventKit
public import Foundation

/// The clients that a relay lets in, as `trivsel keys export` prints them: names, public keys and topics, no secret.
public struct RelayKeys: Sendable {
    private struct Entry: Codable {
        var name: String
        var publicKey: String
        var topics: [String]
    }

    private struct File: Codable {
        var keys: [Entry]
    }

    /// A file that is none; `description` is one line for the operator.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    let path: String

    public init(path: String) { self.path = path }

    /// What to print for a relay. Keys without topics are left out: workers do not come to a feed.
    ///
    /// - Throws: never in practice; `EncodingError`.
    public static func export(_ keys: [ClientKey]) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(
            File(
                keys: keys.filter { !$0.topics.isEmpty }.map {
                    Entry(name: $0.name, publicKey: $0.publicKey, topics: $0.topics.map(\.description))
                }))
    }

    /// - Throws: `Failure` when it cannot be read, or any part of it is not what was exported.
    func read() throws(Failure) -> [ClientKey] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(description: "the relay's keys cannot be read: \(path); `trivsel keys export` prints them")
        }
        guard let file = try? JSONDecoder().decode(File.self, from: data) else { throw notExported }
        var keys: [ClientKey] = []
        for entry in file.keys {
            let topics = entry.topics.compactMap { TopicPattern($0) }
            guard topics.count == entry.topics.count, KeyPair.isUsable(publicKey: entry.publicKey) else {
                throw notExported
            }
            keys.append(ClientKey(name: entry.name, publicKey: entry.publicKey, topics: topics, work: []))
        }
        return keys
    }

    private var notExported: Failure {
        Failure(description: "the relay's keys are not what `trivsel keys export` prints: \(path)")
    }

    /// Another one after each change of the file; nil while there is none.
    var stamp: [String]? {
        let facts = try? FileManager.default.attributesOfItem(atPath: path)
        return facts.map { facts in
            [FileAttributeKey.modificationDate, .size, .systemFileNumber].map { key in
                (facts[key] as? Date).map { "\($0.timeIntervalSince1970)" } ?? "\(facts[key] ?? "")"
            }
        }
    }
}
