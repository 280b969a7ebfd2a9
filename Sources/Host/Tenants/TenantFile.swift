import Foundation
import ModuleKit

/// The settings of one of several institutions on a host, and which of them it shares with none.
struct TenantFile {
    let name: String
    let file: SettingsFile
    private let defaults: [String: Setting.Value]

    /// What holds for the whole process.
    private static let ofTheHost = [
        "http.host", "http.port", "http.tls.certificateFile", "http.tls.keyFile", "tenants.directory",
        "tenants.statusPort",
        "stop.seconds",
    ]

    /// Reads the file of this name in `tenants.directory`.
    ///
    /// - Parameter shared: where everything comes from that the file does not say.
    /// - Throws: `SettingsError`.
    init(_ name: String, of shared: [any SettingsSource], in directory: String) throws {
        guard let folder = try Self.text("tenants.directory", in: shared).nonEmpty else {
            throw SettingsError("There are no tenants: tenants.directory is not set.")
        }
        guard Self.isName(name), let file = try SettingsFile("\(folder)/\(name).yaml", in: directory) else {
            throw SettingsError("There is no tenant \(name): \(folder)/\(name).yaml is missing.")
        }
        (self.name, self.file) = (name, file)
        let data = try Self.text("data.directory", in: shared) + "/tenants/\(name)"
        // Workers are started in other folders.
        let bus = (data.hasPrefix("/") ? data : "\(directory)/\(data)") + "/bus"
        defaults = [
            "installation.name": .text(name), "data.directory": .text(data), "database.url": "",
            "database.ownerUrl": "", "vault.masterKeyFile": "", "vault.masterKeys": [], "vault.keys": "",
            "vault.keysOwnerUrl": "", "vault.destroyedLog": "", "feed.endpoint": .text("ipc://\(bus)/feed"),
            "feed.publicEndpoints": [],
            "desk.endpoint": .text("ipc://\(bus)/desk"), "desk.publicEndpoints": [],
        ]
    }

    static func isName(_ text: String) -> Bool { text.wholeMatch(of: /[a-z][a-z0-9-]{0,30}/) != nil }

    /// The setting with its default here, when it comes from this file alone; nil when it may come from where the others' does.
    func alone(_ setting: Setting) -> Setting? {
        let value = defaults[setting.key]
        guard value != nil || setting.key == "http.publicUrl" else { return nil }
        return Setting(setting.key, setting.kind, default: value, secret: setting.isSecret, setting.comment)
    }

    /// Throws when the file sets what nobody declared or what is not its to set, or has no address, which tells requests apart.
    func check(against declared: [Setting]) throws {
        try file.check(against: declared)
        for setting in declared {
            let isSet = try file.value(of: setting) != nil
            if setting.key == "http.publicUrl", !isSet {
                throw SettingsError("\(file.name): http.publicUrl is required, with the host name of \(name).")
            }
            if isSet, Self.ofTheHost.contains(setting.key) {
                throw SettingsError(
                    "\(file.name(of: setting)): \(setting.key) is the whole host's; take it out of the tenant's file.")
            }
        }
    }

    private static func text(_ key: String, in sources: [any SettingsSource]) throws -> String {
        guard let setting = Settings.registry.first(where: { $0.key == key }) else { return "" }
        return try Settings.resolve(setting, in: sources, required: true).value.text
    }
}
