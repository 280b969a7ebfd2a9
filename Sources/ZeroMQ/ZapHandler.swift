/// Answers libzmq's questions whether a client may come in (ZAP 1.0, https://rfc.zeromq.org/spec/27/).
///
/// Made before the first guarded socket is bound; one a context.
public final class ZapHandler {
    /// Readable when there is a question.
    public let socket: Socket
    private let domain: String
    private let admit: (_ publicKey: String) -> String?

    /// - Parameter admit: the user id of the client with this public key (Z85), nil to refuse it.
    public init(in context: Context, domain: String, admit: @escaping (_ publicKey: String) -> String?) throws {
        socket = try context.socket(.rep)
        self.domain = domain
        self.admit = admit
        try socket.bind("inproc://zeromq.zap.01")
    }

    /// Answers every question that waits.
    public func answerAll() throws {
        while let request = try socket.receive() {
            let user = userID(for: request.frames)
            let id = request.frames.count > 1 ? request.frames[1] : []
            let reply = ["1.0", nil, user == nil ? "400" : "200", user == nil ? "refused" : "OK", user ?? "", ""]
            try socket.send(reply.map { $0.map { Array($0.utf8) } ?? id })
        }
    }

    /// Frames: version, request id, domain, address, identity, mechanism, and for CURVE the client's public key.
    private func userID(for frames: [[UInt8]]) -> String? {
        guard frames.count == 7, frames[0] == Array("1.0".utf8), frames[2] == Array(domain.utf8),
            frames[5] == Array("CURVE".utf8), let key = CurveKeyPair.text(of: frames[6])
        else { return nil }
        return admit(key)
    }
}
