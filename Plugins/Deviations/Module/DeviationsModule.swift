import CalendarKit
import DeviationsContract
import DeviationsCore
public import EventKit
public import ModuleKit
public import ServiceLifecycle
public import Storage
import WhistleblowingContract

/// Deviations in education and learning environment: reported, assessed, handled in time, closed with
/// measures.
///
/// Manifest and wiring only; the rules are in Core. See README.md beside this folder.
public struct DeviationsModule: FeatureModule {
    public static let manifest = ModuleManifest(
        id: "deviations",
        title: Translated(nb: "Avvik", nn: "Avvik", en: "Deviations"),
        topics: DeviationEvents.all.map { $0.type },
        tables: [
            "deviations_case", "deviations_entry", "deviations_measure", "deviations_category", "deviations_guideline",
            "deviations_search", "deviations_reminder", "deviations_template", "deviations_filter",
            "deviations_searched", "deviations_summary",
            "deviations_leaving", "deviations_farewell", "deviations_escalation",
            "deviations_exclusion", "deviations_round", "deviations_consultation", "deviations_consulted",
            "deviations_mask", "deviations_behalf", "deviations_file", "deviations_draft", "deviations_count",
            "deviations_counted", "deviations_hse", "deviations_hse_count",
            "deviations_central_measure",
        ],
        policy: DeviationsRights.policy,
        settings: [
            Setting(
                "deviations.limitDays", .integer(1...365), default: 28,
                "Calendar days within which a deviation is answered, counted from its receipt."),
            Setting(
                "deviations.farewellDays", .integer(1...365), default: 90,
                "Days that the answer to a report which was re-registered is kept for its reporter."),
            Setting(
                "deviations.exitUrl", .address(["https://", "http://"]), default: "https://www.yr.no/",
                "Where the quick exit leads from pages on serious matters: a page that everybody looks at."),
            Setting(
                "deviations.reRegistration", .choice(ReRegistrationWay.allCases.map(\.rawValue)),
                default: .text(ReRegistrationWay.oneStep.rawValue),
                "How what is serious comes to whistleblowing: one-step, the intake officer takes it there; by-reporter, it is rejected and its reporter told the way."
            ),
            Setting(
                "deviations.signedIn", .flag, default: true,
                "Whether one has to be signed in to report; off, others may too: without a name, files or an answer."),
            Setting(
                "deviations.signedOutPerHour", .integer(1...100_000), default: 120,
                "Reports of people who are not signed in that a host takes in an hour; whoever comes then is asked to come back."
            ),
        ] + Following.settings, searches: ["deviations/search"])

    public static let events = DeviationEvents.all

    public static let migrations = DeviationsMigrations.all
    public static let openAPI = PackageResources.deviations_openapi_json

    private let host: HostServices
    private let cases: CaseVault
    private let acts: DeviationActs
    private let categories: CategoryList
    private let files: CaseFiles
    let following: Following
    private let departures: ReRegistrations
    private let retention: Retention
    private let exit: String
    private let inflow: InflowGate?
    private let isAnonymous: Bool

    public init(settings: SettingValues, host: HostServices) throws {
        self.host = host
        categories = CategoryList(database: host.database)
        let days = try settings.integer("deviations.limitDays")
        cases = CaseVault(host.vault, database: host.database, traces: host.traces, audit: host.audit)
        files = CaseFiles(host, cases)
        acts = DeviationActs(
            database: host.database, cases: cases,
            handlingTime: HandlingTime(calendarDays: days, workingDays: host.workingDays))
        departures = ReRegistrations(
            host: host, cases: cases, farewellDays: try settings.integer("deviations.farewellDays"),
            way: ReRegistrationWay(rawValue: try settings.text("deviations.reRegistration")) ?? .oneStep)
        following = try Following(
            settings, host: host, acts: acts, categories: categories, departures: departures)
        retention = Retention(
            host: host, cases: cases, months: try settings.integer("deviations.retentionMonths"),
            warningDays: try settings.integer("deviations.retentionWarningDays"))
        exit = try settings.text("deviations.exitUrl")
        isAnonymous = (try? settings.flag(WayIn.anonymousSetting)) ?? true
        let perHour = try settings.integer("deviations.signedOutPerHour")
        inflow = try settings.flag("deviations.signedIn") ? nil : InflowGate(clock: host.clock, perHour: perHour)
    }

    public func mount(on routes: ModuleRoutes) {
        let withdrawals = Withdrawals(acts: acts, departures: departures)
        let own = OwnCaseActs(
            departures: departures, escalations: Escalations(host: host, cases: cases), withdrawals: withdrawals)
        let prepared = PreparedActs(departures: departures, withdrawals: withdrawals)
        ReportPages(
            host: host, categories: categories, acts: acts, files: files, exit: exit, isAnonymous: isAnonymous,
            inflow: inflow
        )
        .mount(on: routes.pages)
        GuidelinePage(host: host).mount(on: routes.pages)
        CategoryPages(host: host, categories: categories).mount(on: routes.pages)
        CategoriesAPI(host: host, categories: categories).mount(on: routes.api)
        GuidelinePages(host: host).mount(on: routes)
        HSEPages(host: host, countAfterDays: following.counts.afterDays).mount(on: routes)
        HSEAPI(host: host).mount(on: routes.api)
        following.mount(on: routes)
        OwnCasePages(
            host: host, categories: categories, cases: cases, acts: own, files: OwnFiles(acts: acts, files: files),
            exit: exit, isAnonymous: isAnonymous
        )
        .mount(on: routes.pages)
        let desk = DeskPages(host: host, categories: categories, acts: acts, prepared: prepared, files: files)
        desk.mount(on: routes.pages)
        ConsultationPages(host: host, categories: categories, desk: desk).mount(on: routes.pages)
        MaskPages(host: host, desk: desk).mount(on: routes)
        let filePages = FilePages(host: host, acts: acts, files: files)
        filePages.mount(on: routes.pages)
        FilesAPI(host: host, acts: acts, files: files, pages: filePages).mount(on: routes.api)
        let api = DeviationsAPI(host: host, categories: categories, acts: acts, prepared: prepared)
        api.mount(on: routes.api)
        ConsultationsAPI(host: host, deviations: api).mount(on: routes.api)
        OwnCaseAPI(acts: own, cases: cases).mount(on: routes.api)
    }

