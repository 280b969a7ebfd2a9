/// Answers libzmq's questions whether a client may come in (ZAP 1.0, https://rfc.zeromq.org/spec/27/).
///
/// Made before the first guarded socket is bound; one a context.
public final class ZapHandler {
    private struct Question {
        let number: Int
        let envelope: [[UInt8]]
        let id: [UInt8]
        let publicKey: String
    }

    /// Readable when there is a question.
    public let socket: Socket
    private let domain: String
    private let patience: Int
    private let admit: (_ publicKey: String) -> String?
    private var held: [Question] = []

    /// Number of the latest question that was held.
    public private(set) var lastHeld = 0

    /// - Parameters:
    ///   - patience: so many clients with an unknown key are held, neither in nor refused, until `answerHeld`. (A
    ///     client that is refused does not come again by itself, so one whose key is a moment old should not be.)
    ///   - admit: the user id of the client with this public key (Z85), nil if the key is unknown.
    public init(
        in context: Context, domain: String, patience: Int = 0, admit: @escaping (_ publicKey: String) -> String?
    ) throws {
        // Not a REP, which could not hold one question while it answers the next.
        socket = try context.socket(.router)
        self.domain = domain
        self.patience = patience
        self.admit = admit
        try socket.bind("inproc://zeromq.zap.01")
    }

    /// Answers every question that waits, or holds it.
    public func answerAll() throws {
        while let message = try socket.receive(maxFrames: 16) {
            guard let request = message.frames.firstIndex(of: []).map({ message.frames[($0 + 1)...] }),
                request.count >= 2
            else {
                continue
            }
            let envelope = Array(message.frames.prefix(request.startIndex))
            let id = request[request.startIndex + 1]
            guard let key = publicKey(in: Array(request)) else {
                try answer(envelope, id, user: nil)
                continue
            }
            let user = admit(key)
            if user == nil && held.count < patience {
                lastHeld += 1
                held.append(Question(number: lastHeld, envelope: envelope, id: id, publicKey: key))
            } else {
                try answer(envelope, id, user: user)
            }
        }
    }

    /// Lets in those held whose key has become known, and refuses the others.
    ///
    /// - Parameter number: the value of `lastHeld` before the keys were read; who came later may have a key that was
    ///   not read.
    public func answerHeld(through number: Int) throws {
        let ripe = held.prefix { $0.number <= number }
        held.removeFirst(ripe.count)
        for question in ripe { try answer(question.envelope, question.id, user: admit(question.publicKey)) }
    }

    private func answer(_ envelope: [[UInt8]], _ id: [UInt8], user: String?) throws {
        let (status, text) = user == nil ? ("400", "refused") : ("200", "OK")
        try socket.send(envelope + [Array("1.0".utf8), id] + [status, text, user ?? "", ""].map { Array($0.utf8) })
    }

    /// Frames: version, request id, domain, address, identity, mechanism, and for CURVE the client's public key.
    private func publicKey(in frames: [[UInt8]]) -> String? {
        guard frames.count == 7, frames[0] == Array("1.0".utf8), frames[2] == Array(domain.utf8),
            frames[5] == Array("CURVE".utf8)
        else { return nil }
        return CurveKeyPair.text(of: frames[6])
    }
}
