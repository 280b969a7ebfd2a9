import DeviationsCore
import ModuleKit
import WhistleblowingContract

/// What the reporter can do below their own case, and the farewell in its place.
struct OwnCaseParts: Sendable {
    let id: String
    let form: FormData
    let visit: Visit

    private var text: OwnCaseTexts { OwnCaseTexts[visit.language] }
    private var view: FormView { FormView(form, visit: visit) }

    var summary: HTML { view.summary }

    /// `isOffered` is nil while the case is not late, and false once it has been used.
    func acts(isEscalationOffered isOffered: Bool?) -> HTML {
        """
        \(isOffered.map(late))<details><summary>\(text.withdraw)</summary><div class="stack"><p>\(text.withdrawText)</p>\
        \(button(.withdraw, text.withdrawButton, quiet: true))</div></details>\(Diversion.links(visit))
        """
    }

    /// To whom what is not ours belongs, and the way there; nothing goes without the reporter.
    func passingOn(_ deviation: Deviation) -> HTML {
        guard deviation.status == .rejected, let unit = deviation.recipient.flatMap({ visit.access.chart.unit($0) })
        else { return "" }
        let shared = ReporterTexts[visit.language]
        let name = unit.names[visit.language]
        let canPassOn = Candidates(chart: visit.access.chart, now: visit.now).receives(unit.id)
        let way: HTML =
            canPassOn
            ? "<p>\(shared.passOnText(name))</p>\(button(.passOn, shared.passOnButton(name), quiet: false))"
            : "<p>\(shared.contact(name))</p>"
        return "<section class=\"note stack tight\"><h2>\(shared.notOurs(name))</h2>\(way)</section>"
    }

    /// The way to whistleblowing below every rejection, where only the reporter goes it.
    func further(_ deviation: Deviation, _ way: ReRegistrationWay, isAnonymous: Bool) -> HTML {
        guard way == .byReporter, deviation.status == .rejected else { return "" }
        let door = DoorTexts[visit.language]
        let isOn = visit.access.isKnown(Right(WayIn.right))
        let link: HTML =
            "<p>\(door.wayText)\(if: isAnonymous, " \(door.wayAnonymous)")</p><p><a class=\"button\" href=\"\(WayIn.path)\">\(door.wayLink)</a></p>"
        return """
            <section class="note care stack tight"><h2>\(text.seriousTitle)</h2><p>\(text.seriousText)</p>\
            \(if: isOn, link)\(if: !isOn, "<p>\(door.wayOff)</p>")</section>
            """
    }

    /// Something more in words while the case is open; what is part of another case is answered there.
    func answer(_ deviation: Deviation) -> HTML {
        let isSent = form["act"] == OwnCaseAct.answer.rawValue
        guard isSent || (deviation.status.isOpen && deviation.mergedInto == nil) else { return "" }
        let shared = ReporterTexts[visit.language]
        return """
            <section class="stack"><h2>\(shared.answerTitle)</h2>\
            <form method="post" action="/deviations/mine/\(id)" class="stack" novalidate>\(view.token)\
            \(view.area("text", label: shared.answerText, hint: shared.answerHint, rows: 4, limit: 4000))\
            <button class="button" name="act" value="\(OwnCaseAct.answer.rawValue)">\(shared.answerButton)</button></form></section>
            """
    }

    /// Asks whether an ended case solved it.
    func feedback(_ deviation: Deviation) -> HTML {
        guard !deviation.status.isOpen else { return "" }
        let shared = ReporterTexts[visit.language]
        let options = Feedback.allCases.map { FormView.Option($0.rawValue, shared.answers[$0] ?? $0.rawValue) }
        return """
            <section class="stack"><form method="post" action="/deviations/mine/\(id)" class="stack" novalidate>\(view.token)\
            \(view.radios("answer", legend: "<h2>\(shared.feedbackTitle)</h2>", hint: shared.feedbackLead, options: options))\
            \(view.area("text", label: shared.feedbackText, hint: shared.feedbackHint, rows: 3, limit: 4000))\
            <button class="button" name="act" value="\(OwnCaseAct.feedback.rawValue)">\(shared.feedbackButton)</button></form></section>
            """
    }

    private func late(_ isOffered: Bool) -> HTML {
        guard isOffered else { return "<p class=\"note\">\(text.lateDone)</p>" }
        return """
            <section class="note care stack tight"><h2>\(text.lateTitle)</h2><p>\(text.lateText)</p>\
            \(button(.notFollowedUp, text.lateButton, quiet: false))</section>
            """
    }

    private func button(_ act: OwnCaseAct, _ label: String, quiet: Bool) -> HTML {
        """
        <form method="post" action="/deviations/mine/\(id)">\(view.token)\
        <button class="button\(if: quiet, " quiet")" name="act" value="\(act.rawValue)">\(label)</button></form>
        """
    }

    func farewell(_ farewell: Farewell, _ parts: CaseParts) -> HTML {
        let isOn = visit.access.isKnown(Right(WayIn.right))
        let way: HTML = "<p><a class=\"button\" href=\"\(WayIn.path)\">\(text.inLink)</a></p>"
        return """
            <div class="stack tight"><p class="soft"><span class="num">\(farewell.number)</span> · \
            \(parts.text.received.lowercased()) \(parts.words(farewell.receivedOn))</p>\
            <h1>\(farewell.isPart ? text.farewellPartTitle : text.farewellTitle)</h1></div>\
            <p class="lead">\(farewell.isPart ? text.farewellPartLead : text.farewellLead)</p>\
            <section class="stack tight"><h2>\(text.reason)</h2><div class="bubble">\(HTML.paragraphs(farewell.reason))</div></section>\
            <section class="stack tight"><h2>\(text.inTitle)</h2><p>\(text.inText)</p>\
            \(if: isOn, way)\(if: !isOn, "<p class=\"note\">\(text.inOff)</p>")</section>\
            \(Diversion.help(visit))<section class="stack tight"><p class="soft">\(text.readText)</p>\
            \(button(.read, text.readButton, quiet: true))\(button(.withdraw, text.withdrawButton, quiet: true))</section>
            """
    }
}
