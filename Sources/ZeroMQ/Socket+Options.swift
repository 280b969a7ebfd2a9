import CZeroMQ

/// A numeric option of a socket; times in milliseconds.
public struct SocketOption: Sendable {
    let number: Int32

    public static let linger = SocketOption(number: ZMQ_LINGER)
    public static let sendHighWater = SocketOption(number: ZMQ_SNDHWM)
    public static let receiveHighWater = SocketOption(number: ZMQ_RCVHWM)
    public static let sendTimeout = SocketOption(number: ZMQ_SNDTIMEO)
    public static let reconnectInterval = SocketOption(number: ZMQ_RECONNECT_IVL)
    public static let longestReconnectInterval = SocketOption(number: ZMQ_RECONNECT_IVL_MAX)
    public static let handshakeInterval = SocketOption(number: ZMQ_HANDSHAKE_IVL)
    public static let immediate = SocketOption(number: ZMQ_IMMEDIATE)
    public static let routerMandatory = SocketOption(number: ZMQ_ROUTER_MANDATORY)
    public static let routerHandover = SocketOption(number: ZMQ_ROUTER_HANDOVER)
    public static let xpubVerbose = SocketOption(number: ZMQ_XPUB_VERBOSE)
    /// The owner decides which subscriptions are taken up: see `Socket.subscribe`.
    public static let xpubManual = SocketOption(number: ZMQ_XPUB_MANUAL)
    /// Nothing is dropped, but one slow peer stops all: for measuring, never for the feed.
    public static let xpubNoDrop = SocketOption(number: ZMQ_XPUB_NODROP)
    /// With it a socket that has a ZAP domain lets nobody in while no handler answers.
    public static let zapEnforceDomain = SocketOption(number: ZMQ_ZAP_ENFORCE_DOMAIN)
}

extension Socket {
    public func set(_ option: SocketOption, _ value: Int32) throws { try setRaw(option.number, value) }

    /// A peer that sends a longer frame is disconnected.
    public func setMaxFrameBytes(_ value: Int64) throws { try setRaw(ZMQ_MAXMSGSIZE, wide: value) }

    /// The domain that stands in the questions to the ZAP handler.
    public func setZapDomain(_ domain: String) throws { try setRaw(ZMQ_ZAP_DOMAIN, Array(domain.utf8)) }

    /// Answers CURVE handshakes with `pair`. **Alone it lets everybody in**: see `guardWithCurve`.
    public func serveCurve(_ pair: CurveKeyPair) throws {
        try setRaw(ZMQ_CURVE_SERVER, 1)
        try setRaw(ZMQ_CURVE_SECRETKEY, Self.key(pair.secretKey))
    }

    /// Lets in only those that the ZAP handler admits, and nobody while there is no handler.
    public func guardWithCurve(_ pair: CurveKeyPair, domain: String) throws {
        try setZapDomain(domain)
        try set(.zapEnforceDomain, 1)
        try serveCurve(pair)
        try set(.handshakeInterval, 5000)
    }

    /// Connects as the client `pair` to the server with the public key `serverKey`.
    public func useCurve(_ pair: CurveKeyPair, serverKey: String) throws {
        try setRaw(ZMQ_CURVE_SERVERKEY, Self.key(serverKey))
        try setRaw(ZMQ_CURVE_PUBLICKEY, Self.key(pair.publicKey))
        try setRaw(ZMQ_CURVE_SECRETKEY, Self.key(pair.secretKey))
    }

    /// SUB: asks for topics that begin so. XPUB in manual mode: grants it to the peer whose frame was received last.
    public func subscribe(_ prefix: [UInt8]) throws { try setRaw(ZMQ_SUBSCRIBE, prefix) }

    /// Takes back one `subscribe` with the same prefix.
    public func unsubscribe(_ prefix: [UInt8]) throws { try setRaw(ZMQ_UNSUBSCRIBE, prefix) }

    /// A dead line is noticed within six seconds, by us and by the peer.
    func setSharedOptions() throws {
        try setRaw(ZMQ_HEARTBEAT_IVL, 2000)
        try setRaw(ZMQ_HEARTBEAT_TIMEOUT, 6000)
        try setRaw(ZMQ_HEARTBEAT_TTL, 6000)
        try setRaw(ZMQ_TCP_KEEPALIVE, 1)
        try setRaw(ZMQ_TCP_KEEPALIVE_IDLE, 30)
        try setRaw(ZMQ_TCP_KEEPALIVE_INTVL, 10)
        try setRaw(ZMQ_TCP_KEEPALIVE_CNT, 3)
        try setRaw(ZMQ_LINGER, 0)
    }

    private static func key(_ text: String) throws -> [UInt8] {
        guard let bytes = CurveKeyPair.bytes(of: text) else {
            throw ZeroMQError(operation: "read a key of 40 characters of Z85", code: EINVAL)
        }
        return bytes
    }
}
