import EventBus
import Foundation

/// Whether somebody listens on a port of this machine.
///
/// A port that one test lets go of may be another's the next moment; whoever asks after a stop has the host listen at
/// an `address` of its own, 127.x.y.z.
func isBound(port: Int, at host: String = "127.0.0.1") -> Bool {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = inet_addr(host)
    return withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
    }
}

/// Holds a port of this machine until it goes away.
final class OccupiedPort {
    let number: Int
    private let socket: Int32

    init() {
        socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        number = withUnsafeMutablePointer(to: &address) { [socket] pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = bind(socket, address, size)
                _ = listen(socket, 1)
                _ = getsockname(socket, address, &size)
            }
            return Int(UInt16(bigEndian: pointer.pointee.sin_port))
        }
    }

    deinit { close(socket) }
}

extension BusEndpoints {
    /// The ports of feed and desk.
    var ports: [Int] { [feed, desk].compactMap { $0.split(separator: ":").last.flatMap { Int($0) } } }
}
