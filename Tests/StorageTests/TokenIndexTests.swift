import Storage
import Testing
import TrivselTesting

struct TokenIndexTests {
    private static let index = TokenIndex(table: "test_tokens")
    private static let tables = [Migration(module: "test", number: 1, name: "tokens") { index.create($0) }]

    @Test(
        arguments: Engine.all,
        [
            ([["aaa"]], [1, 2]), ([["aaa"], ["bbb"]], [1]), ([["bbb", "ccc"]], [1, 2, 3]), ([["aa"]], []),
            ([["zzz"]], []),
            ([["aaa"], ["ccc", "zzz"]], [2]), ([["or"]], [3]), ([["and"], ["not"]], [3]),
        ] as [([[String]], [Int64])])
    func `a key is found when it has one token of each group, as a whole`(
        engine: Engine, wanted: (groups: [[String]], keys: [Int64])
    )
        async throws
    {
        try await TestDatabase.with(engine, Self.tables) { database in
            try await database.write { tx in
                try Self.index.put(1, "aaa bbb", in: tx)
                try Self.index.put(2, "ccc aaa", in: tx)
                try Self.index.put(3, "ccc or and not near", in: tx)
                try Self.index.put(4, "", in: tx)
            }
            #expect(try await found(wanted.groups, database) == wanted.keys)
        }
    }

    @Test(arguments: Engine.all)
    func `the tokens of a row can be read, to compare rows`(engine: Engine) async throws {
        try await TestDatabase.with(engine, Self.tables) { database in
            try await database.write { tx in
                try Self.index.put(1, "bbb aaa", in: tx)
                try Self.index.put(2, "ccc", in: tx)
            }
            let tokens = try await database.read { try Self.index.tokens(of: [1, 3], in: $0) }
            #expect(tokens == [1: ["aaa", "bbb"]])
            #expect(try await database.read { try Self.index.tokens(of: [], in: $0) }.isEmpty)
        }
    }

    @Test(arguments: Engine.all)
    func `a key put again has its new tokens only, and none when removed`(engine: Engine) async throws {
        try await TestDatabase.with(engine, Self.tables) { database in
            try await database.write { tx in
                try Self.index.put(1, "aaa", in: tx)
                try Self.index.put(1, "bbb", in: tx)
            }
            #expect(try await found([["aaa"]], database) == [])
            #expect(try await found([["bbb"]], database) == [1])
            try await database.write { tx in try Self.index.remove(1, in: tx) }
            #expect(try await found([["bbb"]], database) == [])
        }
    }

    @Test(arguments: Engine.all)
    func `the newest below a key are found stretch by stretch, and the last holds all`(engine: Engine) async throws {
        let blocks = Migration(module: "test", number: 2, name: "blocks") { Self.index.indexBlocks($0) }
        try await TestDatabase.with(engine, Self.tables + [blocks]) { database in
            // A word in every hundredth row and one in the oldest, over 21 blocks.
            try await database.write { tx in
                for key in stride(from: 100 as Int64, through: 21_000, by: 100) {
                    try Self.index.put(key, key == 100 ? "common rare" : "common", in: tx)
                }
            }
            func found(_ token: String, below key: Int64) async throws -> [[Int64]] {
                try await database.read { reader in
                    try Self.index.stretches(below: key, in: reader).map { stretch in
                        let keys = try #require(Self.index.matching([[token]], in: stretch, database.dialect))
                        return try reader.query("SELECT * FROM (\(keys)) AS hit WHERE key < \(key) ORDER BY 1") {
                            $0.int64(0)
                        }
                    }
                }
            }
            let all = Array(stride(from: 100 as Int64, through: 21_000, by: 100))
            let (newest, older) = (try await found("common", below: .max), try await found("common", below: 9_000))
            let rare = try await found("rare", below: .max)
            switch engine {
            case .sqlite: #expect(newest == [all] && older == [all.filter { $0 < 9_000 }] && rare == [[100]])
            case .postgres:
                #expect(newest == [all.filter { $0 >= 19 * 1024 }, all.filter { $0 >= 5 * 1024 }, all])
                // 8,900 stands in the ninth of 1,024.
                #expect(older == [all.filter { 7 * 1024 <= $0 && $0 < 9_000 }, all.filter { $0 < 9_000 }])
                #expect(rare == [[], [], [100]])
            }
        }
    }

    @Test func `no group asks for nothing`() {
        #expect(Self.index.matching([], .sqlite) == nil)
        #expect(Self.index.matching([], .postgres) == nil)
    }

    private func found(_ groups: [[String]], _ database: Database) async throws -> [Int64] {
        let keys = try #require(Self.index.matching(groups, database.dialect))
        return try await database.read { try $0.query("SELECT * FROM (\(keys)) AS found ORDER BY 1") { $0.int64(0) } }
    }
}
