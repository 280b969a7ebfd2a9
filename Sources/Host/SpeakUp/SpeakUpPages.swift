import HTTPTypes
import Hummingbird
import ModuleKit
import QREncode

/// `/si-ifra`: a web editor chooses where a button leads and what it fills in, and gets the link, the HTML and a QR code.
struct SpeakUpPages: Sendable {
    let site: Site
    let directory: Directory

    func mount(on router: Router<AppContext>) {
        router.get("/si-ifra") { request, context in try await page(request, try context.visit) }
        router.get("/si-ifra/qr.svg") { request, context in
            let code = try await code(request, try context.visit)
            return picture("image/svg+xml", Array(code.svg.utf8))
        }
        router.get("/si-ifra/qr.png") { request, context in
            let visit = try context.visit
            guard let png = try await code(request, visit).png(scale: 16) else {
                throw Problem.unavailable(visit.language)
            }
            return picture("image/png", png)
        }
    }

    private func forms(_ visit: Visit) async throws -> [DeepLink] {
        var visit = visit
        var forms: [DeepLink] = []
        // A visitor who is not signed in may be the first to meet a new unit.
        visit.access = site.access(try await directory.freshChart())
        for module in site.modules { forms += try await module.deepLinks(for: visit) }
        return forms
    }

    private func url(_ link: SpeakUpLink) -> String { site.publicURL + link.path }

    private func code(_ request: Request, _ visit: Visit) async throws -> QRCode {
        guard let link = SpeakUpLink(request, among: try await forms(visit), language: visit.language) else {
            throw Problem.notFound(visit.language)
        }
        return try QRCode(url(link))
    }

    private func picture(_ type: String, _ bytes: [UInt8]) -> Response {
        Response(status: .ok, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private func page(_ request: Request, _ visit: Visit) async throws -> Response {
        let text = SpeakUpTexts[visit.language]
        let forms = try await forms(visit)
        let link = SpeakUpLink(request, among: forms, language: visit.language)
        let body: HTML =
            link.map { "\(choices($0, forms, visit))\(result($0, visit))" } ?? "<p class=\"note\">\(text.nothing)</p>"
        let content: HTML = """
            <main class="page stack loose" id="main"><div class="stack"><h1>\(text.title)</h1><p class="soft lead">\(text.lead)</p></div>\(body)</main>
            """
        return Page(text.title, content: content).response(visit)
    }

    /// Everything is in the address: nothing is stored, so a made button can be made again.
    private func choices(_ link: SpeakUpLink, _ forms: [DeepLink], _ visit: Visit) -> HTML {
        let text = SpeakUpTexts[visit.language]
        var form = FormData()
        for (name, value) in link.chosen { form[name] = value }
        form["button"] = link.buttonLanguage.rawValue
        let view = FormView(form, visit: visit)
        let fields = link.form.presets.map { preset in
            view.select(
                preset.name, label: preset.label, empty: text.any, options: preset.options,
                search: preset.options.count > 15)
        }
        let languages = Language.allCases.map { FormView.Option($0.rawValue, $0.name) }
        let tabs = forms.map { form -> HTML in
            """
            <a href="/si-ifra?form=\(SignInPages.encoded(form.path))"\(if: form.path == link.form.path, " aria-current=\"page\"")>\(form.title)</a>
            """
        }
        return """
            <div class="stack">\(if: forms.count > 1, "<nav class=\"chips\" aria-label=\"\(text.form)\">\(tabs)</nav>")\
            <form method="get" action="/si-ifra" class="stack"><input type="hidden" name="form" value="\(link.form.path)">\(fields)\
            \(view.select("button", label: text.language, empty: nil, options: languages))\
            <div class="actions"><button class="button">\(text.make)</button></div></form></div>
            """
    }

    private func result(_ link: SpeakUpLink, _ visit: Visit) -> HTML {
        let text = SpeakUpTexts[visit.language]
        let url = url(link)
        let query = "\(link.own)&button=\(link.buttonLanguage.rawValue)"
        func source(_ title: String, _ hint: String, _ code: String) -> HTML {
            """
            <section class="stack tight"><h2>\(title)</h2><p class="soft">\(hint)</p>\
            <pre tabindex="0" role="region" aria-label="\(title)"><code>\(code)</code></pre></section>
            """
        }
        let button = link.snippet(url, inCorner: false)
        let corner = link.snippet(url, inCorner: true)
        return """
            \(source(text.link, text.linkHint, url))\(source(text.snippet, text.snippetHint, String(decoding: button.bytes, as: UTF8.self)))\
            <p><span class="soft">\(text.preview):</span> <a class="button" href="\(link.path)">\(SpeakUpTexts[link.buttonLanguage].button)</a></p>\
            \(source(text.corner, text.cornerHint, String(decoding: corner.bytes, as: UTF8.self)))\
            <section class="stack"><h2>\(text.qr)</h2><p class="soft">\(text.qrHint)</p>\
            <img class="qr" src="/si-ifra/qr.svg?\(query)" alt="\(text.alternative)" width="240" height="240">\
            <p class="actions"><a class="button quiet" href="/si-ifra/qr.svg?\(query)" download="\(link.fileName).svg">\(text.svg)</a>\
            <a class="button quiet" href="/si-ifra/qr.png?\(query)" download="\(link.fileName).png">\(text.png)</a></p></section>
            """
    }
}
