import Testing

struct ImportTests {
    @Test func `every source imports only what its row of the table allows`() throws {
        let sources = try Repository.sources("Sources", "Plugins")
        try #require(sources.count > 100)
        #expect(sources.flatMap(ImportTable.violations) == [])
    }

    @Test(arguments: ImportTable.rows)
    func `what a row forbids is reported`(_ row: ImportRow) {
        let folder = row.folder.replacing("*", with: "Deviations")
        for name in row.never.map({ $0.replacing("*", with: "Deviations") }) {
            let planted = Source(path: "\(folder)/Planted.swift", text: "import Foundation\n\npublic import \(name)\n")
            #expect(
                ImportTable.violations(in: planted) == [
                    "\(folder)/Planted.swift:3: \(row.folder) may not import \(name)"
                ])
        }
    }

    @Test(arguments: [
        "import GRDB", "public import GRDB", "@testable import GRDB", "@_spi(Inner) internal import GRDB",
        "  import struct GRDB.Row",
    ])
    func `an import is seen in every form`(_ line: String) {
        #expect(ImportTable.violations(in: Source(path: "Sources/Host/Planted.swift", text: line)).count == 1)
    }

    @Test(arguments: ["// import GRDB", "let text = \"we import GRDB\"", "importGRDB()"])
    func `what only looks like an import is not taken for one`(_ line: String) {
        #expect(ImportTable.violations(in: Source(path: "Sources/Host/Planted.swift", text: line)) == [])
    }

    @Test func `a source in a folder without a row is reported`() {
        #expect(ImportTable.violations(in: Source(path: "Sources/Helpers/Planted.swift", text: "")).count == 1)
        #expect(ImportTable.violations(in: Source(path: "Plugins/Deviations/Planted.swift", text: "")).count == 1)
    }

    @Test func `a module may import the contract of another, never its core`() {
        let path = "Plugins/Deviations/Module/Events/Planted.swift"
        #expect(ImportTable.violations(in: Source(path: path, text: "import MeetingsContract")) == [])
        #expect(ImportTable.violations(in: Source(path: path, text: "import MeetingsCore")).count == 1)
    }
}
