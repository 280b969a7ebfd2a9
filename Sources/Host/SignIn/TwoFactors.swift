import HTTPTypes
import Hummingbird
import ModuleKit

/// Roles that do not count in a session with one factor.
enum TwoFactors {
    /// Says which do not, and offers to sign in again; nothing for who misses none.
    static func notice(_ visit: Visit, provider: String?, at request: Request) -> HTML {
        guard let provider, let viewer = visit.viewer, !viewer.withheld.isEmpty else { return "" }
        let text = SignInTexts[visit.language]
        let held = Set(viewer.withheld.map(\.role))
        let roles = Role.allCases.filter(held.contains).map { HostTexts[visit.language].role($0) }
        let back = request.method == .get ? request.uri.string : "/"
        return """
            <aside class="notice" aria-label="\(text.twoFactors)"><p>\(text.withheld(text.list(roles)))</p>\
            <a class="button small" href="\(ProviderPages.address(provider, back: back, twoFactors: true))">\(text.twoFactors)</a></aside>
            """
    }
}
