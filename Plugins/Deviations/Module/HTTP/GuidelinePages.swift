import CalendarKit
import DeviationsCore
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// The guideline's versions, and a form for a new one (D1); for clients the same.
struct GuidelinePages: Sendable {
    static let path = "/deviations/guideline/versions"

    let host: HostServices

    private struct Body: Decodable, Sendable { let validFrom, owner, norwegian, english: String? }

    func mount(on routes: ModuleRoutes) {
        routes.pages.get("guideline/versions") { request, context in
            let (visit, _) = try SetupPage.visitor(context, DeviationsRights.maintain)
            return try await page(nil, visit, isDone: request.isDone)
        }
        routes.pages.post("guideline/versions") { request, context in try await add(request, context) }
        routes.api.get("guideline-versions") { _, _ in
            let versions = try await host.database.read { try DeviationStore.guidelines(in: $0) }
            return Response.json(#"{"items":\#(versions.map(\.json))}"#)
        }
        routes.api.post("guideline-versions") { request, context in try await addByAPI(request, context) }
    }

    private func page(_ sent: FormData?, _ visit: Visit, isDone: Bool = false) async throws -> Response {
        let versions = try await host.database.read { try DeviationStore.guidelines(in: $0) }
        return GuidelineVersionsView(versions: versions, sent: sent, isDone: isDone, visit: visit).response
    }

    private func add(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try SetupPage.visitor(context, DeviationsRights.maintain)
        var form = try await context.form(request)
        if form.errors.isEmpty {
            do {
                _ = try await host.database.write { [form] tx in
                    try GuidelineStore.add(
                        by: viewer.person.id, at: visit.now, ifLast: form["last"], in: tx
                    ) { last in
                        try Guideline(
                            validFrom: form["validFrom"], owner: form["owner"], norwegian: form["norwegian"],
                            english: form["english"], after: last, today: Oslo.date(at: visit.now))
                    }
                }
                return .seeOther("\(Self.path)?done=1")
            } catch let error as DeviationError {
                form.errors = ErrorMessages(language: visit.language).fieldErrors(error)
            } catch is DeviationStoreError {
                form.errors = [FieldError("", GuidelineTexts[visit.language].meanwhile)]
            }
        }
        return try await page(form, visit)
    }

    private func addByAPI(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try SetupPage.visitor(context, DeviationsRights.maintain)
        let (body, bytes) = try await context.json(request, as: Body.self)
        let idempotency = try Idempotency(request, body: bytes, visit: visit, viewer: viewer)
        let answer = try await host.database.write { tx in
            try idempotency.once(in: tx) {
                try DeviationsAPI.said(visit.language) {
                    let new = try GuidelineStore.add(by: viewer.person.id, at: visit.now, ifLast: nil, in: tx) { last in
                        try Guideline(
                            validFrom: body.validFrom ?? "", owner: body.owner ?? "", norwegian: body.norwegian ?? "",
                            english: body.english ?? "", after: last, today: Oslo.date(at: visit.now))
                    }
                    return WriteAnswer(status: .created, body: new.json)
                }
            }
        }
        return answer.response
    }
}

extension Guideline {
    fileprivate var json: JSON {
        #"{"validFrom":\#(validFrom),"owner":\#(owner),"norwegian":\#(norwegian),"english":\#(english)}"#
    }
}
