public import DeviationsContract
public import EventKit

/// A reported deviation in education or learning environment, and how far its handling has come.
public struct Deviation: Sendable, Hashable {
    /// UUIDv7.
    public let id: String
    public var report: Report
    /// Id of the person who reported it; ``nobody`` once it is withdrawn, and of one sent by somebody who was not signed in.
    public var reporter: String
    public let receivedAt: Timestamp
    /// The last day to answer: counted from the first receipt, never reset; moved only when the day is declared closed.
    public var dueOn: CivilDate

    /// Code of the unit that has the case: at first the one reported to.
    public var unit: String
    public var status: Status
    /// The answers of triage at `unit`; nil until given there.
    public var triage: Triage?
    /// Id of the case handler; nil while the intake officer has it.
    public var handler: String?
    /// How many times it went to another unit.
    public var forwardings: Int
    public var cause: Cause?
    /// When an answer is to be expected, as the latest preliminary reply said.
    public var expectedOn: CivilDate?
    public var measures: [Measure]
    /// What the reporter was told at the end: the outcome, or the reason for rejecting it.
    public var outcome: String?
    public var endedAt: Timestamp?
    public var ending: Ending?
    /// When somebody said that it is kept longer than its time.
    public var keptOn: CivilDate?
    /// Code of the unit outside the faculties that a rejected report belongs to; only its reporter passes it on.
    public var recipient: String?
    /// When its reporter withdrew it.
    public var withdrawnOn: CivilDate?
    /// Whether the institution goes on with it though it was withdrawn.
    public var goesOn = false
    /// Id of the intake officer who alone has it, while it is on its way to whistleblowing.
    public var lockedTo: String?

    /// The reporter of a withdrawn report, and of one whose sender was not signed in.
    public static let nobody = ""

    /// Whom it is about, and who else must not handle it.
    public var exclusions: [Exclusion] = []
    /// For whom it was reported, when it was reported for another.
    public var onBehalf: OnBehalf?
    /// Id of the case that this report was taken into; nil for a case of its own.
    public var mergedInto: String?
    /// How many reports the case has, its own included unless it was withdrawn.
    public var reports = 1
    /// The times it was handled and ended before it was opened again.
    public var rounds: [Round] = []
    /// When it was opened again; nil in the first round.
    public var roundStartedAt: Timestamp?
    /// Codes of the units that have sent it on.
    public var leftUnits: Set<String> = []
    /// True once the central reception has decided where it belongs.
    public var isDecidedCentrally = false

    public init(
        id: String, report: Report, reporter: String, receivedAt: Timestamp, dueOn: CivilDate, unit: String,
        status: Status = .received, triage: Triage? = nil, handler: String? = nil, forwardings: Int = 0,
        cause: Cause? = nil, expectedOn: CivilDate? = nil, measures: [Measure] = [], outcome: String? = nil,
        endedAt: Timestamp? = nil
    ) {
        self.id = id
        self.report = report
        self.reporter = reporter
        self.receivedAt = receivedAt
        self.dueOn = dueOn
        self.unit = unit
        self.status = status
        self.triage = triage
        self.handler = handler
        self.forwardings = forwardings
        self.cause = cause
        self.expectedOn = expectedOn
        self.measures = measures
        self.outcome = outcome
        self.endedAt = endedAt
    }

    /// The day that counts now: the due date, or the one a preliminary reply has set when that is later.
    public var deadline: CivilDate { max(dueOn, expectedOn ?? dueOn) }

    /// True when it is open and its deadline lies before `today`.
    public func isOverdue(on today: CivilDate) -> Bool { status.isOpen && deadline < today }

    /// True while somebody has to say what becomes of it without its reporter.
    public var awaitsDecision: Bool { withdrawnOn != nil && !goesOn && status.isOpen }

    /// Whether other reports are part of it.
    public var hasOthers: Bool { reports > (withdrawnOn == nil ? 1 : 0) }

    /// Whether its sender was not signed in: nobody can be answered or asked.
    public var wasSentSignedOut: Bool { reporter == Deviation.nobody && withdrawnOn == nil }

    /// Measures that have to be done or moved before the case can close.
    public var measuresInTheWay: [Measure] { measures.filter { !$0.isDone && !$0.isMoved } }

    /// Whether nothing says what keeps it from happening again: it can be closed so, with a warning.
    public var lacksPrevention: Bool { measures.isEmpty && cause?.prevention == nil }

    /// What events say about it.
    public var facts: DeviationFacts {
        DeviationFacts(
            id: id, unit: unit, campus: report.campus, category: report.category,
            environment: report.environment.rawValue,
            status: status.rawValue, receivedAt: receivedAt, dueOn: dueOn)
    }
}
