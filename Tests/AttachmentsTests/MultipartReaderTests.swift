import NIOCore
import Testing

@testable import Attachments

@Suite(.timeLimit(.minutes(2)))
struct MultipartReaderTests {
    private static let type = "multipart/form-data; boundary=ab"

    @Test func `what is not read of a part is passed over`() async throws {
        let reader = try MultipartReader(Self.body(files: 3, of: 100_000), contentType: Self.type, limit: 1 << 20)
        var names: [String?] = []
        while let part = try await reader.next() {
            names.append(part.fileName)
            if names.count == 2 { #expect(try await part.bytes(upTo: 200_000).count == 100_000) }
        }
        #expect(names == ["0.txt", "1.txt", "2.txt"])
    }

    @Test func `no more is read of a body than it may have`() async throws {
        let reader = try MultipartReader(Self.body(files: 3, of: 100_000), contentType: Self.type, limit: 150_000)
        await #expect(throws: MultipartError.tooLarge) { while try await reader.next() != nil {} }
    }

    @Test func `a body that breaks off is an error in the part in which it does`() async throws {
        let whole = Self.bytes(files: 2, of: 1000)
        let reader = try MultipartReader(Buffers(Array(whole.dropLast(300))), contentType: Self.type, limit: 1 << 20)
        #expect(try await reader.next()?.fileName == "0.txt")
        let second = try #require(try await reader.next())
        await #expect(throws: MultipartError.cutOff) { try await second.bytes(upTo: 2000) }
    }

    @Test func `a body of another type is none`() {
        #expect(throws: MultipartError.malformed) {
            try MultipartReader(Buffers([]), contentType: "application/json", limit: 1)
        }
    }

    private static func bytes(files: Int, of size: Int) -> [UInt8] {
        (0..<files).flatMap { index in
            Array("--ab\r\nContent-Disposition: form-data; name=\"files\"; filename=\"\(index).txt\"\r\n\r\n".utf8)
                + [UInt8](repeating: 97, count: size) + [13, 10]
        } + Array("--ab--\r\n".utf8)
    }

    private static func body(files: Int, of size: Int) -> Buffers { Buffers(bytes(files: files, of: size)) }
}

/// A body that comes in pieces of a few kB.
private struct Buffers: AsyncSequence {
    typealias Element = ByteBuffer

    let pieces: Pieces

    init(_ bytes: [UInt8]) { pieces = Pieces(bytes, of: 7001) }

    struct Iterator: AsyncIteratorProtocol {
        var pieces: Pieces.Iterator

        mutating func next() async -> ByteBuffer? { await pieces.next().map { ByteBuffer(bytes: $0) } }
    }

    func makeAsyncIterator() -> Iterator { Iterator(pieces: pieces.makeAsyncIterator()) }
}
