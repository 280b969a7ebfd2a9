import Foundation
import Synchronization

/// A file descriptor that takes whole lines from any thread.
public final class LineOutput: Sendable {
    public static let standardError = LineOutput(descriptor: 2)

    private let descriptor: Int32
    /// Held while a line is written, since the system may take a long one in parts.
    private let turn = Mutex(())

    public init(descriptor: Int32) { self.descriptor = descriptor }

    /// Writes `line`, normally in one system call. A descriptor that takes nothing any more loses it: a log must not
    /// stop the server.
    public func write(_ line: [UInt8]) {
        turn.withLock { _ in
            line.withUnsafeBytes { rest in
                var rest = rest[...]
                while !rest.isEmpty {
                    let count = Foundation.write(
                        descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                    if count > 0 {
                        rest = rest.dropFirst(count)
                    } else if errno == EAGAIN {
                        var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                        guard poll(&wanted, 1, 1000) > 0 else { return }
                    } else if errno != EINTR {
                        return
                    }
                }
            }
        }
    }
}
