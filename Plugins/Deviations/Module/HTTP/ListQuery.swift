import CalendarKit
import DeviationsCore
import EventKit
import Hummingbird
import ModuleKit

/// What a list of the API is narrowed to: the query of `GET /api/v1/deviations`, or the body of a search.
struct ListQuery: Sendable {
    var filter = DeviationFilter()
    var order = ListOrder.due
    var after: ListCursor?
    var limit = 50

    /// - Throws: `Problem` 400 that names each parameter that cannot be read, and words in the address: addresses are kept in
    ///   logs and histories.
    init(_ request: Request, _ visit: Visit) throws {
        let query = request.uri.queryParameters
        guard query["q"] == nil else {
            let text = ErrorTexts[visit.language]
            throw ModuleKit.Problem.malformed(visit.language, [FieldError("q", text.wordsInAddress(Self.searchPath))])
        }
        try self.init(visit) { query[$0[...]].map(String.init) }
    }

    /// Where words are sent to.
    static let searchPath = "/api/v1/deviations/search"

    init(_ body: SearchBody, _ visit: Visit) throws {
        try self.init(visit) { body.text(of: $0) }
        filter.search(body.q ?? "")
    }

    private init(_ visit: Visit, _ text: (String) -> String?) throws {
        var errors: [FieldError] = []
        func value<Value>(_ name: String, _ read: (String) -> Value?) -> Value? {
            guard let text = text(name), !text.isEmpty else { return nil }
            let value = read(text)
            if value == nil { errors.append(FieldError(name, ErrorTexts[visit.language].unknown)) }
            return value
        }
        filter.statuses = value("status") { text in
            let statuses = text.split(separator: ",").map { Status(rawValue: String($0)) }
            return statuses.contains(nil) ? nil : Set(statuses.compactMap(\.self))
        }
        filter.units = value("unit") { visit.access.chart.unit($0) == nil ? nil : visit.access.chart.subtree(of: $0) }
        filter.handler = value("handler") { $0 }
        filter.reporter = value("reporter") { $0 }
        filter.category = value("category") { $0 }
        filter.campus = value("campus") { visit.access.chart.campus($0)?.id }
        filter.environment = value("environment") { Environment(rawValue: $0) }
        filter.overdueOn =
            value("overdue") { $0 == "true" || $0 == "false" ? $0 == "true" : nil } == true
            ? Oslo.date(at: visit.now) : nil
        order = value("order") { ListOrder(rawValue: $0) } ?? .due
        after = value("after") { ListCursor($0) }
        limit = value("limit") { Int($0).flatMap { (1...200).contains($0) ? $0 : nil } } ?? 50
        if !errors.isEmpty { throw ModuleKit.Problem.malformed(visit.language, errors) }
    }
}

/// The body of `POST /api/v1/deviations/search`.
struct SearchBody: Decodable, Sendable {
    let q: String?
    let status: [String]?
    let unit, handler, reporter, category, campus, environment, order, after: String?
    let overdue: Bool?
    let limit: Int?

    /// A value as it would stand in an address.
    fileprivate func text(of name: String) -> String? {
        switch name {
        case "status": status?.joined(separator: ",")
        case "unit": unit
        case "handler": handler
        case "reporter": reporter
        case "category": category
        case "campus": campus
        case "environment": environment
        case "order": order
        case "after": after
        case "overdue": overdue.map { $0 ? "true" : "false" }
        case "limit": limit.map(String.init)
        default: nil
        }
    }
}
