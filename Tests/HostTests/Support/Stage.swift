import Synchronization
import TrivselTesting

/// Where toy modules tell what they do, in order, and are held up; a task-local value, so that tests run side by side.
final class Stage: Sendable {
    @TaskLocal static var current = Stage()

    /// What a toy does wrong.
    enum Fault: Sendable, Hashable {
        case create(String)
        case migrate(String)
        case run(String)
    }

    private let notes = Mutex<[String]>([])
    private let open = Mutex<Set<String>>([])
    private let gates: Set<String>
    let faults: Set<Fault>

    init(faults: Set<Fault> = [], gates: Set<String> = []) { (self.faults, self.gates) = (faults, gates) }

    func note(_ text: String) { notes.withLock { $0.append(text) } }

    /// What was noted, of that which is about `subjects`; everything when none is named.
    func told(_ subjects: String...) -> [String] {
        notes.withLock { all in all.filter { note in subjects.isEmpty || subjects.contains { note.contains($0) } } }
    }

    /// Returns when `text` is among the notes.
    func wait(for text: String) async throws { try await eventually(text) { told().contains(text) } }

    /// Lets pass who waits at this gate, now and later.
    func unlock(_ gate: String) { open.withLock { _ = $0.insert(gate) } }

    /// Returns when somebody has opened the gate, or there is none of this name.
    func pass(_ gate: String) async throws {
        guard gates.contains(gate) else { return }
        try await eventually("gate \(gate)") { open.withLock { $0.contains(gate) } }
    }
}
