import CZeroMQ

/// A CURVE key pair, each half as 40 characters of Z85.
public struct CurveKeyPair: Sendable, Hashable {
    public let publicKey: String
    public let secretKey: String

    /// Nil when the secret key is not 40 characters of Z85.
    public init?(secretKey: String) {
        guard Self.bytes(of: secretKey) != nil else { return nil }
        var text = [CChar](repeating: 0, count: 41)
        guard unsafe zmq_curve_public(&text, secretKey) == 0 else { return nil }
        self.secretKey = secretKey
        publicKey = Self.string(text)
    }

    private init(publicKey: String, secretKey: String) {
        self.publicKey = publicKey
        self.secretKey = secretKey
    }

    /// A new random pair.
    ///
    /// - Throws: `ZeroMQError` when libzmq was built without CURVE.
    public static func generate() throws -> CurveKeyPair {
        var publicText = [CChar](repeating: 0, count: 41)
        var secretText = publicText
        guard unsafe zmq_curve_keypair(&publicText, &secretText) == 0 else { throw ZeroMQError.last("make a key pair") }
        return CurveKeyPair(publicKey: string(publicText), secretKey: string(secretText))
    }

    /// The 32 bytes that 40 characters of Z85 stand for; nil for any other text.
    public static func bytes(of key: String) -> [UInt8]? {
        guard key.utf8.count == 40, !key.utf8.contains(0) else { return nil }
        var bytes = [UInt8](repeating: 0, count: 32)
        return unsafe zmq_z85_decode(&bytes, key) == nil ? nil : bytes
    }

    /// The Z85 text of a key's 32 bytes; nil for any other number of bytes.
    public static func text(of key: [UInt8]) -> String? {
        guard key.count == 32 else { return nil }
        var text = [CChar](repeating: 0, count: 41)
        return unsafe zmq_z85_encode(&text, key, key.count) == nil ? nil : string(text)
    }

    private static func string(_ text: [CChar]) -> String {
        String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
