import CalendarKit
import DeviationsCore
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage

/// A unit's numbers for those who lead or receive for it, page and API: what its part of the quality report says (D20, D26).
struct OverviewPages: Sendable {
    let host: HostServices
    let categories: CategoryList
    let cases: CaseVault

    func mount(on routes: ModuleRoutes) {
        routes.pages.get("overview") { request, context in try await page(request, context) }
        routes.api.get("deviation-overview") { request, context in
            let asked = try await asked(request, context)
            let language = try context.visit.language
            guard asked.form.errors.isEmpty else { throw ModuleKit.Problem.malformed(language, asked.form.errors) }
            return Response.json(try await numbers(asked, context).json(asked))
        }
    }

    /// What somebody asks for, among the units that are theirs.
    struct Asked: Sendable {
        let choices: [Unit]
        let unit: String
        let period: AskedPeriod
        /// As it was sent, and what is wrong with it.
        let form: FormData
        fileprivate let within: Set<String>
    }

    /// - Throws: `Problem` 403 for somebody without a unit.
    private func asked(_ request: Request, _ context: AppContext) async throws -> Asked {
        let (visit, viewer) = (try context.visit, try context.viewer)
        let units = visit.access.scope(of: viewer, DeviationsRights.overview).units
        let choices = visit.access.chart.units.filter { units.contains($0.id) }
        let query = request.uri.queryParameters
        var form = FormData()
        for name in ["unit", "from", "to"] { form[name] = query[Substring(name)].map(String.init) ?? "" }
        guard let unit = units.contains(form["unit"]) ? form["unit"] : choices.first?.id else {
            throw ModuleKit.Problem.forbidden(visit.language)
        }
        form["unit"] = unit
        let period = AskedPeriod(from: CivilDate(form["from"]), to: CivilDate(form["to"]))
        for (name, day) in [("from", period.from), ("to", period.to)] where day == nil && !form[name].isEmpty {
            form.errors.append(FieldError(name, ErrorTexts[visit.language].notADate))
        }
        if let from = period.from, let to = period.to, to < from {
            form.errors.append(FieldError("to", OverviewTexts[visit.language].endsFirst))
        }
        let within = visit.access.chart.subtree(of: unit).intersection(units)
        return Asked(choices: choices, unit: unit, period: period, form: form, within: within)
    }

    private func numbers(_ asked: Asked, _ context: AppContext) async throws -> UnitNumbers {
        let visit = try context.visit
        let scope = visit.scope(of: try context.viewer, cases)
        return try await host.database.read {
            try UnitNumbers(of: asked.within, scope, asked.period, now: visit.now, in: $0)
        }
    }

    private func page(_ request: Request, _ context: AppContext) async throws -> Response {
        let visit = try context.visit
        let asked = try await asked(request, context)
        let numbers = asked.form.errors.isEmpty ? try await numbers(asked, context) : nil
        let parts = try await CaseParts(visit: visit, host: host, categories: categories)
        return OverviewView(numbers: numbers, asked: asked, parts: parts).page.response(visit)
    }
}

extension UnitNumbers {
    fileprivate func json(_ asked: OverviewPages.Asked) -> JSON {
        let statuses = byStatus.map { #"{"status":\#($0.code),"cases":\#($0.cases),"overdue":\#($0.part)}"# as JSON }
        let areas = byCategory.map { #"{"category":\#($0.code),"cases":\#($0.cases),"open":\#($0.part)}"# as JSON }
        let said = Feedback.allCases.map { answer -> JSON in
            let count = feedback.first { $0.code == "feedback-\(answer.rawValue)" }?.cases ?? 0
            return #"{"answer":\#(answer.rawValue),"cases":\#(count)}"#
        }
        let months = months.map {
            #"{"month":\#($0.month.description),"received":\#($0.received),"ended":\#($0.ended)}"# as JSON
        }
        return #"""
            {"unit":\#(asked.unit),"from":\#(asked.period.from),"to":\#(asked.period.to),"cases":\#(cases),\#
            "byStatus":\#(statuses),"byCategory":\#(areas),"answers":{"answered":\#(answers.answered),\#
            "inTime":\#(answers.inTime),"asExpected":\#(answers.asExpected),"late":\#(answers.late),\#
            "medianDays":\#(answers.medianDays),"longestDays":\#(answers.longestDays)},"measures":{"all":\#(measures.all),\#
            "done":\#(measures.done),"overdue":\#(measures.overdue),"effectChecked":\#(measures.checked)},\#
            "feedback":\#(said),"months":\#(months)}
            """#
    }
}
