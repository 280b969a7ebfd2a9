import Testing

@testable import Host

/// Tables as spreadsheets and other programs write them.
@Suite struct CSVFileTests {
    private func file(_ text: String) throws -> CSVFile {
        try CSVFile(Array(text.utf8), name: "a.csv", required: ["id", "name"], optional: ["more"])
    }

    private func refusals(_ bytes: [UInt8]) -> [String] {
        do {
            _ = try CSVFile(bytes, name: "a.csv", required: ["id", "name"], optional: ["more"])
            return []
        } catch { return (error as? SyncRefused)?.refusals.map { "\($0.line) \($0.reason)" } ?? ["\(error)"] }
    }

    @Test(arguments: [
        "id,name\n1,Kari\n2,Ola\n", "id,name\r\n1,Kari\r\n2,Ola", "\u{FEFF}Name;ID\nKari;1\nOla;2\n",
        "\"id\",\"name\"\n\"1\",\"Kari\"\n\n\"2\", Ola \n",
    ])
    func `they are read whichever way they are written`(text: String) throws {
        #expect(try file(text).rows.map { "\($0["id"]) \($0["name"]) \($0["more"])" } == ["1 Kari ", "2 Ola "])
    }

    @Test func `a cell in quotation marks holds commas, marks and line breaks, and lines are counted`() throws {
        let rows = try file("id,name\n1,\"Dahl, \"\"Kari\"\"\nog Ola\"\n2,\n").rows
        #expect(rows.map { $0["name"] } == ["Dahl, \"Kari\"\nog Ola", ""])
        #expect(rows.map(\.line) == [2, 4])
    }

    @Test(arguments: [
        ("", "1 the file is empty"), ("id\n1\n", "1 the column name is missing"),
        ("id,name,x\n", "1 there is no column x"), ("id,name,name\n", "1 a column stands twice"),
        ("id,name\n1,\"a\n", "2 a quotation mark is not closed"),
        ("id,name\n1,\"a\"b\n", "2 there is text after the closing quotation mark"),
        ("id,name\n1,a\n2\n3,c,d\n", "3 1 cells where the header has 2|4 3 cells where the header has 2"),
        ("id,name\n1,\0\n", "1 the file is not UTF-8"),
    ])
    func `what cannot be read is named with its line`(text: String, why: String) {
        #expect(refusals(Array(text.utf8)).joined(separator: "|") == why)
    }

    @Test func `Latin-1 is refused`() {
        #expect(refusals(Array("id,name\n1,".utf8) + [0xC5, 0x0A]) == ["1 the file is not UTF-8"])
    }
}
