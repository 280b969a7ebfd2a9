import CalendarKit
import DeviationsCore
import EventKit
import Hummingbird
import ModuleKit

/// The query of `GET /api/v1/deviations`.
struct ListQuery: Sendable {
    var filter = DeviationFilter()
    var order = ListOrder.due
    var after: ListCursor?
    var limit = 50

    /// - Throws: `Problem` 400 that names each parameter that cannot be read.
    init(_ request: Request, _ visit: Visit) throws {
        let query = request.uri.queryParameters
        var errors: [FieldError] = []
        func value<Value>(_ name: String, _ read: (String) -> Value?) -> Value? {
            guard let text = query[name[...]].map(String.init), !text.isEmpty else { return nil }
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
        filter.search(value("q") { $0 } ?? "")
        order = value("order") { ListOrder(rawValue: $0) } ?? .due
        after = value("after") { ListCursor($0) }
        limit = value("limit") { Int($0).flatMap { (1...200).contains($0) ? $0 : nil } } ?? 50
        if !errors.isEmpty { throw ModuleKit.Problem.malformed(visit.language, errors) }
    }
}
