public import EventBus
import EventKit
import Foundation
import Storage

/// The host's own CURVE keys, in `<data>/keys`, readable by their owner alone.
public struct KeyFiles: Sendable {
    let folder: String

    public init(dataDirectory: String) { folder = "\(dataDirectory)/keys" }

    /// Where the host puts the key of a notifications worker on the same machine.
    public var notifications: String { worker("notifications") }
    /// The same for a webhooks worker.
    public var webhooks: String { worker("webhooks") }

    private func worker(_ name: String) -> String { "\(folder)/\(name).json" }

    /// The server's pair; made at the first start.
    ///
    /// - Throws: `StartFailure` when the file cannot be read, is no key, or others may read it.
    public func server() throws -> KeyPair { try pair(in: "server.key") }

    /// A relay's pair; made at its first start.
    ///
    /// - Throws: as `server`.
    public func relay() throws -> KeyPair { try pair(in: "relay.key") }

    private func pair(in file: String) throws -> KeyPair {
        let path = "\(folder)/\(file)"
        guard FileManager.default.fileExists(atPath: path) else {
            let pair = try KeyPair.generate()
            try write(pair.secretKey, to: path)
            return pair
        }
        try refuseIfShared(path)
        let text =
            (try? String(contentsOfFile: path, encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        guard let pair = KeyPair(secretKey: text) else {
            throw StartFailure(
                "\(path) holds no key; restore it from the backup, or delete it to make a new one (all clients then need it)"
            )
        }
        return pair
    }

    /// Sees to it that workers on this machine find a key that is let in and the addresses as they are.
    func prepareWorkers(keys: KeyStore, server: KeyPair, endpoints: BusEndpoints) async throws {
        for queue in TrivselHost.queues {
            try await prepareWorker(of: queue, keys: keys, server: server, endpoints: endpoints.here)
        }
    }

    /// The key's name is that of the queue and this data directory: hosts that share a database must not take away each other's keys.
    private func prepareWorker(
        of queue: String, keys: KeyStore, server: KeyPair, endpoints: BusEndpoints
    ) async throws {
        var credentials: ClientCredentials
        if let known = try? KeyFile.read(worker(queue)),
            try await keys.list().contains(where: { $0.publicKey == known.publicKey })
        {
            credentials = known
            (credentials.feed, credentials.desk, credentials.serverKey) = (
                endpoints.feed, endpoints.desk, server.publicKey
            )
        } else {
            let name = ownName(queue)
            try await keys.revoke(name)
            let pair = try await keys.make(name, topics: [], work: [queue])
            credentials = ClientCredentials(name: name, pair: pair, serverKey: server.publicKey, endpoints: endpoints)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try write(String(decoding: try encoder.encode(credentials), as: UTF8.self) + "\n", to: worker(queue))
    }

    /// Whose file was lost gets another key under the same name.
    private func ownName(_ queue: String) -> String {
        let place = URL(filePath: folder).standardizedFileURL.path
        let machine = try? FileHandle(forReadingAtPath: "/proc/sys/kernel/hostname")?.readToEnd()
        let digest = Digest.of([String(decoding: machine ?? Data(), as: UTF8.self), place])
        return "\(queue)-\(String(digest, radix: 16))"
    }

    private func refuseIfShared(_ path: String) throws {
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
        if let mode, mode.intValue & 0o077 != 0 {
            throw StartFailure("\(path) can be read by others; run `chmod 600 \(path)`")
        }
    }

    /// Written under another name first: a crash leaves the old file or the new one.
    private func write(_ text: String, to path: String) throws {
        let manager = FileManager.default
        let fresh = path + ".new"
        try manager.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        guard manager.createFile(atPath: fresh, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600]),
            rename(fresh, path) == 0
        else { throw StartFailure("cannot write \(path); check who owns the data directory") }
    }
}
