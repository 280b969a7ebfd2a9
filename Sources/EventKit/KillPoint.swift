/// A place at which the fault run (`Scripts/faults`) may kill the process. A release build holds none.
public enum KillPoint {
    /// Ends the process by SIGKILL when the countdown planted for `point` is at its end.
    @inlinable
    public static func pass(_ point: String) {
        #if DEBUG
            Countdown.pass(point)
        #endif
    }
}

#if DEBUG
    import Foundation

    /// A file named like the point, in a folder that all processes share: as many bytes as it may still be passed.
    @usableFromInline
    enum Countdown {
        private static let folder = ProcessInfo.processInfo.environment["TRIVSEL_TEST_KILL_FOLDER"]

        @usableFromInline
        static func pass(_ point: String) {
            guard let folder else { return }
            let file = open("\(folder)/\(point)", O_RDWR)
            guard file >= 0 else { return }
            defer { close(file) }
            flock(file, LOCK_EX)
            let left = lseek(file, 0, SEEK_END)
            guard left > 0 else { return }
            guard left == 1 else {
                ftruncate(file, left - 1)
                return
            }
            let killed = open("\(folder)/killed", O_WRONLY | O_APPEND)
            // Held until death: no other thread of this process uses a countdown up and dies before it has said so.
            flock(killed, LOCK_EX)
            ftruncate(file, 0)
            let line = Array("\(point) \(getpid())\n".utf8)
            write(killed, line, line.count)
            fsync(killed)
            kill(getpid(), SIGKILL)
        }
    }
#endif
