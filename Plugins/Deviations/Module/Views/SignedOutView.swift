import DeviationsCore
import ModuleKit
import WhistleblowingContract

/// What somebody reads who reports without being signed in: that nobody can answer.
struct SignedOutView: Sendable {
    /// Stands in the form from its first step on.
    static let field = "signedOut"

    let visit: Visit

    private var text: SignedOutTexts { SignedOutTexts[visit.language] }

    /// Before the first field.
    var notice: HTML {
        let way: HTML = "<p>\(text.serious) <a href=\"\(WayIn.path)\">\(DoorTexts[visit.language].wayLink)</a></p>"
        return """
            <div class="note stack tight"><p><strong>\(text.title)</strong></p><p>\(text.noAnswer)</p>\
            <p><a href="/sign-in?back=/deviations/report">\(text.signIn)</a>\(text.signInFor)</p>\
            \(if: visit.access.isKnown(Right(WayIn.right)), way)</div>
            """
    }

    /// Before it is sent.
    var reminder: HTML { "<p class=\"note\">\(text.noAnswer)</p>" }

    /// The last page; gone back to, the form begins anew.
    func sent(_ number: CaseNumber) -> Page {
        let words = ReportTexts[visit.language]
        let content: HTML = """
            <main class="page stack loose" id="main"><div class="receipt stack" role="status" data-anew>\
            <h1 class="big">\(words.receivedTitle)</h1><p>\(text.number) <strong class="num">\(number.description)</strong>.</p>\
            <p>\(text.sent)</p><p>\(text.more)</p></div>\(Diversion.links(visit))\(Diversion.help(visit))</main>
            """
        return Page(words.receivedTitle, content: content)
    }
}

extension CaseParts {
    /// What the sender of a report is called.
    func sender(_ id: String, _ people: [String: Person]) -> String {
        id == Deviation.nobody ? SignedOutTexts[language].sender : people[id]?.name ?? id
    }
}
