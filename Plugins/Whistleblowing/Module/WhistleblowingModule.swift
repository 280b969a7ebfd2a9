import CalendarKit
import EventKit
public import ModuleKit
public import ServiceLifecycle
public import Storage
import WhistleblowingContract
import WhistleblowingCore

/// Whistleblowing: told by name or without one, read by impartial keepers alone, sealed, and shredded in the end.
///
/// Manifest and wiring only; the rules are in Core. See README.md beside this folder.
public struct WhistleblowingModule: FeatureModule {
    public static let manifest = ModuleManifest(
        id: "whistleblowing", title: Translated(nb: "Varsling", nn: "Varsling", en: "Whistleblowing"), topics: [],
        tables: ["whistleblowing_case", "whistleblowing_entry"], policy: WhistleblowingRights.policy,
        settings: [
            Setting(
                "whistleblowing.acknowledgeDays", .integer(1...30), default: 7,
                "Days within which a keeper acknowledges a report."),
            Setting(
                "whistleblowing.feedbackMonths", .integer(1...12), default: 3,
                "Months after the acknowledgement within which the reporter gets feedback."),
            Setting(
                "whistleblowing.retentionMonths", .integer(1...240), default: 24,
                "Months after its conclusion until a case is deleted for good."),
            Setting(
                "whistleblowing.warningDays", .integer(1...365), default: 30,
                "Days before the deletion from which keepers and reporter are warned."),
            Setting(
                WhistleblowingContract.WayIn.anonymousSetting, .flag, default: true,
                "Whether one may report without a name; what has come so stays open to its code."),
            Setting(
                "whistleblowing.anonymousPerHour", .integer(1...100_000), default: 120,
                "Anonymous reports that a host takes in an hour; whoever comes then is asked to come back, or to call."),
            Setting(
                "whistleblowing.anonymousMegabytes", .integer(0...10_000_000), default: 5000,
                "Megabytes of files that may wait until a keeper has acknowledged the anonymous report they are for; then only text is taken."
            ),
            Setting(
                "whistleblowing.exitUrl", .address(["https://", "http://"]), default: "https://www.yr.no/",
                "Where the quick exit of the reporter's pages leads: a page that everybody looks at."),
        ], isDiscreet: true, untraced: ["dialogue", "dialogue/file"])

    public static let migrations = WhistleblowingMigrations.all
    public static let openAPI = PackageResources.whistleblowing_openapi_json

    private let host: HostServices
    private let whistleblows: Whistleblows
    private let gate: CodeGate
    private let anonymous: AnonymousGate
    private let exit: String

    public init(settings: SettingValues, host: HostServices) throws {
        self.host = host
        gate = CodeGate(clock: host.clock)
        anonymous = AnonymousGate(
            host, isOpen: try settings.flag(WhistleblowingContract.WayIn.anonymousSetting),
            perHour: try settings.integer("whistleblowing.anonymousPerHour"),
            bytes: try settings.integer("whistleblowing.anonymousMegabytes") << 20)
        exit = try settings.text("whistleblowing.exitUrl")
        let deadlines = Deadlines(
            acknowledgeDays: try settings.integer("whistleblowing.acknowledgeDays"),
            feedbackMonths: try settings.integer("whistleblowing.feedbackMonths"),
            retentionMonths: try settings.integer("whistleblowing.retentionMonths"),
            warningDays: try settings.integer("whistleblowing.warningDays"))
        whistleblows = Whistleblows(host, deadlines)
    }

    public func mount(on routes: ModuleRoutes) {
        let reporter = ReporterPages(
            host: host, whistleblows: whistleblows, gate: gate, anonymous: anonymous, exit: exit)
        reporter.mount(on: routes.pages)
        DialogueAPI(pages: reporter).mount(on: routes.api)
        let keepers = KeeperPages(host: host, whistleblows: whistleblows)
        keepers.mount(on: routes.pages)
        KeepersAPI(pages: keepers).mount(on: routes.api)
        WhistleblowingAPI(host: host, whistleblows: whistleblows, anonymous: anonymous).mount(on: routes.api)
    }

    public var services: [any Service] {
        [
            Inbox(whistleblows: whistleblows, clock: host.clock),
            Rounds(host: host, whistleblows: whistleblows, anonymous: anonymous),
        ]
    }

    public func mail(for notice: Notice, language: Language) -> MailText? {
        notice.template == AnonymousGate.alarm.template ? FullTexts[language].mail : Rounds.mail(language)
    }

    /// A keeper no longer is one; to administrators the alarm alone goes.
    public func mayBeTold(_ viewer: Viewer, of notice: Notice, _ access: Access, in reader: Reader) throws -> Bool {
        let isAlarm = notice.template == AnonymousGate.alarm.template
        return access.mayAnywhere(viewer, isAlarm ? WhistleblowingRights.mend : WhistleblowingRights.handle)
    }

    public func loadDemo(from folder: DemoFolder, progress: @Sendable (_ done: Int, _ of: Int) -> Void) async throws {
        try await DemoWhistleblows(host: host, whistleblows: whistleblows).load(
            try folder.read("whistleblows.json", as: [DemoWhistleblow].self), progress: progress)
    }

    public func menu(for visit: Visit) -> [MenuItem] {
        guard let viewer = visit.viewer, visit.access.mayAnywhere(viewer, WhistleblowingRights.handle) else {
            return []
        }
        return [MenuItem(KeeperTexts[visit.language].title, KeeperPages.path)]
    }

    public func privacy(_ language: Language, _ laws: Laws) -> [PageSection] {
        let text = PrivacyTexts[language]
        return (anonymous.isOpen ? [text.anonymous] : []) + text.sections(whistleblows.deadlines.retentionMonths)
    }

    public func doors(for visit: Visit) -> [Door] {
        let text = WayInTexts[visit.language]
        let words = anonymous.isOpen ? text.doorText : text.doorNamed
        return [Door(.serious, title: text.doorTitle, text: words, path: ReporterPages.path)]
    }

    /// Nothing is preset: the address of a whistleblow says nothing.
    public func deepLinks(for visit: Visit) async throws -> [DeepLink] {
        [DeepLink(title: WayInTexts[visit.language].doorTitle, path: ReporterPages.path, presets: [])]
    }
}
