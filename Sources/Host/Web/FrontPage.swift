import CalendarKit
import Hummingbird
import ModuleKit

/// The front page and the two pages its footer links to.
struct FrontPage: Sendable {
    let site: Site
    let directory: Directory
    /// Months for which requests about personal data, and the lines of the audit trail, are kept.
    let privacyMonths, auditMonths: Int

    func mount(on router: Router<AppContext>) {
        router.get("/") { _, context in try await front(try context.visit) }
        router.get("/privacy") { _, context in
            let visit = try context.visit
            let text = PrivacyPageTexts[visit.language]
            let laws = try await directory.freshChart().laws(on: Oslo.date(at: visit.now), visit.language)
            let modules = site.modules.flatMap { $0.privacy(visit.language, laws) }
            let sections =
                [text.controller(site.institution, laws)] + modules + [
                    text.traces, text.looks(auditMonths, laws), text.requests(privacyMonths, laws), text.rights(laws),
                ]
            let own: HTML = "<p><a href=\"\(OwnDataPages.path)\">\(OwnDataTexts[visit.language].title)</a></p>"
            return plain(
                HostTexts[visit.language].privacyTitle, text.lead, sections, visit, visit.viewer == nil ? "" : own)
        }
        router.get("/accessibility") { _, context in
            let visit = try context.visit
            let text = AccessibilityTexts[visit.language]
            let chart = try await directory.freshChart()
            let help = HelpPanel(chart, campus: visit.viewer?.person.campus, language: visit.language).html
            return plain(
                HostTexts[visit.language].accessibilityTitle, text.lead,
                [text.promise, text.known, promised(visit).map(text.tellUsOrReport) ?? text.tellUs], visit, help)
        }
    }

    private func front(_ visit: Visit) async throws -> Response {
        let text = HostTexts[visit.language]
        let doors = doors(visit)
        let cards = doors.map { door -> HTML in
            """
            <a class="door \(DoorPicture.name(door.kind))" href="\(door.path)">\(DoorPicture.svg(door.kind))<span><h2>\(door.title)</h2>\
            <p>\(door.text)</p></span></a>
            """
        }
        let chart = try await directory.freshChart()
        let promised = promised(visit)
        let signIn = doors.contains { $0.needsSignIn } ? text.frontSignIn : text.frontSignInForAnswers
        let content: HTML = """
            <main class="page stack loose" id="main"><div class="stack"><h1>\(text.frontTitle)</h1>\
            <p class="soft lead">\(text.frontLead)\(promised.map { " \($0)" })</p></div>\
            <div class="doors">\(cards)</div>\(if: site.modules.isEmpty, "<p class=\"note\">\(text.nothingOn)</p>")\
            \(site.modules.map { $0.welcome(for: visit) })\
            \(HelpPanel(chart, campus: visit.viewer?.person.campus, language: visit.language).html)\
            \(if: visit.viewer == nil && promised != nil, "<p class=\"soft\">\(signIn)</p>")\
            <p class="soft small"><a href="/si-ifra">\(FrontTexts[visit.language].embed)</a></p></main>
            """
        return Page(text.frontTitle, content: content).response(visit)
    }

    /// By when there is an answer, of the modules that are on; nil when none promises one, and there is nothing to sign in for.
    private func promised(_ visit: Visit) -> String? {
        site.modules.compactMap(\.answerDays).min().map {
            HostTexts[visit.language].answerWithin(Period.text(days: $0, visit.language))
        }
    }

    /// What the modules that are on offer, in the order of what people come with. Talking to somebody is always there, and so is a way for
    /// what is serious: without a module for it, the people to turn to.
    private func doors(_ visit: Visit) -> [Door] {
        let text = FrontTexts[visit.language]
        let offered = site.modules.flatMap { $0.doors(for: visit) }
        var doors = offered
        if !offered.contains(where: { $0.kind == .serious }) {
            doors.append(Door(.serious, title: text.seriousTitle, text: text.seriousText, path: "/help"))
        }
        doors.append(Door(.talk, title: text.talkTitle, text: text.talkText, path: "/help"))
        return Door.Kind.allCases.flatMap { kind in doors.filter { $0.kind == kind } }
    }

    private func plain(
        _ title: String, _ lead: String, _ sections: [PageSection], _ visit: Visit, _ below: HTML = ""
    ) -> Response {
        let content: HTML = """
            <main class="page stack loose" id="main"><div class="stack"><h1>\(title)</h1><p class="lead soft">\(lead)</p></div>\
            \(sections.map(\.html))\(below)</main>
            """
        return Page(title, content: content).response(visit)
    }
}
