public import HTTPTypes
public import Hummingbird

/// An entry of the top bar.
public struct MenuItem: Sendable {
    public var title: String
    public var path: String

    public init(_ title: String, _ path: String) { (self.title, self.path) = (title, path) }
}

/// What surrounds every page: the same for all that one viewer sees.
public struct Shell: Sendable {
    public var institution: String
    /// Addresses of the style sheet and the script, with the hash of their content.
    public var styleSheet: String
    public var script: String
    public var menu: [MenuItem]
    /// What stands under the person's own name.
    public var personal: [MenuItem]
    /// What a person has to know on every page, below the bar; not on those that leave nothing telling behind.
    public var notice: HTML = ""

    public init(institution: String, styleSheet: String, script: String, menu: [MenuItem], personal: [MenuItem] = []) {
        (self.institution, self.styleSheet, self.script) = (institution, styleSheet, script)
        (self.menu, self.personal) = (menu, personal)
    }
}

/// One page of the product, before the shell is put around it.
public struct Page: Sendable {
    /// `reporter`: calm, one column, 18 px. `desk`: dense, list beside detail, 15 px.
    public enum Density: String, Sendable {
        case reporter = "calm"
        case desk
    }

    public var title: String
    public var density: Density
    public var content: HTML
    public var status: HTTPResponse.Status
    /// Path of the menu entry the page belongs to.
    public var section: String?
    /// Where a quick exit leads. With one, the page leaves nothing telling behind: its title is “Trivsel”, it names nobody, and
    /// nothing of it is kept in the browser.
    public var exit: String?
    /// Where a quick exit leads from a page that keeps its bar, since nobody writes on it; its title must tell nothing.
    public var leave: String?

    public init(
        _ title: String, density: Density = .reporter, section: String? = nil, exit: String? = nil,
        status: HTTPResponse.Status = .ok,
        content: HTML
    ) {
        (self.title, self.density, self.section) = (title, density, section)
        (self.exit, self.status, self.content) = (exit, status, content)
    }

    /// The answer with the whole document.
    public func response(_ visit: Visit) -> Response {
        Response(
            status: status,
            headers: [
                .contentType: "text/html; charset=utf-8", .cacheControl: "no-store",
                .contentLanguage: visit.language.rawValue,
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: document(visit).bytes)))
    }

    func document(_ visit: Visit) -> HTML {
        let text = ShellTexts[visit.language]
        return """
            <!doctype html><html lang="\(visit.language.rawValue)"><head><meta charset="utf-8">\
            <meta name="viewport" content="width=device-width, initial-scale=1"><title>\(if: exit == nil, "\(title) – ")Trivsel</title>\
            <link rel="icon" href="data:,"><link rel="stylesheet" href="\(visit.shell.styleSheet)">\
            <script src="\(visit.shell.script)" defer></script></head>\
            <body class="\(density.rawValue)"\((exit == nil ? visit.viewer : nil).map { " data-person=\"\($0.person.id)\"" as HTML })>\
            <a class="skip" href="#main">\(text.skip)</a>\(exit.map { discreetBar($0, text) } ?? bar(visit, text))\
            \(if: exit == nil, visit.shell.notice)\(content)\
            \(if: density == .reporter, footer(visit, text))</body></html>
            """
    }

    private func bar(_ visit: Visit, _ text: ShellTexts) -> HTML {
        let entries = visit.shell.menu.map { item -> HTML in
            "<a href=\"\(item.path)\"\(if: item.path == section, " aria-current=\"page\"")>\(item.title)</a>"
        }
        return """
            <header class="bar"><a class="name" href="/">\(Page.mark)Trivsel<span class="where">\(visit.shell.institution)</span></a>\
            \(if: !entries.isEmpty, "<nav class=\"main\" aria-label=\"\(text.mainMenu)\">\(entries)</nav>")\
            \(leave.map { exitButton($0, text) })\(languages(visit, text))\(person(visit, text))</header>
            """
    }

    private func discreetBar(_ exit: String, _ text: ShellTexts) -> HTML {
        """
        <header class="bar"><a class="name" href="/">\(Page.mark)Trivsel</a>\
        \(exitButton(exit, text))</header>
        """
    }

    private func exitButton(_ exit: String, _ text: ShellTexts) -> HTML {
        """
        <a class="button small exit" href="\(exit)" rel="noreferrer" data-exit title="\(text.exitHint)">\(text.exit)</a>
        """
    }

    private func languages(_ visit: Visit, _ text: ShellTexts) -> HTML {
        let buttons = Language.allCases.filter { $0 != visit.language }.map { language -> HTML in
            "<button name=\"language\" value=\"\(language.rawValue)\" lang=\"\(language.rawValue)\">\(language.name)</button>"
        }
        return """
            <details class="menu"><summary aria-label="\(text.language): \(visit.language.name)"><span aria-hidden="true">\
            \(visit.language.rawValue.uppercased())</span></summary><form method="post" action="/language">\
            \(FormView(FormData(), visit: visit).token)\(buttons)</form></details>
            """
    }

    private func person(_ visit: Visit, _ text: ShellTexts) -> HTML {
        guard let viewer = visit.viewer else {
            return "<a class=\"button quiet small\" href=\"/sign-in\">\(text.signIn)</a>"
        }
        let first = viewer.person.name.split(separator: " ").first.map(String.init) ?? viewer.person.name
        return """
            <details class="menu"><summary>\(first)</summary><form method="post" action="/sign-out">\
            \(FormView(FormData(), visit: visit).token)<p class="soft">\(viewer.person.name)</p>\
            \(visit.shell.personal.map { "<a href=\"\($0.path)\">\($0.title)</a>" as HTML })<button>\(text.signOut)</button></form></details>
            """
    }

    private func footer(_ visit: Visit, _ text: ShellTexts) -> HTML {
        """
        <footer><span>\(text.emergency) <a href="tel:113">113</a> · <a href="tel:112">112</a></span>\
        <a href="/help">\(HelpTexts[visit.language].title)</a><a href="/privacy">\(text.privacy)</a>\
        <a href="/accessibility">\(text.accessibility)</a></footer>
        """
    }

    static let mark = HTML(
        trusted: """
            <svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" \
            aria-hidden="true"><path d="M4 13c0 4.4 3.6 7.5 8 7.5s8-3.1 8-7.5M12 20V9m0 0c0-3 2-5.5 5-5.5 0 3-2 5.5-5 5.5Zm0 3c0-2.5-1.7-4.5-4.5-4.5 \
            0 2.5 1.7 4.5 4.5 4.5Z"/></svg>
            """)
}
