import Synchronization

/// The modules that the configuration names, as last read.
final class ConfiguredModules: Sendable {
    private let current: Mutex<[String]>

    init(_ names: [String]) { current = Mutex(names) }

    var names: [String] {
        get { current.withLock(\.self) }
        set { current.withLock { $0 = newValue } }
    }
}
