import EventBus
import EventKit
import Logging
public import ModuleKit
public import ServiceLifecycle
import Storage

/// Takes modules through their life: choose → create → migrate → mount → run, and back in reverse.
///
/// Each module runs in a service group of its own, a child of `serve()`: it can stop while the host goes on.
public actor ModuleRegistry: Service {
    /// A module that is made and mounted.
    private struct Loaded: Sendable {
        let module: any FeatureModule
        let group: ServiceGroup
        /// Finished when the group has ended.
        let ended = AsyncStream.makeStream(of: Never.self)
    }

    private let catalogue: [any FeatureModule.Type]
    private let make: @Sendable (any FeatureModule.Type) throws -> any FeatureModule
    private let database: Database
    private let readers: @Sendable (any FeatureModule) -> [any Service]
    private let remount: @Sendable ([any FeatureModule], ModuleRegistry) -> Void
    private let logger: Logger
    private var loaded: [String: Loaded] = [:]
    private var states: [String: ModuleState]
    /// What was last asked for, whether it could be had or not.
    private(set) var wanted: Set<String> = []
    private let starts = AsyncStream.makeStream(of: (id: String, loaded: Loaded).self)
    private var isServing = false
    private var isChanging = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

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
    }

    /// All compiled-in modules with their state, in the order of the catalogue.
    public var reports: [ModuleReport] {
        catalogue.map { ModuleReport(manifest: $0.manifest, state: states[$0.manifest.id] ?? .off) }
    }

    /// Brings the modules to what is wanted. At the start a failure ends it; at run time the others go on.
    ///
    /// - Throws: `ModuleFailure` of the first that fails, at the start with those that had been taken up stopped again.
    public func bring(to wanted: Set<String>) async throws {
        await beginChange()
        defer { endChange() }
        self.wanted = wanted
        for type in catalogue.reversed() where !wanted.contains(type.manifest.id) { await disable(type.manifest.id) }
        var failure: (any Error)?
        for type in catalogue where wanted.contains(type.manifest.id) && loaded[type.manifest.id] == nil {
            do { try await enable(type) } catch { failure = failure ?? error }
            if failure != nil && !isServing { break }
        }
        guard let failure else { return }
        if !isServing { for type in catalogue.reversed() { await drop(type.manifest.id) } }
        throw failure
    }

    /// One change at a time: the admin page, the switch table and SIGHUP may all ask at once.
    private func beginChange() async {
        guard isChanging else {
            isChanging = true
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func endChange() {
        if waiting.isEmpty { isChanging = false } else { waiting.removeFirst().resume() }
    }

    /// Refuses names that no compiled-in module has.
    ///
    /// - Throws: `ModuleFailure` with a suggestion.
    public static func check(_ names: some Sequence<String>, in catalogue: [any FeatureModule.Type]) throws {
        let known = catalogue.map { $0.manifest.id }
        for name in names where !known.contains(name) {
            let hint =
                nearest(to: name, in: known).map { "did you mean \($0)?" }
                ?? "there are: \(known.joined(separator: ", "))"
            throw ModuleFailure(module: "“\(name)”", phase: .choose, reason: "there is no such module; \(hint)")
        }
    }

    func check(_ names: some Sequence<String>) throws { try Self.check(names, in: catalogue) }

    private func enable(_ type: any FeatureModule.Type) async throws {
        let id = type.manifest.id
        let module: any FeatureModule
        do { module = try make(type) } catch { throw failed(id, .create, error) }
        do { try await database.migrate(type.migrations) } catch { throw failed(id, .migrate, error) }
        let group = ServiceGroup(
            configuration: .init(
                services: (readers(module) + module.services).map { .init(service: $0) }, logger: logger))
        let entry = Loaded(module: module, group: group)
        loaded[id] = entry
        states[id] = .on
        mountAll()
        starts.continuation.yield((id, entry))
        logger.info("module on", metadata: ["module": "\(id)"])
    }

    private func disable(_ id: String) async {
        states[id] = .off
        await drop(id)
    }

    private func drop(_ id: String) async {
        guard let leaving = loaded.removeValue(forKey: id) else { return }
        mountAll()
        await stop(leaving)
        logger.info("module off", metadata: ["module": "\(id)"])
    }

    /// Returns when its services have ended, or this task is cancelled. Before `serve` none has begun.
    private func stop(_ leaving: Loaded) async {
        await leaving.group.triggerGracefulShutdown()
        if isServing { for await _ in leaving.ended.stream {} }
    }

    private func failed(_ id: String, _ phase: ModuleFailure.Phase, _ error: any Error) -> ModuleFailure {
        let failure = ModuleFailure(module: id, phase: phase, reason: "\(error)")
        states[id] = .failed(failure)
        return failure
    }

    /// Puts the routes of the modules that are on in place.
    func mountAll() { remount(modules, self) }

    private var modules: [any FeatureModule] { catalogue.compactMap { loaded[$0.manifest.id]?.module } }

    /// Runs the modules' services until the task is cancelled.
    ///
    /// Not part of the host's service group: a graceful shutdown reaches all groups below it at once, and modules stop
    /// in order.
    func serve() async {
        isServing = true
        await withDiscardingTaskGroup { tasks in
            for await (id, entry) in starts.stream { tasks.addTask { await self.serve(id, entry) } }
        }
        isServing = false
    }

    /// Waits until the host stops; then stops the modules in reverse order.
    public func run() async {
        try? await gracefulShutdown()
        await beginChange()
        defer { endChange() }
        for type in catalogue.reversed() {
            if let entry = loaded[type.manifest.id] { await stop(entry) }
        }
    }

    private func serve(_ id: String, _ entry: Loaded) async {
        do { try await entry.group.run() } catch {
            logger.error("module stopped by itself", metadata: ["module": "\(id)", "reason": "\(error)"])
            if loaded[id]?.group === entry.group {
                // Its routes go too, and it can be switched on again.
                loaded[id] = nil
                states[id] = .failed(ModuleFailure(module: id, phase: .run, reason: "\(error)"))
                mountAll()
            }
        }
        entry.ended.continuation.finish()
    }
}
