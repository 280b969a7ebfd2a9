import CalendarKit
import EventKit
import ModuleKit
import Storage

/// A role that somebody is to have, as a form or a request body describes it.
struct RoleForm: Sendable {
    let visit: Visit

    private var text: RoleTexts { RoleTexts[visit.language] }

    /// The people whom a form's words can mean when it does not say which.
    func candidates(_ form: FormData, in reader: Reader) throws -> [Person] {
        let known = try Directory.people(known: form["person"], at: visit.now, in: reader)
        guard known.isEmpty else { return known.count > 1 ? known : [] }
        return try Directory.people(named: form["person"], at: visit.now, limit: 20, in: reader)
    }

    /// The grant that the form describes; nil when something is wrong, which the form's errors then say.
    func grant(_ form: inout FormData, in reader: Reader) throws -> RoleGrant? {
        guard let viewer = visit.viewer else { return nil }
        if !viewer.hasTwoFactors { add(.twoFactors, to: &form) }
        let person = try person(&form, in: reader)
        let role = Role(rawValue: form["role"])
        let unit = visit.access.chart.unit(form["unit"])
        if role == nil { add(.unknownRole, to: &form) }
        if unit == nil { add(.unknownUnit, to: &form) }
        if let role, let unit, !RolePolicy.may(visit, give: role, at: unit.id) { add(.notYours, to: &form) }
        if let person, person.id == viewer.person.id { add(.yourself, to: &form) }
        if let person, let role, person.affiliation == .student, RolePolicy.isForStaff(role) {
            add(.student, to: &form)
        }
        let from = date("from", &form)
        let to = form["to"].isEmpty ? nil : date("to", &form)
        guard form.errors.isEmpty, let person, let role, let unit, let from else { return nil }
        return RoleGrant(
            person: person.id, role: role, unit: unit.id, from: max(Oslo.startOfDay(from), visit.now),
            to: to.map { Oslo.endOfDay($0) })
    }

    private func person(_ form: inout FormData, in reader: Reader) throws -> Person? {
        let known = try Directory.people(known: form["person"], at: visit.now, in: reader)
        if known.count == 1, let person = known.first { return person }
        let candidates = try candidates(form, in: reader)
        if let chosen = candidates.first(where: { $0.id == form["chosen"] }) { return chosen }
        add(candidates.isEmpty ? .unknownPerson : .severalPeople, to: &form)
        return nil
    }

    private func date(_ field: String, _ form: inout FormData) -> CivilDate? {
        guard let date = CivilDate(form[field]) else {
            form.errors.append(FieldError(field, text.refusals[.badDate] ?? ""))
            return nil
        }
        if date < Oslo.date(at: visit.now) { form.errors.append(FieldError(field, text.refusals[.past] ?? "")) }
        return date
    }

    func add(_ refusal: GrantRefusal, to form: inout FormData) { form.errors.append(text.error(refusal)) }
}
