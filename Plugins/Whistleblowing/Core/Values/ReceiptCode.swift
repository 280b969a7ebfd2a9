/// What an anonymous reporter comes back with: sixteen digits.
public struct ReceiptCode: Sendable, Hashable {
    public let digits: String

    /// Reads what was typed, with or without spaces and hyphens; nil unless there are sixteen digits.
    public init?(_ typed: String) {
        let digits = typed.unicodeScalars.filter { !$0.properties.isWhitespace && $0 != "-" && $0 != "–" && $0 != "." }
        guard digits.count == 16, digits.allSatisfy({ ("0"..."9").contains($0) }) else { return nil }
        self.digits = digits.map { String($0) }.joined()
    }

    /// From eight or more random bytes; that some codes are likelier than others by one in 1800 gives nothing away.
    public init(random bytes: some Collection<UInt8>) {
        let number = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } % 10_000_000_000_000_000
        let text = String(number)
        digits = String(repeating: "0", count: 16 - text.count) + text
    }

    /// `1234 5678 9012 3456`.
    public var grouped: String {
        stride(from: 0, to: 16, by: 4).map { digits.dropFirst($0).prefix(4) }.joined(separator: " ")
    }

    /// The first four digits: what wrong codes are counted by.
    public var beginning: String { String(digits.prefix(4)) }
}

extension ReceiptCode: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Never the digits: they are a secret.
    public var description: String { "a receipt code" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
