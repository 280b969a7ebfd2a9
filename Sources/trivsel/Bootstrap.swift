import Foundation
import Host
import Logging

/// What every command begins with.
enum Bootstrap {
    /// The settings, with those of every module; workers and tools do without `modules.enabled`.
    ///
    /// - Throws: also when they are those of several institutions, and none is named.
    static func settings(needsModules: Bool = true) throws -> Settings {
        let settings = try anySettings(needsModules: needsModules)
        guard !settings.isForTenants else {
            let names = try TenantFolder(settings).names().joined(separator: ", ")
            throw StartFailure("say for which tenant, as TRIVSEL_TENANT=NAME; there are: \(names)")
        }
        return settings
    }

    /// The same, of one institution or of a host that serves several.
    static func anySettings(needsModules: Bool = true) throws -> Settings {
        // What the program writes is its owner's alone: the database holds what people told in confidence.
        umask(0o077)
        return try Settings.load(modules: ModuleCatalog.settings, required: needsModules)
    }

    /// Those of one of several institutions.
    static func tenant(_ name: String) throws -> Settings {
        try Settings.load(modules: ModuleCatalog.settings, tenant: name)
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
