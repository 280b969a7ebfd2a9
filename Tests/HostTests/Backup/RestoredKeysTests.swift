import Foundation
import HTTPTypes
import Storage
import Testing
import TrivselTesting

/// Restored data with keys that are not its own: nothing is taken for erased that is not.
@Suite(.timeLimit(.minutes(10))) struct RestoredKeysTests {
    private func restored(_ engine: Engine, _ body: (BackingUp, String) async throws -> Void) async throws {
        try await Installed.with(engine) { installed in
            let backing = try await BackingUp(installed)
            #expect(try await backing.back(up: "keys.backup", keys: true).code == 0)
            let kari = try await installed.token("kari")
            try await installed.serving { _, port in
                let sent = try await APIClient(port: port, token: kari).post(
                    "/api/v1/deviations", HostHarness.reportBody(title: "Kvernen"))
                #expect(sent.status == .created)
            }
            #expect(try await backing.back().code == 0)
            try await backing.empty(engine) { data in
                #expect(try await backing.restore(to: data).code == 0)
                try await body(backing, data)
            }
        }
    }

    @Test(arguments: Engine.all)
    func `it does not start without keys, nor with those of other data`(engine: Engine) async throws {
        try await restored(engine) { backing, data in
            try await backing.empty(engine) { keys in
                for command in ["serve", "migrate"] {
                    let none = try await backing.run(command, on: data, keys: keys)
                    #expect(none.code > 0 && none.complaints.count == 1)
                    #expect(none.complaints.last?.contains("and what is stored needs them") == true)
                }
                if engine == .sqlite {
                    #expect(!FileManager.default.fileExists(atPath: String(keys.dropFirst("sqlite:".count))))
                }
            }
            try await backing.empty(engine) { other in
                try await backing.empty(engine) { keys in
                    #expect(try await backing.run("migrate", on: other, keys: keys).code == 0)
                    let wrong = try await backing.run("serve", on: data, keys: keys)
                    #expect(wrong.code > 0 && wrong.complaints.count == 1)
                    #expect(wrong.complaints.last?.contains("holds the keys of other data") == true)
                }
            }
        }
    }

    @Test(arguments: Engine.all)
    func `keys that are older than the data are told of, and none come back without the list of destroyed ones`(
        engine: Engine
    ) async throws {
        try await restored(engine) { backing, data in
            try await backing.empty(engine) { keys in
                let unlisted = try await backing.restore("keys.backup", to: keys)
                #expect(unlisted.code == 1)
                #expect(unlisted.complaints.last?.contains("name the list of destroyed keys") == true)
                #expect(try await backing.tables(keys) == 0)
                #expect(try await backing.restore("keys.backup", to: keys, destroyed: backing.destroyed).code == 0)
                let old = try await backing.run("vault", "check", on: data, keys: keys)
                #expect(old.code == 1)
                #expect(old.complaints.last?.contains("Error: 1 of the ") == true, "\(old.complaints)")
            }
            #expect(try await backing.back(up: "newer.backup", keys: true).code == 0)
            try await backing.empty(engine) { keys in
                #expect(try await backing.restore("newer.backup", to: keys, destroyed: backing.destroyed).code == 0)
                let whole = try await backing.run("vault", "check", on: data, keys: keys)
                #expect(whole.code == 0 && whole.output.contains("keys that the data needs are there"))
            }
        }
    }
}
