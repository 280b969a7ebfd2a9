import Crypto
import EventKit
import ModuleKit
import Storage

/// A line of the trail as it lies in the table; chained, it has a place and is tied to the line before it.
struct AuditLine: Sendable, Hashable {
    var id: Int64
    var at: Timestamp
    var actor: String?
    var act: String
    var object: String
    var way: String
    var isLook: Bool
    var position: Int64?
    var previous: String?
    var hash: String?

    static let columns: SQL = "id, at, actor, act, object, way, is_look, position, previous, hash"

    /// What the line's hash must be: SHA-256 over all it says, its place, and the hash of the line before it, each part after its length.
    func hash(at position: Int64, after previous: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256)
        func add(_ text: String) {
            var text = text
            bytes.append(contentsOf: "\(text.utf8.count):".utf8)
            text.withUTF8 { bytes.append(contentsOf: $0) }
        }
        add(previous)
        add("\(position) \(id) \(at.milliseconds) \(isLook ? 1 : 0) \(actor == nil ? 0 : 1)")
        for part in [actor ?? "", act, object, way] { add(part) }
        return Array(SHA256.hash(data: bytes)).hexadecimal
    }
}

extension AuditLine {
    init(_ row: Row) {
        self.init(
            id: row.int64(0), at: row.time(1), actor: row.textOrNil(2), act: row.text(3), object: row.text(4),
            way: row.text(5), isLook: row.bool(6), position: row.int64OrNil(7), previous: row.textOrNil(8),
            hash: row.textOrNil(9))
    }
}
