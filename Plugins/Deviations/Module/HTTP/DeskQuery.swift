import CalendarKit
import DeviationsCore
import EventKit
import Foundation
import Hummingbird
import ModuleKit

/// What the desk's list is narrowed to, as it stands in the address: codes, never anything of a case nor a word that was searched for.
struct DeskQuery: Sendable {
    enum View: String, CaseIterable, Sendable { case triage, mine, open, ended, all }

    var view: View
    /// What was searched for; the number of the search stands for it in the address.
    var text = ""
    var search: Int?
    var category = ""
    var environment = ""
    var campus = ""
    var overdue = false
    var after: ListCursor?

    /// The views this viewer has a use for: triage for intake officers, their own for case handlers.
    static func views(of viewer: Viewer) -> [View] {
        View.allCases.filter { view in
            switch view {
            case .triage: viewer.holds(.intakeOfficer)
            case .mine: viewer.holds(.caseHandler)
            case .open, .ended, .all: true
            }
        }
    }

    init(_ request: Request, viewer: Viewer) {
        let query = request.uri.queryParameters
        func value(_ name: String) -> String { query[name[...]].map(String.init) ?? "" }
        view = View(rawValue: value("view")) ?? Self.views(of: viewer).first ?? .open
        (category, environment, campus) = (value("category"), value("environment"), value("campus"))
        search = Int(value("search"))
        overdue = value("overdue") == "1"
        after = ListCursor(value("after"))
    }

    /// Reads what `address` wrote, as it was saved.
    init(saved: String, viewer: Viewer) {
        var form = FormData()
        for pair in saved.drop(while: { $0 == "?" }).split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1).map(String.init)
            if halves.count == 2 { form[halves[0]] = halves[1].removingPercentEncoding ?? "" }
        }
        self.init(form, viewer: viewer)
        after = ListCursor(form["after"])
    }

    /// The same without what was searched for.
    var withoutWords: DeskQuery {
        var query = self
        (query.text, query.search) = ("", nil)
        return query
    }

    /// What the form above the list asks for.
    init(_ form: FormData, viewer: Viewer) {
        view = View(rawValue: form["view"]) ?? Self.views(of: viewer).first ?? .open
        (category, environment, campus) = (form["category"], form["environment"], form["campus"])
        text = form["q"].trimmingSpaces()
        overdue = form["overdue"] == "1"
        search = Int(form["search"])
    }

    /// The same list, with word of which form was taken: `{case}/{path of the form}`.
    func address(afterTaking form: String) -> String { address(after: after) + "&done=\(Self.encoded(form))" }

    func filter(_ viewer: Viewer, _ visit: Visit) -> DeviationFilter {
        var filter = DeviationFilter()
        switch view {
        case .triage:
            filter.statuses = [.received]
            filter.units = visit.access.scope(of: viewer, DeviationsRights.triage).units
        case .mine:
            filter.statuses = [.assigned]
            filter.handler = viewer.person.id
        case .open: filter.statuses = [.received, .assigned]
        case .ended: filter.statuses = [.rejected, .closed]
        case .all: break
        }
        filter.category = category.isEmpty ? nil : category
        filter.environment = Environment(rawValue: environment)
        filter.campus = campus.isEmpty ? nil : campus
        filter.overdueOn = overdue ? Oslo.date(at: visit.now) : nil
        filter.search(text)
        return filter
    }

    /// `?view=…`, with what differs from nothing chosen.
    func address(view other: View? = nil, after: ListCursor? = nil) -> String {
        var parts = ["view=\((other ?? view).rawValue)"]
        for (name, value) in [("category", category), ("environment", environment), ("campus", campus)]
        where !value.isEmpty {
            parts.append("\(name)=\(Self.encoded(value))")
        }
        if overdue { parts.append("overdue=1") }
        if let search { parts.append("search=\(search)") }
        if let after { parts.append("after=\(after)") }
        return "?" + parts.joined(separator: "&")
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 48...57, 65...90, 97...122: String(UnicodeScalar(byte))
            default: "%" + String(byte >> 4, radix: 16, uppercase: true) + String(byte & 15, radix: 16, uppercase: true)
            }
        }.joined()
    }
}

extension CaseVault {
    /// The query with the words that do not stand in its address; without its search when that is no longer kept.
    func completed(_ query: DeskQuery, of person: String) async throws -> DeskQuery {
        guard let search = query.search else { return query }
        var query = query
        query.text = try await words(ofSearch: search, of: person)
        if query.text.isEmpty { query.search = nil }
        return query
    }
}
