import ArgumentParser
import EventKit
import Foundation
import Host
import ModuleKit
import Storage
import Vault

struct Backups: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Write a sealed backup while hosts serve.",
        subcommands: [Write.self, MakeKey.self], defaultSubcommand: Write.self)

    struct Write: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a backup of the data, or of the vault's keys, as they are at one moment.",
            discussion: """
                The file is written beside its name, read back and compared, and only then named. Sessions, API tokens and clients' keys \
                are not in it. With --keys it is a backup of the vault's keys: make it after that of the data, keep the newest only, and \
                keep it elsewhere. The master key is in neither.
                """)

        @Option(help: "The file, replaced if it is there.") var to: String
        @Option(help: "The public key, or a file with it: `trivsel backup key` makes one.") var recipient: String
        @Flag(help: "Back up the vault's keys instead of the data.") var keys = false

        func run() async throws {
            let settings = try Bootstrap.settings(needsModules: false)
            let recipient = try BackupRecipient(recipient)
            let url = try DatabaseURL(keys ? settings.vaultKeysURL : settings.databaseURL)
            if let path = url.filePath, !FileManager.default.fileExists(atPath: path) {
                throw StartFailure("there is no database at \(url)")
            }
            let backup = Backup(of: keys ? .keys : .data, installation: settings.installationName, for: recipient)
            let database = try await Database.open(url)
            let tables = try await Backups.closing(database) {
                try await backup.write(database, to: to, at: Clock.system.now, progress: Backups.show)
            }
            let rows = tables.reduce(0) { $0 + $1.rows }
            print("\(to): \(tables.count) tables, \(rows) rows, read back and found the same.")
        }
    }

    struct MakeKey: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "key", abstract: "Make a pair of keys: print the private half, say the public one.",
            discussion: "trivsel backup key > backup.private 2> backup.public, on another machine than the host's.")

        func run() {
            let pair = BackupIdentity.makePair()
            print(pair.file, terminator: "")
            Bootstrap.say(pair.recipient)
        }
    }

    static func show(_ table: String, _ done: Int, _ of: Int) {
        Bootstrap.show("\(table): \(done) of \(of)", last: false)
    }

    /// Closes the database whatever comes of `body`.
    static func closing<Value>(_ database: Database, _ body: () async throws -> Value) async throws -> Value {
        do {
            let value = try await body()
            await database.close()
            Bootstrap.show("", last: false)
            return value
        } catch {
            await database.close()
            Bootstrap.show("", last: false)
            throw error
        }
    }
}
