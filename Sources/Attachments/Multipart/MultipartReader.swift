public import NIOCore

/// Reads a form with files, part after part; at most one piece of the body is in memory.
public final class MultipartReader<Base: AsyncSequence> where Base.Element == ByteBuffer {
    private var body: Base.AsyncIterator
    private var parser: MultipartParser
    private var bytesLeft: Int
    private var isInPart = false

    /// - Parameters:
    ///   - contentType: the request's.
    ///   - limit: most bytes of the body that are read.
    /// - Throws: ``MultipartError`` (`malformed`) when the content type is not `multipart/form-data`.
    public init(_ body: Base, contentType: String?, limit: Int) throws(MultipartError) {
        guard let boundary = MultipartParser.boundary(of: contentType) else { throw .malformed }
        self.body = body.makeAsyncIterator()
        parser = MultipartParser(boundary: boundary)
        bytesLeft = limit
    }

    /// One field or file.
    public struct Part {
        /// The field's.
        public let name: String
        /// nil for what is not a file; empty for a file field in which nothing was chosen.
        public let fileName: String?
        /// To be read before the next part is asked for; what is not read then is passed over.
        public let content: Content
    }

    /// The next part; nil after the last.
    ///
    /// - Throws: ``MultipartError``, or what the body throws.
    public func next() async throws -> Part? {
        while isInPart { _ = try await piece() }
        switch try await event() {
        case .part(let name, let fileName):
            isInPart = true
            return Part(name: name, fileName: fileName, content: Content(reader: self))
        default: return nil
        }
    }

    /// The next piece of the part; nil at its end.
    fileprivate func piece() async throws -> [UInt8]? {
        guard isInPart else { return nil }
        if case .bytes(let bytes) = try await event() { return bytes }
        isInPart = false
        return nil
    }

    private func event() async throws -> MultipartParser.Event {
        while true {
            if let event = try parser.next() { return event }
            guard let buffer = try await body.next() else { throw MultipartError.cutOff }
            bytesLeft -= buffer.readableBytes
            if bytesLeft < 0 { throw MultipartError.tooLarge }
            parser.feed(buffer.readableBytesView)
        }
    }

    /// What a part holds, in pieces of any size.
    public struct Content: AsyncSequence {
        public typealias Element = [UInt8]

        fileprivate let reader: MultipartReader

        public func makeAsyncIterator() -> Iterator { Iterator(reader: reader) }

        /// Reads piece after piece.
        public struct Iterator: AsyncIteratorProtocol {
            fileprivate let reader: MultipartReader

            public func next() async throws -> [UInt8]? { try await reader.piece() }
        }
    }
}

extension MultipartReader.Part {
    /// All of it, for a field.
    ///
    /// - Throws: ``MultipartError`` (`tooLarge`) over `limit` bytes.
    public func bytes(upTo limit: Int) async throws -> [UInt8] {
        var all: [UInt8] = []
        for try await piece in content {
            if all.count + piece.count > limit { throw MultipartError.tooLarge }
            all += piece
        }
        return all
    }
}

/// `multipart/form-data`: a form with files.
public enum MultipartForm {
    /// Whether a content type is that of one.
    public static func isType(_ contentType: String?) -> Bool { MultipartParser.boundary(of: contentType) != nil }
}
