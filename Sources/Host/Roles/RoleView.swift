import CalendarKit
import EventKit
import Hummingbird
import ModuleKit

/// Draws who holds which role where, the form that gives one, and the question before one is ended.
struct RoleView: Sendable {
    /// So many rows stand on a page.
    static let most = 60

    let visit: Visit
    /// Those whom the page names.
    let people: [String: Person]

    private var text: RoleTexts { RoleTexts[visit.language] }
    private var chart: OrganisationChart { visit.access.chart }
    private var today: CivilDate { Oslo.date(at: visit.now) }

    func list(_ rows: [StoredGrant], form: FormData, candidates: [Person], _ query: RoleQuery) -> Response {
        let view = FormView(filled(form), visit: visit)
        let sorted = rows.sorted { place($0) < place($1) }
        let start = query.after.flatMap { id in sorted.firstIndex { $0.id == id } }.map { $0 + 1 } ?? 0
        let page = sorted.dropFirst(start).prefix(Self.most)
        let more = start + page.count < sorted.count ? page.last?.id : nil
        let told = query.done.flatMap { text.told[$0] }
        let content: HTML = """
            <main class="page wide stack" id="main">\(view.summary)<h1>\(text.title)</h1>\
            \(told.map { "<p class=\"told\" role=\"status\">\($0)</p>" as HTML })<p class="soft">\(text.lead)</p>\
            <div class="acts"><details\(if: !form.errors.isEmpty, " open")><summary>\(text.give)</summary>\
            \(fields(view, candidates))</details></div>\(filters(query))\
            <p class="soft" role="status">\(text.count(sorted.count))</p>\
            \(if: page.isEmpty, "<p class=\"empty\">\(text.none)</p>")\(if: !page.isEmpty, table(Array(page)))\
            \(more.map { "<p><a class=\"button quiet\" href=\"\(address(query, after: $0))\">\(text.more)</a></p>" as HTML })</main>
            """
        return Page(
            text.title, density: .desk, section: RolePages.path,
            status: form.errors.isEmpty ? .ok : .unprocessableContent, content: content
        ).response(visit)
    }

    func confirmation(_ one: StoredGrant, heirs: [String], form: FormData) -> Response {
        let view = FormView(form, visit: visit)
        let title = text.endTitle
        let readsCases = [.intakeOfficer, .caseHandler].contains(one.grant.role)
        let next = heirs.map { people[$0]?.name ?? $0 }
        let content: HTML = """
            <main class="page wide stack" id="main">\(view.summary)<h1>\(title)</h1>\
            <dl class="facts"><div><dt>\(text.who)</dt><dd>\(name(one.grant.person))</dd></div>\
            <div><dt>\(text.role)</dt><dd>\(HostTexts[visit.language].role(one.grant.role))</dd></div>\
            <div><dt>\(text.unit)</dt><dd>\(unitName(one.grant.unit))</dd></div></dl><p>\(text.endLead)</p>\
            \(if: readsCases, "<p>\(next.isEmpty ? text.nobodyNext : text.next(SignInTexts[visit.language].list(next)))</p>")\
            <form method="post" action="\(RolePages.path)/\(one.id)/end" class="actions">\(view.token)\
            <button class="button danger">\(text.endNow)</button>\
            <a class="button quiet" href="\(RolePages.path)">\(text.keep)</a></form></main>
            """
        return Page(
            title, density: .desk, section: RolePages.path,
            status: form.errors.isEmpty ? .ok : .unprocessableContent, content: content
        ).response(visit)
    }

    private func fields(_ view: FormView, _ candidates: [Person]) -> HTML {
        let roles = RolePolicy.roles(visit).map { FormView.Option($0.rawValue, HostTexts[visit.language].role($0)) }
        let seen = RolePolicy.units(visit)
        let units = chart.units.filter { seen.contains($0.id) }.map {
            FormView.Option($0.id, "\($0.names[visit.language]) (\($0.short))")
        }
        let which = candidates.map { FormView.Option($0.id, $0.name, hint: about($0)) }
        guard visit.viewer?.hasTwoFactors ?? false else {
            return "<div><p>\(text.refusals[.twoFactors] ?? "")</p></div>"
        }
        return """
            <form method="post" action="\(RolePages.path)" class="stack" novalidate>\(view.token)\
            \(view.text("person", label: text.person, hint: text.personHint))\
            \(if: !which.isEmpty, view.radios("chosen", legend: "\(text.which)", options: which))\
            <div class="columns">\(view.select("role", label: text.role, empty: text.choose, options: roles))\
            \(view.select("unit", label: text.unit, empty: text.choose, options: units, search: units.count > 10))</div>\
            <div class="columns">\(view.text("from", label: text.from, type: "date"))\
            \(view.text("to", label: text.to, hint: text.toHint, type: "date"))</div>\
            <div class="actions"><button class="button">\(text.giveIt)</button></div></form>
            """
    }

