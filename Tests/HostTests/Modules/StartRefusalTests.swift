import EventBus
import Foundation
import Host
import ModuleKit
import Testing
import TrivselTesting

/// What stops a start says which module and which step, and leaves nothing behind.
@Suite struct StartRefusalTests {
    /// The text of what stopped the start.
    private func refusal(
        _ stage: Stage = Stage(), enabled: [String]? = nil, environment: [String: String] = [:]
    ) async -> String {
        await Stage.$current.withValue(stage) {
            do {
                try await HostHarness.with(
                    modules: [Alpha.self, Beta.self], enabled: enabled, environment: environment
                ) { _ in }
                return "it started"
            } catch { return "\(error)" }
        }
    }

    @Test func `a misspelt module is named, with the one that was meant`() async throws {
        let line = await refusal(enabled: ["alpha", "bata"])
        #expect(line == "module “bata” (phase choose): there is no such module; did you mean beta?")
    }

    @Test func `an unknown module is named, with those there are`() async throws {
        let line = await refusal(enabled: ["funding"])
        #expect(line == "module “funding” (phase choose): there is no such module; there are: alpha, beta")
    }

    @Test func `a module that cannot be made is named`() async throws {
        let line = await refusal(Stage(faults: [.create("beta")]))
        #expect(line == "module beta (phase create): the toy is out of order")
    }

    @Test func `a module's own word on its setting is passed on`() async throws {
        let line = await refusal(environment: ["TRIVSEL_ALPHA_COUNT": "7"])
        #expect(line == "module alpha (phase create): alpha.count must not be 7")
    }

    @Test func `a value that a module's setting does not take stops the start before anything is opened`() async throws
    {
        let line = await refusal(environment: ["TRIVSEL_ALPHA_COUNT": "12"])
        #expect(line == "TRIVSEL_ALPHA_COUNT: alpha.count takes a whole number from 1 to 9, not “12”.")
    }

    @Test func `a module whose tables cannot be made is named`() async throws {
        let line = await refusal(Stage(faults: [.migrate("beta")]))
        #expect(line.hasPrefix("module beta (phase migrate): "))
        #expect(!line.contains("\n"))
    }

    @Test func `when a module fails nothing runs and nothing stays bound`() async throws {
        let folder = try TemporaryFolder()
        let stage = Stage(faults: [.create("beta")])
        let line = await refusal(stage, environment: environment(folder, at: "127.83.0.1"))
        #expect(line.contains("module beta"))
        #expect(stage.told() == ["alpha is made", "beta is made"])
        try expectNothingBound(folder, at: "127.83.0.1")
    }

    @Test func `a port in use stops the modules in reverse and leaves nothing bound`() async throws {
        let folder = try TemporaryFolder()
        let stage = Stage()
        let taken = OccupiedPort()
        let port = ["TRIVSEL_HTTP_PORT": "\(taken.number)"]
        let line = await refusal(stage, environment: environment(folder, at: "127.83.0.2").merging(port) { $1 })
        #expect(line.hasPrefix("cannot listen on 127.0.0.1:\(taken.number) (it is in use); set http.port"))
        #expect(stage.told("stop") == ["beta is to stop", "beta has stopped", "alpha is to stop", "alpha has stopped"])
        try expectNothingBound(folder, at: "127.83.0.2")
    }

    @Test func `a feed port in use is named`() async throws {
        let taken = OccupiedPort()
        let line = await refusal(environment: ["TRIVSEL_FEED_ENDPOINT": "tcp://127.0.0.1:\(taken.number)"])
        #expect(line.hasPrefix("cannot bind feed and desk: "))
        #expect(line.contains("tcp://127.0.0.1:\(taken.number)"))
        #expect(line.hasSuffix("; set feed.endpoint and desk.endpoint"))
    }

    /// A start that keeps its keys in `folder`, with feed and desk at this address.
    private func environment(_ folder: TemporaryFolder, at address: String) -> [String: String] {
        [
            "TRIVSEL_DATA_DIRECTORY": folder.path, "TRIVSEL_FEED_ENDPOINT": "tcp://\(address):*",
            "TRIVSEL_DESK_ENDPOINT": "tcp://\(address):*",
        ]
    }

    private func expectNothingBound(_ folder: TemporaryFolder, at address: String) throws {
        let key = try KeyFile.read(KeyFiles(dataDirectory: folder.path).notifications)
        let ports = BusEndpoints(feed: key.feed, desk: key.desk).ports
        try #require(ports.count == 2)
        #expect(ports.filter { isBound(port: $0, at: address) }.isEmpty)
    }
}
