import ArgumentParser
import Host
import Vault

/// The keys of all cases, and the master keys that wrap them.
struct VaultKeys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vault", abstract: "The keys of what is sealed.", subcommands: [New.self, Rewrap.self, Check.self])

    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a new master key.",
            discussion: """
                To change the master key while serving: add the new one as the second line of vault.masterKeyFile on every host and \
                restart them in turn; make it the first line and restart them again; run `trivsel vault rewrap`; take the old line \
                away. Keep a copy of the file apart from the backups: without it nothing that is sealed can be read.
                """)

        func run() { print(MasterKeys.makeLine()) }
    }

    struct Rewrap: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Wrap all keys by the first master key. Hosts may serve meanwhile; run again, it does what is left.")

        func run() async throws {
            let base = try await Bootstrap.foundations()
            try await base.vault.rewrap { done, of in
                Bootstrap.show("Keys wrapped anew: \(done) of \(of)", last: done == of)
            }
            await base.close()
            print("All keys are wrapped by the first master key; the others may be taken away.")
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say whether every key that the data needs is there and opens, after a restore.",
            discussion: "Keys in the list of destroyed ones (vault.destroyedLog) are not missed.")

        func run() async throws {
            let base = try await Bootstrap.foundations()
            let (named, missing) = try await base.vault.check()
            await base.close()
            guard missing == 0 else {
                throw StartFailure(
                    "\(missing) of the \(named) keys that the data needs are missing: the keys are older than the data, or were destroyed since the data's backup and are not in vault.destroyedLog"
                )
            }
            print("All \(named) keys that the data needs are there.")
        }
    }
}
