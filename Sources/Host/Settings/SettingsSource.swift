import Configuration
import ModuleKit

/// A place that values come from.
protocol SettingsSource {
    /// Where this setting's value stands, as one would look for it.
    func name(of setting: Setting) -> String
    /// Nil when the setting is not set here; throws when it is, as something else than it takes.
    func content(of setting: Setting) throws -> ConfigContent?
    /// The value as it was written, for a message.
    func written(_ setting: Setting) -> String?
}

extension SettingsSource {
    /// The checked value; nil when the setting is not set here.
    func value(of setting: Setting) throws(SettingsError) -> Setting.Value? {
        let content: ConfigContent?
        do { content = try self.content(of: setting) } catch { throw refusal(of: setting) }
        guard let content else { return nil }
        guard let value = setting.value(from: content) else { throw refusal(of: setting) }
        return value
    }

    /// The value is shown only where it cannot hold a password.
    private func refusal(of setting: Setting) -> SettingsError {
        let shown: String? =
            switch setting.kind {
            case .text, .address, .list: nil
            default: setting.isSecret ? nil : written(setting).map { ", not “\($0.prefix(60))”" }
            }
        return SettingsError("\(name(of: setting)): \(setting.key) takes \(setting.expectation)\(shown ?? "").")
    }
}

/// The environment variables that begin with `TRIVSEL_`.
struct SettingsEnvironment: SettingsSource {
    private let variables: [String: String]
    private let provider: KeyMappingProvider<EnvironmentVariablesProvider>

    init(_ variables: [String: String]) {
        self.variables = variables
        provider = EnvironmentVariablesProvider(environmentVariables: variables).prefixKeys(with: "trivsel")
    }

    /// Throws when a variable sets what nobody declared.
    func check(against declared: [Setting]) throws(SettingsError) {
        let known = declared.map(\.variable) + Settings.reservedVariables
        let ours = variables.keys.filter { $0.hasPrefix("TRIVSEL_") && !$0.hasPrefix(Settings.testPrefix) }
        if let stranger = ours.sorted().first(where: { !known.contains($0) }) {
            throw SettingsError.unknown(stranger, at: nil, known: known)
        }
    }

    func name(of setting: Setting) -> String { setting.variable }

    func content(of setting: Setting) throws -> ConfigContent? {
        try provider.value(forKey: setting.configKey, type: setting.configType).value?.content
    }

    func written(_ setting: Setting) -> String? { variables[setting.variable] }
}

extension Setting {
    var configKey: AbsoluteConfigKey { AbsoluteConfigKey(key.split(separator: ".").map(String.init)) }
}
