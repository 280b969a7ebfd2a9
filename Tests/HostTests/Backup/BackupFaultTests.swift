import Foundation
import Host
import Storage
import Testing
import TrivselTesting

/// Backups and restores that end too early, or that cannot be.
@Suite(.timeLimit(.minutes(10))) struct BackupFaultTests {
    @Test(arguments: Engine.all)
    func `killed anywhere, neither half a backup nor half a database is taken for whole`(engine: Engine) async throws {
        try await Installed.with(engine) { installed in
            let backing = try await BackingUp(installed)
            let backup = "\(backing.folder)/data.backup"
            for (point, passes) in [
                ("backup.table", 1), ("backup.table", 20), ("backup.written", 1), ("backup.checked", 1),
            ] {
                try backing.plant(point, passes: passes)
                #expect(try await backing.back().code == -SIGKILL, "\(point)")
                #expect(!FileManager.default.fileExists(atPath: backup))
                guard point == "backup.table" else { continue }
                try await backing.empty(engine) { url in
                    let run = try await backing.restore("data.backup.partial", to: url)
                    #expect(run.code == 1 && run.complaints.last?.contains("cut off") == true)
                }
            }
            try backing.plant("backup.renamed", passes: 1)
            #expect(try await backing.back().code == -SIGKILL)
            #expect(FileManager.default.fileExists(atPath: backup))
            try await backing.empty(engine) { url in
                for (point, passes) in [("restore.table", 1), ("restore.table", 30), ("restore.loaded", 1)] {
                    try backing.plant(point, passes: passes)
                    #expect(try await backing.restore(to: url).code == -SIGKILL, "\(point)")
                    #expect(try await backing.tables(url) == 0)
                }
                #expect(try await backing.restore(to: url).code == 0)
                let again = try await backing.restore(to: url)
                #expect(again.code == 1 && again.complaints.last?.contains("holds tables already") == true)
            }
        }
    }

    @Test func `what cannot be says so in one line, and leaves nothing`() async throws {
        try await Installed.with(.sqlite) { installed in
            let backing = try await BackingUp(installed)
            #expect(try await backing.back().code == 0)
            #expect(try await backing.back(up: "keys.backup", keys: true).code == 0)
            let nowhere = try await backing.back(up: "missing/data.backup")
            #expect(nowhere.code == 1 && nowhere.complaints.last?.contains("cannot make") == true)
            let full = try await installed.program.run(
                "backup", "--to", "/dev/full", "--recipient", "nobody", environment: installed.environment)
            #expect(full.code == 1 && full.complaints.last?.contains("cannot read nobody") == true)

            let other = try installed.program.folder.write(BackupIdentity.makePair().file, to: "other.private")
            try await backing.empty(.sqlite) { url in
                let wrong = try await backing.restore(to: url, by: other)
                #expect(wrong.code == 1 && wrong.complaints.last?.contains("was made for another key") == true)
                #expect(try await backing.tables(url) == 0)
                let changed = "\(backing.folder)/changed"
                var bytes = try Data(contentsOf: URL(filePath: "\(backing.folder)/data.backup"))
                bytes[bytes.count / 2] ^= 1
                try bytes.write(to: URL(filePath: changed))
                let damaged = try await backing.restore("changed", to: url)
                #expect(damaged.code == 1 && damaged.complaints.last?.contains("is damaged or was cut off") == true)
                #expect(try await backing.tables(url) == 0)
            }
            let none = try await installed.program.run(
                "backup", "--to", "\(backing.folder)/x", "--recipient", "\(backing.folder)/backup.private",
                environment: installed.environment)
            #expect(none.code == 1 && none.complaints.last?.contains("must not be on this machine") == true)
        }
    }

    @Test func `nothing of what is written stands in a backup in the clear`() async throws {
        try await Installed.with(.sqlite) { installed in
            let backing = try await BackingUp(installed)
            #expect(try await backing.back().code == 0)
            let raw = RawFiles(in: [backing.folder]).holding("organisational")
            #expect(raw.contains { $0.hasSuffix("trivsel.sqlite") } && !raw.contains { $0.hasSuffix(".backup") })
        }
    }
}
