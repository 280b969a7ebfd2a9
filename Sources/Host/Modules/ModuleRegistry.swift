import EventBus
import EventKit
import Logging
public import ModuleKit
public import ServiceLifecycle
import Storage
import Synchronization

/// Takes modules through their life: choose → create → migrate → mount → run, and back in reverse.
///
/// Each module runs in a service group of its own, a child of `run()`: it can stop while the host goes on.
public actor ModuleRegistry: Service {
    /// A module that is made and mounted.
    private struct Loaded {
        let module: any FeatureModule
        let group: ServiceGroup
    }

    private let catalogue: [any FeatureModule.Type]
    private let make: @Sendable (any FeatureModule.Type) throws -> any FeatureModule
    private let database: Database
    private let readers: @Sendable (any FeatureModule) -> [any Service]
    private let remount: @Sendable ([any FeatureModule], ModuleRegistry) -> Void
    private let logger: Logger
    private var loaded: [String: Loaded] = [:]
    private var states: [String: ModuleState]
    private let starts: AsyncStream<(String, ServiceGroup)>
    private let start: AsyncStream<(String, ServiceGroup)>.Continuation
    private var ended: [String: [CheckedContinuation<Void, Never>]] = [:]
    private var running: Set<String> = []

    /// - Parameters:
    ///   - make: reads the module's settings and makes it.
    ///   - readers: the services that bring a module its events.
    ///   - remount: puts the routes of exactly these modules in place.
    init(
        catalogue: [any FeatureModule.Type], database: Database, logger: Logger,
        make: @escaping @Sendable (any FeatureModule.Type) throws -> any FeatureModule,
        readers: @escaping @Sendable (any FeatureModule) -> [any Service],
        remount: @escaping @Sendable ([any FeatureModule], ModuleRegistry) -> Void
    ) {
        (self.catalogue, self.database, self.logger) = (catalogue, database, logger)
        (self.make, self.readers, self.remount) = (make, readers, remount)
        states = Dictionary(catalogue.map { ($0.manifest.id, .off) }) { first, _ in first }
        (starts, start) = AsyncStream.makeStream()
    }

    /// All compiled-in modules with their state, in the order of the catalogue.
    public var reports: [ModuleReport] {
        catalogue.map { ModuleReport(manifest: $0.manifest, state: states[$0.manifest.id] ?? .off) }
    }

    /// Brings the modules to what is wanted. At the start any failure ends it; at run time the others go on.
    ///
    /// - Throws: `ModuleFailure` of the first that fails, with those that had started by this call stopped again.
    public func bring(to wanted: Set<String>) async throws {
        for type in catalogue.reversed() where !wanted.contains(type.manifest.id) && loaded[type.manifest.id] != nil {
            await disable(type.manifest.id)
        }
        var started: [String] = []
        for type in catalogue where wanted.contains(type.manifest.id) && loaded[type.manifest.id] == nil {
            do {
                try await enable(type)
                started.append(type.manifest.id)
            } catch {
                for id in started.reversed() { await disable(id) }
                throw error
            }
        }
    }

    /// Refuses names that no compiled-in module has.
    ///
    /// - Throws: `ModuleFailure` with a suggestion.
    public static func check(_ names: some Sequence<String>, in catalogue: [any FeatureModule.Type]) throws {
        let known = catalogue.map { $0.manifest.id }
        for name in names where !known.contains(name) {
            let hint = nearest(to: name, in: known).map { "did you mean \($0)?" } ?? "there are: \(known.joined(separator: ", "))"
            throw ModuleFailure(module: "“\(name)”", phase: .choose, reason: "there is no such module; \(hint)")
        }
    }

    func check(_ names: some Sequence<String>) throws { try Self.check(names, in: catalogue) }

    private func enable(_ type: any FeatureModule.Type) async throws {
        let id = type.manifest.id
        let module: any FeatureModule
        do { module = try make(type) } catch { throw failed(id, .create, error) }
        do { try await database.migrate(type.migrations) } catch { throw failed(id, .migrate, error) }
        let group = ServiceGroup(configuration: .init(services: (readers(module) + module.services).map { .init(service: $0) }, logger: logger))
        loaded[id] = Loaded(module: module, group: group)
        states[id] = .on
        mountAll()
        running.insert(id)
        start.yield((id, group))
        logger.info("module on", metadata: ["module": "\(id)"])
    }

    private func disable(_ id: String) async {
        guard let leaving = loaded.removeValue(forKey: id) else { return }
        states[id] = .off
        mountAll()
        await stop(id, leaving.group)
        logger.info("module off", metadata: ["module": "\(id)"])
    }

    private func stop(_ id: String, _ group: ServiceGroup) async {
        await group.triggerGracefulShutdown()
        guard running.contains(id) else { return }
        await withCheckedContinuation { ended[id, default: []].append($0) }
    }

    private func failed(_ id: String, _ phase: ModuleFailure.Phase, _ error: any Error) -> ModuleFailure {
        let failure = ModuleFailure(module: id, phase: phase, reason: "\(error)")
        states[id] = .failed(failure)
        return failure
    }

    /// Puts the routes of the modules that are on in place.
    func mountAll() { remount(modules, self) }

    private var modules: [any FeatureModule] { catalogue.compactMap { loaded[$0.manifest.id]?.module } }

    /// Runs the modules' services until the host stops; then stops them in reverse order.
    public func run() async throws {
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { tasks in
                for await (id, group) in starts {
                    tasks.addTask { await self.serve(id, group) }
                }
            }
        } onGracefulShutdown: {
            Task { await self.stopAll() }
        }
    }

    private func stopAll() async {
        for type in catalogue.reversed() {
            if let module = loaded[type.manifest.id] { await stop(type.manifest.id, module.group) }
        }
        start.finish()
    }

    private func serve(_ id: String, _ group: ServiceGroup) async {
        do { try await group.run() } catch {
            logger.error("module stopped by itself", metadata: ["module": "\(id)", "error": "\(type(of: error))"])
            if loaded[id]?.group === group { states[id] = .failed(ModuleFailure(module: id, phase: .run, reason: "\(error)")) }
        }
        running.remove(id)
        for waiter in ended.removeValue(forKey: id) ?? [] { waiter.resume() }
    }
}
