import DeviationsCore
import EventKit
import ModuleKit

/// What follows a case beside its handling: its clocks, its measures, the desk's tools, what the public is told.
struct Following: Sendable {
    static let settings = [
        Setting(
            "deviations.warnWorkingDays", .list, default: ["5", "1"],
            "Working days before a deadline on which the case handler is warned."),
        Setting(
            "deviations.lineManagerAfter", .integer(1...60), default: 1,
            "Working days past a deadline after which the line manager is told."),
        Setting(
            "deviations.managerAboveAfter", .integer(1...60), default: 5,
            "Working days past a deadline after which the manager above is told."),
        Setting(
            "deviations.receptionAfter", .integer(1...120), default: 10,
            "Working days past a deadline after which the central reception is told."),
        Setting(
            "deviations.effectAfterDays", .integer(1...730), default: 90,
            "Calendar days after which the owner of a measure that is done is asked whether it worked."),
        Setting(
            "deviations.feedbackAfterDays", .integer(1...365), default: 28,
            "Calendar days after which the reporter of a closed case is asked whether it solved what was reported."),
        Setting(
            "deviations.publicMinimum", .integer(2...100), default: 5,
            """
            How many cases a faculty must have closed in a month before what they led to is shown in public, and the \
            least number that is shown of any.
            """),
        Setting(
            "deviations.retentionMonths", .integer(0...1200), default: 60,
            "Months after the end of a case at which what was written is removed; 0 for never. Numbers stay."),
        Setting(
            "deviations.retentionWarningDays", .integer(1...365), default: 30,
            "Days before that at which the line manager, the case handler and the reporter are told."),
        Setting(
            "deviations.countMonths", .integer(1...12), default: 2,
            "Months for which reports are counted together, from January on; LMU meets six times a year."),
        Setting(
            "deviations.countAfterDays", .integer(0...366), default: 28,
            "Days after such a time at which it is counted, once and for all: when its last reports should be answered."
        ),
    ]

    let reminders: Reminders
    let notices: ReminderNotices
    let counts: CountRounds
    private let numbers: CountPages
    private let measures: MeasurePages
    private let summaries: SummaryPages
    private let templates: TemplatePages
    private let tools: DeskTools
    private let overview: OverviewPages
    private let bulk: BulkPages
    private let triage: TriagePages

    init(
        _ settings: SettingValues, host: HostServices, acts: DeviationActs, categories: CategoryList,
        departures: ReRegistrations
    ) throws {
        let plan = ReminderPlan(
            warnings: try Self.warnings(settings),
            lineManagerAfter: try settings.integer("deviations.lineManagerAfter"),
            managerAboveAfter: try settings.integer("deviations.managerAboveAfter"),
            receptionAfter: try settings.integer("deviations.receptionAfter"), workingDays: host.workingDays)
        reminders = Reminders(
            acts: acts, clock: host.clock, logger: host.logger, plan: plan,
            effectDays: try settings.integer("deviations.effectAfterDays"),
            feedbackDays: try settings.integer("deviations.feedbackAfterDays"))
        notices = ReminderNotices(
            directory: host.directory, clock: host.clock, numbers: acts.cases.numbers,
            token: { [cases = acts.cases] in cases.token(of: $0) })
        measures = MeasurePages(host: host, categories: categories, acts: acts)
        templates = TemplatePages(host: host)
        tools = DeskTools(host: host, categories: categories, cases: acts.cases)
        overview = OverviewPages(host: host, categories: categories, cases: acts.cases)
        bulk = BulkPages(host: host, categories: categories, acts: acts)
        triage = TriagePages(host: host, categories: categories, acts: acts, departures: departures)
        let minimum = try settings.integer("deviations.publicMinimum")
        counts = CountRounds(
            host: host, months: try settings.integer("deviations.countMonths"),
            afterDays: try settings.integer("deviations.countAfterDays"))
        numbers = CountPages(host: host, categories: categories, minimum: minimum)
        summaries = SummaryPages(
            host: host, summaries: PublicSummaries(database: host.database, minimum: minimum))
    }

    func mount(on routes: ModuleRoutes) {
        measures.mount(on: routes)
        summaries.mount(on: routes)
        numbers.mount(on: routes)
        templates.mount(on: routes.pages)
        tools.mount(on: routes.pages)
        overview.mount(on: routes)
        bulk.mount(on: routes.pages)
        triage.mount(on: routes.pages)
    }

    /// For those who may own a measure.
    func menu(for visit: Visit) -> [MenuItem] {
        guard let viewer = visit.viewer, viewer.person.affiliation != .student || !viewer.grants.isEmpty else {
            return []
        }
        return [MenuItem(MeasureTexts[visit.language].title, MeasurePages.path)]
    }

    private static func warnings(_ settings: SettingValues) throws -> [Int] {
        try settings.list("deviations.warnWorkingDays").map { text in
            guard let days = Int(text), (1...60).contains(days) else {
                throw WrongWarning(
                    description: "deviations.warnWorkingDays takes whole numbers from 1 to 60, not “\(text)”")
            }
            return days
        }
    }
}

/// Why the warnings cannot be set so, in one line.
struct WrongWarning: Error, CustomStringConvertible {
    let description: String
}
