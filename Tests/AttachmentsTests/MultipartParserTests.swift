import Testing

@testable import Attachments

struct MultipartParserTests {
    private static let form = """
        --Boundary7\r\nContent-Disposition: form-data; name="title"\r\n\r\nStøy på rom 203\r
        --Boundary7\r\nContent-Disposition: form-data; name="files"; filename="a %22b%22.pdf"\r
        Content-Type: application/pdf\r\n\r\n%PDF-\r\n--Boundary\r\n-- not yet\r\n--Boundary6 is near\r
        --Boundary7\r\nContent-Disposition: form-data; name="files"; filename=""\r\n\r\n\r\n--Boundary7--\r\nand more
        """

    @Test func `a form comes apart into its fields and files`() throws {
        let parts = try Self.parts(of: [Array(Self.form.utf8)])
        #expect(parts.map(\.name) == ["title", "files", "files"])
        #expect(parts.map(\.fileName) == [nil, "a \"b\".pdf", ""])
        #expect(parts[0].text == "Støy på rom 203" && parts[2].text == "")
        #expect(parts[1].text == "%PDF-\r\n--Boundary\r\n-- not yet\r\n--Boundary6 is near")
    }

    @Test func `wherever a form is cut, it is read the same`() throws {
        let bytes = Array(Self.form.utf8)
        let whole = try Self.parts(of: [bytes])
        for cut in 1..<bytes.count {
            #expect(try Self.parts(of: [Array(bytes[..<cut]), Array(bytes[cut...])]) == whole, "cut at \(cut)")
        }
        #expect(try Self.parts(of: bytes.map { [$0] }) == whole)
    }

    @Test(arguments: 1...200) func `random content in random pieces comes back as it was`(seed: UInt64) throws {
        var chance = Chance(state: seed)
        // Of the bytes that boundaries are made of, so that much looks like one.
        let letters = Array("\r\n--ab".utf8)
        let contents = (0..<Int.random(in: 1...5, using: &chance)).map { _ in
            (0..<Int.random(in: 0...300, using: &chance)).map { _ in letters.randomElement(using: &chance) ?? 0 }
        }.filter { ($0 + [13, 10]).position(of: Array("\r\n--ab".utf8)) == nil && !$0.starts(with: "--ab".utf8) }
        var body: [UInt8] = []
        for content in contents {
            body += Array("--ab\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n".utf8) + content + [13, 10]
        }
        body += Array("--ab--\r\n".utf8)
        var pieces: [[UInt8]] = []
        while !body.isEmpty {
            let size = min(body.count, Int.random(in: 1...40, using: &chance))
            pieces.append(Array(body[..<size]))
            body.removeFirst(size)
        }
        #expect(try Self.parts(of: pieces, boundary: "ab").map(\.content) == contents)
    }

    @Test(arguments: 1...300) func `damage is an error or other content, never more than that`(seed: UInt64) {
        var chance = Chance(state: seed)
        var bytes = Array(Self.form.utf8)
        for _ in 0..<Int.random(in: 1...4, using: &chance) {
            bytes[Int.random(in: 0..<bytes.count, using: &chance)] = UInt8.random(in: 0...255, using: &chance)
        }
        let parts = (try? Self.parts(of: [bytes])) ?? []
        let size = parts.reduce(0) { $0 + $1.content.count }
        #expect(size < bytes.count)
    }

    @Test(arguments: [
        "Boundary7\r\n", "--Other\r\n\r\n", "preamble\r\n--Boundary7\r\n", "--Boundary7x\r\n",
        "--Boundary7\r\n\r\nno headers", "--Boundary7\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n",
        "--Boundary7\r\nContent-Disposition: form-data\r\n\r\n",
        "--Boundary7\r\nContent-Disposition: form-data; name=a\r\n\r\n",
        "--Boundary7\r\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\n",
        "--Boundary7\r\nContent-Disposition: form-data; name=\"a\"; filename*=UTF-8''b\r\n\r\n",
        "--Boundary7\r\nContent-Disposition: form-data; name=\"a\r\n\r\n",
        "--Boundary7\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n",
        "--Boundary7\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64\r\n\r\n",
    ])
    func `what no browser sends is refused`(body: String) {
        #expect(throws: MultipartError.malformed) { try Self.parts(of: [Array((body + Self.more).utf8)]) }
    }

    private static let more = String(repeating: "x", count: 80)

    @Test func `headers without end are refused, not kept`() {
        let body = Array("--Boundary7\r\nX: ".utf8) + [UInt8](repeating: 97, count: 9000)
        #expect(throws: MultipartError.malformed) { try Self.parts(of: [body]) }
    }

    @Test(arguments: [
        ("multipart/form-data; boundary=abc", "abc"), ("Multipart/Form-Data;boundary=\"a b\"", nil),
        ("multipart/form-data; charset=utf-8; boundary=\"a:b\"", "a:b"), ("multipart/mixed; boundary=abc", nil),
        ("multipart/form-data", nil), ("multipart/form-data; boundary=", nil), ("text/plain", nil), (nil, nil),
    ])
    func `the boundary is the one that the content type names`(type: String?, boundary: String?) {
        #expect(MultipartParser.boundary(of: type) == boundary)
    }

    private struct Part: Equatable {
        let name: String
        let fileName: String?
        var content: [UInt8] = []

        var text: String { String(decoding: content, as: UTF8.self) }
    }

    /// - Throws: `MultipartError`, `cutOff` when it does not end.
    private static func parts(of pieces: [[UInt8]], boundary: String = "Boundary7") throws -> [Part] {
        var parser = MultipartParser(boundary: boundary)
        var parts: [Part] = []
        for piece in pieces {
            parser.feed(piece)
            while let event = try parser.next() {
                switch event {
                case .part(let name, let fileName): parts.append(Part(name: name, fileName: fileName))
                case .bytes(let bytes): parts[parts.count - 1].content += bytes
                case .partEnd: break
                case .end: return parts
                }
            }
        }
        throw MultipartError.cutOff
    }
}

/// Numbers that are random and the same each time (SplitMix64).
struct Chance: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
