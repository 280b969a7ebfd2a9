import HTTPTypes
import Hummingbird
import ModuleKit
import Synchronization

/// What is the same for every visitor: name, assets, and the modules that are on at this moment.
final class Site: Sendable {
    let institution: String
    /// Where browsers reach us, without a slash at its end.
    let publicURL: String
    let assets: Assets
    /// Of all modules compiled in, on or off.
    let manifests: [ModuleManifest]
    private let state: Mutex<State>

    private struct State {
        var modules: [any FeatureModule] = []
        var access: Access?
    }

    init(institution: String, publicURL: String, assets: Assets, manifests: [ModuleManifest] = []) {
        (self.institution, self.publicURL, self.assets) = (institution, publicURL, assets)
        self.manifests = manifests
        state = Mutex(State())
    }

    /// True when people reach us by https: cookies are then bound to it and to the host name.
    var secure: Bool { publicURL.hasPrefix("https://") }

    var sessionCookie: String { secure ? "__Host-trivsel" : "trivsel" }

    /// Of the language that somebody who is not signed in has chosen.
    var languageCookie: String { secure ? "__Host-language" : "language" }

    /// Of a sign-in that has begun at a provider.
    var loginCookie: String { "\(sessionCookie)-login" }

    /// Of what tells the provider who signs out; it has a path of its own, which `__Host-` does not allow.
    var hintCookie: String { secure ? "__Secure-trivsel-hint" : "trivsel-hint" }

    /// The modules that are on, in the order of the catalogue.
    var modules: [any FeatureModule] {
        get { state.withLock(\.modules) }
        set { state.withLock { $0 = State(modules: newValue) } }
    }

    /// The modules that are off, but for those that never say what they hold about somebody.
    var off: [ModuleManifest] {
        let on = Set(modules.map { type(of: $0).manifest.id })
        return manifests.filter { !on.contains($0.id) && !$0.isDiscreet }
    }

    /// Addresses at which one tells something in confidence.
    var discreetPaths: Set<String> { Set(manifests.filter(\.isDiscreet).map { "/\($0.id)" }) }

    /// The policy of all modules that are on; kept until the chart or the modules change.
    func access(_ chart: OrganisationChart) -> Access {
        state.withLock { state in
            if let known = state.access, known.chart.version == chart.version { return known }
            let access = Access(policy: HostPolicy.all(state.modules.map { type(of: $0).manifest }), chart: chart)
            state.access = access
            return access
        }
    }

    /// That of somebody who is not known: the one they have chosen here, else the best that their browser asks for.
    func language(of request: Request) -> Language {
        let chosen = request.cookies[languageCookie].flatMap { Language(rawValue: $0.value) }
        return chosen ?? Language(acceptLanguage: request.headers[.acceptLanguage])
    }

    func shell(menu: [MenuItem]) -> Shell {
        Shell(institution: institution, styleSheet: assets.styleSheet.path, script: assets.script.path, menu: menu)
    }

    func menu(_ visit: Visit) -> [MenuItem] {
        guard visit.viewer != nil else { return [] }
        return modules.flatMap { $0.menu(for: visit) } + RolePages.menu(visit) + AdminPage.menu(visit)
    }

    /// What stands under the viewer's own name.
    func personal(_ visit: Visit) -> [MenuItem] { DeputyPages.menu(visit) + OwnDataPages.menu(visit) }

    /// A cookie's `Set-Cookie` value.
    func cookie(_ name: String, _ value: String, seconds: Int64) -> String {
        "\(name)=\(value); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Lax\(secure ? "; Secure" : "")"
    }
}
