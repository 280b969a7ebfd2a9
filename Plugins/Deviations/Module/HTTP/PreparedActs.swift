import DeviationsCore
import ModuleKit

/// The forms that need more than a rule and a transaction: content is sealed anew before the others have to wait.
struct PreparedActs: Sendable {
    let departures: ReRegistrations
    let withdrawals: Withdrawals

    /// Nil for every other form, and when the viewer may not: then the ordinary way says so.
    func prepare(
        _ path: String, _ form: FormData, on id: String, by viewer: Viewer, _ visit: Visit, ifVersion version: Int
    ) async throws -> ReRegistrations.Prepared? {
        switch CaseForm(rawValue: path) {
        // Under the address of every triage: what is counted and logged by address tells no re-registration.
        case .triage: try await departures.prepare(form, on: id, by: viewer, visit, ifVersion: version)
        case .afterWithdrawal: try await withdrawals.prepare(form, on: id, by: viewer, visit, ifVersion: version)
        default: nil
        }
    }
}