    private func about(_ person: Person) -> String {
        let unit = person.unit.flatMap { chart.unit($0)?.short }
        return [person.email, OwnDataTexts[visit.language].affiliations[person.affiliation], unit].compactMap(\.self)
            .filter { !$0.isEmpty }.joined(separator: " · ")
    }

    private func filters(_ query: RoleQuery) -> HTML {
        var form = FormData()
        (form["unit"], form["role"]) = (query.unit ?? "", query.role?.rawValue ?? "")
        form["ended"] = query.withEnded ? "yes" : ""
        let view = FormView(form, visit: visit, prefix: "f-")
        let seen = RolePolicy.units(visit)
        let units = chart.units.filter { seen.contains($0.id) }.map { FormView.Option($0.id, $0.names[visit.language]) }
        let roles = Role.allCases.map { FormView.Option($0.rawValue, HostTexts[visit.language].role($0)) }
        return """
            <form method="get" action="\(RolePages.path)" class="stack tight"><div class="columns">\
            \(view.select("unit", label: text.unit, empty: text.allUnits, options: units, search: units.count > 10))\
            \(view.select("role", label: text.role, empty: text.allRoles, options: roles))\
            \(view.select("ended", label: text.period, empty: text.goingOn, options: [.init("yes", text.withEnded)]))</div>\
            <div class="actions"><button class="button quiet">\(text.show)</button></div></form>
            """
    }

    private func table(_ rows: [StoredGrant]) -> HTML {
        """
        <div class="scroll" tabindex="0" role="region" aria-label="\(text.title)"><table class="stacked"><thead><tr>\
        <th>\(text.who)<th>\(text.role)<th>\(text.unit)<th>\(text.period)<th><span class="visually-hidden">\(text.end)</span>\
        </thead><tbody>\(rows.map(row))</tbody></table></div>
        """
    }

    private func row(_ one: StoredGrant) -> HTML {
        let grant = one.grant
        let isOver = grant.to.map { $0 <= visit.now } ?? false
        let mayEnd = !isOver && RolePolicy.may(visit, give: grant.role, at: grant.unit)
        let who = name(grant.person)
        let email = people[grant.person]?.email ?? ""
        let tag: HTML =
            isOver
            ? "<span class=\"tag\">\(text.over)</span>"
            : grant.from > visit.now ? "<span class=\"tag due\">\(text.coming)</span>" : ""
        let role = HostTexts[visit.language].role(grant.role)
        let end: HTML = """
            <a class="button quiet" href="\(RolePages.path)/\(one.id)/end">\(text.end)\
            <span class="visually-hidden">: \(who), \(role)</span></a>
            """
        return """
            <tr><td data-label="\(text.who)"><b>\(who)</b>\(if: !email.isEmpty, "<br><span class=\"soft\">\(email)</span>")</td>\
            <td data-label="\(text.role)">\(role) \(tag)</td><td data-label="\(text.unit)">\(unitName(grant.unit))</td>\
            <td data-label="\(text.period)">\(period(one))\(by(one))</td><td>\(if: mayEnd, end)</td></tr>
            """
    }

    private func period(_ one: StoredGrant) -> String {
        let from = visit.language.short(Oslo.date(at: one.grant.from), today: today)
        return text.fromTo(from, one.lastDay.map { visit.language.short($0, today: today) } ?? text.untilFurtherNotice)
    }

    private func by(_ one: StoredGrant) -> HTML {
        let given = one.madeBy.map { text.givenBy(name($0)) }
        let ended = one.endedBy.map { text.endedBy(name($0)) }
        let words = [given, ended].compactMap(\.self).joined(separator: ", ")
        return words.isEmpty ? "" : "<br><span class=\"soft\">\(words)</span>"
    }

    private func name(_ id: String) -> String { people[id]?.name ?? text.tools[id] ?? id }

    private func unitName(_ id: String) -> String { chart.unit(id)?.names[visit.language] ?? id }

    /// By unit as the chart has them, by role, by name.
    private func place(_ one: StoredGrant) -> (Int, Int, String, String) {
        let unit = chart.units.firstIndex { $0.id == one.grant.unit } ?? chart.units.count
        return (unit, Role.allCases.firstIndex(of: one.grant.role) ?? 0, name(one.grant.person), one.id)
    }

    private func address(_ query: RoleQuery, after: String) -> String {
        let parts = [("unit", query.unit), ("role", query.role?.rawValue), ("ended", query.withEnded ? "yes" : nil)]
        return "\(RolePages.path)?" + parts.compactMap { name, value in value.map { "\(name)=\($0)&" } }.joined()
            + "after=\(after)"
    }

    /// Today as the first day, until another is chosen.
    private func filled(_ form: FormData) -> FormData {
        var form = form
        if form["from"].isEmpty, form.errors.isEmpty { form["from"] = "\(today)" }
        return form
    }
}
