import Hummingbird
import ModuleKit
import NIOCore

/// What somebody sent with a form that could not be taken: the page that says why carries it, to be sent again.
///
/// Decision, 2026-11-21. Context: a session ends, or the database is away, while somebody types; nothing typed may be
/// lost, with or without a script. Choice: the answer to the form holds its fields, and nothing is stored, for at that
/// moment nobody may be signed in to own it. Only a form from our own pages is answered so, and what it carries has a
/// form token only if it came with the right one: else it is first shown again, as what the person signed in then is
/// about to send. Cost: a form is read whole before it is known who sends it.
struct KeptForm: Sendable {
    private let form: FormData
    private let path: String

    /// Reads a form that a page of ours sent into memory, where it stays for the route to read; nil for anything else.
    ///
    /// - Throws: `NIOTooManyBytesError` when it is over `FormData.keptLimit`.
    static func body(of request: inout Request) async throws -> ByteBuffer? {
        guard request.method == .post, request.isForm, request.isFromOwnPage, !request.isForAPI else { return nil }
        return try await request.collectBody(upTo: FormData.keptLimit)
    }

    /// What there was in a form with files but for the files, whether or not the route had begun to read it.
    static func fields(of request: Request, _ context: AppContext, _ language: Language) async -> FormData? {
        guard request.method == .post, request.isMultipartForm, request.isFromOwnPage, !request.isForAPI else {
            return nil
        }
        return await context.typedForm(request, language: language)
    }

    init?(_ body: ByteBuffer, of request: Request, _ language: Language) {
        self.init(FormData(urlEncoded: body.readableBytesView, language: language), of: request)
    }

    /// nil when there is nothing to keep: every form of ours has a token, but for the sign-in.
    init?(_ form: FormData, of request: Request) {
        (self.form, path) = (form, request.head.path ?? "")
        guard SignInPages.safe(path) == path, form.names.contains("_token"), !names.isEmpty else { return nil }
    }

    /// The names of what may be shown and sent again. A field that begins with `_` is the page's, not the person's.
    private var names: [String] {
        form.names.filter { name in
            !name.hasPrefix("_") && !["password", "token", "secret"].contains { name.lowercased().contains($0) }
        }
    }

    /// The form again: prose to look at and correct, all else unseen.
    func html(_ visit: Visit) -> HTML {
        var visit = visit
        if !visit.accepts(formToken: form["_token"]) { visit.formToken = nil }
        let text = KeptFormTexts[visit.language]
        let view = FormView(form, visit: visit)
        let prose = names.filter { name in
            // A receipt code has spaces too.
            form.all(name).count == 1 && form[name].contains(where: \.isWhitespace)
                && form[name].contains(where: \.isLetter)
        }
        let areas = prose.enumerated().map { index, name in
            view.area(name, label: prose.count == 1 ? text.typed : text.part(index + 1, prose.count), rows: 5)
        }
        return """
            <form method="post" action="\(path)" class="stack" novalidate>\(areas)\(view.token)\
            \(view.hidden(names.filter { !prose.contains($0) }))<div class="actions"><button class="button">\
            \(text.sendAgain)</button></div></form>
            """
    }
}
