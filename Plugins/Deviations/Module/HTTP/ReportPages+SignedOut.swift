import DeviationsCore
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// Reporting without being signed in: no name, no files, and nobody who could be answered.
extension ReportPages {
    /// - Throws: `Problem` 401 for somebody who is not signed in where one has to be.
    func visit(_ context: AppContext) async throws -> Visit {
        var visit = try context.visit
        if visit.viewer != nil { return visit }
        if inflow == nil { throw ModuleKit.Problem.signInNeeded(visit.language) }
        visit.access = visit.access.on(try await host.directory.freshChart())
        return visit
    }

    func form(_ request: Request, _ context: AppContext, _ visit: Visit) async throws -> FormData {
        if let viewer = visit.viewer {
            return try await context.form(request, files: files.intake(ofReportBy: viewer, visit))
        }
        var form = try await context.form(request)
        // Else it was begun by somebody signed in whose session has ended since: it must not go without their name.
        guard form[SignedOutView.field] == "yes" else { throw ModuleKit.Problem.signInNeeded(visit.language) }
        // Nothing is done in anybody's name: no token has to prove that the form is ours.
        form.errors.removeAll { $0.field.isEmpty }
        for field in [Field.people, .onBehalf] { form.set(field.rawValue, to: []) }
        return form
    }

    func sendSignedOut(_ report: Report, _ form: FormData, _ visit: Visit) async throws -> Response {
        do { try inflow?.take() } catch {
            var form = form
            form.errors = [FieldError("", SignedOutTexts[visit.language].full)]
            var answer = try await page(form, .check, visit)
            answer.status = .tooManyRequests
            return answer
        }
        let number = try await number(of: report, as: form["case"], visit)
        return SignedOutView(visit: visit).sent(number).response(visit)
    }

    /// Stores the report; sent twice, it is one case.
    private func number(of report: Report, as asked: String, _ visit: Visit) async throws -> CaseNumber {
        let id = Identifier.isWellFormed(asked) ? asked : Identifier.make(at: visit.now)
        let routing = try await CaseRouting(chart: visit.access.chart, now: visit.now)
            .route(report, from: nil, in: host)
        let receipt = try await acts.receipt(
            of: report, id: id, from: Deviation.nobody, routing: routing, at: visit.now)
        do {
            return acts.cases.numbers[try await host.database.write { try receipt.store(in: $0) }]
        } catch let error as StorageError {
            guard case .unique = error.kind,
                let known = try await host.database.read({ try DeviationStore.parties(of: id, in: $0) }),
                known.reporter == Deviation.nobody
            else { throw error }
            return acts.cases.numbers[known.key, receivedAt: known.receivedAt]
        }
    }
}
