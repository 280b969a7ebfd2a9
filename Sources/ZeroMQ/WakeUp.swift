import CZeroMQ
import Glibc

/// An eventfd by which other threads end a `zmq_poll`.
struct WakeUp {
    private let descriptor: Int32

    init() throws {
        descriptor = eventfd(0, Int32(EFD_NONBLOCK) | Int32(EFD_CLOEXEC))
        guard descriptor >= 0 else { throw ZeroMQError(operation: "make an eventfd", code: errno) }
    }

    func signal() {
        var one: UInt64 = 1
        _ = unsafe write(descriptor, &one, 8)
    }

    func drain() {
        var count: UInt64 = 0
        _ = unsafe read(descriptor, &count, 8)
    }

    func close() { _ = Glibc.close(descriptor) }

    /// Waits until a socket can be read, `signal` is called, or the time is over.
    ///
    /// - Returns: the sockets that can be read.
    func wait(for sockets: [Socket], milliseconds: Int) throws -> [Socket] {
        var items = unsafe sockets.map { unsafe $0.pollItem }
        unsafe items.append(zmq_pollitem_t(socket: nil, fd: descriptor, events: Int16(ZMQ_POLLIN), revents: 0))
        let count = unsafe zmq_poll(&items, Int32(items.count), milliseconds)
        guard count >= 0 || zmq_errno() == EINTR else { throw ZeroMQError.last("poll") }
        drain()
        return unsafe zip(sockets, items).compactMap { unsafe $1.revents & Int16(ZMQ_POLLIN) != 0 ? $0 : nil }
    }
}
