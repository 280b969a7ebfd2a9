import Foundation
import Host
import Logging

/// What every command begins with.
enum Bootstrap {
    /// The settings, with those of every module; workers and tools do without `modules.enabled`.
    static func settings(needsModules: Bool = true) throws -> Settings {
        // What the program writes is its owner's alone: the database holds what people told in confidence.
        umask(0o077)
        return try Settings.load(modules: ModuleCatalog.settings, required: needsModules)
    }

    /// JSON lines on standard error. `level` overrides the configured one: tools say nothing but what they are asked.
    static func logger(_ settings: Settings, level: Logger.Level? = nil) -> Logger {
        LoggingSystem.bootstrap { JSONLogHandler(label: $0, level: level ?? settings.logLevel) }
        return Logger(label: "trivsel")
    }

    /// The open and migrated database with what lies on it, for a tool.
    static func foundations(needsModules: Bool = false) async throws -> Foundations {
        let settings = try settings(needsModules: needsModules)
        try ModuleRegistry.check(settings.modulesEnabled, in: ModuleCatalog.all)
        return try await Foundations(settings, logger: logger(settings, level: .error))
    }

    static func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}
