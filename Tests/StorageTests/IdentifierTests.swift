import EventKit
import Foundation
import Testing

@Suite struct IdentifierTests {
    @Test func `an identifier is a UUID of version 7, of its time, and another each time`() throws {
        let time = Timestamp(milliseconds: 0x0123_4567_89AB)
        let made = (0..<1000).map { _ in Identifier.make(at: time) }
        #expect(Set(made).count == 1000)
        for text in made {
            let bytes = try #require(UUID(uuidString: text)).uuid
            #expect(Identifier.isWellFormed(text) && text.hasPrefix("01234567-89ab-7"))
            #expect(bytes.6 >> 4 == 7 && bytes.8 >> 6 == 2)
        }
    }

    @Test func `later ones come later in order`() {
        let made = (0..<100).map { Identifier.make(at: Timestamp(milliseconds: 1_800_000_000_000 + Int64($0))) }
        #expect(made == made.sorted())
    }
}
