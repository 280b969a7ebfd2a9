import Crypto
import Foundation

/// What a webhook is signed with, known to the host and its receiver (Standard Webhooks 1.0, “Signature scheme”).
public struct WebhookSecret: Sendable, Hashable {
    private static let prefix = "whsec_"
    private let bytes: [UInt8]

    /// A new one of 32 random bytes.
    public static func make() -> WebhookSecret {
        WebhookSecret(bytes: unsafe SymmetricKey(size: .bits256).withUnsafeBytes { unsafe Array($0) })
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// Reads `whsec_` and 24 to 64 bytes in base64.
    public init?(_ text: String) {
        guard text.hasPrefix(Self.prefix), let data = Data(base64Encoded: String(text.dropFirst(Self.prefix.count))),
            (24...64).contains(data.count)
        else { return nil }
        bytes = Array(data)
    }

    /// `whsec_…`, which only its receiver is shown, once.
    public var text: String { Self.prefix + Data(bytes).base64EncodedString() }

    /// `v1,…`: HMAC-SHA256 of id, time and body with a dot between them.
    ///
    /// - Parameter seconds: since 1970.
    public func signature(id: String, seconds: Int64, body: String) -> String {
        let signed = Array("\(id).\(seconds).\(body)".utf8)
        let mac = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: bytes))
        return "v1," + Data(mac).base64EncodedString()
    }
}

extension WebhookSecret: CustomStringConvertible, CustomReflectable {
    public var description: String { "a webhook's secret" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
