import HTTPTypes
import Hummingbird
import ModuleKit

/// The end of a sign-in, here and at the provider.
enum SignOut {
    /// Longer ones a browser may not keep; the provider then asks the person first.
    private static let mostBytes = 3500
    private static let path = "/sign-out"

    /// A cookie with the ID token, by which a provider knows whom to sign out. It goes to `/sign-out` only, and we keep none: a
    /// token may hold what we have no use for, such as an id number.
    static func hint(_ token: String, _ site: Site) -> String {
        let value = token.utf8.count > mostBytes ? "" : token
        let seconds = value.isEmpty ? 0 : Sessions.limitSeconds
        return
            "\(site.hintCookie)=\(value); Path=\(path); Max-Age=\(seconds); HttpOnly; SameSite=Lax\(site.secure ? "; Secure" : "")"
    }

    /// Says that one is signed out here and goes on to the provider by itself. A redirect would not do: a form of ours may be sent to us
    /// only, wherever the answer leads.
    static func page(to address: String, _ provider: String, _ visit: Visit) -> Response {
        let text = SignInTexts[visit.language]
        var visit = visit
        visit.viewer = nil
        visit.shell.menu = []
        visit.shell.personal = []
        let content: HTML = """
            <main class="page stack" id="main"><h1>\(text.signedOutTitle)</h1><p>\(text.signedOutDetail(provider))</p>\
            <p><a class="button" href="\(address)">\(text.goingOn(provider))</a></p></main>
            """
        var answer = Page(text.signedOutTitle, content: content).response(visit)
        answer.headers[header: "Refresh"] = "0; url=\(address)"
        return answer
    }
}
