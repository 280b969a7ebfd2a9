import CalendarKit
import DeviationsCore
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// What a reporter can do with what they have reported: all at one address, so that no count of requests tells which.
enum OwnCaseAct: String, CaseIterable, Sendable {
    /// Nobody follows it up: its dates and steps become a whistleblow.
    case notFollowedUp = "not-followed-up"
    case withdraw
    /// The farewell has been read and can go.
    case read
    /// Something more in an open case, as an answer to what is asked.
    case answer
    /// Whether an ended case solved what was reported.
    case feedback
    /// What belongs to somebody else goes there.
    case passOn = "pass-on"
}

/// Carries them out, for the page and for the API.
struct OwnCaseActs: Sendable {
    let departures: ReRegistrations
    let escalations: Escalations
    let withdrawals: Withdrawals

    /// `form` holds the fields of those acts that have any.
    ///
    /// - Throws: `Problem` 404 for what is not theirs, `DeviationError`.
    func perform(_ act: OwnCaseAct, _ form: FormData, on id: String, by viewer: Viewer, _ visit: Visit) async throws {
        switch act {
        case .answer: try await perform(AnswerAsReporter(text: form["text"]), on: id, by: viewer, visit)
        case .feedback:
            try await perform(GiveFeedback(answer: form["answer"], text: form["text"]), on: id, by: viewer, visit)
        case .passOn: try await perform(PassOnReport(), on: id, by: viewer, visit)
        case .notFollowedUp: try await escalations.escalate(id, by: viewer, visit)
        case .withdraw: try await withdrawals.withdraw(id, by: viewer, visit)
        case .read:
            let read = try await departures.farewells(of: viewer).filter { $0.farewell.deviation == id }
            if read.isEmpty { throw ModuleKit.Problem.notFound(visit.language) }
            for (_, key) in read { try await departures.remove(key) }
        }
    }
}

extension OwnCaseActs {
    /// Does `act` to the viewer's own report.
    private func perform(_ act: any DeviationsCore.Act, on id: String, by viewer: Viewer, _ visit: Visit) async throws {
        let acts = withdrawals.acts
        let key = try await acts.cases.key(of: id)
        let person = viewer.person.id
        _ = try await acts.database.write { tx in
            guard let key, let stored = try DeviationStore.load(id, key: key, in: tx),
                visit.owns(stored.deviation, viewer)
            else { throw ModuleKit.Problem.notFound(visit.language) }
            return try acts.perform([act], on: id, key, by: person, visit.way, at: visit.now, ifVersion: nil, in: tx)
        }
    }
}

/// `POST /api/v1/deviations/{id}/reporter-acts`. No answer to it is kept: all of them can be repeated.
struct OwnCaseAPI: Sendable {
    let acts: OwnCaseActs
    let cases: CaseVault

    private struct Body: Decodable { let act, answer, text: String? }

    func mount(on api: RouterGroup<AppContext>) {
        api.post("deviations/:id/reporter-acts") { request, context in try await act(request, context) }
    }

    private func act(_ request: Request, _ context: AppContext) async throws -> Response {
        let visit = try context.visit
        let viewer = try context.viewer
        let id = try context.parameters.require("id")
        let (body, _) = try await context.json(request, as: Body.self)
        try await requireOwn(id, viewer, visit)
        guard let act = OwnCaseAct(rawValue: body.act ?? "") else {
            let text = ErrorTexts[visit.language]
            throw ModuleKit.Problem.invalid(
                visit.language, [FieldError("act", body.act == nil ? text.missingAny : text.unknown)])
        }
        var form = FormData()
        (form["answer"], form["text"]) = (body.answer ?? "", body.text ?? "")
        do { try await acts.perform(act, form, on: id, by: viewer, visit) } catch let error as DeviationError {
            throw ModuleKit.Problem.rule(error, visit.language)
        }
        return Response(status: .noContent)
    }

    /// A case of somebody else's is answered like none, whatever is asked of it.
    private func requireOwn(_ id: String, _ viewer: Viewer, _ visit: Visit) async throws {
        if let key = try await cases.key(of: id) {
            let stored = try await cases.load(id, by: key)
            if let stored, visit.owns(stored.deviation, viewer) { return }
        } else if try await acts.departures.farewells(of: viewer).contains(where: { $0.farewell.deviation == id }) {
            return
        }
        throw ModuleKit.Problem.notFound(visit.language)
    }
}
