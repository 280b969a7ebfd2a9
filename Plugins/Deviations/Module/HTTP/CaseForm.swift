import DeviationsCore
import EventKit
import ModuleKit

/// One thing that can be done with a case: the end of its address, who may, and the acts that its form leads to.
///
/// Pages and API go by this one list.
enum CaseForm: String, CaseIterable, Sendable {
    case triage, assignments, forwardings, rejection, notes, replies, cause, measures, closing
    case preliminaryReplies = "preliminary-replies"
    case summary
    case afterWithdrawal = "after-withdrawal"
    case exclusions, recusal, reopening, keeping

    var right: Right {
        switch self {
        case .triage, .forwardings, .rejection: DeviationsRights.triage
        case .assignments: DeviationsRights.assign
        case .notes, .replies, .preliminaryReplies, .afterWithdrawal: DeviationsRights.write
        case .cause, .measures, .closing, .summary: DeviationsRights.handle
        case .exclusions: DeviationsRights.write
        case .recusal: DeviationsRights.recuse
        case .reopening, .keeping: DeviationsRights.reopen
        }
    }

    /// The key that opens it on the desk.
    var key: String {
        switch self {
        case .triage: "v"
        case .assignments: "a"
        case .forwardings: "f"
        case .rejection: "d"
        case .notes: "n"
        case .replies: "r"
        case .cause: "c"
        case .measures: "t"
        case .preliminaryReplies: "p"
        case .closing: "l"
        case .summary: "s"
        case .afterWithdrawal: "w"
        case .exclusions: "e"
        case .recusal: "i"
        case .reopening: "o"
        case .keeping: "b"
        }
    }

    /// Whether it makes sense where the case stands; the rules themselves are in Core.
    func isOffered(for deviation: Deviation) -> Bool {
        switch self {
        // Also what a case handler has: it may turn out to be no deviation, or a whistleblow.
        case .triage, .rejection: deviation.status.isOpen
        case .afterWithdrawal: deviation.awaitsDecision
        case .assignments, .forwardings, .notes, .replies, .preliminaryReplies: deviation.status.isOpen
        case .cause, .measures, .closing: deviation.status == .assigned
        case .summary: deviation.status == .closed
        case .exclusions: deviation.status.isOpen
        case .recusal: true
        case .reopening, .keeping: !deviation.status.isOpen
        }
    }

    /// The act that the form describes, with what it names checked against who and what there is.
    ///
    /// - Throws: `DeviationError.invalid` for a person or unit that cannot be named, or an unanswered question.
    func act(
        _ form: FormData, on deviation: Deviation, _ candidates: Candidates, _ way: ReRegistrationWay = .oneStep
    ) throws(DeviationError) -> any DeviationsCore.Act {
        switch self {
        case .triage: return AnswerTriage(answers: try Self.answers(form), way: way)
        case .assignments:
            return SendToHandler(
                handler: try Self.known(form, .handler, among: candidates.handlers(for: deviation)))
        case .forwardings:
            return ForwardToFaculty(
                unit: try Self.known(form, .unit, among: candidates.receptions(for: deviation).map(\.id)),
                reason: form["reason"], central: candidates.central,
                leftFaculties: candidates.faculties(of: deviation.leftUnits))
        case .rejection:
            let isAnswered = [Field.isDeviation, .holdsSensitiveData, .isCensurable].contains {
                !form[$0.rawValue].isEmpty
            }
            return RejectReport(
                reason: form["reason"], answers: isAnswered ? try Self.answers(form) : nil,
                recipient: try Self.known(form, .recipient, among: candidates.outside.map(\.id)), way: way)
        case .notes: return AddNote(text: form["text"])
        case .replies: return ReplyToReporter(text: form["text"])
        case .cause:
            return RecordCause(whatHappened: form["whatHappened"], why: form["why"], prevention: form["prevention"])
        case .measures:
            return AddMeasure(
                id: Identifier.make(at: candidates.now), action: form["action"], cause: form["cause"],
                owner: try Self.known(form, .owner, among: candidates.owners(for: deviation)), dueOn: form["dueOn"])
        case .preliminaryReplies: return SendPreliminaryReply(cause: form["cause"], expectedOn: form["expectedOn"])
        case .afterWithdrawal: return StopHandling()
        case .closing: return CloseDeviation(outcome: form["outcome"])
        case .summary:
            return PublishSummary(
                text: form["summary"], english: form["summaryEnglish"], isAnonymous: form["isAnonymous"] == "yes")
        case .exclusions:
            let possible = candidates.readers(of: deviation.unit)
            guard form.all("people").allSatisfy(possible.contains) else {
                throw .invalid([FieldProblem(.people, .unknown)])
            }
            return NamePeople(
                people: form.all("people"), names: form["names"],
                reception: { without in
                    candidates.reception(insteadOf: deviation.unit, without: without)
                })
        case .recusal:
            return DeclarePartiality(
                reason: form["reason"],
                reception: { without in
                    candidates.reception(insteadOf: deviation.unit, without: without)
                })
        case .reopening: return ReopenDeviation(reason: form["reason"])
        case .keeping: return KeepLonger(reason: form["reason"])
        }
    }

    /// The act behind `measures/{measure}/completion`.
    static func completion(of measure: String, _ form: FormData) -> CompleteMeasure {
        CompleteMeasure(measure: measure, effect: form["effect"])
    }

    /// The act behind `measures/{measure}/move`.
    ///
    /// - Throws: `DeviationError.invalid` for an owner who cannot be named.
    static func move(
        of measure: String, _ form: FormData, on deviation: Deviation, _ candidates: Candidates
    ) throws(DeviationError) -> MoveMeasure {
        let owner = try known(form, .owner, among: candidates.owners(for: deviation))
        return MoveMeasure(measure: measure, owner: owner, dueOn: form["dueOn"])
    }

    /// The value of a field that must be one of `values`; an empty one is left to Core, which says that it is missing.
    private static func known(_ form: FormData, _ field: Field, among values: [String]) throws(DeviationError) -> String
    {
        let value = form[field.rawValue]
        guard value.isEmpty || values.contains(value) else { throw .invalid([FieldProblem(field, .unknown)]) }
        return value
    }

    private static func answers(_ form: FormData) throws(DeviationError) -> Triage {
        let questions: [Field] = [.isDeviation, .holdsSensitiveData, .isCensurable]
        let isPart = form[Field.isCensurable.rawValue] == "part"
        let open = questions.filter { !["yes", "no"].contains(form[$0.rawValue]) && !(isPart && $0 == .isCensurable) }
        guard open.isEmpty else { throw .invalid(open.map { FieldProblem($0, .missing) }) }
        return Triage(
            isDeviation: form["isDeviation"] == "yes", holdsSensitiveData: form["holdsSensitiveData"] == "yes",
            isCensurable: form["isCensurable"] != "no")
    }
}
