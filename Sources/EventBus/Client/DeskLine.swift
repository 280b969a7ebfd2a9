import ZeroMQ

/// A question to the desk that waits for its answer.
struct DeskCall: Sendable {
    /// Unique within the client.
    let number: UInt64
    let body: [UInt8]
    /// The answer may take so long; after that and `DeskLine.silence` it is asked again.
    let wait: Duration
    let give: @Sendable (Result<[UInt8], any Error>) -> Void
}

/// The desks of all hosts. A client's lines ask the same one, until it is silent.
final class Desks {
    private let addresses: [String]
    private var place = 0

    init(_ list: String) {
        let addresses = list.addresses
        self.addresses = addresses.isEmpty ? [list] : addresses
    }

    var current: String { addresses[place] }
    var areMany: Bool { addresses.count > 1 }

    /// The next one becomes the current one, unless another line has turned away from `address` already.
    func turnAway(from address: String) {
        if address == current { place = (place + 1) % addresses.count }
    }
}

/// One DEALER with at most one question open. It asks until it is answered: again after silence, and again after each
/// new connection, under a new request id each time (the “lazy pirate” of the ZeroMQ guide).
final class DeskLine {
    private static let silence: Duration = .milliseconds(500)
    /// After so many silent askings the connection itself is made anew.
    private static let patience = 3

    private let context: Context
    private let settings: ClientSockets.Settings
    private let desks: Desks
    private var address: String
    private var socket: Socket
    private var monitor: Monitor
    private var call: DeskCall?
    private var askings: UInt64 = 0
    private var unanswered = 0
    private(set) var isClosed = false
    /// Told by the monitor. libzmq tells of a lost connection before it drops its pipe: what is sent in between is taken and lost.
    private var isConnected = false
    /// Since when there is no connection, if there is none.
    private var apartSince = ContinuousClock.now
    /// libzmq does not connect again by itself once it was refused.
    private var isRefused = false
    /// Nil when the question has yet to be sent.
    private var askedAt: ContinuousClock.Instant?

    init(in context: Context, _ settings: ClientSockets.Settings, _ desks: Desks) throws {
        self.context = context
        self.settings = settings
        self.desks = desks
        address = desks.current
        (socket, monitor) = try Self.connect(context, settings, address)
    }

    var isBusy: Bool { call != nil }
    var number: UInt64? { call?.number }
    var watched: [Socket] { [socket, monitor.socket] }

    func ask(_ call: DeskCall) throws {
        self.call = call
        unanswered = 0
        if isRefused || (!isConnected && address != desks.current) { try reconnect() }
        try send()
    }

    func give(_ result: Result<[UInt8], any Error>) {
        call?.give(result)
        call = nil
    }

    func receive() throws {
        while let event = try monitor.next() {
            switch event.kind {
            case .handshakeFailedAuth:
                isRefused = true
                give(.failure(ClientSockets.refusal))
            // What was asked on the lost connection, or its answer, is lost with it.
            case .disconnected:
                isConnected = false
                apartSince = .now
                askedAt = nil
            case .handshakeSucceeded: isConnected = true
            default: break
            }
        }
        while let message = try socket.receive(maxFrames: 2, withUser: false) {
            guard message.frameCount == 2, message.frames[0] == id else { continue }
            give(.success(message.frames[1]))
        }
    }

    /// - Returns: after how many milliseconds it wants to be called again.
    func turn() throws -> Int {
        guard let call else { return 1000 }
        if let askedAt {
            let rest = askedAt + call.wait + Self.silence - .now
            if rest > .zero { return Int(rest / .milliseconds(1)) + 1 }
            unanswered += 1
            if unanswered % Self.patience == 0 { try turnAway() }
        } else if !isConnected, desks.areMany, apartSince + Self.silence * Self.patience < .now {
            try turnAway()
        }
        try send()
        return 20
    }

    private var id: [UInt8] { Array(String(askings).utf8) }

    /// Nothing is sent while there is no connection; `turn` tries again.
    private func send() throws {
        guard let call, isConnected else { return }
        askings += 1
        askedAt = try socket.send([id, call.body]) ? .now : nil
    }

    func close() {
        socket.close()
        monitor.socket.close()
        isClosed = true
    }

    /// To the next host; if there is but one, by a new connection.
    private func turnAway() throws {
        desks.turnAway(from: address)
        try reconnect()
    }

    private func reconnect() throws {
        close()
        address = desks.current
        (socket, monitor) = try Self.connect(context, settings, address)
        isClosed = false
        isConnected = false
        apartSince = .now
        askedAt = nil
        isRefused = false
    }

    private static func connect(
        _ context: Context, _ settings: ClientSockets.Settings, _ address: String
    ) throws -> (Socket, Monitor) {
        let socket = try context.socket(.dealer)
        try socket.set(.immediate, 1)
        try socket.set(.linger, 0)
        try socket.set(.reconnectInterval, 50)
        try socket.set(.longestReconnectInterval, 5000)
        try socket.setMaxFrameBytes(4 << 20)
        try socket.useCurve(settings.pair, serverKey: settings.credentials.serverKey)
        let monitor = try socket.monitor([.disconnected, .handshakeSucceeded, .handshakeFailedAuth])
        try socket.connect(address)
        return (socket, monitor)
    }
}
