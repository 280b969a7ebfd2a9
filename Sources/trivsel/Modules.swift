import ArgumentParser
import EventKit
import Host
import ModuleKit
import Storage

struct Modules: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the modules, or switch one on or off while hosts run.",
        subcommands: [List.self, Enable.self, Disable.self],
        defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Each module with its state, topics and tables.")

        func run() async throws {
            let base = try await Bootstrap.foundations(needsModules: true)
            let wanted = try await base.switches.wanted(configured: base.settings.modulesEnabled)
            let byHand = try await base.switches.byHand(configured: base.settings.modulesEnabled)
            for manifest in ModuleCatalog.all.map({ $0.manifest }) {
                let state = wanted.contains(manifest.id) ? "on" : "off"
                let note = byHand.contains(manifest.id) ? "  (switched by hand; SIGHUP to a host undoes it)" : ""
                print("\(manifest.id)  \(state)  \(manifest.title[.en])\(note)")
                print("  topics: \(manifest.topics.joined(separator: ", "))")
                print("  tables: \(manifest.tables.joined(separator: ", "))")
            }
            await base.close()
        }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Switch a module on.")
        @Argument(help: "The module's name.") var module: String
        func run() async throws { try await Modules.set(module, enabled: true) }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Switch a module off; its tables and events stay.")
        @Argument(help: "The module's name.") var module: String
        func run() async throws { try await Modules.set(module, enabled: false) }
    }

    private static func set(_ module: String, enabled: Bool) async throws {
        try ModuleRegistry.check([module], in: ModuleCatalog.all)
        let base = try await Bootstrap.foundations()
        try await base.switches.set(module, enabled: enabled, now: Clock.system.now)
        await base.close()
        print("\(module) is switched \(enabled ? "on" : "off"); running hosts follow within two seconds.")
    }
}
