import Storage
import Synchronization
import Testing
import TrivselTesting

@testable import Vault

@Suite struct SignalListenTests {
    private struct Odd: Error {}

    @Test func `what fails is called again long before the interval ends`() async throws {
        let (calls, failures) = (Counter(), Counter())
        try await withThrowingTaskGroup { group in
            group.addTask {
                await Signal().listen(every: .seconds(3600)) {
                    if calls.next() < 3 { throw Odd() }
                } failed: { _ in
                    _ = failures.next()
                }
            }
            try await eventually("the third call") { calls.count == 3 }
            group.cancelAll()
        }
        #expect(calls.count == 3 && failures.count == 2)
    }

    private final class Counter: Sendable {
        private let value = Mutex(0)
        var count: Int { value.withLock { $0 } }

        func next() -> Int {
            value.withLock { value in
                value += 1
                return value
            }
        }
    }
}