    public var services: [any Service] {
        [
            Departures(reRegistrations: departures), WaitingRounds(reRegistrations: departures, inflow: inflow),
            following.reminders,
            OpenCases(host: host, acts: acts), following.counts, retention,
        ]
    }

    public func personalData(of viewer: Viewer, for visit: Visit) async throws -> [PersonalSection] {
        try await OwnData(database: host.database, cases: cases, files: files, categories: categories)
            .sections(of: viewer, for: visit)
    }

    public var personsCases: (any PersonsCases)? {
        DisclosedCases(
            database: host.database, cases: cases, withdrawals: Withdrawals(acts: acts, departures: departures),
            retention: retention, sealedFiles: files)
    }

    public var states: [StateSource] { [DeviationStates.source] }

    private var notices: DeviationNotices {
        DeviationNotices(
            directory: host.directory, clock: host.clock, numbers: cases.numbers,
            way: departures.way, token: { [cases] in cases.token(of: $0) })
    }

    public func notices(of event: LoggedEvent, in reader: Reader) throws -> [Notice] {
        try notices.notices(of: event, in: reader) + following.notices.notices(of: event, in: reader)
    }

    public func mail(for notice: Notice, language: Language) -> MailText? {
        notices.mail(for: notice, language: language) ?? following.notices.mail(for: notice, language: language)
    }

    public func mayBeTold(_ viewer: Viewer, of notice: Notice, _ access: Access, in reader: Reader) throws -> Bool {
        try ToldAccess(numbers: cases.numbers, token: { [cases] in cases.token(of: $0) })
            .mayBeTold(viewer, of: notice, access, in: reader)
    }

    public func loadDemo(from folder: DemoFolder, progress: @Sendable (_ done: Int, _ of: Int) -> Void) async throws {
        // Nobody did it: it is in no audit trail.
        let untold = DeviationActs(
            database: host.database, cases: CaseVault(host.vault, database: host.database),
            handlingTime: acts.handlingTime)
        try await DemoCases(host: host, acts: untold).load(
            try folder.read("cases.json", as: [DemoCase].self), progress: progress)
        try await following.reminders.skip(at: host.clock.now)
        try await following.counts.countDue()
    }

    public func menu(for visit: Visit) -> [MenuItem] {
        guard let viewer = visit.viewer else { return [] }
        let desk = visit.access.mayAnywhere(viewer, DeviationsRights.desk)
        return (desk ? [MenuItem(DeskTexts[visit.language].title, "/deviations")] : [])
            + [MenuItem(ReportTexts[visit.language].mineTitle, "/deviations/mine")]
            + following.menu(for: visit) + SetupPage.menu(visit)
    }

    public var answerDays: Int? { acts.handlingTime.calendarDays }

    public func privacy(_ language: Language, _ laws: Laws) -> [PageSection] {
        let section = PrivacyTexts[language].section(retention.months, laws[.healthOfOthers])
        guard inflow != nil else { return [section] }
        return [section.adding(SignedOutTexts[language].privacy)]
    }

    public func doors(for visit: Visit) -> [Door] {
        let text = ReportTexts[visit.language]
        return [
            Door(
                .better, title: text.doorTitle, text: text.doorText, path: "/deviations/report",
                needsSignIn: inflow == nil)
        ]
    }

    public func deepLinks(for visit: Visit) async throws -> [DeepLink] {
        let text = ReportTexts[visit.language]
        let candidates = Candidates(chart: visit.access.chart, now: visit.now)
        return [
            DeepLink(
                title: text.doorTitle, path: "/deviations/report",
                presets: [
                    .init(Field.unit.rawValue, label: text.unit, options: candidates.unitOptions(visit.language)),
                    .init(Field.campus.rawValue, label: text.campus, options: candidates.campusOptions(visit.language)),
                    .init(
                        Field.category.rawValue, label: text.about,
                        options: try await categories.read(now: visit.now).active.map {
                            .init($0.code, $0.names[visit.language])
                        }),
                ])
        ]
    }

    public func welcome(for visit: Visit) -> HTML {
        let text = ReportTexts[visit.language]
        let steps = text.way(Period.text(days: acts.handlingTime.calendarDays, visit.language)).map {
            "<li><strong>\($0.title)</strong><br>\($0.text)</li>" as HTML
        }
        return
            "<section class=\"stack\"><h2>\(text.wayTitle)</h2><ol class=\"way\">\(steps)</ol>\(SummaryPages.link(visit.language))\(CountPages.link(visit.language))</section>"
    }
}
