import ModuleKit
import Synchronization
import WhistleblowingCore

/// Lets codes be tried, slower and slower when they are wrong. One for each host; it forgets everything when the host stops.
final class CodeGate: Sendable {
    private let attempts = Mutex(Attempts())
    private let clock: Clock

    init(clock: Clock) { self.clock = clock }

    /// What `find` finds for the code, after the time that the wrong codes of late ask for.
    ///
    /// - Throws: `TooManyAttempts`; what `find` throws.
    func pass<Found: Sendable>(_ code: ReceiptCode, _ find: () async throws -> Found?) async throws -> Found? {
        guard let wait = attempts.withLock({ $0.begin(code.beginning, at: clock.now) }) else { throw TooManyAttempts() }
        if wait > 0 { try await Task.sleep(for: .seconds(wait)) }
        let found = try await find()
        if found != nil { attempts.withLock { $0.succeeded(code.beginning) } }
        return found
    }
}

/// Too many codes have been wrong of late: nobody is told whether this one is right.
struct TooManyAttempts: Error {}
