import HTTPTypes
import Hummingbird
import Logging
import Metrics
import ModuleKit
import ServiceLifecycle
import Synchronization

/// Where the requests to one of several institutions come in; shut until it serves.
final class TenantDoor: Sendable {
    private struct State {
        var responder: SwitchingResponder?
        var inHand = 0
        var emptied: AsyncStream<Never>.Continuation?
    }

    private let tenant: String
    private let metrics: PrometheusMetrics
    private let state = Mutex(State())

    init(tenant: String, metrics: PrometheusMetrics) { (self.tenant, self.metrics) = (tenant, metrics) }

    func open(_ responder: SwitchingResponder) { state.withLock { $0.responder = responder } }

    /// Lets in nobody more, and returns when what is in hand has been answered, or the task is cancelled.
    func shut() async {
        let emptied = state.withLock { state -> AsyncStream<Never>? in
            state.responder = nil
            guard state.inHand > 0 else { return nil }
            let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
            state.emptied = continuation
            return stream
        }
        if let emptied { for await _ in emptied {} }
    }

    func respond(to request: Request, context: AppContext) async throws -> Response {
        guard let (responder, hand) = take() else {
            return Response(status: .serviceUnavailable, headers: [.retryAfter: "5", .cacheControl: "no-store"])
        }
        var context = context
        context.logger[metadataKey: "tenant"] = "\(tenant)"
        let asked = context
        return try await withMetricsFactory(metrics) {
            var answer = try await responder.respond(to: request, context: asked)
            // A stream of events would go on; it ends with the log.
            let held = answer.headers[.contentType] == "text/event-stream" ? nil : hand
            let body = answer.body
            answer.body = ResponseBody(contentLength: body.contentLength) { writer in
                defer { withExtendedLifetime(held) {} }
                try await body.write(writer)
            }
            return answer
        }
    }

    private func take() -> (SwitchingResponder, Hand)? {
        state.withLock { state in
            guard let responder = state.responder else { return nil }
            state.inHand += 1
            return (responder, Hand(door: self))
        }
    }

    /// A request in hand, until its answer is written or given up.
    private final class Hand: Sendable {
        let door: TenantDoor

        init(door: TenantDoor) { self.door = door }

        deinit {
            door.state.withLock { state in
                state.inHand -= 1
                if state.inHand == 0 { state.emptied?.finish() }
            }
        }
    }
}

/// Stands among a host's services where its HTTP server would.
struct OpenDoor: Service {
    let door: TenantDoor
    let responder: SwitchingResponder
    let whenOpen: @Sendable () -> Void

    func run() async {
        door.open(responder)
        whenOpen()
        try? await gracefulShutdown()
        await door.shut()
    }
}

/// Passes each request to the institution whose host name it was sent to.
final class TenantDoors: HTTPResponder {
    typealias Context = AppContext
    private let doors = Mutex<[String: TenantDoor]>([:])

    func put(_ door: TenantDoor, at host: String) { doors.withLock { $0[host] = door } }

    func take(_ door: TenantDoor) { doors.withLock { $0 = $0.filter { $0.value !== door } } }

    func respond(to request: Request, context: AppContext) async throws -> Response {
        guard let host = request.head.authority.flatMap({ HostName.of(authority: $0) }),
            let door = doors.withLock({ $0[host] })
        else { return Response(status: .misdirectedRequest, headers: [.cacheControl: "no-store"]) }
        return try await door.respond(to: request, context: context)
    }
}
