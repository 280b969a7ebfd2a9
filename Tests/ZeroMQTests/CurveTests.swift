import Testing
import ZeroMQ

@Suite(.timeLimit(.minutes(5)))
struct CurveTests {
    enum Client: Sendable { case listed, stranger, withoutCurve, withWrongServerKey }
    enum Handler: Sendable { case answers, stopped, none }
    enum Guard: Sendable { case domainAndEnforce, domainOnly, nothing }

    /// Each row was tried against libzmq 4.3.4. The last two are why `guardWithCurve` sets more than the keys.
    @Test(arguments: [
        (Client.listed, Handler.answers, Guard.domainAndEnforce, true),
        (.stranger, .answers, .domainAndEnforce, false),
        (.withoutCurve, .answers, .domainAndEnforce, false),
        (.withWrongServerKey, .answers, .domainAndEnforce, false),
        (.listed, .stopped, .domainAndEnforce, false),
        (.stranger, .stopped, .domainAndEnforce, false),
        (.listed, .none, .domainAndEnforce, false),
        (.stranger, .none, .domainOnly, true),
        (.stranger, .none, .nothing, true),
    ])
    func `who gets in`(client: Client, handler: Handler, setup: Guard, getsIn: Bool) async throws {
        let serverKeys = try CurveKeyPair.generate()
        let listed = try CurveKeyPair.generate()
        let other = try CurveKeyPair.generate()
        let (thread, happenings) = try Room.open(.router, .dealer) { room in
            if handler != .none {
                room.zap = try ZapHandler(in: room.serverSide, domain: "trivsel") {
                    $0 == listed.publicKey ? "kari" : nil
                }
            }
            switch setup {
            case .domainAndEnforce: try room.server.guardWithCurve(serverKeys, domain: "trivsel")
            case .domainOnly:
                try room.server.setZapDomain("trivsel")
                try room.server.serveCurve(serverKeys)
            case .nothing: try room.server.serveCurve(serverKeys)
            }
            if handler == .stopped {
                room.zap?.socket.close()
                room.zap = nil
            }
            switch client {
            case .listed: try room.client.useCurve(listed, serverKey: serverKeys.publicKey)
            case .stranger: try room.client.useCurve(other, serverKey: serverKeys.publicKey)
            case .withWrongServerKey: try room.client.useCurve(listed, serverKey: other.publicKey)
            case .withoutCurve: break
            }
            try room.client.connect(room.server.bind("tcp://127.0.0.1:*"))
            try room.client.send([[42]])
        }
        var cameIn = false
        waiting: for await happening in happenings {
            switch happening {
            case .serverReceived(let message):
                cameIn = true
                #expect(message.userID == (handler == .answers ? "kari" : nil))
                break waiting
            case .server(let kind) where Monitor.Event.Kind.refusals.contains(kind): break waiting
            default: continue
            }
        }
        #expect(cameIn == getsIn)
        try await thread.close()
    }

    @Test func `a refused client is told so, and the server's monitor says that the handler refused`() async throws {
        let serverKeys = try CurveKeyPair.generate()
        let stranger = try CurveKeyPair.generate()
        let (thread, happenings) = try Room.open(.router, .dealer) { room in
            room.zap = try ZapHandler(in: room.serverSide, domain: "trivsel") { _ in nil }
            try room.server.guardWithCurve(serverKeys, domain: "trivsel")
            try room.client.useCurve(stranger, serverKey: serverKeys.publicKey)
            try room.client.connect(room.server.bind("tcp://127.0.0.1:*"))
        }
        var expected: Set<Happening> = [.server(.handshakeFailedAuth), .client(.handshakeFailedAuth)]
        for await happening in happenings {
            expected.remove(happening)
            if expected.isEmpty { break }
        }
        #expect(expected.isEmpty)
        try await thread.close()
    }

    @Test func `a client whose key is not known yet is held, and comes in once it is`() async throws {
        let serverKeys = try CurveKeyPair.generate()
        let late = try CurveKeyPair.generate()
        let (thread, happenings) = try Room.open(.router, .dealer) { room in
            var askings = 0
            room.zap = try ZapHandler(in: room.serverSide, domain: "trivsel", patience: 1) { key in
                askings += 1
                return askings > 1 && key == late.publicKey ? "late" : nil
            }
            room.betweenTurns = { try room.zap?.answerHeld(through: 1) }
            try room.server.guardWithCurve(serverKeys, domain: "trivsel")
            try room.client.useCurve(late, serverKey: serverKeys.publicKey)
            try room.client.connect(room.server.bind("tcp://127.0.0.1:*"))
            try room.client.send([[1]])
        }
        for await case .serverReceived(let message) in happenings {
            #expect(message.userID == "late")
            break
        }
        try await thread.close()
    }

    @Test func `in manual mode the user stands on a subscription, and only what is taken up is delivered`() async throws
    {
        let serverKeys = try CurveKeyPair.generate()
        let kari = try CurveKeyPair.generate()
        let (thread, happenings) = try Room.open(.xpub, .sub) { room in
            room.zap = try ZapHandler(in: room.serverSide, domain: "trivsel") { _ in "kari" }
            try room.server.set(.xpubManual, 1)
            try room.server.guardWithCurve(serverKeys, domain: "trivsel")
            try room.client.useCurve(kari, serverKey: serverKeys.publicKey)
            try room.client.connect(room.server.bind("tcp://127.0.0.1:*"))
            try room.client.subscribe(Array("a".utf8))
            try room.client.subscribe(Array("b".utf8))
        }
        var delivered: [Message] = []
        for await happening in happenings {
            if case .serverReceived(let message) = happening {
                #expect(message.userID == "kari")
                guard message.frames == [Array("\u{1}b".utf8)] else { continue }
                try await thread.run { room in
                    try room.server.subscribe(Array("b".utf8))
                    for topic in ["a1", "b1"] { try room.server.send([Array(topic.utf8), [1]]) }
                }
            }
            if case .clientReceived(let message) = happening {
                delivered.append(message)
                break
            }
        }
        #expect(delivered.map(\.frames) == [[Array("b1".utf8), [1]]])
        try await thread.close()
    }

    @Test func `a key is 40 characters of Z85, and the public half follows from the secret one`() throws {
        let pair = try CurveKeyPair.generate()
        #expect(pair.publicKey.utf8.count == 40 && pair.secretKey.utf8.count == 40)
        #expect(CurveKeyPair(secretKey: pair.secretKey) == pair)
        #expect(CurveKeyPair.bytes(of: pair.publicKey).flatMap(CurveKeyPair.text(of:)) == pair.publicKey)
        for broken in ["", "short", String(repeating: "\"", count: 40), String(repeating: "å", count: 20)] {
            #expect(CurveKeyPair(secretKey: broken) == nil)
        }
    }
}
