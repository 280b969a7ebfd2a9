public import EventKit
public import Hummingbird
public import ServiceLifecycle
public import Storage

/// A part of the product that can be switched on and off: deviations, meetings, welfare …
///
/// Life: `manifest` is read (no side effects) → `init` reads and checks settings and opens nothing → migrations run → routes are
/// mounted → handlers are subscribed → services run. A failure before the last step ends the start with one line that names
/// module and phase, and what had started stops in reverse. Off means no routes, no handlers, no services and no menu entry;
/// its tables and events stay.
public protocol FeatureModule: Sendable {
    static var manifest: ModuleManifest { get }

    /// Reads and checks settings; opens nothing.
    ///
    /// - Throws: an error whose description is one line that says what is wrong and how to mend it.
    init(settings: SettingValues, host: HostServices) throws

    /// The form of each event type that the manifest's topics name: schemas are made from them.
    static var events: [any EventPayload.Type] { get }

    /// The module's tables. Numbered, never edited after release.
    static var migrations: [Migration] { get }

    /// Adds the module's routes, pages under `/<id>` and API under `/api/v1`.
    func mount(on routes: ModuleRoutes)

    /// What the module does when events happen, its own and others'.
    var handlers: [EventHandler] { get }

    /// What its events lead to, for readers that come too late for the events.
    var states: [StateSource] { get }

    /// What runs as long as the module is on.
    var services: [any Service] { get }

    /// Top-bar entries for this viewer.
    func menu(for visit: Visit) -> [MenuItem]

    /// What the front page offers, in order.
    func doors(for visit: Visit) -> [Door]

    /// The forms that a button or a QR code elsewhere can lead into.
    func deepLinks(for visit: Visit) async throws -> [DeepLink]

    /// A section of the front page below the doors, such as how a report is handled.
    func welcome(for visit: Visit) -> HTML

    /// Within how many days what is reported by its doors is answered; nil when it promises nothing of the kind.
    var answerDays: Int? { get }

    /// What the page on privacy says of what the module stores.
    func privacy(_ language: Language, _ laws: Laws) -> [PageSection]

    /// Who is to be told of an event, and with which template.
    func notices(of event: LoggedEvent, in reader: Reader) throws -> [Notice]

    /// The mail for a notice, in the recipient's language. Identifiers and a link, never what a case says.
    func mail(for notice: Notice, language: Language) -> MailText?

    /// Whether the recipient may still be told of it, asked at the moment when the mail is written: since the notice was queued they may
    /// have been kept from the case, or have lost their role.
    func mayBeTold(_ viewer: Viewer, of notice: Notice, _ access: Access, in reader: Reader) throws -> Bool

    /// All that the module holds about who asks, for themselves alone: never what others wrote of them in confidence.
    func personalData(of viewer: Viewer, for visit: Visit) async throws -> [PersonalSection]

    /// How its cases answer what somebody asks about their own data; nil when it has none, or answers for them itself.
    var personsCases: (any PersonsCases)? { get }

    /// The module's part of the OpenAPI document: an object with `paths` and `components`.
    static var openAPI: [UInt8] { get }

    /// Loads demo data through the module's own use cases. Run twice, it adds nothing.
    func loadDemo(from folder: DemoFolder, progress: @Sendable (_ done: Int, _ of: Int) -> Void) async throws
}

extension FeatureModule {
    public static var events: [any EventPayload.Type] { [] }
    public var handlers: [EventHandler] { [] }
    public var answerDays: Int? { nil }
    public var states: [StateSource] { [] }
    public func privacy(_ language: Language, _ laws: Laws) -> [PageSection] { [] }
    public var services: [any Service] { [] }
    public func menu(for visit: Visit) -> [MenuItem] { [] }
    public func doors(for visit: Visit) -> [Door] { [] }
    public func deepLinks(for visit: Visit) async throws -> [DeepLink] { [] }
    public func welcome(for visit: Visit) -> HTML { "" }
    public func notices(of event: LoggedEvent, in reader: Reader) throws -> [Notice] { [] }
    public func mail(for notice: Notice, language: Language) -> MailText? { nil }
    public func mayBeTold(_ viewer: Viewer, of notice: Notice, _ access: Access, in reader: Reader) throws -> Bool {
        true
    }
    public func personalData(of viewer: Viewer, for visit: Visit) async throws -> [PersonalSection] { [] }
    public var personsCases: (any PersonsCases)? { nil }
    public static var openAPI: [UInt8] { Array("{}".utf8) }
    public func loadDemo(from folder: DemoFolder, progress: @Sendable (_ done: Int, _ of: Int) -> Void) async throws {}
}

