import ArgumentParser
import EventBus
import Host
import Logging
import ServiceLifecycle
import UnixSignals

struct RelayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "relay", abstract: "Pass the event feed on to many readers, or over a long line.",
        discussion: """
            Needs no database. On the host: `trivsel keys new relay-1 --topics '*' > relay-1.json` and \
            `trivsel keys export > keys.json`; copy both here, and keys.json again whenever a key was made or taken away. Readers \
            get their key by `trivsel keys new NAME --topics … --relay ADDRESS --relay-key KEY`. Replay stays with the host's desk.
            """)
    @Option(help: "The relay's own key, as `trivsel keys new` prints it.") var key: String
    @Option(help: "Who may come in, as `trivsel keys export` prints it; read again when it changes.") var keys: String
    @Option(help: "Where to listen.") var bind = "tcp://127.0.0.1:5571"

    func run() async throws {
        let settings = try Bootstrap.settings(needsModules: false)
        let logger = Bootstrap.logger(settings)
        let pair = try KeyFiles(dataDirectory: settings.dataDirectory).relay()
        let relay = try Relay(
            upstream: try KeyFile.read(key), keys: RelayKeys(path: keys), pair: pair, endpoint: bind, logger: logger)
        let endpoint: String
        do { endpoint = try await relay.start() } catch let failure as RelayKeys.Failure {
            throw StartFailure(failure.description)
        } catch {
            throw StartFailure("cannot bind the relay: \(error); set --bind to another address")
        }
        Bootstrap.say("The relay is at \(endpoint); its public key is \(pair.publicKey)")
        var group = ServiceGroupConfiguration(
            services: [.init(service: relay)], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = settings.stopLimit
        try await ServiceGroup(configuration: group).run()
    }
}
