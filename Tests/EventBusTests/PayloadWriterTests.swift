import EventKit
import Foundation
import Testing

/// A payload's text is what Foundation's encoder makes of it, whatever is in it.
struct PayloadWriterTests {
    private struct Everything: EventPayload, Equatable {
        struct Inner: Codable, Equatable {
            var z = Timestamp(milliseconds: 1_800_000_000_123)
            var a: [Inner] = []
            var none: String?
        }

        enum Kind: String, Codable { case one, two }

        static let type = "test.everything.v1"
        var text = "æ/\"\\\u{1F600}"
        var number = -17
        var long = Int64.max
        var truth = [true, false]
        var inner = Inner(a: [Inner(), Inner(none: "x")])
        var nothing: [String] = []
        var kind = Kind.two
        var byName = ["b": 2, "a": 1]
        var optional: Int?
    }

    private struct Fraction: EventPayload {
        static let type = "test.fraction.v1"
        var part = 0.1
        var small: UInt8 = 255
    }

    private struct ByHand: EventPayload {
        enum Name: String, CodingKey { case outer, inner }
        static let type = "test.by-hand.v1"

        init() {}
        init(from decoder: any Decoder) {}

        func encode(to encoder: any Encoder) throws {
            var outer = encoder.container(keyedBy: Name.self)
            var inner = outer.nestedContainer(keyedBy: Name.self, forKey: .outer)
            try inner.encode(1, forKey: .inner)
        }
    }

    private struct Empty: EventPayload { static let type = "test.empty.v1" }

    private func text(_ payload: some EventPayload) throws -> String {
        try Event(payload, subject: "s", at: Timestamp(milliseconds: 0)).data
    }

    private func foundations(_ payload: some EventPayload) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(payload), as: UTF8.self)
    }

    @Test func `objects, arrays, texts, numbers and times stand there as Foundation writes them`() throws {
        #expect(try text(Everything()) == foundations(Everything()))
        #expect(try text(Empty()) == "{}")
    }

    @Test func `fractions, small integers and what is nested by hand do too`() throws {
        #expect(try text(Fraction()) == foundations(Fraction()))
        #expect(try text(ByHand()) == #"{"outer":{"inner":1}}"#)
    }

    @Test func `control characters are read as they were written`() throws {
        var sent = Everything()
        sent.text = "a\u{0}\u{1F}\n\t"
        let data = Data(try text(sent).utf8)
        #expect(try JSONDecoder().decode(Everything.self, from: data) == sent)
    }
}
