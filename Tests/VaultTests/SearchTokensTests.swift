import Foundation
import Storage
import Testing
import TrivselTesting

@testable import Vault

@Suite(.timeLimit(.minutes(5)))
struct SearchTokensTests {
    private static let index = TokenIndex(table: "test_search")
    private static let tables = [Migration(module: "test", number: 1, name: "search") { index.create($0) }]
    private static let texts: [Int64: String] = [
        1: "Dårlig luft på lesesalen",
        2: "Lesesal uten STRØM – igjen!",
        3: "Bråk fra ventilasjonsanlegget (luft)",
        4: "A\u{30A}pent vindu, rom A-203",  // Å as A and a combining ring
        5: "50% rabatt & 'gratis' \"kaffe\"; DROP TABLE",
        6: "",
        7: "学生の安全 e-post: kari@example.no",
        8: "Eksamenen ble avlyst mens rommene sto tomme",
    ]

    @Test(
        arguments: Engine.all,
        [
            ("luft", [1, 3]), ("LUFT", [1, 3]), ("lese", [1, 2]), ("strøm", [2]), ("STRØM lesesal", [2]),
            ("luft lese", [1]), ("åpent", [4]), ("ÅPEN", [4]), ("apent", []), ("a 203", [4]), ("A-203", [4]),
            ("bråk", [3]),
            ("brak", []), ("50%", [5]), ("'gratis'", [5]), ("ventilasjonsanlegg", [3]), ("ventilasjonsanleggene", [3]),
            ("ventilasj luf", [3]), ("ventilasjonsrom", [3]), ("ventilator", []), ("kaffe\" OR \"luft", []),
            ("drop; table", [5]),
            ("學生", []), ("学生", [7]), ("kari@example.no", [7]), ("luft*", [1, 3]), ("luft:* & !lesesal", [1]),
            ("words : luft", []),
            // Forms of a word, and words that stand in every text
            ("eksamen", [8]), ("eksamener", [8]), ("eksamenene", [8]), ("eksam", [8]), ("eksamensplan", []),
            ("rom", [4, 8]),
            ("rommet", [4, 8]), ("vinduene", [4]), ("lesesalene", [1, 2]), ("en luft på", [1, 3]), ("og det", []),
            ("på", []),
            ("dårlige", [1]), ("l", []), ("x", []),
        ] as [(String, [Int64])])
    func `both engines find the same, by beginnings and by forms of a word`(
        engine: Engine, wanted: (query: String, keys: [Int64])
    )
        async throws
    {
        try await laid(engine) { database, tokens in
            let keys = try await found(wanted.query, tokens, database)
            #expect(keys == wanted.keys)
        }
    }

    @Test(arguments: ["", "  ", "%&/()=?", "'\"\\", "👩🏽‍🏫", "\0"])
    func `a query without a word asks for nothing`(query: String) async throws {
        try await laid(.sqlite) { _, tokens in
            #expect(tokens.groups(of: query).isEmpty)
            #expect(tokens.tokens(of: query) == "")
        }
    }

    @Test(arguments: Engine.all)
    func `very long words and texts are taken`(engine: Engine) async throws {
        let word = String(repeating: "å", count: 10_000)
        let text = (1...20_000).map { "ord\($0)" }.joined(separator: " ")
        try await laid(engine) { database, tokens in
            let long = tokens.tokens(of: word + " " + text)
            try await database.write { tx in try Self.index.put(9, long, in: tx) }
            #expect(try await found(word, tokens, database) == [9])
            #expect(try await found("ord1 ord4000", tokens, database) == [9])
        }
    }

    @Test(arguments: [
        ["eksamen", "eksamenen", "eksamener", "eksamenene", "eksamens"], ["rom", "rommet", "rommene", "roms"],
        ["emne", "emnet", "emner", "emnene", "emna"], ["klasse", "klassen", "klasser", "klassene"],
        ["buss", "bussen", "bussene"],
        ["student", "studenten", "studentene", "studentenes", "studentar", "studentane", "students"],
        ["vindu", "vinduet", "vinduene"],
        ["rettleiar", "rettleiaren", "rettleiarane"], ["å", "å"],
    ])
    func `the forms of a word have one stem`(forms: [String]) {
        #expect(Set(forms.map { Stem.of(Array($0.unicodeScalars)) }).count == 1)
    }

    @Test(arguments: ["a", "is", "ene", "sss", "eee", "bli", "203", "学生", "eksamensplan"])
    func `a stem is a beginning of its word, and never empty`(word: String) {
        let stem = Stem.of(Array(word.unicodeScalars))
        #expect(!stem.isEmpty && word.unicodeScalars.starts(with: stem))
    }

    @Test func `tokens differ by index and by installation, and are the same on every host`() async throws {
        try await Bed.lay(.sqlite) { bed in
            let (one, other) = try await bed.vault { vault in
                (
                    try await vault.searchTokens("one").tokens(of: "luft"),
                    try await vault.searchTokens("other").tokens(of: "luft")
                )
            }
            let again = try await bed.vault { try await $0.searchTokens("one").tokens(of: "luft") }
            let elsewhere = try await Bed.lay(.sqlite) { bed in
                try await bed.vault { try await $0.searchTokens("one").tokens(of: "luft") }
            }
            #expect(one == again)
            #expect(Set([one, other, elsewhere]).count == 3)
        }
    }

    @Test func `tokens are seven letters, in an order of their own, and each stands once`() async throws {
        try await laid(.sqlite) { _, tokens in
            let list = tokens.tokens(of: "luften lufta luft på lesesalen").split(separator: " ")
            #expect(
                list.allSatisfy {
                    $0.utf8.count == 7 && $0.utf8.allSatisfy { (97...122).contains($0) || (50...55).contains($0) }
                })
            #expect(Set(list).count == list.count)
            #expect(tokens.tokens(of: "lesesalen luft lufta luften") == list.joined(separator: " "))
        }
    }

    @Test func `no word of a text is in the files of the database`() async throws {
        try await laid(.sqlite) { database, _ in
            let bytes = try files(of: database)
            for word in ["luft", "lesesal", "ventilasjon", "rabatt", "strøm"] {
                #expect(bytes.range(of: Data(word.utf8)) == nil)
            }
        }
    }

    private func laid(_ engine: Engine, _ body: (Database, SearchTokens) async throws -> Void) async throws {
        try await Bed.lay(engine, Self.tables) { bed in
            try await bed.vault { vault in
                let tokens = try await vault.searchTokens("test")
                try await bed.data.write { tx in
                    for (key, text) in Self.texts { try Self.index.put(key, tokens.tokens(of: text), in: tx) }
                }
                try await body(bed.data, tokens)
            }
        }
    }

    private func found(_ query: String, _ tokens: SearchTokens, _ database: Database) async throws -> [Int64] {
        let keys = try #require(Self.index.matching(tokens.groups(of: query), database.dialect))
        return try await database.read { try $0.query("SELECT * FROM (\(keys)) AS found ORDER BY 1") { $0.int64(0) } }
    }
}
