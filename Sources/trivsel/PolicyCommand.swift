import ArgumentParser
import Host
import ModuleKit

struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Print who may do what, as Config/policy.md has it.",
        discussion: "Of all modules compiled in, on or off. The lines come from the code that decides.")
    @Option(help: "nb, nn or en.") var language = "en"

    func validate() throws {
        if Language(rawValue: language) == nil { throw ValidationError("--language takes nb, nn or en") }
    }

    func run() throws {
        let sheet = PolicySheet(ModuleCatalog.all.map { $0.manifest }, Language(rawValue: language) ?? .en)
        print(sheet.markdown, terminator: "")
    }
}
