public import ModuleKit

/// Where a module is in its life.
public enum ModuleState: Sendable, Equatable {
    case off
    case on
    /// It could not be started, or something of it stopped by itself.
    case failed(ModuleFailure)
}

/// Why a module is not on: one line that names module and phase.
public struct ModuleFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The steps of a start, in order.
    public enum Phase: String, Sendable { case choose, create, migrate, mount, run }

    public let module: String
    public let phase: Phase
    public let reason: String

    public var description: String { "module \(module) (phase \(phase.rawValue)): \(reason)" }
}

/// One line of `trivsel modules` and of the admin page.
public struct ModuleReport: Sendable {
    public let manifest: ModuleManifest
    public let state: ModuleState
}
