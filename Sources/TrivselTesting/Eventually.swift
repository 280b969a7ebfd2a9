/// What a test waited for did not come.
public struct NeverCame: Error, CustomStringConvertible {
    public let description: String

    public init(description: String) { self.description = description }
}

/// Returns as soon as `condition` holds, looked at again and again; the one way in which tests wait.
///
/// - Throws: `NeverCame` after half a minute; what `condition` throws.
public func eventually(
    _ what: String, isolation: isolated (any Actor)? = #isolation, _ condition: () async throws -> Bool
) async throws {
    let clock = ContinuousClock()
    let limit = clock.now.advanced(by: .seconds(30))
    while !(try await condition()) {
        guard clock.now < limit else { throw NeverCame(description: "waited in vain: \(what)") }
        try await Task.sleep(for: .milliseconds(10))
    }
}
