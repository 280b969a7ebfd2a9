import ZeroMQ

/// A CURVE key pair, each half as 40 characters of Z85.
public struct KeyPair: Sendable, Hashable {
    public let publicKey: String
    public let secretKey: String

    /// Nil when the secret key is not 40 characters of Z85.
    public init?(secretKey: String) {
        guard let pair = CurveKeyPair(secretKey: secretKey) else { return nil }
        self.init(pair)
    }

    private init(_ pair: CurveKeyPair) {
        publicKey = pair.publicKey
        secretKey = pair.secretKey
    }

    /// A new random pair.
    ///
    /// - Throws: when libzmq was built without CURVE.
    public static func generate() throws -> KeyPair { KeyPair(try CurveKeyPair.generate()) }

    func curve() throws -> CurveKeyPair {
        guard let pair = CurveKeyPair(secretKey: secretKey) else { throw BusError(.invalid, "not a CURVE secret key") }
        return pair
    }

    /// False for what is no key, and for the keys that libzmq's manual prints, whose secret halves everybody knows.
    static func isUsable(publicKey: String) -> Bool {
        CurveKeyPair.bytes(of: publicKey) != nil && !published.contains(publicKey)
    }

    private static let published: Set<String> = [
        "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID", "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7",
    ]
}
