import Crypto
import Foundation
import Testing

@testable import Vault

struct CaseKeyTests {
    private let key = CaseKey(id: .make(milliseconds: 1_800_000_000_000), secret: SymmetricKey(size: .bits256))

    @Test(arguments: ["", "æøå", "Ord\0med\u{7}tegn 👩🏽‍🏫", String(repeating: "lang tekst ", count: 20_000)])
    func `what is sealed opens as it was, and is never the same twice`(text: String) throws {
        let sealed = try key.seal(text, as: "deviations.title")
        #expect(try key.open(sealed, as: "deviations.title") == text)
        #expect(sealed.count == text.utf8.count + 29)
        #expect(try key.seal(text, as: "deviations.title") != sealed)
        #expect(text.isEmpty || Data(sealed).range(of: Data(text.utf8)) == nil)
    }

    @Test func `a sealed text moved to another place, row or case does not open`() throws {
        let sealed = try key.seal("hemmelig", as: .init("deviations.note", row: "1"))
        let sameSecret = CaseKey(id: .make(milliseconds: 1_800_000_000_000), secret: key.secret)
        let sameID = CaseKey(id: key.id, secret: SymmetricKey(size: .bits256))
        #expect(throws: VaultError.damaged) { try key.open(sealed, as: .init("deviations.note", row: "2")) }
        #expect(throws: VaultError.damaged) { try key.open(sealed, as: "deviations.title") }
        #expect(throws: VaultError.damaged) { try sameSecret.open(sealed, as: .init("deviations.note", row: "1")) }
        #expect(throws: VaultError.damaged) { try sameID.open(sealed, as: .init("deviations.note", row: "1")) }
    }

    @Test func `a flipped bit anywhere is found`() throws {
        let sealed = try key.seal("hemmelig", as: "a")
        for bit in 0..<sealed.count * 8 {
            var changed = sealed
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: VaultError.damaged) { try key.open(changed, as: "a") }
        }
    }

    @Test func `a text that was cut, at any byte, is found`() throws {
        let sealed = try key.seal("hemmelig", as: "a")
        for count in 0..<sealed.count {
            #expect(throws: VaultError.damaged) { try key.open(Array(sealed.prefix(count)), as: "a") }
        }
    }

    @Test func `a text opened for lists is the one that is sealed now, however often and wherever it is asked for`()
        throws
    {
        let (first, second) = (try key.seal("før", as: "title"), try key.seal("etter", as: "title"))
        for _ in 0..<2 {
            #expect(try key.openShown(first, as: "title") == "før")
            #expect(try key.openShown(first, as: "title") == "før")
            #expect(throws: VaultError.damaged) { try key.openShown(first, as: "description") }
            #expect(try key.openShown(second, as: "title") == "etter")
        }
    }

    @Test func `bytes that are no text do not open as one`() throws {
        let sealed = try key.seal(bytes: [0xFF, 0xFE], as: "a")
        #expect(throws: VaultError.damaged) { try key.open(sealed, as: "a") }
        #expect(try key.open(bytes: sealed, as: "a") == [0xFF, 0xFE])
    }

    @Test func `a key shows its id and nothing else`() {
        let secret = key.secret.withUnsafeBytes { Data($0) }
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped] {
            #expect(text.contains(key.id.description))
            #expect(!text.contains("secret") && !text.contains(secret.base64EncodedString()))
        }
    }

    @Test func `an id keeps its sixteen bytes`() {
        #expect(CaseKey.ID(key.id.bytes) == key.id)
        #expect(key.id.description.count == 32)
        #expect(CaseKey.ID([1, 2, 3]) == nil)
        #expect(CaseKey.ID.make(milliseconds: 1).description < CaseKey.ID.make(milliseconds: 2).description)
    }
}
