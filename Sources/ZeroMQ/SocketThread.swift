import Foundation
import Synchronization

/// What lives on a socket thread: owns a context and its sockets, and is never touched by another thread.
public protocol SocketOwner: AnyObject, SendableMetatype {
    /// The sockets to wake for; asked once a turn of the loop.
    var watched: [Socket] { get }
    /// Called when `socket` can be read; an error ends the thread.
    func receive(from socket: Socket) throws
    /// Called once a turn of the loop; an error ends the thread.
    ///
    /// - Returns: after how many milliseconds it wants to be called again at the latest.
    func turn() throws -> Int
    /// Closes every socket and the context; the last call.
    func close()
}

/// The one thread that makes, uses and closes an owner's sockets; everybody else queues commands.
public final class SocketThread<Owner: SocketOwner>: Sendable {
    /// Gets nil when the thread ended before it could run.
    private typealias Command = @Sendable (Owner?) throws -> Void

    private struct State: Sendable {
        var commands: [Command] = []
        var isStopping = false
        var end: Result<Void, any Error>?
        var waiting: [CheckedContinuation<Void, any Error>] = []
    }

    private let state = Mutex(State())
    private let wakeUp: WakeUp

    /// Starts the thread, on which `make` makes the owner. What `make` throws ends the thread, and `run` throws it.
    public init(name: String, make: @escaping @Sendable () throws -> Owner) throws {
        wakeUp = try WakeUp()
        let thread = Thread { [self] in finish(Result { try live(make) }) }
        thread.name = name
        thread.start()
    }

    /// Queues `body` for the thread; an error of it ends the thread. After the end `orElse` runs instead.
    public func perform(
        _ body: @escaping @Sendable (Owner) throws -> Void, orElse: @escaping @Sendable () -> Void = {}
    ) {
        queue { owner in
            if let owner { try body(owner) } else { orElse() }
        }
    }

    /// Runs `body` on the thread and answers what it answers.
    ///
    /// - Throws: what `body` throws, or what ended the thread.
    public func run<T: Sendable>(_ body: @escaping @Sendable (Owner) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            queue { [self] owner in
                continuation.resume(with: Result { try body(owner ?? orEnd()) })
            }
        }
    }

    /// Asks the thread to close everything and end; `ended` waits for it.
    public func stop() {
        state.withLock {
            $0.isStopping = true
            if $0.end == nil { wakeUp.signal() }
        }
    }

    /// Returns when the thread has ended and its sockets are released.
    ///
    /// - Throws: what ended it, unless it was `stop`.
    public func ended() async throws {
        try await withCheckedThrowingContinuation { continuation in
            let end = state.withLock { state in
                if state.end == nil { state.waiting.append(continuation) }
                return state.end
            }
            if let end { continuation.resume(with: end) }
        }
    }

    private func queue(_ command: @escaping Command) {
        let isOver = state.withLock { state in
            guard state.end == nil else { return true }
            if state.commands.isEmpty { wakeUp.signal() }
            state.commands.append(command)
            return false
        }
        if isOver { try? command(nil) }
    }

    private func live(_ make: () throws -> Owner) throws {
        let owner = try make()
        defer { owner.close() }
        var milliseconds = 0
        while true {
            let readable = try wakeUp.wait(for: owner.watched, milliseconds: milliseconds)
            let (commands, isStopping) = state.withLock { state in
                defer { state.commands = [] }
                return (state.commands, state.isStopping)
            }
            try run(commands, on: owner)
            if isStopping { return }
            // A command may have closed sockets that could be read a moment ago.
            let watched = owner.watched
            for socket in readable where watched.contains(where: { $0 === socket }) { try owner.receive(from: socket) }
            milliseconds = try owner.turn()
        }
    }

    /// When one fails, `finish` tells the rest that the thread ended, so that nobody waits for ever.
    private func run(_ commands: [Command], on owner: Owner) throws {
        var rest = commands[...]
        while let command = rest.popFirst() {
            do { try command(owner) } catch {
                state.withLock { $0.commands.insert(contentsOf: rest, at: 0) }
                throw error
            }
        }
    }

    private func finish(_ end: Result<Void, any Error>) {
        let (commands, waiting) = state.withLock { state in
            state.end = end
            wakeUp.close()
            defer { (state.commands, state.waiting) = ([], []) }
            return (state.commands, state.waiting)
        }
        for command in commands { try? command(nil) }
        for continuation in waiting { continuation.resume(with: end) }
    }

    private func orEnd() throws -> Owner {
        if case .failure(let error)? = state.withLock({ $0.end }) { throw error }
        throw CancellationError()
    }
}
