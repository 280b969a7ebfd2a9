import ArgumentParser
import EventBus
import Foundation
import Host
import ModuleKit
import Storage

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Load the demo university, its people and cases. Run again, it adds only what is missing.")

    @Option(help: "The folder with the demo data.") var folder = "Config/demo"

    func run() async throws {
        let base = try await Bootstrap.foundations()
        try await load(into: base)
        await base.close()
    }

    private func load(into base: Foundations) async throws {
        let folder = DemoFolder(path: folder)
        try await DemoDirectory(database: base.database).load(from: folder)
        _ = try await base.directory.chart(atLeast: .max)
        for type in ModuleCatalog.all {
            try await base.database.migrate(type.migrations)
            let title = type.manifest.title[.en]
            try await base.make(type).loadDemo(from: folder) { done, of in
                if done % 10 == 0 || done == of { Bootstrap.show("\(title): \(done) of \(of)", last: done == of) }
            }
            // What the demo tells of is history: nobody gets a mail about it. Not on a host that has run already.
            try await NoticeReader.skipHistory(of: type, in: base)
        }
        print("The demo data is loaded.")
    }
}

extension Bootstrap {
    /// One line that is written over, on a terminal; only the last one elsewhere.
    static func show(_ text: String, last: Bool) {
        guard last || isTerminal else { return }
        // To the beginning of the line, and what stood there before is gone.
        let beginning = isTerminal ? "\r\u{1B}[K" : ""
        FileHandle.standardError.write(Data((beginning + text + (last ? "\n" : "")).utf8))
    }

    static var isTerminal: Bool { isatty(2) == 1 }
}
