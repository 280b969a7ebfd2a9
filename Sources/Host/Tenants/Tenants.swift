import ServiceLifecycle

/// The institutions that a process serves, brought to those that are wanted while it runs.
actor Tenants: Service {
    private let around: TenantRun.Surroundings
    private var runs: [String: TenantRun] = [:]
    private var isStopping = false
    private let starts = AsyncStream.makeStream(of: TenantRun.self)

    init(_ around: TenantRun.Surroundings) { self.around = around }

    /// All of them, by name.
    var all: [TenantRun] { runs.values.sorted { $0.name < $1.name } }

    /// Stops those that are not wanted any more, has the others look for changes, and starts the new ones.
    func bring(to names: [String]) async {
        let leaving = runs.filter { !names.contains($0.key) }
        for name in leaving.keys { runs[name] = nil }
        await withDiscardingTaskGroup { tasks in
            for run in leaving.values { tasks.addTask { await run.leave() } }
        }
        for name in names {
            // It may have begun meanwhile.
            if isStopping { return }
            if let known = runs[name] {
                await known.readAnew()
            } else {
                let run = TenantRun(name, around)
                runs[name] = run
                await run.claim()
                starts.continuation.yield(run)
            }
        }
    }

    /// Returns when each serves or has failed.
    func haveSettled() async { for run in all { await run.hasSettled() } }

    /// Runs them until `run` has stopped all. Not part of a service group: each has one of its own, which stops in its own order.
    func serve() async {
        await withDiscardingTaskGroup { tasks in
            for await run in starts.stream { tasks.addTask { await run.run() } }
        }
    }

    /// Waits until the process is to stop; then stops them.
    func run() async {
        try? await gracefulShutdown()
        isStopping = true
        await bring(to: [])
        starts.continuation.finish()
    }
}
