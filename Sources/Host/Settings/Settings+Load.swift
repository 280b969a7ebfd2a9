public import Foundation
public import ModuleKit

extension Settings {
    static let baseFile = "Config/trivsel.yaml"

    /// Reads and checks every setting: the environment over the files of `TRIVSEL_CONFIG`, the last first, over
    /// `Config/trivsel.yaml` over the defaults.
    ///
    /// `modules` are the settings of every module compiled in, enabled or not. A process that runs no modules, such as
    /// a worker, does without what is `required`: it is empty then. With a `tenant` its own file goes before all, and what no
    /// other may share comes from nowhere else. Throws `SettingsError`.
    public static func load(
        modules: [Setting] = [],
        required: Bool = true,
        environment: [String: String] = ProcessInfo.processInfo.environment,
        directory: String = FileManager.default.currentDirectoryPath,
        tenant: String? = nil
    ) throws -> Settings {
        let files = try files(environment["TRIVSEL_CONFIG"] ?? "", in: directory)
        let asWritten: [any SettingsSource] = [SettingsEnvironment(environment)] + files.reversed()
        let own = try (tenant ?? environment["TRIVSEL_TENANT"]?.nonEmpty).map {
            try TenantFile($0, of: asWritten, in: directory)
        }
        let file: [any SettingsSource] = own.map { [$0.file] } ?? []
        let declared = try withProviders(registry + modules, in: file + asWritten)
        try checkDeclarations(declared)
        // What the shared files say of providers that this tenant does not have is nothing wrong.
        let shared = try withProviders(registry + modules, in: asWritten)
        let known = declared + shared.filter { other in !declared.contains { $0.key == other.key } }
        let variables = SettingsEnvironment(try SecretFiles.read(environment, for: known, in: directory))
        let sources = file + [variables] + files.reversed()
        try variables.check(against: known)
        for file in files { try file.check(against: known) }
        try own?.check(against: declared)

        let entries = try declared.map { setting -> (setting: Setting, value: Setting.Value, source: String) in
            guard let own, let alone = own.alone(setting) else {
                return try resolve(setting, in: sources, required: required)
            }
            return try resolve(alone, in: [own.file], required: true)
        }
        return try Settings(entries, tenant: own?.name)
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
    static func resolve(
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
