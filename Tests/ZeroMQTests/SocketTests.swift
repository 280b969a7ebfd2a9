import Testing
import ZeroMQ

@Suite(.timeLimit(.minutes(5)))
struct SocketTests {
    @Test func `a message of several frames arrives whole, and only the first frames of a longer one are kept`()
        async throws
    {
        let (thread, happenings) = try Room.open(.router, .dealer) { room in
            try room.client.connect(room.server.bind("tcp://127.0.0.1:*"))
            try room.client.send([[1, 2], [], [3]])
            try room.client.send(Array(repeating: [7], count: 40))
        }
        var messages: [Message] = []
        for await case .serverReceived(let message) in happenings {
            messages.append(message)
            if messages.count == 2 { break }
        }
        #expect(messages[0].frames.dropFirst() == [[1, 2], [], [3]])
        #expect(messages[1].frameCount == 41 && messages[1].frames.count == 8)
        #expect(messages[0].userID == nil)
        try await thread.close()
    }

    @Test func `a port in use is told from other errors`() async throws {
        let (thread, _) = try Room.open(.router, .router)
        let failure = try await thread.run { room in
            let address = try room.server.bind("tcp://127.0.0.1:*")
            return #expect(throws: ZeroMQError.self) { try room.client.bind(address) }
        }
        #expect(failure?.isAddressInUse == true)
        #expect(failure?.description.contains("bind tcp://127.0.0.1:") == true)
        try await thread.close()
    }

    @Test func `a peer that is not there does not take a message`() async throws {
        let (thread, _) = try Room.open(.router, .dealer) { try $0.server.set(.routerMandatory, 1) }
        #expect(try await thread.run { try $0.server.send([[1, 2, 3], [4]]) } == false)
        try await thread.close()
    }

    @Test func `a stop releases the port although a message is still to be sent`() async throws {
        let (first, _) = try Room.open(.router, .dealer) { room in
            try room.client.set(.linger, 500)
            try room.client.connect("tcp://127.0.0.1:1")
            try room.client.send([[1]])
        }
        let address = try await first.run { try $0.server.bind("tcp://127.0.0.1:*") }
        try await first.close()
        let (second, _) = try Room.open(.router, .dealer)
        #expect(try await second.run { try $0.server.bind(address) } == address)
        try await second.close()
    }

    @Test func `what a frame may hold at most is kept to`() async throws {
        let (thread, happenings) = try Room.open(.router, .dealer) { room in
            try room.server.setMaxFrameBytes(100)
            try room.client.connect(room.server.bind("tcp://127.0.0.1:*"))
            try room.client.send([Array(repeating: 1, count: 101)])
            try room.client.set(.reconnectInterval, 10)
        }
        var handshakes = 0
        for await happening in happenings {
            if case .serverReceived = happening { Issue.record("too long a frame came in") }
            if happening == .client(.handshakeSucceeded) { handshakes += 1 }
            if handshakes == 2 { break }
        }
        try await thread.close()
    }
}

@Suite(.timeLimit(.minutes(5)))
struct SocketThreadTests {
    struct Broken: Error {}

    @Test func `an error in the owner ends the thread and reaches everyone who waits`() async throws {
        let (thread, happenings) = try Room.open(.router, .dealer)
        let end = Task { try await thread.ended() }
        thread.perform { _ in throw Broken() }
        await #expect(throws: Broken.self) { try await thread.run { _ in 1 } }
        await #expect(throws: Broken.self) { try await end.value }
        for await _ in happenings {}  // ends: the sockets are closed
    }

    @Test func `an error while the owner is made is what a command gets`() async throws {
        let (thread, _) = try Room.open(.router, .dealer) { _ in throw Broken() }
        await #expect(throws: Broken.self) { try await thread.run { _ in 1 } }
        thread.stop()
    }

    @Test func `commands run in order, from many tasks, on one thread`() async throws {
        let (thread, _) = try Room.open(.router, .dealer)
        let sum = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<500 { group.addTask { try await thread.run { _ in number } } }
            return try await group.reduce(0, +)
        }
        #expect(sum == 124_750)
        try await thread.close()
    }
}
