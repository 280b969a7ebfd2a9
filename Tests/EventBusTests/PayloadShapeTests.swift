import EventKit
import Foundation
import Testing

/// The schemas that are made from payloads.
struct PayloadShapeTests {
    struct Facts: Codable {
        var id: String
        var at: Timestamp
        var note: String?
    }

    struct Everything: EventPayload {
        static let type = "test.everything.v1"
        var facts: Facts
        var on: CivilDate
        var count: Int
        var large: Int64
        var share: Double
        var isOpen: Bool
        var codes: [String]
        var others: [Facts]
        var until: CivilDate?
    }

    struct Odd: EventPayload {
        enum Colour: String, Codable { case red }
        static let type = "test.odd.v1"
        var colour: Colour
    }

    @Test func `every kind of field, nested ones, lists and what may be missing`() throws {
        let shape = try PayloadShape(of: Everything.self)
        let facts = """
            {"type":"object","required":["at","id"],"properties":{"at":{"type":"string","format":"date-time"},\
            "id":{"type":"string"},"note":{"type":"string"}},"additionalProperties":false}
            """
        #expect(
            shape.schema == """
                {"type":"object","required":["codes","count","facts","isOpen","large","on","others","share"],\
                "properties":{"codes":{"type":"array","items":{"type":"string"}},"count":{"type":"integer"},\
                "facts":\(facts),"isOpen":{"type":"boolean"},"large":{"type":"integer"},\
                "on":{"type":"string","format":"date"},"others":{"type":"array","items":\(facts)},\
                "share":{"type":"number"},"until":{"type":"string","format":"date"}},"additionalProperties":false}
                """)
    }

    @Test func `a field whose form cannot be found out is refused and not guessed`() {
        #expect(throws: PayloadShape.Unshaped.self) { try PayloadShape(of: Odd.self) }
    }
}
