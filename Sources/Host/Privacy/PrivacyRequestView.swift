import CalendarKit
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit

/// The pages on which requests about personal data are registered, answered and read.
struct PrivacyRequestView {
    let visit: Visit
    let requests: PrivacyRequests

    private var text: PrivacyTexts { PrivacyTexts[visit.language] }
    private var today: CivilDate { Oslo.date(at: visit.now) }
    private func words(_ date: CivilDate) -> String { visit.language.words(date, today: today) }
    private func words(_ time: Timestamp) -> String { words(Oslo.date(at: time)) }
    private func path(_ request: PrivacyRequest) -> String { "\(PrivacyRequestPages.path)/\(request.id)" }
    private func told(_ told: Bool) -> HTML {
        "\(if: told, "<p class=\"told\" role=\"status\">\(text.saved)</p>")"
    }
    private func status(_ form: FormData) -> Int { form.errors.isEmpty ? 200 : 422 }

    /// What stands, and by when.
    private func tag(_ request: PrivacyRequest) -> HTML {
        let state = text.states[request.state] ?? ""
        guard request.state == .open else { return "<span class=\"tag done\">\(state)</span>" }
        return request.dueOn < today
            ? "<span class=\"tag late\">\(text.late(words(request.dueOn)))</span>"
            : "<span class=\"tag due\">\(text.due(words(request.dueOn)))</span>"
    }

    // For who answers

    /// - Parameter older: where the decided ones go on; nil when these are all.
    func list(
        _ form: FormData, open: [PrivacyRequest], decided: [PrivacyRequest], older: PrivacyCursor?, told isTold: Bool
    ) -> Response {
        let view = FormView(form, visit: visit)
        let kinds = PrivacyRequest.Kind.allCases.map { FormView.Option($0.rawValue, text.kinds[$0] ?? "") }
        return AdminPage.response(
            visit, PrivacyRequestPages.path, text.title, status: .init(code: status(form)),
            """
            \(told(isTold))\(view.summary)<p class="soft">\(text.lead)</p>\
            <section class="stack tight"><h2>\(text.open)</h2>\(cards(open))</section>\
            <details class="fold"\(if: !form.errors.isEmpty, " open")><summary>\(text.new)</summary>\
            <form method="post" action="\(PrivacyRequestPages.path)" class="stack" novalidate>\(view.token)\
            \(view.radios("kind", legend: "\(text.kind)", options: kinds))\(view.text("name", label: text.name, hint: text.nameHint, limit: 200))\
            \(view.text("email", label: text.email, hint: text.emailHint))\(view.text("contact", label: text.contact, hint: text.contactHint, limit: 500))\
            \(view.area("text", label: text.asked, rows: 4, limit: 4000))<div class="actions"><button class="button">\(text.register)</button></div></form></details>\
            \(if: !decided.isEmpty, "<section class=\"stack tight\"><h2>\(text.decided)</h2>\(cards(decided))</section>")\
            \(older.map { "<p><a class=\"button quiet\" href=\"\(PrivacyRequestPages.path)?after=\($0.description)\">\(text.older)</a></p>" as HTML })
            """)
    }

    private func cards(_ requests: [PrivacyRequest]) -> HTML {
        if requests.isEmpty { return "<p>\(text.none)</p>" }
        let items = requests.map { request -> HTML in
            """
            <li><a class="card" href="\(path(request))"><b>\(request.content.name)</b><span>\(tag(request))</span>\
            <span class="soft">\(text.kinds[request.kind] ?? "") · \(text.received) \(words(request.receivedOn))</span></a></li>
            """
        }
        return "<ul class=\"cards\">\(items)</ul>"
    }

    func one(
        _ request: PrivacyRequest, _ form: FormData, cases: [PrivacyDesk.Attached],
        hits: [(module: String, found: [FoundCase])]?,
        acts: [PrivacyStore.LoggedAct], grounds: [PrivacyGround], people: [String: Person], told isTold: Bool
    ) -> Response {
        let view = FormView(form, visit: visit)
        let isOpen = request.state == .open
        let asked: HTML = "<div class=\"bubble\">\(HTML.paragraphs(request.content.text))</div>"
        let answer: HTML =
            "<section class=\"stack tight\"><h2>\(text.answer)</h2><div class=\"bubble\">\(HTML.paragraphs(request.content.answer))</div>\(kept(request))</section>"
        return AdminPage.response(
            visit, PrivacyRequestPages.path, request.content.name, status: .init(code: status(form)),
            """
            \(told(isTold))\(view.summary)<p class="soft"><a href="\(PrivacyRequestPages.path)">\(text.back)</a> · \
            \(text.kinds[request.kind] ?? "")</p>\
            <dl class="facts"><div><dt>\(text.received)</dt><dd>\(words(request.receivedOn))</dd></div>\
            <div><dt>\(text.state)</dt><dd>\(tag(request))</dd></div>\
            \(request.person.flatMap { people[$0] }.map { "<div><dt>\(text.account)</dt><dd>\($0.name), \($0.email)</dd></div>" as HTML })\
            \(if: !request.content.contact.isEmpty, "<div><dt>\(text.contact)</dt><dd>\(request.content.contact)</dd></div>")</dl>\(if: !request.content.text.isEmpty, asked)\
            <section class="stack tight"><h2>\(text.cases)</h2>\(list(cases, request, view))\
            \(if: isOpen, searching(request, view, hits, cases))</section>\
            \(if: cases.contains { $0.one.extract != nil }, "<p><a class=\"button quiet\" href=\"\(path(request))/extract\" download>\(text.download)</a></p>")\
            \(isOpen ? decision(request, view, grounds) : answer)\(log(acts, people))
            """)
    }

    /// Until when it is all there.
    private func kept(_ request: PrivacyRequest) -> HTML? {
        requests.keptUntil(request).map { "<p class=\"soft\">\(text.keptUntil(words($0)))</p>" }
    }

    private func list(_ cases: [PrivacyDesk.Attached], _ request: PrivacyRequest, _ view: FormView) -> HTML {
        if cases.isEmpty { return "<p>\(text.noCases)</p>" }
        let items = cases.map { one -> HTML in
            let acts: HTML = """
                <div class="actions"><a class="button small quiet" href="\(path(request))/cases/\(one.read.found.id)">\(text.review)\
                <span class="visually-hidden"> \(one.read.found.number)</span></a>\
                <form method="post" action="\(path(request))/cases/\(one.read.found.id)/removal">\(view.token)<button class="button small quiet">\
                \(text.putAway)<span class="visually-hidden"> \(one.read.found.number)</span></button></form></div>
                """
            return """
                <li class="card line"><div><b class="num">\(one.read.found.number)</b> <span class="soft">\(place(one.read.found))</span> \
                \(if: one.one.extract != nil, "<span class=\"tag done\">\(text.extracted)</span>")</div>\(if: request.state == .open, acts)</li>
                """
        }
        return "<ul class=\"cards\">\(items)</ul>"
    }

    private func place(_ found: FoundCase) -> String {
        "\(visit.access.chart.unit(found.unit)?.names[visit.language] ?? found.unit), \(words(found.receivedAt))"
    }

    private var searchHint: String {
        let names = requests.site.off.map { $0.title[visit.language] }
        return names.isEmpty ? text.searchHint : "\(text.searchHint) \(text.off(names.joined(separator: ", ")))"
    }

    private func searching(
        _ request: PrivacyRequest, _ view: FormView, _ hits: [(module: String, found: [FoundCase])]?,
        _ cases: [PrivacyDesk.Attached]
    ) -> HTML {
        let known = Set(cases.map(\.one.id))
        let found = (hits ?? []).flatMap { module, found in
            found.filter { !known.contains($0.id) }.map { one -> HTML in
                """
                <li class="card line"><div><b class="num">\(one.number)</b> <span class="soft">\(place(one))</span></div>\
                <form method="post" action="\(path(request))/cases">\(view.token)<input type="hidden" name="module" value="\(module)">\
                <input type="hidden" name="case" value="\(one.id)"><button class="button small">\(text.choose)\
                <span class="visually-hidden"> \(one.number)</span></button></form></li>
                """
            }
        }
        let list: HTML = found.isEmpty ? "<p role=\"status\">\(text.noHits)</p>" : "<ul class=\"cards\">\(found)</ul>"
        return """
            <form method="post" action="\(path(request))/search" class="stack tight" novalidate>\(view.token)\
            \(view.text("words", label: text.search, hint: searchHint, type: "search"))\
            <div class="actions"><button class="button quiet">\(text.find)</button></div></form>\(if: hits != nil, list)
            """
    }

    private func decision(_ request: PrivacyRequest, _ view: FormView, _ grounds: [PrivacyGround]) -> HTML {
        let states: [PrivacyRequest.State] = [.granted, .partly, .refused]
        let options = states.map { FormView.Option($0.rawValue, text.decisions[$0] ?? "") }
        let laws = grounds.map { FormView.Option($0.code, "\($0.names[visit.language]) (\(visit.laws[$0.law]))") }
        return """
            <section class="stack"><h2>\(text.decide)</h2><p class="soft">\(request.kind == .erasure ? text.erasureLead : text.accessLead)</p>\
            <form method="post" action="\(path(request))/decision" class="stack" novalidate>\(view.token)\
            <input type="hidden" name="version" value="\(request.version)">\
            \(view.radios("state", legend: "\(text.decision)", options: options))\
            \(view.select("ground", label: text.ground, hint: text.groundHint, empty: text.noGround, options: laws))\
            \(view.area("answer", label: text.answerLabel, hint: text.answerHint, rows: 5, limit: 4000))\
            <div class="actions"><button class="button">\(text.decide)</button></div></form></section>
            """
    }

    private func log(_ acts: [PrivacyStore.LoggedAct], _ people: [String: Person]) -> HTML {
        let items = acts.map { act -> HTML in
            let name = people[act.person]?.name ?? act.person
            return
                "<li><strong>\(text.acts[act.act] ?? act.act)</strong> <span class=\"soft\">\(name), \(words(act.at))</span></li>"
        }
        return "<details class=\"fold\"><summary>\(text.log) (\(acts.count))</summary><ol>\(items)</ol></details>"
    }

    // For the person

    /// One's own requests and the form for a new one, below what is held.
    func own(_ requests: [PrivacyRequest], _ form: FormData, told isTold: Bool) -> HTML {
        let view = FormView(form, visit: visit)
        let hints = text.kindHints(visit.laws[.archives])
        let kinds = PrivacyRequest.Kind.allCases.map {
            FormView.Option($0.rawValue, text.kinds[$0] ?? "", hint: hints[$0])
        }
        let items = requests.map { request -> HTML in
            let name: HTML =
                request.state == .open
                ? "<b>\(text.kinds[request.kind] ?? "")</b>"
                : "<a href=\"/me/data/requests/\(request.id)\"><b>\(text.kinds[request.kind] ?? "")</b></a>"
            return
                "<li class=\"card\">\(name)<span>\(tag(request))</span><span class=\"soft\">\(words(request.receivedOn))</span></li>"
        }
        return """
            <section class="stack" id="requests"><h2>\(text.askTitle)</h2>\(if: isTold, "<p class=\"told\" role=\"status\">\(text.askedTold)</p>")\
            \(if: !items.isEmpty, "<ul class=\"cards\">\(items)</ul>")<form method="post" action="/me/data/requests" class="stack" novalidate>\
            \(view.token)\(view.radios("kind", legend: "\(text.kind)", options: kinds))\
            \(view.area("text", label: text.askText, hint: text.askHint, rows: 4, limit: 4000))\
            <div class="actions"><button class="button">\(text.ask)</button></div></form></section>
            """
    }

    func answer(_ request: PrivacyRequest, _ ground: PrivacyGround?, _ given: [PrivacyRequests.Given]) -> Response {
        // As the law was when it was decided.
        let laws = visit.access.chart.laws(on: request.decidedOn ?? Oslo.date(at: visit.now), visit.language)
        let why = ground.map { ground -> HTML in
            "<p>\(text.groundTold): \(ground.names[visit.language]) <span class=\"soft\">(\(laws[ground.law]))</span></p>"
        }
        let shown = PrivacyExtractView(visit.language).html(given) { file, place in
            let path = "/me/data/requests/\(request.id)/files/\(file.id)"
            let name = text.attachment(place)
            if file.type != nil { return "<p><a href=\"\(path)\" download>\(name)</a></p>" }
            return
                "<p><a href=\"\(path)\" download><img src=\"\(path)/preview\" alt=\"\(name)\" class=\"large\" loading=\"lazy\"></a></p>"
        }
        let content: HTML = """
            <main class="page stack loose" id="main"><div class="stack tight"><p class="soft"><a href="\(OwnDataPages.path)">\
            \(OwnDataTexts[visit.language].title)</a></p><h1>\(text.kinds[request.kind] ?? "")</h1><p>\(tag(request)) \
            \(request.decidedOn.map(words) ?? "")</p></div>\(why)<div class="bubble">\(HTML.paragraphs(request.content.answer))</div>\
            \(if: request.kind == .access && request.state != .refused, shown)\
            \(kept(request))<p class="soft">\(text.complain)</p></main>
            """
        return Page(text.askTitle, section: OwnDataPages.path, content: content).response(visit)
    }
}
