import CalendarKit
import EventKit
import ModuleKit
import Storage

/// Who is to stand in for whom, as a form: for oneself, or for anybody as an administrator.
struct DeputyForm: Sendable {
    /// The person whose deputy it is; nil when the form asks for them too.
    let person: Person?
    /// Roles and units that can be chosen.
    let roles: [Role]
    let units: [Unit]
    /// Addresses that are offered while one types.
    let suggestions: [Person]
    let visit: Visit

    private var text: DeputyTexts { DeputyTexts[visit.language] }

    /// The deputyship that the form describes; nil when something is wrong, which the form's errors then say.
    func deputyship(_ form: inout FormData, in reader: Reader) throws -> Deputyship? {
        let person = try person ?? found("person", &form, in: reader)
        let deputy = try found("deputy", &form, in: reader)
        if self.person == nil, let deputy, deputy.id == visit.viewer?.person.id {
            form.errors.append(FieldError("deputy", text.yourself))
        }
        let role = roles.first { $0.rawValue == form["role"] }
        let unit = units.first { $0.id == form["unit"] }
        if role == nil, !form["role"].isEmpty { form.errors.append(FieldError("role", text.unknown)) }
        if unit == nil, !form["unit"].isEmpty { form.errors.append(FieldError("unit", text.unknown)) }
        let from = date("from", &form)
        let to = form["to"].isEmpty ? nil : date("to", &form)
        guard form.errors.isEmpty, let person, let deputy, let from else { return nil }
        return Deputyship(
            id: Identifier.make(at: visit.now), person: person.id, deputy: deputy.id, role: role, unit: unit?.id,
            from: Oslo.startOfDay(from), to: to.map { Oslo.endOfDay($0) })
    }

    private func found(_ field: String, _ form: inout FormData, in reader: Reader) throws -> Person? {
        let person =
            try Directory.person(email: form[field], in: reader) ?? Directory.person(form[field], in: reader)
        guard let person, person.isHere(at: visit.now) else {
            form.errors.append(FieldError(field, form[field].isEmpty ? text.noPerson : text.unknownPerson))
            return nil
        }
        return person
    }

    private func date(_ field: String, _ form: inout FormData) -> CivilDate? {
        guard let date = CivilDate(form[field]) else {
            form.errors.append(FieldError(field, text.badDate))
            return nil
        }
        if date < Oslo.date(at: visit.now) { form.errors.append(FieldError(field, text.past)) }
        return date
    }

    func html(_ view: FormView, action: String) -> HTML {
        let roles = roles.map { FormView.Option($0.rawValue, HostTexts[visit.language].role($0)) }
        let units = units.map { FormView.Option($0.id, "\($0.names[visit.language]) (\($0.short))") }
        let people = suggestions.map { FormView.Option($0.email, $0.name) }
        return """
            <form method="post" action="\(action)" class="stack" novalidate>\(view.token)<h2>\(text.add)</h2>\
            \(if: person == nil, view.text("person", label: text.person, suggestions: people))\
            \(view.text("deputy", label: text.deputy, hint: text.deputyHint, suggestions: people))\
            <div class="columns">\(view.select("role", label: text.role, empty: text.allRoles, options: roles))\
            \(view.select("unit", label: text.unit, empty: text.allUnits, options: units, search: units.count > 10))</div>\
            <div class="columns">\(view.text("from", label: text.from, type: "date"))\
            \(view.text("to", label: text.to, hint: text.toHint, type: "date"))</div>\
            <div class="actions"><button class="button">\(text.save)</button></div></form>
            """
    }
}
