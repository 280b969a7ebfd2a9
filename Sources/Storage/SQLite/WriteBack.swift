import Dispatch
import Synchronization

/// When SQLite's write-ahead log is copied back into the file, and by whom.
///
/// Copying 32 MiB at once on the writer's thread held all changes up for 20 to 30 ms, nine times in four seconds of creates. So it is
/// done in small steps by a thread of its own while changes go on, and the writer copies only what came meanwhile: it alone can see to
/// it that nothing is left, so that the log begins anew instead of growing.
final class WriteBack: Sendable {
    /// Some 4 MiB of log when the changes are reports.
    private static let changes = 250

    private enum State {
        case counting(Int)
        case copying, copied, closed
    }

    private let state = Mutex(State.counting(0))
    private let wakeUp = DispatchSemaphore(value: 0)

    /// Counts `changes` just committed. True when the writer is to copy the rest.
    func hasCommitted(_ changes: Int) -> Bool {
        let (wake, finish) = state.withLock { state in
            switch state {
            case .counting(let before):
                let isDue = before + changes >= Self.changes
                state = isDue ? .copying : .counting(before + changes)
                return (isDue, false)
            case .copied:
                state = .counting(0)
                return (false, true)
            case .copying, .closed: return (false, false)
            }
        }
        if wake { wakeUp.signal() }
        return finish
    }

    /// Copies with `connection` whenever it is time, until closed; keeps its thread.
    func run(_ connection: SQLiteConnection) {
        while true {
            wakeUp.wait()
            if state.withLock({ if case .closed = $0 { true } else { false } }) { return }
            connection.writeBack()
            state.withLock { if case .copying = $0 { $0 = .copied } }
        }
    }

    /// Ends `run`.
    func close() {
        state.withLock { $0 = .closed }
        wakeUp.signal()
    }
}

extension SQLiteConnection {
    /// Copies what can be copied now. What fails is tried again next time: until then it stands safe in the log.
    func writeBack() { try? execute("PRAGMA wal_checkpoint(PASSIVE)") }
}
