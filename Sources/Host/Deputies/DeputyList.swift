import CalendarKit
import EventKit
import ModuleKit
import Storage

/// Deputyships as a list, with names.
struct DeputyList: Sendable {
    private let people: [String: Person]
    private let visit: Visit

    init(_ rows: [Deputyship], visit: Visit, in database: Database) async throws {
        let ids = Set(rows.flatMap { [$0.person, $0.deputy] })
        people = try await database.read { try Directory.people(ids, in: $0) }
        self.visit = visit
    }

    /// `endingAt` is the path under which one can be ended; `naming` picks the one person to name, else both are.
    func html(_ rows: [Deputyship], empty: String, endingAt path: String?, naming: ((Deputyship) -> String)? = nil)
        -> HTML
    {
        guard !rows.isEmpty else { return "<p class=\"soft\">\(empty)</p>" }
        let text = DeputyTexts[visit.language]
        let token = FormView(FormData(), visit: visit).token
        let items = rows.map { row -> HTML in
            let who = naming.map { name($0(row)) } ?? "\(name(row.deputy)) → \(name(row.person))"
            let end: HTML? = path.map { path in
                """
                <form method="post" action="\(path)/\(row.id)/end" class="actions">\(token)<button class="button quiet">\(text.end)\
                <span class="visually-hidden">: \(who)</span></button></form>
                """
            }
            return
                "<li class=\"card line\"><div><b>\(who)</b><br><span class=\"soft\">\(scope(row)) · \(period(row))</span></div>\(end)</li>"
        }
        return "<ul class=\"cards\">\(items)</ul>"
    }

    private func name(_ id: String) -> String { people[id]?.name ?? id }

    private func scope(_ row: Deputyship) -> String {
        let text = DeputyTexts[visit.language]
        let role = row.role.map { HostTexts[visit.language].role($0) } ?? text.allRoles
        let unit = row.unit.map { visit.access.chart.unit($0)?.short ?? $0 } ?? text.allUnits
        return "\(role), \(unit)"
    }

    /// First and last day.
    private func period(_ row: Deputyship) -> String {
        let text = DeputyTexts[visit.language]
        let today = Oslo.date(at: visit.now)
        let last = row.to.map { visit.language.words(Oslo.date(at: $0.adding(seconds: -1)), today: today) }
        return text.period(visit.language.words(Oslo.date(at: row.from), today: today), last ?? text.untilFurtherNotice)
    }
}
