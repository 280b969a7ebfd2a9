import EventBus
import EventKit
import HTTPTypes
import Hummingbird
import Metrics
import ModuleKit
import ServiceLifecycle
import Storage
import Synchronization

/// `GET /api/v1/events` (with a token) and `/admin/events/stream` (in a browser's session): events as server-sent
/// events, first from the log and then as they come.
///
/// For whoever may read the events of the whole institution. Each message is a CloudEvent; its id, `<position>@<epoch>`,
/// is what a client comes again with.
struct EventStream: Sendable {
    static let right: Right = "host.read-events"
    /// So many at a time.
    static let limit = 100
    /// Then the client has to come again, and what it may do is looked at anew: a role that has ended reads on for no longer.
    static let lifetime: Duration = .seconds(60)
    static let beat: Duration = .seconds(15)

    let log: EventLog
    private let open = OpenStreams()

    init(log: EventLog) { self.log = log }

    func mount(on router: Router<AppContext>, api: RouterGroup<AppContext>) {
        api.get("events") { request, context in try await answer(request, context) }
        router.get("admin/events/stream") { request, context in try await answer(request, context) }
    }

    private func answer(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, _) = try context.visitor(with: Self.right)
        guard open.count < Self.limit else { throw Problem.unavailable(visit.language) }
        let wanted = try EventStreamRequest(request, visit.language)
        let start = if let after = wanted.after { after } else { try await log.bounds().head }
        let tail = LogTail(log, topics: wanted.topics, after: start, epoch: wanted.epoch)
        var headers: HTTPFields = [.contentType: "text/event-stream", .cacheControl: "no-store"]
        // A proxy must pass each message on at once.
        headers[header: "X-Accel-Buffering"] = "no"
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody { writer in
                open.enter()
                defer { open.leave() }
                try await send(tail, to: &writer)
                try await writer.finish(nil)
            })
    }

    /// Until the client goes, its time is over, the log is not the one it has read, or the host stops.
    private func send(_ start: LogTail, to writer: inout any ResponseBodyWriter) async throws {
        var tail = start
        let (wakes, wake) = AsyncStream.makeStream(of: Wake.self, bufferingPolicy: .bufferingNewest(1))
        try await withThrowingTaskGroup(of: Void.self) { group in
            // Listened to before the first look, so that nothing is committed unheard in between.
            let changes = log.changes()
            group.addTask {
                for await _ in changes { wake.yield(.grown) }
                wake.finish()
            }
            group.addTask {
                while (try? await Task.sleep(for: Self.beat)) != nil { wake.yield(.beat) }
            }
            group.addTask {
                try? await Task.sleep(for: Self.lifetime)
                wake.finish()
            }
            group.addTask {
                try? await gracefulShutdown()
                wake.finish()
            }
            try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
            for await reason in wakes {
                guard try await sendNew(&tail, to: &writer, says: reason == .beat) else { break }
            }
            group.cancelAll()
        }
    }

    private enum Wake { case grown, beat }

    /// - Returns: false when there is nothing to go on with.
    private func sendNew(_ tail: inout LogTail, to writer: inout any ResponseBodyWriter, says: Bool) async throws
        -> Bool
    {
        do {
            var isSilent = true
            while let batch = try await tail.next(limit: 100, maxBytes: 256 << 10) {
                let messages = batch.events.map { "id: \($0.position)@\($0.epoch)\ndata: \($0.cloudEvent)\n\n" }
                // Of types that come rarely the id alone, so that the client need not read far when it comes again.
                let text = messages.isEmpty ? "id: \(batch.next)@\(batch.epoch)\n\n" : messages.joined()
                try await writer.write(ByteBuffer(string: text))
                isSilent = false
            }
            if isSilent && says { try await writer.write(ByteBuffer(string: ": beat\n\n")) }
            return true
        } catch let error as BusError {
            let name = error.code == .epoch ? "epoch" : "truncated"
            let fact: JSON = #"{"epoch":\#(error.epoch),"first":\#(error.first.map(Int.init))}"#
            try await writer.write(ByteBuffer(string: "event: \(name)\ndata: \(fact.text)\n\n"))
            return false
        }
    }
}

/// How many streams are open.
private final class OpenStreams: Sendable {
    private let number = Mutex(0)
    /// That of whoever made it, and not of who writes an answer's body.
    private let factory = MetricsSystem.factory

    var count: Int { number.withLock(\.self) }

    func enter() {
        record(
            number.withLock {
                $0 += 1
                return $0
            })
    }
    func leave() {
        record(
            number.withLock {
                $0 -= 1
                return $0
            })
    }

    private func record(_ count: Int) { Gauge(label: "trivsel_event_streams", factory: factory).record(count) }
}
