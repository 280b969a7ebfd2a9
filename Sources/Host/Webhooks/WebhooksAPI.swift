import EventBus
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage
import WebhookKit

/// `/api/v1/webhooks`: what the pages do, for programs.
///
/// A secret is in the first answer only: answers that are kept for a repeated request do not hold it.
struct WebhooksAPI: Sendable {
    let webhooks: Webhooks

    private struct Body: Decodable, Sendable {
        let label, address: String
        let topics: [String]
        let state: String?
    }

    func mount(on api: RouterGroup<AppContext>) {
        api.get("webhooks") { _, context in
            _ = try WebhookAccess.visitor(context)
            let hooks = try await webhooks.database.read { try WebhookTable.all(in: $0) }
            return Response.json(#"{"items":\#(hooks.map(\.json))}"#)
        }
        api.post("webhooks") { request, context in try await add(request, context) }
        api.get("webhooks/:hook") { _, context in
            let (visit, _) = try WebhookAccess.visitor(context)
            let id = try context.parameters.require("hook")
            return answer(try await webhooks.database.read { try known(id, visit, in: $0) }).response
        }
        api.put("webhooks/:hook") { request, context in try await change(request, context) }
        api.delete("webhooks/:hook") { _, context in
            let (visit, _) = try WebhookAccess.visitor(context)
            let id = try context.parameters.require("hook")
            try await webhooks.database.write { try webhooks.delete(try known(id, visit, in: $0), in: $0) }
            return Response(status: .noContent)
        }
        api.post("webhooks/:hook/secret") { request, context in try await renew(request, context) }
        api.post("webhooks/:hook/test") { request, context in try await test(request, context) }
        api.get("webhooks/:hook/deliveries") { _, context in try await deliveries(context) }
    }

    private func known(_ id: String, _ visit: Visit, in reader: Reader) throws -> Webhook {
        guard let hook = try WebhookTable.find(id, in: reader) else { throw Problem.notFound(visit.language) }
        return hook
    }

    private func answer(_ hook: Webhook, status: HTTPResponse.Status = .ok) -> WriteAnswer {
        WriteAnswer(status: status, body: hook.json, version: hook.version)
    }

    /// - Throws: `Problem` 422 with all that is wrong.
    private func checked(_ body: Body, _ visit: Visit) async throws -> WebhookDraft {
        let input = WebhookInput(label: body.label, address: body.address, topics: body.topics)
        let (draft, errors) = await input.checked(webhooks.policy, visit.language)
        var all = errors
        if let state = body.state, Webhook.State(rawValue: state) == nil {
            all.append(FieldError("state", WebhookTexts[visit.language].badState))
        }
        guard let draft, all.isEmpty else { throw Problem.invalid(visit.language, all) }
        return draft
    }

    private func add(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try WebhookAccess.visitor(context)
        let (body, bytes) = try await context.json(request, as: Body.self)
        let idempotency = try Idempotency(request, body: bytes, visit: visit, viewer: viewer)
        let draft = try await checked(body, visit)
        let (hook, secret) = try await webhooks.made(draft, at: visit.now)
        var (made, isNew) = try await webhooks.database.write { tx in
            var isNew = false
            let given = try idempotency.once(in: tx) {
                var hook = hook
                isNew = true
                if let state = body.state.flatMap(Webhook.State.init) { hook.state = state }
                try WebhookTable.insert(hook, by: viewer.person.id, in: tx)
                var made = answer(hook, status: .created)
                made.location = "/api/v1/webhooks/\(hook.id)"
                return made
            }
            return (given, isNew)
        }
        if isNew { made.body = made.body.adding(secret) }
        return made.response
    }

    private func change(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try WebhookAccess.visitor(context)
        let id = try context.parameters.require("hook")
        _ = try await webhooks.database.read { try known(id, visit, in: $0) }
        let (body, _) = try await context.json(request, as: Body.self)
        let version = try context.expectedVersion(request)
        let draft = try await checked(body, visit)
        let changed = try await webhooks.database.write { tx in
            var hook = try known(id, visit, in: tx)
            guard hook.version == version else { throw Problem.stale(visit.language) }
            hook.take(draft)
            if let state = body.state.flatMap(Webhook.State.init), state != hook.state {
                try webhooks.set(state, of: &hook, in: tx)
            }
            try WebhookTable.update(hook, by: viewer.person.id, at: visit.now, in: tx)
            return try known(id, visit, in: tx)
        }
        return answer(changed).response
    }

    private func renew(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try WebhookAccess.visitor(context)
        let id = try context.parameters.require("hook")
        let idempotency = try Idempotency(request, body: [], visit: visit, viewer: viewer)
        let hook = try await webhooks.database.read { try known(id, visit, in: $0) }
        let (secret, sealed) = try await webhooks.newSecret(for: hook)
        let (renewed, isNew) = try await webhooks.database.write { tx in
            var isNew = false
            let given = try idempotency.once(in: tx) {
                isNew = true
                guard try webhooks.renew(id, to: sealed, by: viewer.person.id, at: visit.now, in: tx) else {
                    throw Problem.notFound(visit.language)
                }
                let until = visit.now.adding(seconds: Webhooks.overlap)
                return WriteAnswer(status: .ok, body: #"{"oldSecretUntil":\#(until)}"#)
            }
            return (given, isNew)
        }
        var answer = renewed
        if isNew { answer.body = answer.body.adding(secret) }
        return answer.response
    }

    private func test(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try WebhookAccess.visitor(context)
        let id = try context.parameters.require("hook")
        let idempotency = try Idempotency(request, body: [], visit: visit, viewer: viewer)
        return try await webhooks.database.write { tx in
            let hook = try known(id, visit, in: tx)
            guard hook.state == .active else {
                throw Problem.invalid(visit.language, [FieldError("", WebhookTexts[visit.language].notWhilePaused)])
            }
            return try idempotency.once(in: tx) {
                let event = try webhooks.test(hook, at: visit.now, in: tx)
                return WriteAnswer(status: .accepted, body: #"{"event":\#(event)}"#)
            }
        }.response
    }

    private func deliveries(_ context: AppContext) async throws -> Response {
        let (visit, _) = try WebhookAccess.visitor(context)
        let id = try context.parameters.require("hook")
        let jobs = try await webhooks.database.read { reader in
            let hook = try known(id, visit, in: reader)
            return try webhooks.jobs.standing(
                WebhookJob.queue, keys: WebhookJob.prefix(of: hook.id), limit: 100, in: reader)
        }
        let items = jobs.compactMap { job -> JSON? in
            WebhookJob.parts(of: job.key).map { parts in
                #"""
                {"event":\#(parts.event),"type":\#(parts.type),"state":\#(job.state.rawValue),"attempts":\#(job.attempts),\#
                "answer":\#(job.said),"at":\#(job.changedAt)}
                """#
            }
        }
        return Response.json(#"{"items":\#(items)}"#)
    }
}

extension Webhook {
    fileprivate var json: JSON {
        #"""
        {"id":\#(id),"label":\#(label),"address":\#(address),"topics":\#(topics.map(\.description)),\#
        "state":\#(state.rawValue),"pausedBecause":\#(cause?.rawValue),"failures":\#(failures),\#
        "failingSince":\#(failingSince),"oldSecretUntil":\#(oldUntil),"createdAt":\#(createdAt)}
        """#
    }
}

extension JSON {
    /// The object with the secret as its last member.
    fileprivate func adding(_ secret: WebhookSecret) -> JSON {
        "\(JSON(stringLiteral: String(text.dropLast()))),\"secret\":\(secret.text)}"
    }
}