/// What the host knows of a module before it makes one.
public struct ModuleManifest: Sendable {
    /// One word in code, folder, route, setting and table prefix.
    public let id: String
    public let title: Translated
    /// Event types it announces.
    public let topics: [String]
    /// Its tables, each with the prefix `<id>_`.
    public let tables: [String]
    /// Who may do what with its things.
    public let policy: [Policy]
    public let settings: [Setting]
    /// Requests to it are neither counted nor timed: when somebody was here would tell who.
    public let isDiscreet: Bool
    /// Addresses of a discreet module, on pages or under `/api/v1`, a visit to which stays unnoted: those at which one tells something.
    public let untraced: [String]
    /// Paths under `/api/v1` to which one posts words to be looked for: a token that only reads opens them too.
    public let searches: [String]

    public init(
        id: String, title: Translated, topics: [String], tables: [String], policy: [Policy],
        settings: [Setting] = [], searches: [String] = [],
        isDiscreet: Bool = false, untraced: [String] = []
    ) {
        (self.id, self.title, self.topics, self.tables) = (id, title, topics, tables)
        (self.policy, self.settings, self.isDiscreet, self.searches) = (policy, settings, isDiscreet, searches)
        self.untraced = ["/\(id)"] + untraced.map { "/\(id)/\($0)" }
    }
}

/// Where a module hangs its routes. Every route passes sign-in, language and problem handling.
public struct ModuleRoutes {
    /// Under `/<id>`.
    public let pages: RouterGroup<AppContext>
    /// Under `/api/v1`.
    public let api: RouterGroup<AppContext>

    public init(pages: RouterGroup<AppContext>, api: RouterGroup<AppContext>) { (self.pages, self.api) = (pages, api) }
}

/// A way in from the front page.
public struct Door: Sendable {
    /// What somebody comes with; the front page goes by this order.
    public enum Kind: Int, Sendable, CaseIterable {
        /// Something should work better.
        case better
        /// Something serious or censurable has happened.
        case serious
        /// Somebody needs to talk.
        case talk
        /// An idea, or praise.
        case idea
    }

    public var kind: Kind
    public var title: String
    public var text: String
    public var path: String
    /// Whether whoever is not signed in is asked to before the form.
    public var needsSignIn: Bool

    public init(_ kind: Kind, title: String, text: String, path: String, needsSignIn: Bool = false) {
        (self.kind, self.title, self.text, self.path) = (kind, title, text, path)
        self.needsSignIn = needsSignIn
    }
}

/// A form that other sites can lead straight into, and what their link may fill in beforehand.
public struct DeepLink: Sendable {
    /// A field that the link may name as a query value, and what it can be.
    public struct Preset: Sendable {
        public var name: String
        public var label: String
        public var options: [FormView.Option]

        public init(_ name: String, label: String, options: [FormView.Option]) {
            (self.name, self.label, self.options) = (name, label, options)
        }
    }

    public var title: String
    public var path: String
    public var presets: [Preset]

    public init(title: String, path: String, presets: [Preset]) {
        (self.title, self.path, self.presets) = (title, path, presets)
    }
}

/// What a module does with events: applied once each, in the log's order, in one transaction with the reader's position.
public struct EventHandler: Sendable {
    /// Stable: the reader's position is kept under it.
    public let name: String
    public let topics: [TopicPattern]
    public let handle: @Sendable (LoggedEvent, Transaction) throws -> Void

    public init(
        name: String, topics: [TopicPattern], handle: @escaping @Sendable (LoggedEvent, Transaction) throws -> Void
    ) {
        (self.name, self.topics, self.handle) = (name, topics, handle)
    }
}
