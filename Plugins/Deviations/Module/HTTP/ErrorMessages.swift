import DeviationsCore
import ModuleKit

/// Says a rule that was not kept in the reader's words.
struct ErrorMessages: Sendable {
    let language: Language
    private var text: ErrorTexts { ErrorTexts[language] }

    /// What a form or an API answer lists.
    func fieldErrors(_ error: DeviationError) -> [FieldError] {
        switch error {
        case .invalid(let problems): problems.map { FieldError($0.field.rawValue, message($0)) }
        case .notPossible(let status):
            [FieldError("", text.notPossible(CaseTexts[language].status[status] ?? status.rawValue))]
        case .triageUnanswered: [FieldError("", text.triageUnanswered)]
        case .notADeviation: [FieldError("", text.notADeviation)]
        case .censurable: [FieldError("isCensurable", ReRegistrationTexts[language].censurable)]
        case .onlyByReporter: [FieldError("isCensurable", ReRegistrationTexts[language].byReporter)]
        case .serious: [FieldError(Field.serious.rawValue, DoorTexts[language].refused)]
        case .leaving: [FieldError("", ReRegistrationTexts[language].onItsWay)]
        case .takenAlready: [FieldError("", ReRegistrationTexts[language].takenAlready)]
        case .notOverdue: [FieldError("", OwnCaseTexts[language].notOverdue)]
        case .escalatedBefore: [FieldError("", OwnCaseTexts[language].escalatedBefore)]
        case .notWithdrawn: [FieldError("", text.notWithdrawn)]
        case .sameUnit: [FieldError(Field.unit.rawValue, text.sameUnit)]
        case .sameHandler: [FieldError(Field.handler.rawValue, text.sameHandler)]
        case .unknownMeasure: [FieldError("", text.unknownMeasure)]
        case .measureDone: [FieldError("", text.measureDone)]
        case .measureNotDone: [FieldError("", MeasureTexts[language].notDone)]
        case .causeMissing: [FieldError("", text.causeMissing)]
        case .measuresUnfinished: [FieldError("", text.measuresUnfinished)]
        case .merged: [FieldError("", text.merged)]
        case .hasOtherReports: [FieldError("", text.hasOtherReports)]
        case .sameCase: [FieldError(Field.cases.rawValue, text.sameCase)]
        case .olderThanCase: [FieldError(Field.cases.rawValue, text.olderThanCase)]
        case .notMergeable: [FieldError(Field.cases.rawValue, text.notMergeable)]
        case .centralDecision: [FieldError(Field.unit.rawValue, text.centralDecision)]
        case .disqualified: [FieldError(Field.handler.rawValue, text.disqualified)]
        case .notConsulted: [FieldError("", text.notConsulted)]
        case .registeredBefore: [FieldError(Field.reference.rawValue, HSETexts[language].registeredBefore)]
        case .lastCategory: [FieldError("", CategoryTexts[language].last)]
        }
    }

    func message(_ problem: FieldProblem) -> String {
        switch problem.problem {
        case .missing: text.missing[problem.field] ?? text.missingAny
        case .tooLong(let limit): text.tooLong(limit)
        case .controlCharacter: text.controlCharacter
        case .unknown where problem.field == .passage: text.passageMissing
        case .unknown: text.unknown
        case .notADate: text.notADate
        case .inTheFuture: text.inTheFuture
        case .inThePast: text.inThePast
        case .tooFarAhead: text.tooFarAhead
        case .unknownPlaceholder: TemplateTexts[language].unknownPlaceholder
        case .namesReporter: text.namesReporter
        case .tooShort: text.tooShort
        case .repeatsPassage: text.repeatsPassage
        case .taken where problem.field == .reference: HSETexts[language].taken
        case .notACode: HSETexts[language].notACode
        case .taken: CategoryTexts[language].taken
        case .notAfterLast: GuidelineTexts[language].notAfterLast
        case .tooMuchAtOnce: text.tooMuchAtOnce
        }
    }
}
