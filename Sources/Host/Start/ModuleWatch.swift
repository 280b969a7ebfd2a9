import Logging
import ServiceLifecycle
import UnixSignals

/// Follows what is wanted at run time: switches set by another process or host, and the configuration read anew on
/// SIGHUP, which forgets the switches; with it the certificate.
struct ModuleWatch: Service {
    let registry: ModuleRegistry
    let switches: ModuleSwitches
    /// `modules.enabled` as the files and the environment say now.
    let configured: @Sendable () throws -> [String]
    let state: ConfiguredModules
    let certificate: ServerCertificate?
    let hearsSignals: Bool
    /// Each is as good as a signal.
    let reloads: AsyncStream<Void>
    let logger: Logger

    func run() async {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { tasks in
                tasks.addTask { await self.followSwitches() }
                tasks.addTask { for await _ in reloads { await readAnew() } }
                if hearsSignals { tasks.addTask { await self.followSignals() } }
            }
        }
    }

    /// Acts on a change only: a module that cannot be switched on is tried once, not every second.
    private func followSwitches() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(1))
            guard let wanted = try? await switches.wanted(configured: state.names) else { continue }
            if wanted != (await registry.wanted) { await apply() }
        }
    }

    private func followSignals() async {
        for await _ in await UnixSignalsSequence(trapping: .sighup) { await readAnew() }
    }

    private func readAnew() async {
        do {
            let names = try configured()
            try await registry.check(names)
            state.names = names
            try await switches.clear()
            logger.info("configuration read anew", metadata: ["modules": "\(names.joined(separator: ","))"])
        } catch {
            logger.error("the configuration was not taken over", metadata: ["error": "\(error)"])
        }
        certificate?.renew(logger)
        await apply()
    }

    private func apply() async {
        do { try await registry.bring(to: try await switches.wanted(configured: state.names)) } catch {
            logger.error("modules are not as wanted", metadata: ["error": "\(error)"])
        }
    }
}
