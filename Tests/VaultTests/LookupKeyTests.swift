import Crypto
import Testing

@testable import Vault

@Suite struct LookupKeyTests {
    private let key = LookupKey(key: SymmetricKey(size: .bits256))

    @Test func `a token is the same for the same text and purpose under the same key only`() {
        let token = key.token("kari", for: "reporter")
        #expect(token == key.token("kari", for: "reporter") && token.count == 64)
        #expect(token != key.token("ola", for: "reporter") && token != key.token("kari", for: "excluded"))
        #expect(key.token("bc", for: "a") != key.token("c", for: "ab"))
        #expect(token != LookupKey(key: SymmetricKey(size: .bits256)).token("kari", for: "reporter"))
    }

    @Test func `a slow token is the same each time, and another for another secret, purpose or key`() async throws {
        let token = try await key.slowToken("1234567890123456", for: "code")
        #expect(try await key.slowToken("1234567890123456", for: "code") == token)
        #expect(try await key.slowToken("1234567890123457", for: "code") != token)
        #expect(try await key.slowToken("1234567890123456", for: "other") != token)
        #expect(
            try await LookupKey(key: SymmetricKey(size: .bits256)).slowToken("1234567890123456", for: "code") != token)
    }

    @Test func `it shows nothing of itself`() {
        #expect("\(key) \(String(reflecting: key))".contains("lookup key"))
        #expect(Mirror(reflecting: key).children.isEmpty)
    }
}
