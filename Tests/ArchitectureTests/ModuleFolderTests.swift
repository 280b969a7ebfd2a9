import Testing

struct ModuleFolderTests {
    @Test func `SQL stands in a module's Storage folder only`() throws {
        let places = try modules().flatMap(ModuleFolders.straySQL)
        #expect(places == [])
    }

    @Test(arguments: [
        #"try tx.execute("UPDATE deviations_case SET title = \(title)")"#,
        #"let sql: SQL = "SELECT id FROM deviations_case""#,
        "INSERT INTO deviations_case (id)", "DELETE FROM deviations_case", "CREATE TABLE deviations_case (",
    ])
    func `SQL in a page is reported, in Storage it is not`(_ line: String) {
        #expect(
            ModuleFolders.straySQL(in: Source(path: "Plugins/Deviations/Module/HTTP/Planted.swift", text: line)).count
                == 1)
        #expect(
            ModuleFolders.straySQL(in: Source(path: "Plugins/Deviations/Core/Planted.swift", text: line)).count == 1)
        #expect(
            ModuleFolders.straySQL(in: Source(path: "Plugins/Deviations/Module/Storage/Planted.swift", text: line))
                == [])
    }

    @Test func `a module touches no table but its own`() throws {
        let places = try modules().flatMap(ModuleFolders.strayTables)
        #expect(places == [])
    }

    @Test(arguments: [
        "CREATE TABLE cases (id TEXT)", "CREATE TABLE IF NOT EXISTS meetings_item (",
        "unit TEXT REFERENCES directory_unit (id)",
        "SELECT name FROM directory_person", "SELECT 1 FROM deviations_case JOIN meetings_item ON true",
        "UPDATE event_log SET id = 1", "CROSS JOIN LATERAL (SELECT id FROM meetings_item) AS listed",
    ])
    func `a table without the module's prefix is reported`(_ line: String) {
        #expect(
            ModuleFolders.strayTables(in: Source(path: "Plugins/Deviations/Module/Storage/Planted.swift", text: line))
                .count == 1)
    }

    @Test(arguments: [
        "CREATE TABLE deviations_case (id TEXT)", "CROSS JOIN LATERAL (SELECT id FROM deviations_case) AS listed",
        "ON CONFLICT (id) DO UPDATE SET title = excluded.title",
    ])
    func `a module's own table is not reported`(_ line: String) {
        #expect(
            ModuleFolders.strayTables(in: Source(path: "Plugins/Deviations/Module/Storage/Planted.swift", text: line))
                == [])
    }

    @Test func `every module's README tells what it does, its settings, events, tables, routes and who may`() throws {
        for module in try Repository.folders(in: "Plugins") {
            #expect(
                ModuleFolders.faults(inReadme: try Repository.text("Plugins/\(module)/README.md"), of: module) == [])
        }
    }

    @Test func `a README without a heading is reported`() {
        let text = "# Meetings\n## What it does\n## Settings\n## Events\n## Tables\n## Who may\n"
        #expect(ModuleFolders.faults(inReadme: text, of: "Meetings") == ["has no heading Routes"])
        #expect(ModuleFolders.faults(inReadme: "# X\n" + text, of: "Meetings").count == 2)
    }

    private func modules() throws -> [Source] {
        try Repository.sources("Plugins").filter { !$0.path.contains("/Tests/") }
    }
}
