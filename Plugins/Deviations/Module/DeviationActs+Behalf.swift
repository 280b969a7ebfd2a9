import DeviationsCore
import ModuleKit
import Storage

extension DeviationActs {
    /// The report with the student it is for, found by address or id.
    ///
    /// - Throws: `DeviationError.invalid` when the replies are to go to somebody who is not known, or who reports.
    func knowing(_ report: Report, by submitter: Person) async throws -> Report {
        guard let behalf = report.onBehalf else { return report }
        let found = try await database.read { reader in
            try Directory.person(email: behalf.student, in: reader) ?? Directory.person(behalf.student, in: reader)
        }.flatMap { $0.endedAt == nil ? $0 : nil }
        guard found != nil || !behalf.repliesToStudent, found?.id != submitter.id else {
            throw DeviationError.invalid([FieldProblem(.behalfStudent, .unknown)])
        }
        var report = report
        report.onBehalf?.student = found?.id ?? behalf.student
        return report
    }
}
