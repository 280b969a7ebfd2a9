import EventKit
import Storage
import Testing
import TrivselTesting

struct ValueTests {
    private static let table = [
        Migration(module: "test", number: 1, name: "values") { d in
            ["CREATE TABLE test_value (id \(d.identity), t TEXT, i BIGINT, r \(d.real), b \(d.blob), y INTEGER)"]
        }
    ]

    @Test(arguments: Engine.all)
    func `values of every type come back as they were stored`(engine: Engine) async throws {
        let texts: [String?] = ["", "Blåbærsyltetøy", "👩🏽‍🏫 emoji", "it's; \"quoted\" -- ?", "a\nb\tc\\d", nil]
        let integers: [Int64?] = [0, -1, .min, .max, nil]
        let reals: [Double?] = [0, -0.1, 1e300, .leastNonzeroMagnitude, .pi, nil]
        let blobs: [[UInt8]?] = [[], [0], Array(0...255), nil]
        try await TestDatabase.with(engine, Self.table) { database in
            for index in 0..<6 {
                let (text, integer, real) = (texts[index], integers[index % 5], reals[index])
                let (blob, flag) = (blobs[index % 4], index.isMultiple(of: 2))
                let id = try await database.write { tx in
                    try tx.first(
                        "INSERT INTO test_value (t, i, r, b, y) VALUES (\(text), \(integer), \(real), \(blob), \(flag)) RETURNING id"
                    ) { $0.int64(0) }
                }
                let row = try await database.read { reader in
                    try reader.first("SELECT t, i, r, b, y FROM test_value WHERE id = \(id)") {
                        ($0.textOrNil(0), $0.int64OrNil(1), $0.doubleOrNil(2), $0.bytesOrNil(3), $0.bool(4))
                    }
                }
                let (t, i, r, b, y) = try #require(row)
                #expect(t == text)
                #expect(i == integer)
                #expect(r == real)
                #expect(b == blob)
                #expect(y == flag)
            }
        }
    }
}
