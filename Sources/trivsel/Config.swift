import ArgumentParser
import Host

struct Config: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show every setting, its value and where it comes from; secrets are hidden.")

    func run() throws {
        for entry in try Bootstrap.anySettings(needsModules: false).resolved() {
            print("\(entry.key): \(entry.value)  # \(entry.source)")
        }
    }
}
