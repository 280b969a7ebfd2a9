public import Foundation
public import ModuleKit

extension Settings {
    static let baseFile = "Config/trivsel.yaml"

    /// Reads and checks every setting: the environment over the files of `TRIVSEL_CONFIG`, the last first, over
    /// `Config/trivsel.yaml` over the defaults.
    ///
    /// `modules` are the settings of every module compiled in, enabled or not. A process that runs no modules, such as
    /// a worker, does without what is `required`: it is empty then. Throws `SettingsError`.
    public static func load(
        modules: [Setting] = [],
        required: Bool = true,
        environment: [String: String] = ProcessInfo.processInfo.environment,
        directory: String = FileManager.default.currentDirectoryPath
    ) throws -> Settings {
        let variables = SettingsEnvironment(environment)
        let files = try files(environment["TRIVSEL_CONFIG"] ?? "", in: directory)
        let sources: [any SettingsSource] = [variables] + files.reversed()
        let declared = try withProviders(registry + modules, in: sources)
        try checkDeclarations(declared)
        try variables.check(against: declared)
        for file in files { try file.check(against: declared) }

        return try Settings(declared.map { try resolve($0, in: sources, required: required) })
    }

    /// The base file when it is there, then those named in `list`, which must be.
    private static func files(_ list: String, in directory: String) throws -> [SettingsFile] {
        var files: [SettingsFile] = []
        if let base = try SettingsFile(baseFile, in: directory) { files.append(base) }
        for name in list.split(separator: ",").map({ String($0).trimmed }) where !name.isEmpty && name != baseFile {
            guard let file = try SettingsFile(name, in: directory) else {
                throw SettingsError("TRIVSEL_CONFIG: there is no file \(name) in \(directory).")
            }
            files.append(file)
        }
        return files
    }

    /// Every source is checked, also one that another overrules: a broken value is not left to surface later.
    private static func resolve(
        _ setting: Setting, in sources: [any SettingsSource], required: Bool
    ) throws -> (setting: Setting, value: Setting.Value, source: String) {
        let found = try sources.compactMap { source in
            try source.value(of: setting).map { ($0, source.name(of: setting)) }
        }
        if let (value, source) = found.first { return (setting, value, source) }
        guard let value = setting.defaultValue ?? (required ? nil : setting.kind.empty) else {
            throw SettingsError("\(setting.key) is required: set it in \(baseFile) or as \(setting.variable).")
        }
        return (setting, value, "default")
    }

    /// Two declarations of one key, or of one variable (`a.bC` and `a.b.c`), are a fault in a module's manifest.
    private static func checkDeclarations(_ declared: [Setting]) throws {
        var keys: [String: String] = [:]
        for setting in declared {
            if let other = keys.updateValue(setting.key, forKey: setting.variable) {
                throw SettingsError(
                    "The settings \(other) and \(setting.key) are declared with the same variable \(setting.variable).")
            }
        }
    }
}
