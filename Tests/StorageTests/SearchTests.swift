import Storage
import Testing
import TrivselTesting

struct SearchTests {
    private static let index = SearchIndex(table: "test_search")
    private static let tables = [Migration(module: "test", number: 1, name: "search") { index.create($0) }]
    private static let texts: [Int64: String] = [
        1: "Dårlig luft på lesesalen",
        2: "Lesesal uten STRØM – igjen!",
        3: "Bråk fra ventilasjonsanlegget (luft)",
        4: "A\u{30A}pent vindu, rom A-203",  // Å as A and a combining ring
        5: "50% rabatt & 'gratis' \"kaffe\"; DROP TABLE",
        6: "",
        7: "学生の安全 e-post: kari@example.no",
    ]

    @Test(
        arguments: Engine.all,
        [
            ("luft", [1, 3]), ("LUFT", [1, 3]), ("lese", [1, 2]), ("strøm", [2]), ("STRØM lesesal", [2]),
            ("luft lese", [1]),
            ("åpent", [4]), ("ÅPEN", [4]), ("apent", []), ("a 203", [4]), ("A-203", [4]), ("bråk", [3]), ("brak", []),
            ("50%", [5]), ("'gratis'", [5]), ("ventilasjonsanlegg", [3]), ("ventilasjonsanleggene", []),
            ("ventilasj luf", [3]), ("kaffe\" OR \"luft", []), ("drop; table", [5]), ("學生", []), ("学生", [7]),
            ("kari@example.no", [7]), ("luft*", [1, 3]), ("luft:* & !lesesal", [1]), ("NOT luft", []),
            ("words : luft", []),
        ] as [(String, [Int64])])
    func `both engines find the same`(engine: Engine, wanted: (query: String, keys: [Int64])) async throws {
        try await TestDatabase.with(engine, Self.tables) { database in
            try await database.write { tx in
                for (key, text) in Self.texts { try Self.index.put(key, SearchWords(text), in: tx) }
            }
            let keys = try await search(wanted.query, database)
            #expect(keys == wanted.keys)
        }
    }

    @Test(arguments: ["", "  ", "%&/()=?", "'\"\\", "👩🏽‍🏫", "\0"])
    func `a query without a word asks for nothing`(query: String) {
        #expect(Self.index.matching(query, .sqlite) == nil)
        #expect(Self.index.matching(query, .postgres) == nil)
    }

    @Test(arguments: Engine.all)
    func `a text put again is found by its new words only, and not at all when removed`(engine: Engine) async throws {
        try await TestDatabase.with(engine, Self.tables) { database in
            try await database.write { tx in
                try Self.index.put(1, SearchWords("gammel tekst"), in: tx)
                try Self.index.put(1, SearchWords("ny tekst"), in: tx)
            }
            #expect(try await search("gammel", database) == [])
            #expect(try await search("ny", database) == [1])
            try await database.write { tx in try Self.index.remove(1, in: tx) }
            #expect(try await search("tekst", database) == [])
        }
    }

    @Test(arguments: Engine.all)
    func `very long words and texts are taken`(engine: Engine) async throws {
        let word = String(repeating: "å", count: 10_000)
        let text = (1...20_000).map { "ord\($0)" }.joined(separator: " ")
        try await TestDatabase.with(engine, Self.tables) { database in
            try await database.write { tx in try Self.index.put(1, SearchWords(word + " " + text), in: tx) }
            #expect(try await search(word, database) == [1])
            #expect(try await search("ord1 ord4000", database) == [1])
        }
    }

    private func search(_ query: String, _ database: Database) async throws -> [Int64] {
        let keys = try #require(Self.index.matching(query, database.dialect))
        return try await database.read { try $0.query("SELECT * FROM (\(keys)) AS found ORDER BY 1") { $0.int64(0) } }
    }
}
