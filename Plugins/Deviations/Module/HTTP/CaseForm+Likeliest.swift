import DeviationsCore

extension CaseForm {
    /// What is likeliest to be done where a case stands, first first; the desk keeps the rest behind a fold.
    static func likeliest(for deviation: Deviation, deadlineIsNear: Bool) -> [CaseForm] {
        switch deviation.status {
        case .received where deviation.triage == nil: return [.triage, .assignments, .forwardings, .rejection]
        case .received: return [.assignments, .forwardings, .rejection, .replies, .notes]
        case .assigned where deviation.awaitsDecision: return [.afterWithdrawal, .notes]
        case .assigned:
            let soon: [CaseForm] = deadlineIsNear && deviation.expectedOn == nil ? [.preliminaryReplies] : []
            return [.replies] + soon + [.notes, .cause, .measures, .closing]
        case .rejected, .closed: return [.summary, .reopening]
        }
    }
}
