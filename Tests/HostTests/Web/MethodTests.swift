import HTTPTypes
import Host
import Testing
import TrivselTesting

/// A known address says which methods it takes.
@Suite struct MethodTests {
    @Test(arguments: [
        (HTTPRequest.Method.delete, "/api/v1/deviations", "GET, HEAD, POST"), (.patch, "/", "GET, HEAD"),
        (.put, "/api/v1/deviations/019ac000-0000-7000-8000-000000000000/masks", "POST"),
        (.get, "/api/v1/deviations/019ac000-0000-7000-8000-000000000000/masks", "POST"),
        (.put, "/deviations/filters", "POST"), (.delete, "/api/v1/categories/exam/", "GET, HEAD, PUT"),
    ])
    func `a method that an address does not take is answered with those it takes`(
        method: HTTPRequest.Method, path: String, allowed: String
    ) async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let answer = try await host.visitor().send(method, path, headers: [:], body: nil)
            #expect(answer.status == .methodNotAllowed && answer.headers[.allow] == allowed, "\(answer.headers)")
        }
    }

    @Test func `an address that there is not is not found, by any method`() async throws {
        try await HostHarness.with(modules: [Deviations.self, Alpha.self], enabled: ["alpha"]) { host in
            for method in [HTTPRequest.Method.get, .post, .delete] {
                for path in ["/api/v1/deviations", "/api/v1/nothing", "/nothing"] {
                    let answer = try await host.visitor().send(method, path, headers: [:], body: nil)
                    #expect(answer.status == .notFound, "\(method) \(path)")
                }
            }
        }
    }
}
