import CalendarKit
import EventKit
import Foundation
import HTTPTypes
import Hummingbird
import ModuleKit
import WhistleblowingCore

/// `POST /api/v1/whistleblowing`, with a token or without one; described in Resources/whistleblowing.openapi.json.
struct WhistleblowingAPI: Sendable {
    let host: HostServices
    let whistleblows: Whistleblows
    let anonymous: AnonymousGate

    /// Every field may be missing: Core says which must not.
    private struct Body: Decodable {
        let category, campus, title, description, occurredOn: String?
        let excluded: [String]?
        /// True: by name, which needs a token.
        let named: Bool?
    }

    func mount(on api: RouterGroup<AppContext>) {
        api.post("whistleblowing") { request, context in try await report(request, context) }
    }

    private func report(_ request: Request, _ context: AppContext) async throws -> Response {
        var visit = try context.visit
        visit.access = visit.access.on(try await host.directory.freshChart())
        let today = Oslo.date(at: visit.now)
        let (body, _) = try await context.json(request, as: Body.self)
        let reporter = body.named == true ? try context.viewer.person.id : nil
        if reporter == nil, !anonymous.isOpen {
            let text = WayInTexts[visit.language]
            throw ModuleKit.Problem(.forbidden, "named-only", title: text.namedTitle, detail: text.namedOnly)
        }
        let report = try checked(body, visit, today)
        // Sent again with the same key, it is the same case: no answer has to be kept for that, which would hold the code.
        let seed = try key(request, visit) ?? UUID().uuidString
        if let reporter {
            _ = try await whistleblows.receive(report, by: reporter, seed: seed, now: visit.now, today: today)
            return answer(code: nil, today)
        }
        do { try anonymous.takeReport() } catch { throw Self.tooMany(visit) }
        return answer(
            code: try await whistleblows.receiveAnonymously(report, seed: seed, now: visit.now, today: today), today)
    }

    /// With the numbers of those one can talk to.
    private static func tooMany(_ visit: Visit) -> ModuleKit.Problem {
        let text = FullTexts[visit.language]
        let numbers = visit.access.chart.numbers(
            [.confidential, .ombud], for: visit.viewer?.person.campus, visit.language)
        return ModuleKit.Problem(
            .tooManyRequests, "too-many-reports", title: text.title,
            detail: numbers.isEmpty ? text.reports : "\(text.reports) \(text.call) \(numbers)",
            headers: [.retryAfter: "300"])
    }

    private func checked(_ body: Body, _ visit: Visit, _ today: CivilDate) throws -> CheckedReport {
        var draft = ReportDraft()
        (draft.category, draft.campus) = (body.category ?? "", body.campus ?? "")
        (draft.title, draft.description, draft.occurredOn) = (
            body.title ?? "", body.description ?? "", body.occurredOn ?? ""
        )
        draft.excluded = body.excluded ?? []
        do { return try CheckedReport(draft, choices: ReportChoices(visit), today: today) } catch {
            throw ModuleKit.Problem.invalid(
                visit.language, ErrorTexts[visit.language].fieldErrors(error, visit.language))
        }
    }

    private func key(_ request: Request, _ visit: Visit) throws -> String? {
        guard let key = request.headers[header: "Idempotency-Key"] else { return nil }
        guard (16...200).contains(key.utf8.count) else {
            throw ModuleKit.Problem.malformed(
                visit.language, [FieldError("Idempotency-Key", ErrorTexts[visit.language].badKey)])
        }
        return key
    }

    private func answer(code: ReceiptCode?, _ today: CivilDate) -> Response {
        let deadlines = whistleblows.deadlines
        let acknowledge = today.adding(days: deadlines.acknowledgeDays)
        return .json(
            #"{"receiptCode":\#(code?.digits),"acknowledgedBy":\#(acknowledge),"feedbackBy":\#(deadlines.feedback(acknowledgedOn: acknowledge))}"#,
            status: .created)
    }
}
