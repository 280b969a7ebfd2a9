/// Fresh keys, already safe on disk: one wait for the disk makes many, so that a new case does not wait for one of its own.
///
/// Those that a process leaves unused are never named by any case, and harmless.
actor KeyPool {
    private let makeKeys: @Sendable () async throws -> [CaseKey]
    private let low: Int
    private var ready: [CaseKey] = []
    private var isFilling = false
    private var waiting: [CheckedContinuation<Void, any Error>] = []

    /// Refilled when no more than `low` are left.
    init(low: Int, makeKeys: @escaping @Sendable () async throws -> [CaseKey]) {
        self.low = low
        self.makeKeys = makeKeys
    }

    func take() async throws -> CaseKey {
        while true {
            if let key = ready.popLast() {
                // This caller fills while the others go on with what is left; a failure is for who finds the pool empty.
                if ready.count <= low && !isFilling { try? await fill() }
                return key
            }
            if isFilling {
                try await withCheckedThrowingContinuation { waiting.append($0) }
            } else {
                try await fill()
            }
        }
    }

    private func fill() async throws {
        isFilling = true
        let result: Result<[CaseKey], any Error>
        do { result = .success(try await makeKeys()) } catch { result = .failure(error) }
        isFilling = false
        defer { waiting = [] }
        if case .success(let keys) = result { ready += keys }
        for continuation in waiting { continuation.resume(with: result.map { _ in }) }
        _ = try result.get()
    }
}
