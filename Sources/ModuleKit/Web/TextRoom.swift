import Attachments
import Hummingbird

extension FormData {
    /// Most bytes of text in a form.
    static let limit = 1 << 20
    /// So much of it is read all the same: what is too long can be shortened instead of typed anew.
    public static let keptLimit = 4 << 20

    /// Adds a part that is no file.
    ///
    /// - Throws: `TextTooLong`, ``MultipartError``.
    mutating func append(
        _ part: MultipartReader<RequestBody>.Part, _ language: Language, _ room: inout TextRoom
    ) async throws {
        let left = try room.take(part.name.utf8.count)
        let value: [UInt8]
        do { value = try await part.bytes(upTo: left) } catch MultipartError.tooLarge { throw TextTooLong() }
        _ = try room.take(value.count)
        append(part.name, value, language)
    }
}

/// How much of a form with files is kept in memory.
struct TextRoom {
    private var bytes = FormData.keptLimit
    private var parts = 1000

    /// Whether it is more than a form may hold.
    var isOver: Bool { FormData.keptLimit - bytes > FormData.limit }

    /// Makes room for a part; the bytes that are left.
    ///
    /// - Throws: `TextTooLong`.
    mutating func take(_ size: Int) throws(TextTooLong) -> Int {
        bytes -= size
        parts -= 1
        if bytes < 0 || parts < 0 { throw TextTooLong() }
        return bytes
    }
}

/// More than is read to be shown again.
struct TextTooLong: Error {}
